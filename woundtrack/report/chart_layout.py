"""Where everything of a chart lies: panes above one time axis, then events, then therapies."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.records import Stored, TherapyCourse
from woundtrack.report import chart_bands, chart_events
from woundtrack.report.chart_axes import TickTexts, value_axis
from woundtrack.report.chart_curves import AREA_WEIGHT, PaneView
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_events import Happening, Lane
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_headings import ROW_IN_TEXTS, Heading, heading_of, least_width
from woundtrack.report.chart_types import Rect
from woundtrack.report.fonts import text_width

PLOT_SHARE = 0.45
"""The panes keep this share of the height, however many therapies there are."""
_DATES, _ABOVE_PLOT, _BETWEEN, _AT_FOOT, _NOTE, _LANE_GAP = 2.0, 0.35, 0.6, 0.4, 1.4, 0.3
"""Heights in text sizes."""
_STRIP = 1.5
"""Of the line of closed visits under a logarithmic axis."""
_LEAST_PLOT = 2.0
_PAD_SHARE = 0.03
_SHORTEST_DAYS = 14.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart is drawn on."""

    width: float
    height: float | None
    """None is as high as all therapies need it, with `plot_height` for the pane of areas."""
    plot_height: float
    text_size: float
    window: tuple[float, float]
    """First and last day shown, as ordinals."""
    corner: tuple[float, float] = (0.0, 0.0)
    """What is kept free at the upper right, across and down."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of all parts; heights are from the chart's top."""

    width: float
    height: float
    frames: tuple[Frame, ...]
    ticks: tuple[TickTexts, ...]
    headings: tuple[Heading, ...]
    events: Lane
    events_top: float
    bands: list[list[Stored[TherapyCourse]]]
    bands_top: float
    hidden: int
    """How many courses of the period found no room."""

    @property
    def plot(self) -> Rect:
        """All panes together."""
        first, last = self.frames[0].plot, self.frames[-1].plot
        return Rect(first.left, first.top, first.right, last.bottom)


def full_window(days: Sequence[dt.date]) -> tuple[float, float]:
    """The period of these days with a little air, as ordinals; two weeks at the least."""
    first, last = min(days).toordinal(), max(days).toordinal()
    pad = max(_PAD_SHARE * (last - first), 1.0, (_SHORTEST_DAYS - (last - first)) / 2)
    return first - pad, last + pad


def layout_of(
    data: ChartData, panes: Sequence[PaneView], found: Sequence[Happening], *, sheet: Sheet
) -> Layout:
    """Where all of it lies on a sheet; `found` is what happened, of the whole record."""
    heads, weights = _heads(panes, sheet), sum(pane.weight for pane in panes)
    if sheet.height is None:
        plots = sheet.plot_height * weights / AREA_WEIGHT
        return _laid(data, panes, found, sheet, heads, plots)
    guess = max(PLOT_SHARE * sheet.height - sum(heads), sheet.text_size)
    # How an axis is marked depends on its height, and all else on how wide its marks are.
    tried = _laid(data, panes, found, sheet, heads, guess)
    plots = sum(frame.plot.bottom - frame.plot.top for frame in tried.frames)
    return _laid(data, panes, found, sheet, heads, plots)


def _laid(
    data: ChartData,
    panes: Sequence[PaneView],
    found: Sequence[Happening],
    sheet: Sheet,
    heads: Sequence[float],
    plots: float,
) -> Layout:
    """The layout whose axes are marked for plots that are together about so high."""
    t, weights = sheet.text_size, sum(pane.weight for pane in panes)
    ticks = tuple(
        value_axis(pane, height=plots * pane.weight / weights, text_size=t) for pane in panes
    )
    plot = Rect(_left(ticks, t), 0.0, sheet.width - t, 0.0)
    sketch = Frame(plot, sheet.window, 0.0, 1.0)
    events = chart_events.lane_of(found, frame=sketch, text_size=t)
    below = _events_height(events, sheet)
    bands, hidden = _bands(data, sketch, sheet, below)
    fixed = sum(heads) + (_DATES + _AT_FOOT + _BETWEEN * (len(panes) - 1)) * t + below
    fixed += len(bands) * chart_bands.row_height(t) + (_NOTE * t if hidden else 0.0)
    if sheet.height is not None:
        plots = max(sheet.height - fixed, _LEAST_PLOT * t * len(panes))
    frames, tops, foot = _frames(panes, ticks, heads, plots / weights, sketch, t)
    headings = _headings(panes, sheet, tops)
    return Layout(
        sheet.width, sheet.height or fixed + plots, frames, ticks, headings, events,
        foot + _DATES * t, bands, foot + _DATES * t + below, hidden,
    )  # fmt: skip


