"""A pane at its place: its curves as marks, lines, shaded areas and spots."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from woundtrack.report.chart_curves import Curve, PaneView, Pen, Span, Value
from woundtrack.report.chart_frame import Frame, clipped
from woundtrack.report.chart_types import MUTED, Area, Label, Line, Mark, PointXY, Spot

DOTTED = (1.2, 2.8)
_CROWDED_IN_TEXTS = 0.85
_SMALLEST = 0.45
_SMALLER = 0.85
"""Marks of the lower panes, as a share of the usual size."""
_RANGE_OPACITY = 0.10


@dataclass(slots=True)
class Placed:
    """What a pane adds to the chart."""

    areas: list[Area] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def placed(pane: PaneView, *, frame: Frame, lane: int, text_size: float) -> Placed:
    """Everything of a pane that lies in the frame."""
    found = Placed()
    plot = frame.plot
    for span in pane.spans:
        _place_range(span, frame, found)
    for level in pane.levels:
        y = frame.y(level)
        found.lines.append(Line(((plot.left, y), (plot.right, y)), MUTED, DOTTED, 0.9))
    usual = 1.0 if pane.weight > 1 else _SMALLER
    for curve in pane.curves:
        _place_curve(curve, frame, lane, usual, text_size, found)
    if pane.note:
        x, y = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
        found.labels.append(Label(x, y + 0.36 * text_size, pane.note, "middle"))
    return found


def _place_range(span: Span, frame: Frame, found: Placed) -> None:
    """A laboratory's range: shaded where it has both ends, else a line at the one."""
    plot = frame.plot
    left, right = max(plot.left, frame.x(span.from_on)), min(plot.right, frame.x(span.to_on))
    if right <= left:
        return
    limits = [frame.y(limit) for limit in (span.low, span.high) if limit is not None]
    if len(limits) == 2:
        low, high = limits
        box = ((left, high), (right, high), (right, low), (left, low))
        found.areas.append(Area(box, MUTED, _RANGE_OPACITY))
    for y in limits:
        found.lines.append(Line(((left, y), (right, y)), MUTED, DOTTED, 0.9))


def _place_curve(
    curve: Curve, frame: Frame, lane: int, usual: float, text_size: float, found: Placed
) -> None:
    if curve.stepped:
        _place_steps(curve, frame, lane, usual, found)
        return
    places = [(value, frame.x(value.on), _y(value, frame)) for value in curve.values]
    shown = [(value, x, y) for value, x, y in places if frame.shows(x)]
    size = usual * _crowded([x for _value, x, _y_px in shown], text_size)
    for line, pen in curve.pens.items():
        joined = [(value, x, y) for value, x, y in places if value.line == line]
        found.lines += _joined(joined, curve.colour, pen, frame)
    for value, x, y in shown:
        found.marks += _marks(value, x, y, curve.colour, size, frame)
        found.spots.append(Spot(x, y, value.hit, lane))


def _y(value: Value, frame: Frame) -> float:
    return frame.foot if value.value is None else frame.y(value.value)


def _marks(
    value: Value, x: float, y: float, colour: str, size: float, frame: Frame
) -> tuple[Mark, ...]:
    if value.shape is None:
        return ()
    if value.low is None or value.high is None:
        return (Mark(x, y, value.shape, colour, value.filled, size=size),)
    low_open = value.low < frame.low
    low_y = frame.foot if low_open else frame.y(value.low)
    high_y = frame.y(value.high)
    return (Mark(x, y, value.shape, colour, value.filled, low_y, high_y, low_open, size),)


def _crowded(places: Sequence[float], text_size: float) -> float:
    """Marks that would touch each other are smaller: by what share, places across given."""
    if len(places) < 2:
        return 1.0
    each = (max(places) - min(places)) / (len(places) - 1)
    return min(1.0, max(_SMALLEST, each / (_CROWDED_IN_TEXTS * text_size)))


def _joined(
    joined: list[tuple[Value, float, float]], colour: str, pen: Pen, frame: Frame
) -> Iterator[Line]:
    """The line through values; on a logarithmic axis it is dotted from and to what is 0."""
    runs: list[tuple[bool, list[PointXY]]] = []
    for (a, x, y), (b, next_x, next_y) in itertools.pairwise(joined):
        off = frame.log and not (a.value and b.value)
        if not runs or runs[-1][0] != off:
            runs.append((off, [(x, y)]))
        runs[-1][1].append((next_x, next_y))
    for off, points in runs:
        dash, width = (DOTTED, 0.9) if off else (pen.dash, pen.width)
        for part in clipped(points, left=frame.plot.left, right=frame.plot.right):
            yield Line(tuple(part), colour, dash, width)


def _place_steps(curve: Curve, frame: Frame, lane: int, usual: float, found: Placed) -> None:
    """Level from each value to the day of the next; nothing where there is none."""
    plot = frame.plot
    last = plot.right if curve.until_on is None else min(plot.right, frame.x(curve.until_on))
    starts = [frame.x(value.on) for value in curve.values]
    ends = [*starts[1:], last][: len(starts)]
    runs: list[list[PointXY]] = []
    before: Value | None = None
    for value, start, end in zip(curve.values, starts, ends, strict=True):
        y, end = _y(value, frame), max(start, end)
        if value.value is not None:
            if before is None or before.value is None:
                runs.append([])
            runs[-1] += [(start, y), (end, y)]
        before = value
        # What began before the period is told at its edge.
        x = max(start, plot.left)
        if x <= min(end, plot.right):
            found.marks += _marks(value, x, y, curve.colour, usual, frame)
            found.spots.append(Spot(x, y, value.hit, lane))
    found.lines += [
        Line(tuple(part), curve.colour, (), 1.4)
        for run in runs
        for part in clipped(run, left=plot.left, right=plot.right)
    ]
