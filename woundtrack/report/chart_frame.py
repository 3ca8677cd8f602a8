"""Where a pane of the chart lies, and how days and values become places in it."""

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.report.chart_types import PointXY, Rect


@dataclass(frozen=True, slots=True)
class Frame:
    """A pane's plot, the days it shows (ordinals), and the values at its ends.

    On a logarithmic axis 0 and less have no place: they lie on a line of their own at the
    plot's foot, `strip` below the axis' lower end.
    """

    plot: Rect
    window: tuple[float, float]
    low: float
    high: float
    log: bool = False
    strip: float = 0.0

    @property
    def foot(self) -> float:
        """Where the axis' lower end lies."""
        return self.plot.bottom - self.strip

    def x(self, day: dt.date) -> float:
        """Where a day lies."""
        first, last = self.window
        share = (day.toordinal() - first) / (last - first)
        return self.plot.left + share * (self.plot.right - self.plot.left)

    def y(self, value: float) -> float:
        """Where a value lies."""
        if self.log:
            if value <= 0:
                return self.plot.bottom
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.foot - share * (self.foot - self.plot.top)

    def shows(self, x: float) -> bool:
        """Whether a place is within the plot's days, to a thousandth."""
        return self.plot.left - 1e-3 <= x <= self.plot.right + 1e-3


def clipped(points: Sequence[PointXY], *, left: float, right: float) -> list[list[PointXY]]:
    """The parts of a line of rising x that lie between two edges."""
    parts: list[list[PointXY]] = []
    current: list[PointXY] = []
    for a, b in itertools.pairwise(points):
        if b[0] < left or a[0] > right or (a[0] != b[0] and (b[0] == left or a[0] == right)):
            continue
        start, end = _cut(a, b, left), _cut(b, a, right)
        if not current or current[-1] != start:
            current = [start]
            parts.append(current)
        current.append(end)
    return parts


def _cut(inner: PointXY, other: PointXY, edge: float) -> PointXY:
    """`inner`, or the place where the line to `other` crosses the edge between them."""
    if (inner[0] - edge) * (other[0] - edge) >= 0 or inner[0] == other[0]:
        return inner
    share = (edge - inner[0]) / (other[0] - inner[0])
    return edge, inner[1] + share * (other[1] - inner[1])
