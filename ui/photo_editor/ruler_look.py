"""A reading of rulers as a person corrects it: which edge is meant, between which marks."""

from dataclasses import dataclass, replace
from math import dist
from typing import TYPE_CHECKING

from ui.photo_editor.ticks import Ticks, ticks_of_edge
from woundtrack.outline.types import PointPx

if TYPE_CHECKING:
    from woundtrack.scale.ruler import RulerReading

Line = tuple[PointPx, PointPx]


@dataclass(frozen=True, slots=True, eq=False)
class RulerLook:
    """What was read, which of its edges is meant, and two of its graduations."""

    reading: "RulerReading"
    ticks: tuple[Ticks, ...]
    place: int = 0
    ends_px: Line | None = None
    """On graduations of the edge meant; where nothing was read, the line that was drawn."""
    steps: int = 0
    """Steps of the ruler between the ends."""

    def with_ends(self, ends_px: Line | None) -> "RulerLook":
        """The same with its ends on the graduations nearest to two points; None for the outermost.

        Without an edge the ends are where they were put.
        """
        if not self.reading.edges:
            return replace(self, ends_px=ends_px, steps=0)
        edge, ticks = self.reading.edges[self.place], self.ticks[self.place]
        first, last = (0, len(ticks) - 1) if ends_px is None else (
            nearest_tick(ticks, edge.line.axis, point) for point in ends_px
        )  # fmt: skip
        steps = abs(int(edge.number[last]) - int(edge.number[first]))
        return replace(self, ends_px=(ticks[first].base_px, ticks[last].base_px), steps=steps)


def look_at(reading: "RulerReading", line: Line | None = None) -> RulerLook:
    """A reading with its first edge meant, and the line that it was read along."""
    return RulerLook(reading, tuple(map(ticks_of_edge, reading.edges))).with_ends(line)


def nearest_tick(ticks: Ticks, axis: tuple[float, float], point: PointPx) -> int:
    """The graduation nearest to a point along the edge."""
    along = [
        abs((t.base_px[0] - point[0]) * axis[0] + (t.base_px[1] - point[1]) * axis[1])
        for t in ticks
    ]
    return along.index(min(along))


def moved(line: Line, end: int, to: PointPx) -> Line:
    """A line with one of its ends elsewhere."""
    return (to, line[1]) if end == 0 else (line[0], to)


def is_on_row(look: RulerLook, at: PointPx) -> bool:
    """Whether a point lies within the strokes of the edge meant, or just beside them."""
    edge, ticks = look.reading.edges[look.place], look.ticks[look.place]
    nearest = ticks[nearest_tick(ticks, edge.line.axis, at)]
    stroke = dist(nearest.base_px, nearest.tip_px)
    reach = stroke + 2.0 * edge.pitch_px
    ends = (nearest.base_px, nearest.tip_px)
    return min(dist(end, at) for end in ends) <= reach
