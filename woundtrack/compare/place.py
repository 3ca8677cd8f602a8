"""Where a photo lies on the plane of a comparison: in mm, the head up, the wound in the middle."""

from dataclasses import dataclass
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
LONGEST_PX = 8.0
"""Sides of an outline are parted to this where what is straight in the photo bends."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo lies on the plane: x right, y down, head up, (0, 0) the wound's middle.

    Without a wound (0, 0) is the photo's middle. A photo that was aligned lies where the first
    one's skin does.
    """

    size_px: tuple[int, int]
    """Width and height of the upright photo."""
    in_mm: bool
    """Whether a unit of the plane is a mm; without a scale it means nothing."""
    axes: Axes
    """What turns the scale's plane, or px, into that of the comparison."""
    shift_mm: tuple[float, float]
    scale: Scale | None = None
    first: "Place | None" = None
    """The photo that this one is laid on, by `alignment`."""
    alignment: Alignment | None = None

    @property
    def bends(self) -> bool:
        """Whether what is straight in the photo may be bent on the plane."""
        if self.first is not None and self.alignment is not None:
            return self.alignment.bend is not None or self.first.bends
        return self.scale is not None and (
            self.scale.lens is not None or self.scale.limb is not None
        )

    def to_px(self, points_mm: ArrayLike) -> Floats:
        """Points (N, 2) of the plane in px (N, 2) of the upright photo."""
        points = np.asarray(points_mm, dtype=np.float64).reshape(-1, 2)
        if self.first is not None and self.alignment is not None:
            return self.alignment.to_later(self.first.to_px(points))
        own = (points - self.shift_mm) @ np.linalg.inv(np.array(self.axes)).T
        return own if self.scale is None else self.scale.to_px(own)

    def to_mm(self, points_px: ArrayLike) -> Floats:
        """Px (N, 2) of the upright photo on the plane (N, 2)."""
        points = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        if self.first is not None and self.alignment is not None:
            return self.first.to_mm(self.alignment.to_earlier(points))
        own = points if self.scale is None else self.scale.to_mm(points)
        moved: Floats = own @ np.array(self.axes).T + self.shift_mm
        return moved


def place_of(
    size_px: tuple[int, int],
    *,
    scale: Scale | None,
    wound: Outline | None,
    head_angle_deg: float | None,
) -> Place:
    """The place of a photo by its own scale; without an arrow its own up is up.

    `head_angle_deg` is clockwise from up in the upright photo, followed as it is seen at the
    wound. Raises OutlineError outline.empty, MeasureError measure.beyond_horizon.
    """
    width, height = size_px
    corners = np.array([[0.0, 0.0], [width - 1.0, height - 1.0]])
    if wound is not None:
        corners = np.array(bounds(wound)).reshape(2, 2)
    middle = corners.mean(axis=0)
    angle = np.radians(head_angle_deg or 0.0)
    up = np.array([np.sin(angle), -np.cos(angle)])
    right = np.array([-up[1], up[0]])
    own = np.stack([middle, middle + up, middle - up, middle + right, middle - right])
    size = 1.0
    if scale is not None:
        _refuse_beyond(scale, middle, wound)
        own = scale.to_mm(own)
    else:
        longest = float(np.ptp(corners, axis=0).max())
        size = (PHOTO_UNITS if wound is None else WOUND_UNITS) / max(longest, 1.0)
    there = own[1] - own[2]
    there = there / np.linalg.norm(there)
    sideways = np.array([-there[1], there[0]])
    if float(sideways @ (own[3] - own[4])) < 0:  # the scale's plane is mirrored
        sideways = -sideways
    axes = size * np.stack([sideways, -there])
    ring = [point for each in wound.rings for point in each] if wound else None
    on = own[:1] if ring is None else (scale.to_mm(ring) if scale else np.array(ring))
    turned = on @ axes.T
    x, y = -(turned.min(axis=0) + turned.max(axis=0)) / 2
    (a, b), (c, d) = axes.tolist()
    return Place(size_px, scale is not None, ((a, b), (c, d)), (float(x), float(y)), scale)


def laid_on(first: Place, alignment: Alignment, *, size_px: tuple[int, int]) -> Place:
    """The later photo where the first one's skin lies; AlignError align.not_alike if mirrored."""
    middle = first.to_px([[0.0, 0.0]])
    steps = alignment.to_later(middle + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    if np.linalg.det(steps[1:] - steps[0]) <= 0:
        raise AlignError("align.not_alike")
    return Place(size_px, first.in_mm, first.axes, first.shift_mm, None, first, alignment)


def rings_mm(outline: Outline, place: Place) -> tuple[Floats, ...]:
    """An outline's closed rings (N, 2) on the plane, with points enough where the map bends."""
    rings = [np.asarray(ring, dtype=np.float64) for ring in outline.rings if len(ring) > 2]
    if place.bends:
        rings = [finer(ring, LONGEST_PX) for ring in rings]
    return tuple(place.to_mm(ring) for ring in rings)


def _refuse_beyond(scale: Scale, middle: Floats, wound: Outline | None) -> None:
    """Nothing of the wound may lie beyond the plane's horizon, seen from its middle."""
    horizon = np.array(scale.homography_px_to_mm[2])
    points = middle[None]
    if wound is not None:
        points = np.array([point for ring in wound.rings for point in ring])
    depths = np.append(points, middle[None], axis=0) @ horizon[:2] + horizon[2]
    if depths.min() * depths.max() <= 0:
        raise MeasureError("measure.beyond_horizon")
