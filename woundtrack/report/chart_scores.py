"""The panes of scores and of pain: whole axes, so that charts of patients can be compared."""

from collections.abc import Callable, Sequence

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
            colours = [each.colour for each in lesion_styles(len(data.lesions))]
            colours = colours if several else [style.colour]
            for values, one in zip(_of_lesions(data, key, style), colours, strict=True):
                curves.append(Curve(values, one, pens))
            colour = MUTED if several else style.colour
        entries.append(Entry(name(key), style.shape, colour, dash=style.dash))
    return tuple(curves), tuple(entries)


def _of_lesions(data: ChartData, key: str, style: Style) -> list[tuple[Value, ...]]:
    courses = tuple(course.value for course in data.history.courses)
    return [
        tuple(
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
        for series in data.lesions
    ]


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
