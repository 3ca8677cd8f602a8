"""A chart as the few strokes that any painter knows: paths, circles and text.

All geometry is made here, so that the window and the PDF cannot differ: their painters only
pass these strokes on.
"""

import math
from collections.abc import Iterator

from woundtrack.report.chart_shapes import Circle, Path, Stroke, Text, mark_strokes
from woundtrack.report.chart_types import (
    GRID,
    MUTED,
    SURFACE,
    TEXT,
    Anchor,
    Axis,
    Band,
    Chart,
    Hatch,
    Mark,
    PointXY,
    Rect,
)
from woundtrack.report.fonts import text_width

__all__ = ["Circle", "Path", "Stroke", "Text", "hatch_lines", "mark_strokes", "strokes_of"]

LINES_AT_TEXT = 13.0
"""The text size at which lines are as wide as they say: in smaller charts they are finer."""
MARK_IN_TEXTS = 0.30
"""Radius of a mark, in text sizes."""
_HATCH_STEP_IN_TEXTS = 0.42
_BAND_OPACITY = 0.45
_WITH_FEET = 0.8
"""Marks under this size have intervals without feet: those would be a line of their own."""
_TICK_IN_TEXTS = 0.32
"""Length of a session's tick below its band, in text sizes."""
_SEVERAL = {
    Hatch.CROSSED: (Hatch.RISING, Hatch.FALLING),
    Hatch.GRID: (Hatch.UPRIGHT, Hatch.LEVEL),
    Hatch.DENSE: (Hatch.UPRIGHT, Hatch.LEVEL),
}


def strokes_of(chart: Chart) -> Iterator[Stroke]:
    """Everything to paint, from back to front."""
    if chart.empty:
        middle = (chart.plot.left + chart.plot.right) / 2
        yield Text(middle, chart.height / 2, chart.empty, chart.text_size, "middle", MUTED)
        return
    for axis in chart.axes:
        yield from _axis(axis, chart)
    for area in chart.areas:
        yield Path(area.points, None, 0, area.colour, area.opacity, closed=True)
    for band in chart.bands:
        yield from _band(band, chart.text_size)
    for line in chart.lines:
        share = chart.text_size / LINES_AT_TEXT
        dash = tuple(share * length for length in line.dash)
        yield Path(line.points, line.colour, share * line.width, dash=dash)
    for mark in chart.marks:
        yield from _interval(mark, chart.text_size)
    for mark in chart.marks:
        radius = MARK_IN_TEXTS * chart.text_size * mark.size
        yield from mark_strokes(
            mark.shape, (mark.x, mark.y), radius, mark.colour, filled=mark.filled
        )
    for label in chart.labels:
        yield Text(
            label.x, label.y, label.text, chart.text_size, label.anchor, label.colour, label.bold
        )


def _interval(mark: Mark, text_size: float) -> Iterator[Stroke]:
    if mark.low_y is None or mark.high_y is None:
        return
    cap, width = 0.22 * text_size * mark.size, 0.08 * text_size
    yield Path(((mark.x, mark.low_y), (mark.x, mark.high_y)), mark.colour, width)
    for y in (mark.high_y,) if mark.low_open else (mark.low_y, mark.high_y):
        if mark.size >= _WITH_FEET:
            yield Path(((mark.x - cap, y), (mark.x + cap, y)), mark.colour, width)


def _axis(axis: Axis, chart: Chart) -> Iterator[Stroke]:
    plot, size = axis.plot or chart.plot, chart.text_size
    if axis.side == "bottom":
        yield from _foot(axis, plot, chart)
        return
    edge = plot.left if axis.side == "left" else plot.right
    x = edge - 0.55 * size if axis.side == "left" else edge + 0.55 * size
    anchor: Anchor = "end" if axis.side == "left" else "start"
    title_anchor: Anchor = "start" if axis.side == "left" else "end"
    title_x = 0.0 if axis.side == "left" else chart.width
    if axis.title:
        yield Text(title_x, plot.top - 1.0 * size, axis.title, size, title_anchor, MUTED)
    for tick in axis.ticks:
        if axis.side == "left" and tick.at < plot.bottom - 1e-6:
            yield Path(((plot.left, tick.at), (plot.right, tick.at)), GRID, 0.06 * size)
        yield Text(x, tick.at + 0.36 * size, tick.text, size, anchor, MUTED)


