"""Marks of the skin in two photos of one wound, and which of them look alike.

Marks are SIFT's (Lowe 2004) with the square roots of their histograms (Arandjelović & Zisserman
2012). Where both photos have a scale they are placed in mm of the wound's plane, else in px.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.contrast import SKIN_LIGHT, SKIN_RED, SKIN_YELLOW
from woundtrack.outline.crops import BoxPx
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

LONGEST_PX = 1024
"""Photos are looked at this size on their longest side, smaller ones enlarged."""
MOST_MARKS = 4000
RATIO = 0.9
"""A mark's best likeness must be this much nearer than its second best."""

Points: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What is known of one of the two photos besides its pixels."""

    pixels: Pixels
    scale: Scale | None = None
    head_angle_deg: float | None = None
    """Clockwise from up, where the patient's head is."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """SIFT marks: (N,) places as complex numbers in the plane, their sizes and turns."""

    at: NDArray[np.complex128]
    arrow: NDArray[np.complex128]
    """From the mark in its own direction, as long as it is large."""
    looks: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Plane:
    """What places in a photo are told in: mm of the wound's plane, else px as they are.

    Mm are turned so that they run to the right where the photo does: a card may lie any way
    round, and says nothing of how the camera was turned.
    """

    scale: Scale | None = None
    turn_rad: float = 0.0

    def from_px(self, points_px: Points) -> Points:
        """Px (N, 2) to the plane (N, 2)."""
        if self.scale is None:
            return points_px
        return _turned(self.scale.to_mm(points_px), -self.turn_rad)

    def to_px(self, points: Points) -> Points:
        """The plane (N, 2) to px (N, 2)."""
        if self.scale is None:
            return points
        return self.scale.to_px(_turned(points, self.turn_rad))


def planes(earlier: View, later: View) -> tuple[Plane, Plane]:
    """The planes that two photos are compared in: mm where both have a scale."""
    if earlier.scale is None or later.scale is None:
        return Plane(), Plane()
    return _upright(earlier.scale, earlier.pixels), _upright(later.scale, later.pixels)


def _upright(scale: Scale, pixels: Pixels) -> Plane:
    height, width = pixels.shape[:2]
    along = np.array([[0.45, 0.5], [0.55, 0.5]]) * (width, height)
    start, end = scale.to_mm(along)
    return Plane(scale, float(np.arctan2(*(end - start)[::-1])))


def _turned(points: Points, by_rad: float) -> Points:
    there = as_complex(points) * np.exp(1j * by_rad)
    return np.stack([there.real, there.imag], axis=1)


def marks(pixels: Pixels, plane: Plane, box: BoxPx | None) -> Marks:
    """The marks of what may be skin, within a box where one is given."""
    import cv2

    height, width = pixels.shape[:2]
    factor = LONGEST_PX / max(height, width)
    size = (max(2, round(width * factor)), max(2, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(pixels, size, interpolation=way)
    mask = may_be_skin(np.asarray(small, np.uint8))
    if box is not None:
        left, top, right, bottom = (round((side + 0.5) * factor) for side in box)
        inside = np.zeros_like(mask)
        inside[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 255
        mask &= inside
    grey = cv2.createCLAHE(3.0, (8, 8)).apply(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    sift = cv2.SIFT.create(MOST_MARKS, contrastThreshold=0.01, edgeThreshold=15)
    keys, looks = sift.detectAndCompute(grey, mask)
    if looks is None or not keys:
        nothing = np.empty(0, np.complex128)
        return Marks(nothing, nothing, np.empty((0, 128), np.float32))
    table = np.array([(*key.pt, key.size, np.radians(key.angle)) for key in keys])
    at = (table[:, :2] + 0.5) / factor - 0.5
    tip = np.stack([np.cos(table[:, 3]), np.sin(table[:, 3])], axis=1) * table[:, 2:3] / factor
    here, there = as_complex(plane.from_px(at)), as_complex(plane.from_px(at + tip))
    roots = np.sqrt(looks / np.maximum(looks.sum(axis=1, keepdims=True), 1e-6))
    return Marks(here, there - here, roots.astype(np.float32))


def may_be_skin(small: Pixels) -> NDArray[np.uint8]:
    """255 where the colour (h, w, 3) is one that skin of any tone can have, else 0."""
    import cv2

    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
    least = np.array([SKIN_LIGHT, SKIN_RED, SKIN_YELLOW], dtype=np.float32)
    return np.where((np.asarray(lab) > least).all(axis=2), 255, 0).astype(np.uint8)


def pairs(then: Marks, now: Marks) -> tuple[Marks, Marks]:
    """Marks that look alike, one to one."""
    import cv2

    best: dict[int, tuple[float, int]] = {}
    if len(then.at) and len(now.at) >= 2:
        for first, second in cv2.BFMatcher().knnMatch(then.looks, now.looks, k=2):
            likeness = first.distance / max(second.distance, 1e-9)
            if likeness < RATIO and likeness < best.get(first.trainIdx, (1.0, 0))[0]:
                best[first.trainIdx] = (likeness, first.queryIdx)
    there = np.array(sorted(best), dtype=np.intp)
    here = np.array([best[index][1] for index in there], dtype=np.intp)
    return (
        Marks(then.at[here], then.arrow[here], then.looks[here]),
        Marks(now.at[there], now.arrow[there], now.looks[there]),
    )


def as_complex(points: Points) -> NDArray[np.complex128]:
    """Points (N, 2) as complex numbers (N,)."""
    return np.asarray(points[:, 0] + 1j * points[:, 1], dtype=np.complex128)
