"""The few strokes that any painter knows, and the forms of marks made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from woundtrack.report.chart_types import SURFACE, TEXT, Anchor, PointXY, Shape


@dataclass(frozen=True, slots=True)
class Path:
    """A line or, with a fill, an area. Colours are roles or "#rrggbb"; None is nothing."""

    points: tuple[PointXY, ...]
    stroke: str | None = None
    width: float = 1.0
    fill: str | None = None
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle about a point."""

    x: float
    y: float
    radius: float
    stroke: str | None = None
    width: float = 1.0
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text on its base line."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    colour: str = TEXT
    bold: bool = False


Stroke: TypeAlias = Path | Circle | Text


_CORNERS: dict[Shape, tuple[PointXY, ...]] = {
    Shape.SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Shape.DIAMOND: ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    Shape.TRIANGLE: ((0.0, -1.2), (1.05, 0.6), (-1.05, 0.6)),
    Shape.DOWN: ((0.0, 1.2), (1.05, -0.6), (-1.05, -0.6)),
}
"""Corners of closed forms, in radii about the middle."""
_PEN_LINES: dict[Shape, tuple[tuple[PointXY, ...], ...]] = {
    Shape.CROSS: (((-0.9, -0.9), (0.9, 0.9)), ((-0.9, 0.9), (0.9, -0.9))),
    Shape.TICK: (((0.0, -1.2), (0.0, 1.2)),),
    Shape.DAGGER: (((0.0, -1.6), (0.0, 1.6)), ((-0.9, -0.6), (0.9, -0.6))),
    Shape.FORK: (((0.0, 1.4), (0.0, 0.0), (-1.1, -1.3)), ((0.0, 0.0), (1.1, -1.3))),
}
"""Lines of forms that are drawn with the pen, in radii about the middle."""


def mark_strokes(
    shape: Shape, at: PointXY, radius: float, colour: str, *, filled: bool
) -> Iterator[Stroke]:
    """One mark; a hollow one is filled with the surface so that lines do not cross it."""
    x, y = at
    width = 0.45 * radius
    # A filled mark is as large as a hollow one with its line, and painted at half the cost.
    edge, fill = (None, colour) if filled else (colour, SURFACE)
    reach = radius + width / 2 if filled else radius
    if shape is Shape.RING:
        yield Circle(x, y, 1.55 * radius, colour, 0.35 * radius, SURFACE)
        if filled:
            yield Circle(x, y, 0.8 * radius, None, 0, colour)
    elif shape is Shape.CIRCLE:
        yield Circle(x, y, reach, edge, width, fill)
    elif shape in _PEN_LINES:
        for line in _PEN_LINES[shape]:
            yield Path(tuple((x + dx * radius, y + dy * radius) for dx, dy in line), colour, width)
    else:
        corners = tuple((x + dx * reach, y + dy * reach) for dx, dy in _CORNERS[shape])
        yield Path(corners, edge, width, fill, closed=True)
