"""Where a point of the plane lies in a pane, and back: pure arithmetic, without Qt.

The plane is in mm, x right and y down; view px are the widget's logical px. Every pane shows
the same middle at the same size, which is what locks them together.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from woundtrack.compare.sheet import BoxMm

PointMm: TypeAlias = tuple[float, float]
PointPx: TypeAlias = tuple[float, float]

MARGIN = 0.05
"""Of a pane's sides, left free on each side of what is fitted into it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the widget, in view px."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> PointPx:
        """Its middle."""
        return (self.left + self.width / 2, self.top + self.height / 2)

    def has(self, at: PointPx) -> bool:
        """Whether a point of the widget lies in it."""
        return self.left <= at[0] < self.right and self.top <= at[1] < self.bottom


@dataclass(frozen=True, slots=True)
class PlaneView:
    """Which point of the plane every pane shows in its middle, and how large."""

    middle_mm: PointMm = (0.0, 0.0)
    px_per_mm: float = 1.0

    def to_view(self, point_mm: PointMm, box: Box) -> PointPx:
        """A point of the plane, in view px, as the pane in `box` shows it."""
        x, y = box.middle
        return (
            x + (point_mm[0] - self.middle_mm[0]) * self.px_per_mm,
            y + (point_mm[1] - self.middle_mm[1]) * self.px_per_mm,
        )

    def to_mm(self, at: PointPx, box: Box) -> PointMm:
        """A point of the widget on the plane, as the pane in `box` shows it."""
        x, y = box.middle
        return (
            (at[0] - x) / self.px_per_mm + self.middle_mm[0],
            (at[1] - y) / self.px_per_mm + self.middle_mm[1],
        )


def zoomed_at(
    view: PlaneView, *, box: Box, at: PointPx, factor: float, least: float, most: float
) -> PlaneView:
    """The view zoomed within limits (px for a mm); what the pane shows at `at` stays there."""
    px_per_mm = min(max(view.px_per_mm * factor, least), max(least, most))
    x_mm, y_mm = view.to_mm(at, box)
    x, y = box.middle
    middle = (x_mm - (at[0] - x) / px_per_mm, y_mm - (at[1] - y) / px_per_mm)
    return PlaneView(middle, px_per_mm)


def panned(view: PlaneView, *, by: PointPx) -> PlaneView:
    """The view with everything shifted by view px."""
    x, y = view.middle_mm
    return replace(view, middle_mm=(x - by[0] / view.px_per_mm, y - by[1] / view.px_per_mm))


def fitted(box_mm: BoxMm, *, pane: Box) -> PlaneView:
    """The view that shows a part of the plane whole, in the middle of the pane."""
    left, top, right, bottom = box_mm
    room = 1 - 2 * MARGIN
    px_per_mm = min(
        max(1.0, pane.width * room) / max(right - left, 1e-6),
        max(1.0, pane.height * room) / max(bottom - top, 1e-6),
    )
    return PlaneView(((left + right) / 2, (top + bottom) / 2), px_per_mm)


def kept_in_sight(view: PlaneView, *, box_mm: BoxMm) -> PlaneView:
    """The view with its middle shifted as little as needed to lie on what there is."""
    left, top, right, bottom = box_mm
    x, y = view.middle_mm
    return replace(view, middle_mm=(min(max(x, left), right), min(max(y, top), bottom)))


def round_all(boxes: Iterable[BoxMm]) -> BoxMm:
    """The box round all of some, at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def widened(box_mm: BoxMm, *, times: float, within: BoxMm) -> BoxMm:
    """A box so many times as wide and as high about its middle, as far as `within` reaches."""
    left, top, right, bottom = box_mm
    across, down = (times - 1) * (right - left) / 2, (times - 1) * (bottom - top) / 2
    return (
        max(left - across, within[0]),
        max(top - down, within[1]),
        min(right + across, within[2]),
        min(bottom + down, within[3]),
    )


def pane_boxes(count: int, *, size: tuple[float, float], gap: float, strip: float) -> list[Box]:
    """Panes in reading order, each with room for a strip beneath, as large as they get.

    Of all ways into rows and columns the one whose panes' shorter side is longest, then the other.
    """
    if count < 1:
        return []

    def cell(columns: int) -> tuple[float, float]:
        rows = math.ceil(count / columns)
        wide = (size[0] - gap * (columns - 1)) / columns
        return wide, (size[1] - gap * (rows - 1)) / rows - strip

    columns = max(range(count, 0, -1), key=lambda each: sorted(cell(each)))
    # Whole px, for a picture clipped between two px is painted slowly and blurs at its edge.
    wide, high = (float(max(1, math.floor(side))) for side in cell(columns))
    places = [divmod(number, columns) for number in range(count)]
    return [
        Box(column * (wide + gap), row * (high + strip + gap), wide, high) for row, column in places
    ]