def _bands(
    data: ChartData, sketch: Frame, sheet: Sheet, below: float
) -> tuple[list[list[Stored[TherapyCourse]]], int]:
    """The rows of therapies that find room, and how many courses do not."""
    t = sheet.text_size
    rows = chart_bands.rows_of(data.history.courses, frame=sketch, text_size=t)
    each = chart_bands.row_height(t)
    if sheet.height is None:
        return rows, 0
    room = (1 - PLOT_SHARE) * sheet.height - _DATES * t - below
    if len(rows) * each <= room:
        return rows, 0
    kept = rows[: max(0, int((room - _NOTE * t) // each))]
    return kept, sum(map(len, rows)) - sum(map(len, kept))


def _beside_corner(first: PaneView, sheet: Sheet) -> tuple[float, float]:
    """How wide the first heading may be, and how far down it begins: beside what is kept free at
    the corner, or under it where it would be cut.
    """
    across, down = sheet.corner
    beside = sheet.width - across - sheet.text_size
    least = least_width(first.title, first.entries, text_size=sheet.text_size)
    if not across:
        return sheet.width, 0.0
    return (beside, 0.0) if least <= beside else (sheet.width, down)


def _heads(panes: Sequence[PaneView], sheet: Sheet) -> list[float]:
    """The heights of the headings with the room above their plots."""
    t = sheet.text_size
    tops = [0.0] * len(panes)
    rows = [heading.rows for heading in _headings(panes, sheet, tops)]
    found = [(ROW_IN_TEXTS * each + _ABOVE_PLOT) * t for each in rows]
    _wide, down = _beside_corner(panes[0], sheet)
    return [max(found[0] + down, sheet.corner[1]), *found[1:]]


def _headings(
    panes: Sequence[PaneView], sheet: Sheet, tops: Sequence[float]
) -> tuple[Heading, ...]:
    wide, down = _beside_corner(panes[0], sheet)
    widths = [wide, *[sheet.width] * (len(panes) - 1)]
    starts = [tops[0] + down, *tops[1:]]
    return tuple(
        heading_of(pane.title, pane.entries, width=width, text_size=sheet.text_size, top=top)
        for pane, width, top in zip(panes, widths, starts, strict=True)
    )


def events_heading(lane: Lane, *, width: float, text_size: float, top: float = 0.0) -> Heading:
    """What the lane's marks mean; nothing where each has its name beside it."""
    entries = () if lane.named else chart_events.entries_of([e for row in lane.rows for e in row])
    return heading_of("", entries, width=width, text_size=text_size, top=top)


def _events_height(lane: Lane, sheet: Sheet) -> float:
    """The height of the lane of events with its heading; 0 where none is in the period."""
    if not lane.rows:
        return 0.0
    t = sheet.text_size
    heading = ROW_IN_TEXTS * events_heading(lane, width=sheet.width, text_size=t).rows
    return (heading + len(lane.rows) * chart_events.ROW_IN_TEXTS + _LANE_GAP) * t


def _left(ticks: Sequence[TickTexts], text_size: float) -> float:
    texts = [text for axis in ticks for _value, text in axis.texts]
    return max(text_width(text, size=text_size) for text in texts) + 0.9 * text_size


def _frames(
    panes: Sequence[PaneView],
    ticks: Sequence[TickTexts],
    heads: Sequence[float],
    unit: float,
    sketch: Frame,
    text_size: float,
) -> tuple[tuple[Frame, ...], tuple[float, ...], float]:
    """The panes' frames, where their headings begin, and the foot of the last."""
    frames, tops, y = [], [], 0.0
    for pane, axis, head in zip(panes, ticks, heads, strict=True):
        tops.append(y)
        top = y + head
        bottom = top + pane.weight * unit
        strip = _STRIP * text_size if axis.strip else 0.0
        rect = Rect(sketch.plot.left, top, sketch.plot.right, bottom)
        frames.append(Frame(rect, sketch.window, axis.low, axis.high, pane.scale.log, strip))
        y = bottom + _BETWEEN * text_size
    return tuple(frames), tuple(tops), y - _BETWEEN * text_size
