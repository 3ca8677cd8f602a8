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
from woundtrack.report.chart_headings import ROW_IN_TEXTS, Heading, heading_of
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
    data: ChartData,
    panes: Sequence[PaneView],
    found: Sequence[Happening],
    *,
    width: float,
    height: float | None,
    plot_height: float,
    text_size: float,
    window: tuple[float, float],
    corner: tuple[float, float] = (0.0, 0.0),
) -> Layout:
    """The layout in this height; without one it is as high as all therapies need it, with
    `plot_height` for the pane of areas.
    """
    t = text_size
    weights = sum(pane.weight for pane in panes)
    wide = [width - corner[0] - (t if corner[0] else 0.0), *[width] * (len(panes) - 1)]
    heads = [_heading_height(p, width=w, text_size=t) for p, w in zip(panes, wide, strict=True)]
    heads[0] = max(heads[0], corner[1])
    fixed = sum(heads) + (_DATES + _AT_FOOT + _BETWEEN * (len(panes) - 1)) * t
    guess = (
        plot_height * weights / AREA_WEIGHT
        if height is None
        else max(PLOT_SHARE * height - sum(heads), t)
    )
    ticks = tuple(
        value_axis(pane, height=guess * pane.weight / weights, text_size=t) for pane in panes
    )
    plot = Rect(_left(ticks, t), 0.0, width - t, 0.0)
    sketch = Frame(plot, window, 0.0, 1.0)
    events = chart_events.lane_of(found, frame=sketch, text_size=t)
    below = _events_height(events, width=width, text_size=t)
    bands = chart_bands.rows_of(data.history.courses, frame=sketch, text_size=t)
    each, hidden = chart_bands.row_height(t), 0
    if height is not None:
        room = (1 - PLOT_SHARE) * height - _DATES * t - below
        if len(bands) * each > room:
            kept = bands[: max(0, int((room - _NOTE * t) // each))]
            hidden = sum(map(len, bands)) - sum(map(len, kept))
            bands = kept
    fixed += below + len(bands) * each + (_NOTE * t if hidden else 0.0)
    total = guess if height is None else max(height - fixed, _LEAST_PLOT * t * len(panes))
    frames, tops, foot = _frames(panes, ticks, heads, total / weights, plot, window, t)
    headings = tuple(
        heading_of(pane.title, pane.entries, width=w, text_size=t, top=top)
        for pane, w, top in zip(panes, wide, tops, strict=True)
    )
    return Layout(
        width, fixed + total if height is None else height, frames, ticks, headings, events,
        foot + _DATES * t, bands, foot + _DATES * t + below, hidden,
    )  # fmt: skip


def _heading_height(pane: PaneView, *, width: float, text_size: float) -> float:
    rows = heading_of(pane.title, pane.entries, width=width, text_size=text_size).rows
    return (ROW_IN_TEXTS * rows + _ABOVE_PLOT) * text_size


def events_heading(lane: Lane, *, width: float, text_size: float, top: float = 0.0) -> Heading:
    """What the lane's marks mean; nothing where each has its name beside it."""
    entries = () if lane.named else chart_events.entries_of([e for row in lane.rows for e in row])
    return heading_of("", entries, width=width, text_size=text_size, top=top)


def _events_height(lane: Lane, *, width: float, text_size: float) -> float:
    """The height of the lane of events with its heading; 0 where none is in the period."""
    if not lane.rows:
        return 0.0
    heading = ROW_IN_TEXTS * events_heading(lane, width=width, text_size=text_size).rows
    return (heading + len(lane.rows) * chart_events.ROW_IN_TEXTS + _LANE_GAP) * text_size


def _left(ticks: Sequence[TickTexts], text_size: float) -> float:
    texts = [text for axis in ticks for _value, text in axis.texts]
    return max(text_width(text, size=text_size) for text in texts) + 0.9 * text_size


def _frames(
    panes: Sequence[PaneView],
    ticks: Sequence[TickTexts],
    heads: Sequence[float],
    unit: float,
    plot: Rect,
    window: tuple[float, float],
    text_size: float,
) -> tuple[tuple[Frame, ...], tuple[float, ...], float]:
    """The panes' frames, where their headings begin, and the foot of the last."""
    frames, tops, y = [], [], 0.0
    for pane, axis, head in zip(panes, ticks, heads, strict=True):
        tops.append(y)
        top = y + head
        bottom = top + pane.weight * unit
        strip = _STRIP * text_size if axis.strip else 0.0
        rect = Rect(plot.left, top, plot.right, bottom)
        frames.append(Frame(rect, window, axis.low, axis.high, pane.scale.log, strip))
        y = bottom + _BETWEEN * text_size
    return tuple(frames), tuple(tops), y - _BETWEEN * text_size
