"""What brings an earlier photo of a wound onto a later one, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.scale.types import Matrix3, projected

Table: TypeAlias = tuple[tuple[float, ...], ...]


class AlignMethod(StrEnum):
    """What told how the photos lie on each other."""

    SKIN = "skin"
    """The skin around the wound, found again."""
    POINTS = "points"
    """Pairs of points that a person clicked."""


@dataclass(frozen=True, slots=True)
class Bend:
    """What skin that is not flat adds to a homography: px of the later photo, over a lattice.

    Rows and columns lie evenly over a box of the earlier photo, ends included; between them it
    is bilinear, beyond the box what its border says.
    """

    box_px: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    right_px: Table
    down_px: Table

    def at(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Displacements (N, 2) in px of the later photo at points (N, 2) of the earlier."""
        points = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        values = np.stack([np.array(self.right_px), np.array(self.down_px)], axis=2)
        left, top, right, bottom = self.box_px
        last = np.array([values.shape[1] - 1, values.shape[0] - 1])
        place = (points - (left, top)) / (right - left, bottom - top) * last
        place = np.clip(place, 0, last)
        start = np.minimum(place.astype(int), last - 1)
        part = (place - start)[:, :, None]
        x, y = start.T
        upper = values[y, x] * (1 - part[:, 0]) + values[y, x + 1] * part[:, 0]
        lower = values[y + 1, x] * (1 - part[:, 0]) + values[y + 1, x + 1] * part[:, 0]
        between: NDArray[np.float64] = upper * (1 - part[:, 1]) + lower * part[:, 1]
        return between


@dataclass(frozen=True, slots=True)
class Alignment:
    """From px of the earlier upright photo to px of the later one, near the wound."""

    method: AlignMethod
    homography: Matrix3
    """The nearest homography to the map at the wound's margin."""
    bend: Bend | None
    """What the map differs by from the homography; None where it does not."""
    places: int
    """How many places of the skin, or pairs of points, agree."""
    tried: int
    """How many could have agreed."""
    widest_gap_deg: float
    """The widest sector about the wound without a place that agrees."""
    residual_px: float
    """Root mean square distance of the places that agree from where the map takes them, in px
    of the earlier photo."""
    margin_px: float
    """Where the wound's margin is surest not to lie off by more (95 %, at its least sure part), in
    px of the earlier photo."""
    homography_off_px: float
    """By how much the homography alone differs from the map at the margin (its 95th percentile),
    in px of the earlier photo."""
    mm_per_px: float | None = None
    """Of the earlier photo at the wound, by either photo's scale; None where neither has one."""

    @property
    def residual_mm(self) -> float | None:
        """The residual in mm; None where no photo has a scale."""
        return None if self.mm_per_px is None else self.residual_px * self.mm_per_px

    @property
    def margin_mm(self) -> float | None:
        """The doubt at the margin in mm; None where no photo has a scale."""
        return None if self.mm_per_px is None else self.margin_px * self.mm_per_px

    @property
    def homography_off_mm(self) -> float | None:
        """What a bare homography loses at the margin in mm; None where no photo has a scale."""
        return None if self.mm_per_px is None else self.homography_off_px * self.mm_per_px

    def to_later(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Px (N, 2) of the earlier photo to px (N, 2) of the later."""
        points = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        flat = projected(np.array(self.homography), points)
        return flat if self.bend is None else flat + self.bend.at(points)

    def to_earlier(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Px (N, 2) of the later photo to px (N, 2) of the earlier, to a thousandth of a px."""
        wanted = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        back = np.linalg.inv(np.array(self.homography))
        found = projected(back, wanted)
        if self.bend is not None:
            for _ in range(30):
                found = projected(back, wanted - self.bend.at(found))
        return found
