"""The pane of areas: in cm², linear or logarithmic, or in per cent of the first.

*Per cent.* 100 x size / baseline, where the baseline is the first size above 0 of the whole
record by the same method; a traced area is never compared with length x width, so each method
has a curve of its own. Closed counts as 0 % of the traced baseline, or of the bedside one where
nothing was traced. What was seen before the baseline has no percentage and is not drawn. The
95 % interval is that of the ratio of two independent areas, exp(ln(A/A0) ± 1.96 √(rsd² + rsd0²)),
first order on the logarithm, so that the baseline's own doubt is in it; the baseline itself is
100 % by definition and has none. Without a baseline there is no curve but a sentence.

*All lesions together* are drawn in cm² alone: a sum that a new lesion joins has no first.

*Logarithmic.* 0 has no place on it: closed visits lie on a line of their own beneath the axis,
which says so, and lines to them are dotted. An interval that reaches 0 or leaves the axis goes
on to the axis' lower end and has no foot there.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp, hypot, log

from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.report.chart_choice import AREA, TOTAL, AreaScale
from woundtrack.report.chart_curves import (
    AREA_WEIGHT,
    Curve,
    Entry,
    PaneView,
    Pen,
    Scale,
    Style,
    Value,
    lesion_styles,
)
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_hits import TotalHit, VisitHit
from woundtrack.report.chart_types import MUTED, TEXT, Shape
from woundtrack.words import NORMAL_95, _

TRACED, BEDSIDE = "traced", "bedside"
PENS = {BEDSIDE: Pen((2.0, 3.0), 1.2), TRACED: Pen((), 1.8)}


def area_pane(data: ChartData, *, scale: AreaScale, keys: Sequence[str]) -> PaneView:
    """The areas of all lesions, and their sum, as far as `keys` ask for them."""
    styles = lesion_styles(len(data.lesions))
    of_baseline = scale is AreaScale.PERCENT
    curves: tuple[Curve, ...] = ()
    entries: tuple[Entry, ...] = ()
    if AREA in keys or of_baseline:
        curves = _curves(data, styles, of_baseline=of_baseline)
        entries = _entries(curves, styles, [series.label for series in data.lesions])
    if TOTAL in keys and not of_baseline:
        curves += (_total(data),)
        entries += (Entry(_("All lesions together"), Shape.TRIANGLE, TEXT),)
    drawn = any(value.value is not None for curve in curves for value in curve.values)
    return PaneView(
        title=_title(scale),
        scale=_scale(curves, scale),
        curves=curves,
        entries=entries,
        levels=(100.0,) if of_baseline and drawn else (),
        note="" if drawn or not of_baseline else _("No size above 0 to take percentages of."),
        weight=AREA_WEIGHT,
    )


def _curves(data: ChartData, styles: Sequence[Style], *, of_baseline: bool) -> tuple[Curve, ...]:
    courses = tuple(course.value for course in data.history.courses)
    made = _relative if of_baseline else _absolute
    curves = []
    for series, style in zip(data.lesions, styles, strict=True):
        values = _broken(made(series, style, courses))
        pens = {line: pen for kind, pen in PENS.items() for line in _lines(values, kind)}
        curves.append(Curve(values, style.colour, pens))
    return tuple(curves)


def _broken(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """No line of bedside sizes runs across a closure, none along 0 while the wound was open."""
    runs, closed, found = {TRACED: 0, BEDSIDE: 0}, False, []
    for value in values:
        if value.line == TRACED:
            closed = value.shape is Shape.RING
            runs[BEDSIDE] += closed
        else:  # by ruler, or not measured: open all the same
            runs[TRACED] += closed
            closed = False
        run = runs.get(value.line, 0)
        found.append(replace(value, line=f"{value.line} {run}") if run else value)
    return tuple(found)


def _lines(values: tuple[Value, ...], kind: str) -> dict[str, None]:
    """The pieces of one way of measuring, in their order."""
    return {value.line: None for value in values if value.line.startswith(kind)}


def _total(data: ChartData) -> Curve:
    """The sum of all lesions; its line is broken where one of them was not traced."""
    visit_on = {visit.value.on: visit.id for visit in data.visits}
    values, run = [], 0
    for total in data.totals:
        hit = TotalHit(total, visit_on[total.on])
        if total.area_cm2 is None:
            run += 1
            values.append(Value(total.on, None, hit, Shape.CROSS, False))
            continue
        low, high = _interval(total.area_cm2, total.area_cm2_sd)
        values.append(
            Value(total.on, total.area_cm2, hit, Shape.TRIANGLE, True, str(run), low, high)
        )
    pens = {str(i): Pen((), 1.2) for i in range(run + 1)}
    return Curve(tuple(values), TEXT, pens)


def _title(scale: AreaScale) -> str:
    if scale is AreaScale.LOG:
        return _("Area, cm², logarithmic")
    return _("Area, % of the first") if scale is AreaScale.PERCENT else _("Area, cm²")


def _scale(curves: tuple[Curve, ...], scale: AreaScale) -> Scale:
    values = [value for curve in curves for value in curve.values if value.value is not None]
    sizes = [value.value for value in values if value.value]
    highest = max((max(value.value or 0.0, value.high or 0.0) for value in values), default=0.0)
    if scale is AreaScale.LOG:
        lows = [max(value.low or 0.0, value.value / 3) for value in values if value.value]
        return Scale(min(lows, default=0.1), max(highest, min(sizes, default=1.0)), log=True)
    return Scale(0.0, max(highest, 100.0 if scale is AreaScale.PERCENT else 0.0))


def _absolute(
    series: Series, style: Style, courses: tuple[TherapyCourse, ...]
) -> tuple[Value, ...]:
    values = []
    for point in series.points:
        hit = VisitHit(series.lesion_id, series.label, point, courses)
        low, high = _interval(point.size_cm2 or 0.0, point.area_cm2_sd)
        values.append(_value(point, style, hit, point.size_cm2, low, high))
    return tuple(values)


def _interval(size_cm2: float, sd_cm2: float) -> tuple[float | None, float | None]:
    """The ends of the 95 % interval; none where no doubt is known."""
    half = NORMAL_95 * sd_cm2
    return (size_cm2 - half, size_cm2 + half) if half > 0 else (None, None)


def _relative(
    series: Series, style: Style, courses: tuple[TherapyCourse, ...]
) -> tuple[Value, ...]:
    values = []
    firsts = baselines(series)
    for point in series.points:
        first = firsts.get(point.method)
        before = first is not None and (point.on, point.visit_id) < (first.on, first.visit_id)
        sized = point.size_cm2 is not None
        if sized and (first is None or before):
            continue
        low, percent, high = ratio_percent(point, baseline=first) if first else (None, None, None)
        hit = VisitHit(series.lesion_id, series.label, point, courses, percent)
        values.append(_value(point, style, hit, percent, low, high))
    return tuple(values)


def baselines(series: Series) -> dict[SizeMethod, Point]:
    """The first size above 0 by each method, and what a closed visit is compared with."""
    found: dict[SizeMethod, Point] = {}
    for point in series.points:
        if (point.size_cm2 or 0.0) > 0:
            found.setdefault(point.method, point)
    closing = found.get(SizeMethod.TRACED) or found.get(SizeMethod.BEDSIDE)
    return {**found, SizeMethod.CLOSED: closing} if closing else found


def ratio_percent(point: Point, *, baseline: Point) -> tuple[float | None, float, float | None]:
    """Low end, value and high end of a size in per cent of its baseline; see the module."""
    size_cm2, first_cm2 = point.size_cm2 or 0.0, baseline.size_cm2 or 0.0
    percent = 100.0 * size_cm2 / first_cm2
    own, of_first = point.area_cm2_sd, baseline.area_cm2_sd
    if point is baseline or not size_cm2 or not own > 0 or not of_first > 0:
        return None, percent, None
    half = NORMAL_95 * hypot(own / size_cm2, of_first / first_cm2)
    middle = log(percent)
    return exp(middle - half), percent, exp(middle + half)


def _value(
    point: Point,
    style: Style,
    hit: VisitHit,
    value: float | None,
    low: float | None,
    high: float | None,
) -> Value:
    if point.method is SizeMethod.TRACED:
        return Value(point.on, value, hit, style.shape, True, TRACED, low, high)
    if point.method is SizeMethod.BEDSIDE:
        return Value(point.on, value, hit, style.shape, False, BEDSIDE)
    if point.method is SizeMethod.CLOSED:
        return Value(point.on, value, hit, Shape.RING, True, TRACED)
    return Value(point.on, None, hit, Shape.CROSS, False)


def _entries(
    curves: tuple[Curve, ...], styles: tuple[Style, ...], labels: list[str]
) -> tuple[Entry, ...]:
    """Only the kinds of marks that occur are explained."""
    values = [value for curve in curves for value in curve.values]
    several = len(curves) > 1
    colour = MUTED if several else styles[0].colour
    entries = []
    if several:
        for style, label in zip(styles, labels, strict=True):
            name = _("Lesion {label}").format(label=label)
            entries.append(Entry(name, style.shape, style.colour))
    elif any(value.line.startswith(TRACED) and value.shape is not Shape.RING for value in values):
        text = _("Traced area, 95 % interval")
        entries.append(Entry(text, styles[0].shape, styles[0].colour, interval=True))
    if any(value.line.startswith(BEDSIDE) for value in values):
        entries.append(Entry(_("Bedside length × width"), Shape.CIRCLE, colour, False))
    if any(value.shape is Shape.RING for value in values):
        entries.append(Entry(_("Closed"), Shape.RING, colour))
    if any(value.shape is Shape.CROSS for value in values):
        entries.append(Entry(_("Not measured"), Shape.CROSS, colour, False))
    return tuple(entries)
