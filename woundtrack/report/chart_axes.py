"""The axes of a chart: where values and dates are marked, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.report.chart_curves import PaneView, Scale
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_text import figure
from woundtrack.report.chart_ticks import (
    date_ticks,
    decimals_of,
    log_range,
    log_ticks,
    range_ticks,
)
from woundtrack.report.chart_types import Axis, Tick
from woundtrack.words import _, number

_TICK_IN_TEXTS = 1.6
_NEAREST_IN_TEXTS = 0.95
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class TickTexts:
    """The ends of a pane's axis and its marks; `strip` where closed visits have their line."""

    low: float
    high: float
    texts: tuple[tuple[float, str], ...]
    strip: bool = False


def value_axis(pane: PaneView, *, height: float, text_size: float) -> TickTexts:
    """The axis of a pane of about this height."""
    count = min(_MOST_TICKS, max(2, int(height / (_TICK_IN_TEXTS * text_size))))
    scale = pane.scale
    if scale.log:
        return _logarithmic(pane, count)
    values = (
        _fixed(scale, count) if scale.fixed else range_ticks(scale.low, scale.high, count=count)
    )
    decimals = decimals_of(values[1] - values[0])
    low, high = (scale.low, scale.high) if scale.fixed else (values[0], values[-1])
    if (values[1] - values[0]) / (high - low) * height < _NEAREST_IN_TEXTS * text_size:
        values = (values[0], values[-1])
    texts = tuple((value, number(value, decimals=decimals)) for value in values)
    return TickTexts(low, high, texts)


def _fixed(scale: Scale, count: int) -> tuple[float, ...]:
    """Round values inside the ends."""
    values = range_ticks(scale.low, scale.high, count=count)
    return tuple(value for value in values if value <= scale.high + 1e-9)


def _logarithmic(pane: PaneView, count: int) -> TickTexts:
    low, high = log_range(pane.scale.low, pane.scale.high)
    texts = [(value, figure(value)) for value in log_ticks(low, high, count=count)]
    closed = any(value.value == 0 for curve in pane.curves for value in curve.values)
    if closed:
        texts.insert(0, (0.0, _("closed")))
    return TickTexts(low, high, tuple(texts), closed)


def axes_of(
    frames: Sequence[Frame], ticks: Sequence[TickTexts], *, text_size: float
) -> tuple[Axis, ...]:
    """Each pane's values at its left; the dates under the last, their grid in all of them."""
    plot = frames[-1].plot
    room = max(2, int((plot.right - plot.left) / (6.5 * text_size)))
    found, written = date_ticks(frames[-1].window, count=room)
    # A period begins and ends within days; those rounded out of it are not marked.
    days = [day for day in found if frames[-1].shows(frames[-1].x(day))]
    axes = []
    for i, (frame, axis) in enumerate(zip(frames, ticks, strict=True)):
        last = i == len(frames) - 1
        dates = tuple(Tick(frame.x(day), written(day) if last else "") for day in days)
        values = tuple(Tick(frame.y(value), text) for value, text in axis.texts)
        axes += [Axis("bottom", "", dates, frame.plot), Axis("left", "", values, frame.plot)]
    return tuple(axes)