def _foot(axis: Axis, plot: Rect, chart: Chart) -> Iterator[Stroke]:
    """The line at a pane's foot and its upright grid; that of the last goes on to the bands."""
    size, foot = chart.text_size, plot.bottom
    if plot.bottom >= chart.plot.bottom:
        foot = max((band.rect.bottom for band in chart.bands), default=plot.bottom)
    yield Path(((plot.left, plot.bottom), (plot.right, plot.bottom)), MUTED, 0.08 * size)
    for tick in axis.ticks:
        yield Path(((tick.at, plot.top), (tick.at, foot)), GRID, 0.05 * size)
        if tick.text:
            yield from _date(tick.at, tick.text, chart)


def _date(at: float, text: str, chart: Chart) -> Iterator[Stroke]:
    half = text_width(text, size=chart.text_size) / 2
    x = min(max(at, half), chart.width - half)
    yield Text(
        x, chart.plot.bottom + 1.35 * chart.text_size, text, chart.text_size, "middle", MUTED
    )


def _band(band: Band, text_size: float) -> Iterator[Stroke]:
    rect = band.rect
    box = (
        (rect.left, rect.top),
        (rect.right, rect.top),
        (rect.right, rect.bottom),
        (rect.left, rect.bottom),
    )
    yield Path(box, None, 0, band.colour, _BAND_OPACITY, closed=True)
    step = _HATCH_STEP_IN_TEXTS * text_size * (0.5 if band.hatch is Hatch.DENSE else 1.0)
    for a, b in hatch_lines(rect, band.hatch, step=step):
        yield Path((a, b), band.colour, 0.09 * text_size)
    yield Path(box[:2], band.colour, 0.09 * text_size)
    yield Path(box[2:], band.colour, 0.09 * text_size)
    # Only the ends that were recorded are drawn; an open end is a course that goes on.
    if band.starts:
        yield Path((box[0], box[3]), band.colour, 0.18 * text_size)
    if band.stops:
        yield Path((box[1], box[2]), band.colour, 0.18 * text_size)
    for x in band.changes:
        yield Path(((x, rect.top), (x, rect.bottom)), SURFACE, 0.30 * text_size)
        yield Path(((x, rect.top - 0.2 * text_size), (x, rect.bottom)), TEXT, 0.11 * text_size)
    foot = rect.bottom + _TICK_IN_TEXTS * text_size
    for x in band.ticks:
        yield Path(((x, rect.bottom), (x, foot)), band.colour, 0.11 * text_size)
    base = rect.top - 0.35 * text_size
    yield Text(band.label_x, base, band.label, text_size, "start", TEXT)


def hatch_lines(rect: Rect, hatch: Hatch, *, step: float) -> Iterator[tuple[PointXY, PointXY]]:
    """The lines of a pattern, cut to the rectangle."""
    for single in _SEVERAL.get(hatch, (hatch,)):
        if single is Hatch.UPRIGHT:
            for i in range(1, math.ceil((rect.right - rect.left) / step)):
                x = rect.left + i * step
                yield (x, rect.top), (x, rect.bottom)
        elif single is Hatch.LEVEL:
            for i in range(1, math.ceil((rect.bottom - rect.top) / step)):
                y = rect.top + i * step
                yield (rect.left, y), (rect.right, y)
        elif single is not Hatch.SOLID:
            yield from _slanted(rect, step * math.sqrt(2), rising=single is Hatch.RISING)


def _slanted(rect: Rect, step: float, *, rising: bool) -> Iterator[tuple[PointXY, PointXY]]:
    """Lines at 45°: each meets the bottom edge at `foot` and the top edge one height on."""
    high = rect.bottom - rect.top
    foot = rect.left - high + step / 2
    while foot < rect.right:
        x0, x1 = max(foot, rect.left), min(foot + high, rect.right)
        if x1 > x0:
            y0, y1 = rect.bottom - (x0 - foot), rect.bottom - (x1 - foot)
            if not rising:
                y0, y1 = rect.top + (x0 - foot), rect.top + (x1 - foot)
            yield (x0, y0), (x1, y1)
        foot += step
