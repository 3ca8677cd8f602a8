"""The panes of laboratory results and of what was taken against pain."""

import datetime as dt
import itertools
from collections.abc import Sequence

from woundtrack.context.analgesics import TABLE_VERSION, ome_series, taken_on, uses_until_death
from woundtrack.context.labs import GAPS, LabPoint, LabSeries, lab_gaps, series_named
from woundtrack.context.types import Comparator
from woundtrack.records import PatientHistory
from woundtrack.report.chart_choice import LAB
from woundtrack.report.chart_curves import Curve, Entry, PaneView, Pen, Scale, Span, Style, Value
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_hits import LabHit, OmeHit, Opens, SaidHit
from woundtrack.report.chart_types import ACCENT, MUTED, OKABE_ITO, Shape
from woundtrack.words import _

_STYLES = (
    Style(ACCENT, Shape.CIRCLE),
    Style(OKABE_ITO[5], Shape.SQUARE, (5.0, 3.0)),
    Style(MUTED, Shape.DIAMOND, (2.0, 2.5)),
    Style(OKABE_ITO[3], Shape.CIRCLE, (7.0, 2.5, 1.5, 2.5)),
)
_TOLD_GAPS = ("unit", "upper_limit", "several", "bounds")
"""A product of which one factor was not measured that day is missing to nobody."""
_FROM_ZERO = 0.5
"""An axis begins at 0 where the lowest value is under this share of the highest."""
_NOTHING_MG = 10.0
"""The axis of equivalents that are all 0 ends here."""
_BOUNDS = {Comparator.BELOW: Shape.DOWN, Comparator.ABOVE: Shape.TRIANGLE}


def lab_pane(data: ChartData, *, keys: Sequence[str]) -> PaneView:
    """Series of one unit; `keys` as in their offers. A bound is a hollow triangle, joined to
    nothing: its value is not known. Where there is one series, its laboratory's range is shaded.
    """
    labs = data.history.labs
    named = [(key, series_named(labs, key.removeprefix(LAB))) for key in keys]
    found = [(key.removeprefix(LAB), series) for key, series in named if series is not None]
    alone = len(found) == 1
    curves, entries = [], []
    for (key, series), style in zip(found, _STYLES, strict=False):
        curves.append(_curve(data, key, series, style))
        if not alone:
            entries.append(Entry(series.title, style.shape, style.colour, dash=style.dash))
    values = [value for curve in curves for value in curve.values]
    if any(value.shape in _BOUNDS.values() for value in values):
        entries.append(Entry(_("Below or above what was measured"), Shape.DOWN, MUTED, False))
    spans = _spans(data.labs[found[0][0]]) if alone else ()
    title = found[0][1].title if alone else _("Calcium and phosphate")
    unit = found[0][1].unit
    return PaneView(
        title=f"{title}, {unit}" if unit else title,
        scale=_scale(values, spans),
        curves=tuple(curves),
        entries=tuple(entries),
        spans=spans,
    )


def _curve(data: ChartData, key: str, series: LabSeries, style: Style) -> Curve:
    values, run = [], 0
    for point in data.labs[key]:
        hit = LabHit(point, series.title, data.history.patient.id)
        shape = _BOUNDS.get(point.comparator)
        if shape is not None:
            run += 1  # what lies on both sides of a bound is not joined across it
            values.append(Value(point.on, point.value, hit, shape, False))
        else:
            values.append(Value(point.on, point.value, hit, style.shape, line=str(run)))
    values += _gaps(data.history, key, series.title)
    pens = {str(i): Pen(style.dash) for i in range(run + 1)}
    return Curve(tuple(sorted(values, key=lambda value: value.on)), style.colour, pens)


def _gaps(history: PatientHistory, key: str, title: str) -> list[Value]:
    """Results that have no place in the series: crosses at the foot, which say why."""
    found = []
    for gap in lab_gaps(history.labs, key):
        if gap.reason in _TOLD_GAPS:
            hit = SaidHit(gap.on, Opens.LABS, history.patient.id, (title, _(GAPS[gap.reason])))
            found.append(Value(gap.on, None, hit, Shape.CROSS, False))
    return found


def _spans(points: Sequence[LabPoint]) -> tuple[Span, ...]:
    """The laboratory's range as it was with each result, until the next one."""
    if not any(point.low is not None or point.high is not None for point in points):
        return ()
    runs = [
        (limits, [point.on for point in run])
        for limits, run in itertools.groupby(points, key=lambda point: (point.low, point.high))
    ]
    starts = [dt.date.min, *(days[0] for _limits, days in runs[1:])]
    return tuple(
        Span(start, stop, *limits)
        for (limits, _days), start, stop in zip(
            runs, starts, [*starts[1:], dt.date.max], strict=True
        )
        if limits != (None, None)
    )


def _scale(values: Sequence[Value], spans: Sequence[Span]) -> Scale:
    """From 0 where values go near it, or lie below a bound, which may be anywhere down to 0."""
    shown = [value.value for value in values if value.value is not None]
    limits = [limit for span in spans for limit in (span.low, span.high) if limit is not None]
    low, high = min((*shown, *limits), default=0.0), max((*shown, *limits), default=1.0)
    bound = any(value.shape is _BOUNDS[Comparator.BELOW] for value in values)
    from_zero = low >= 0 and (bound or low < _FROM_ZERO * high)
    return Scale(0.0 if from_zero else low, high)


def ome_pane(data: ChartData) -> PaneView:
    """Oral morphine equivalents a day, as steps; for tracking, never for conversion.

    A day on which an opioid has no equivalent has no value, never a smaller one: the line is
    broken there, and a cross at the foot says what is missing. Nothing is drawn before the
    first record.
    """
    history, uses = data.history, uses_until_death(data.history)
    first = min(use.start_on for use in uses)
    steps = ome_series(uses, first, history.patient.value.died_on or dt.date.max)
    values = tuple(
        Value(
            step.from_on,
            step.ome.mg,
            OmeHit(step, taken_on(uses, step.from_on), history.patient.id),
            None if step.ome.mg is not None else Shape.CROSS,
            False,
        )
        for step in steps
    )
    entries = [Entry(_("{version}, for tracking only").format(version=TABLE_VERSION))]
    if any(value.value is None for value in values):
        entries.append(Entry(_("Incomplete"), Shape.CROSS, ACCENT, False))
    highest = max((value.value or 0.0 for value in values), default=0.0)
    return PaneView(
        title=_("Oral morphine equivalents, mg a day"),
        scale=Scale(0.0, highest or _NOTHING_MG),
        curves=(Curve(values, ACCENT, stepped=True, until_on=history.patient.value.died_on),),
        entries=tuple(entries),
    )
