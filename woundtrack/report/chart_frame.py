"""Where the chart's plot lies, and how values become places in it."""

import datetime as dt
import itertools
from dataclasses import dataclass

from woundtrack.report.chart_types import PointXY, Rect

BWAT_LOW, BWAT_HIGH = 5.0, 65.0
"""The ends of the second axis; a total runs from 9 (healed) to 65."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot, the days it shows (ordinals) and the area at its top."""

    plot: Rect
    window: tuple[float, float]
    high_cm2: float

    def x(self, day: dt.date) -> float:
        """Where a day lies."""
        first, last = self.window
        share = (day.toordinal() - first) / (last - first)
        return self.plot.left + share * (self.plot.right - self.plot.left)

    def y(self, area_cm2: float) -> float:
        """Where an area lies; 0 is the plot's bottom."""
        share = area_cm2 / self.high_cm2
        return self.plot.bottom - share * (self.plot.bottom - self.plot.top)

    def bwat_y(self, total: float) -> float:
        """Where a BWAT total lies on the second axis."""
        share = (total - BWAT_LOW) / (BWAT_HIGH - BWAT_LOW)
        return self.plot.bottom - share * (self.plot.bottom - self.plot.top)

    def shows(self, x: float) -> bool:
        """Whether a place is within the plot's days, to a thousandth."""
        return self.plot.left - 1e-3 <= x <= self.plot.right + 1e-3


def clipped(points: list[PointXY], *, left: float, right: float) -> list[list[PointXY]]:
    """The parts of a line of rising x that lie between two edges."""
    parts: list[list[PointXY]] = []
    current: list[PointXY] = []
    for a, b in itertools.pairwise(points):
        if b[0] < left or a[0] > right:
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
