"""The Bland-Altman chart of two readings: how much they differ, over how large the wound is."""

from dataclasses import dataclass
from math import ceil

from woundtrack.raters.agreement import Pair
from woundtrack.report.chart_ticks import decimals_of, nice_step, value_ticks
from woundtrack.report.chart_types import (
    ACCENT,
    MUTED,
    TEXT,
    Axis,
    Chart,
    Label,
    Line,
    Mark,
    Rect,
    Shape,
    Tick,
)
from woundtrack.words import _, number, percent

_LEFT, _RIGHT, _TOP, _BOTTOM = 4.0, 4.5, 2.4, 3.4
"""Room around the plot, in text sizes."""
_DASH = (6.0, 4.0)
_TICKS = 6
LEAST_SHARE = 0.01
"""The chart is never finer than this: raters who agree exactly lie on one line."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot, the areas marked along it, and the share (±) at its top and bottom."""

    plot: Rect
    areas_cm2: tuple[float, ...]
    step: float
    steps: int

    def x(self, area_cm2: float) -> float:
        """Where an area lies."""
        return self.plot.left + area_cm2 / self.areas_cm2[-1] * (self.plot.right - self.plot.left)

    def y(self, share: float) -> float:
        """Where a difference lies; no difference is half way."""
        half = (self.plot.bottom - self.plot.top) / 2
        return self.plot.top + half * (1 - share / (self.steps * self.step))


def agreement_chart(pair: Pair, *, width: float, height: float, text_size: float) -> Chart:
    """Each photo by its mean area and the second area over the first, with bias and limits."""
    points = [((a + b) / 2, b / a - 1) for a, b in pair.areas_cm2]
    frame = _frame(pair, points, size=(width, height), text_size=text_size)
    plot, found = frame.plot, pair.relative
    lines = ((found.high, _DASH), (found.bias, ()), (found.low, _DASH))
    return Chart(
        width=width,
        height=height,
        text_size=text_size,
        plot=plot,
        window=(0.0, 1.0),
        axes=_axes(frame),
        lines=tuple(
            Line(((plot.left, frame.y(at)), (plot.right, frame.y(at))), TEXT, dash)
            for at, dash in lines
        ),
        labels=(
            *(_line_label(at, frame, text_size, bold=not dash) for at, dash in lines),
            Label(plot.right, height - 0.4 * text_size, _("Mean area, cm²"), "end", MUTED),
        ),
        marks=tuple(
            Mark(frame.x(mean_cm2), frame.y(share), Shape.CIRCLE, ACCENT, True)
            for mean_cm2, share in points
        ),
    )


def _frame(
    pair: Pair,
    points: list[tuple[float, float]],
    *,
    size: tuple[float, float],
    text_size: float,
) -> _Frame:
    plot = Rect(
        _LEFT * text_size, _TOP * text_size, size[0] - _RIGHT * text_size,
        size[1] - _BOTTOM * text_size,
    )  # fmt: skip
    found = pair.relative
    most = max(
        LEAST_SHARE, *map(abs, (found.low, found.high)), *(abs(share) for _cm2, share in points)
    )
    step = nice_step(2 * most, count=_TICKS)
    areas = value_ticks(max(mean_cm2 for mean_cm2, _share in points), count=_TICKS)
    return _Frame(plot, areas, step, ceil(most / step - 1e-9))


def _axes(frame: _Frame) -> tuple[Axis, Axis]:
    decimals = decimals_of(100 * frame.step)
    levels = tuple(
        Tick(frame.y(share), percent(share, signed=True, decimals=decimals))
        for share in (count * frame.step for count in range(-frame.steps, frame.steps + 1))
    )
    areas = tuple(Tick(frame.x(a), _area_text(a, frame.areas_cm2)) for a in frame.areas_cm2)
    return Axis("bottom", "", areas), Axis("left", _("Second area over the first"), levels)


def _area_text(area_cm2: float, areas: tuple[float, ...]) -> str:
    return number(area_cm2, decimals=decimals_of(areas[1] - areas[0]))


def _line_label(share: float, frame: _Frame, text_size: float, *, bold: bool) -> Label:
    text = percent(share, signed=True, decimals=1)
    x, y = frame.plot.right + 0.4 * text_size, frame.y(share) + 0.36 * text_size
    return Label(x, y, text, "start", TEXT, bold)
