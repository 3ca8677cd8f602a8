"""The panes of scores and of pain: whole axes, so that charts of patients can be compared."""

from collections.abc import Callable, Sequence

from woundtrack.healing.series import Series
from woundtrack.records import Visit
from woundtrack.report.chart_curves import (
    CURVE_STYLES,
    Curve,
    Entry,
    PaneView,
    Pen,
    Scale,
    Style,
    Value,
    lesion_styles,
)
from woundtrack.report.chart_data import SCORES, ChartData
from woundtrack.report.chart_hits import Opens, SaidHit, VisitHit
from woundtrack.report.chart_types import MUTED
from woundtrack.words import _, labelled

_LINE = "score"
_GENERAL = "general_"
_PAIN_TOPS = {"nrs": 10.0, "vas": 100.0}


def score_pane(data: ChartData, *, keys: Sequence[str]) -> PaneView:
    """The totals of these instruments; incomplete forms have none."""
    curves, entries = _curves(data, keys, name=_ranged)
    top = max(float(SCORES[key].maximum) for key in keys)
    if len(keys) == 1:
        return PaneView(_ranged(keys[0]), Scale(0.0, top, fixed=True), curves)
    return PaneView("", Scale(0.0, top, fixed=True), curves, entries)


def _ranged(key: str) -> str:
    one = SCORES[key]
    text = _("{name}, {least} to {most}")
    return text.format(name=one.short, least=one.minimum, most=one.maximum)


def pain_pane(data: ChartData, *, pane: str, keys: Sequence[str]) -> PaneView:
    """Pain of the lesion and in general, on one of its two scales (`pane`, "nrs" or "vas")."""
    named = {offer.key: offer.name for offer in data.offers}
    scale = Scale(0.0, _PAIN_TOPS[pane], fixed=True)
    curves, entries = _curves(data, keys, name=named.__getitem__)
    if len(keys) == 1:
        return PaneView(named[keys[0]], scale, curves)
    return PaneView("", scale, curves, entries)


def _curves(
    data: ChartData, keys: Sequence[str], *, name: Callable[[str], str]
) -> tuple[tuple[Curve, ...], tuple[Entry, ...]]:
    """A curve for each lesion and key, one for what is of the patient; and what they are."""
    order = list(SCORES) if keys[0] in SCORES else sorted(keys, reverse=True)
    several = len(data.lesions) > 1
    curves, entries = [], []
    for key in keys:
        style = CURVE_STYLES[order.index(key)]
        pens = {_LINE: Pen(style.dash)}
        if key.startswith(_GENERAL):
            curves.append(Curve(_general(data, key, style, name(key)), style.colour, pens))
            colour = style.colour
        else:
            styles = _lesions(data, style, alone=len(keys) == 1)
            for series, one in zip(data.lesions, styles, strict=True):
                curves.append(Curve(_of_lesion(data, series, key, one), one.colour, pens))
            colour = MUTED if several else style.colour
        entries.append(Entry(name(key), style.shape, colour, dash=style.dash))
    return tuple(curves), tuple(entries)


def _lesions(data: ChartData, style: Style, *, alone: bool) -> list[Style]:
    """A score's form in the lesions' colours; a score alone in its pane has their forms too."""
    if len(data.lesions) == 1:
        return [style]
    styles = lesion_styles(len(data.lesions))
    return [Style(each.colour, each.shape if alone else style.shape) for each in styles]


def _of_lesion(data: ChartData, series: Series, key: str, style: Style) -> tuple[Value, ...]:
    courses = tuple(course.value for course in data.history.courses)
    return tuple(
        Value(
            point.on,
            float(score),
            VisitHit(series.lesion_id, series.label, point, courses),
            style.shape,
            line=_LINE,
        )
        for point in series.points
        if (score := getattr(point, key)) is not None
    )


def _general(data: ChartData, key: str, style: Style, name: str) -> tuple[Value, ...]:
    found = []
    for visit in data.visits:
        score = _score(visit.value, key)
        if score is not None:
            said = labelled(name, str(score))
            hit = SaidHit(visit.value.on, Opens.VISIT, visit.id, (said,))
            found.append(Value(visit.value.on, float(score), hit, style.shape, False, _LINE))
    return tuple(sorted(found, key=lambda value: value.on))


def _score(visit: Visit, key: str) -> int | None:
    found: int | None = getattr(visit, key)
    return found
