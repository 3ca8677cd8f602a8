"""Where a photo lies on the plane of a comparison: in mm, the head up, the wound in the middle."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.align.register import finer
from woundtrack.align.types import Alignment
from woundtrack.errors import AlignError, MeasureError
from woundtrack.outline.rings import bounds
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale

Floats: TypeAlias = NDArray[np.float64]
Axes: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

WOUND_UNITS, PHOTO_UNITS = 40.0, 150.0
"""Without a scale: the wound's length, else the photo's longer side, as so many units."""
SAME_PX = 0.5
"""A place that is seen again so near was seen at all, and not behind a limb's edge."""
LONGEST_PX = 8.0
"""Sides of an outline are parted to this where what is straight in the photo bends."""


@dataclass(frozen=True, slots=True)
class Step:
    """From px of one photo to px of another that it was laid on."""

    alignment: Alignment
    to_later: bool
    """Whether the step goes from the earlier photo to the later one."""

    def there(self, points_px: Floats) -> Floats:
        """Points (N, 2) where the step leads."""
        move = self.alignment.to_later if self.to_later else self.alignment.to_earlier
        return move(points_px)

    def back(self) -> "Step":
        """The step the other way."""
        return Step(self.alignment, not self.to_later)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo lies on the plane: x right, y down, head up, (0, 0) the wound's middle.

    Without a wound (0, 0) is the photo's middle. Of photos laid on each other all have the first
    one's.
    """

    size_px: tuple[int, int]
    """Width and height of the upright photo."""
    axes: Axes = ((1.0, 0.0), (0.0, 1.0))
    """What turns the scale's plane, or px, into that of the comparison."""
    shift_mm: tuple[float, float] = (0.0, 0.0)
    scale: Scale | None = None
    way: tuple[Step, ...] = ()
    """From this photo to the one that `scale`, or what the plane is without one, is of."""

    @property
    def in_mm(self) -> bool:
        """Whether a unit of the plane is a mm; without a scale it means nothing."""
        return self.scale is not None

    @property
    def bends(self) -> bool:
        """Whether what is straight in the photo may be bent on the plane."""
        skin = any(step.alignment.bend is not None for step in self.way)
        scale = self.scale
        return skin or (scale is not None and (scale.lens is not None or scale.limb is not None))

    def to_px(self, points_mm: ArrayLike) -> Floats:
        """Points (N, 2) of the plane in px (N, 2) of the upright photo."""
        points = np.asarray(points_mm, dtype=np.float64).reshape(-1, 2)
        points = (points - self.shift_mm) @ np.linalg.inv(np.array(self.axes)).T
        if self.scale is not None:
            points = self.scale.to_px(points)
        for step in reversed(self.way):
            points = step.back().there(points)
        return points

    def to_mm(self, points_px: ArrayLike) -> Floats:
        """Px (N, 2) of the upright photo on the plane (N, 2)."""
        points = self.measured_px(points_px)
        if self.scale is not None:
            points = self.scale.to_mm(points)
        moved: Floats = points @ np.array(self.axes).T + self.shift_mm
        return moved

    def measured_px(self, points_px: ArrayLike) -> Floats:
        """Px (N, 2) of this photo in px of the one that the scale is of."""
        points = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        for step in self.way:
            points = step.there(points)
        return points


def place_of(
    size_px: tuple[int, int],
    *,
    scale: Scale | None,
    wound: Outline | None,
    head_angle_deg: float | None,
    scale_by: Alignment | None = None,
) -> Place:
    """The place of a photo by its own scale, or by that of a later one that `scale_by` leads to.

    `head_angle_deg` is clockwise from up in the upright photo, followed as it is seen at the
    wound; without it the photo's own up is up. Raises OutlineError outline.empty, MeasureError
    measure.beyond_horizon.
    """
    way = () if scale_by is None else (Step(scale_by, to_later=True),)
    raw = Place(size_px, scale=scale, way=way)
    width, height = size_px
    box = np.array([[0.0, 0.0], [width - 1.0, height - 1.0]])
    if wound is not None:
        box = np.array(bounds(wound)).reshape(2, 2)
    middle = box.mean(axis=0)
    edge = middle[None] if wound is None else np.array([p for ring in wound.rings for p in ring])
    size = 1.0
    if scale is None:
        units = PHOTO_UNITS if wound is None else WOUND_UNITS
        size = units / max(float(np.ptp(box, axis=0).max()), 1.0)
    elif not _shown(raw, np.append(edge, middle[None], axis=0)):
        raise MeasureError("measure.beyond_horizon")
    axes = size * _upright(raw, middle, head_angle_deg or 0.0)
    turned = raw.to_mm(edge) @ axes.T
    x, y = -(turned.min(axis=0) + turned.max(axis=0)) / 2
    (a, b), (c, d) = axes.tolist()
    return replace(raw, axes=((a, b), (c, d)), shift_mm=(float(x), float(y)))


def laid_on(first: Place, alignment: Alignment, *, size_px: tuple[int, int]) -> Place:
    """The later photo where the first one's skin lies; AlignError align.not_alike if mirrored."""
    corners = first.to_px([[0.0, 0.0]]) + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    there = alignment.to_later(corners)
    if not np.linalg.det(there[1:] - there[0]) > 0:
        raise AlignError("align.not_alike")
    way = (Step(alignment, to_later=False), *first.way)
    return replace(first, size_px=size_px, way=way)


def rings_mm(outline: Outline, place: Place) -> tuple[Floats, ...]:
    """An outline's closed rings (N, 2) on the plane, with points enough where the map bends."""
    rings = [np.asarray(ring, dtype=np.float64) for ring in outline.rings if len(ring) > 2]
    if place.bends:
        rings = [finer(ring, LONGEST_PX) for ring in rings]
    return tuple(place.to_mm(ring) for ring in rings)


def _shown(place: Place, points_px: Floats) -> bool:
    """Whether the scale's plane or skin shows all points (N, 2), and none lies beyond."""
    assert place.scale is not None
    points = place.measured_px(points_px)
    horizon = np.array(place.scale.homography_px_to_mm[2])
    depths = points @ horizon[:2] + horizon[2]
    if not float(depths.min() * depths.max()) > 0:
        return False
    again = place.scale.to_px(place.scale.to_mm(points))
    return bool(np.linalg.norm(again - points, axis=1).max() < SAME_PX)


def _upright(place: Place, middle_px: Floats, head_angle_deg: float) -> Floats:
    """The turn (2, 2) that brings the head up, mirrored where the scale's own plane is."""
    angle = np.radians(head_angle_deg)
    up = np.array([np.sin(angle), -np.cos(angle)])
    right = np.array([-up[1], up[0]])
    ends = place.to_mm(np.stack([middle_px + up, middle_px - up, middle_px + right]))
    towards = (ends[0] - ends[1]) / np.linalg.norm(ends[0] - ends[1])
    across = np.array([-towards[1], towards[0]])
    if float(across @ (2 * ends[2] - ends[0] - ends[1])) < 0:
        across = -across
    return np.stack([across, -towards])
