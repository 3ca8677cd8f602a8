"""The scale of a photo: the plane's homography, its doubt, and what it warns of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix3: TypeAlias = tuple[
    tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]
]
PointPx: TypeAlias = tuple[float, float]


class ScaleMethod(StrEnum):
    """What gave the scale."""

    CARD = "card"
    RULER = "ruler"
    TWO_POINTS = "two_points"
    FOUR_POINTS = "four_points"


@dataclass(frozen=True, slots=True)
class Lens:
    """One radial term: undistorted = centre + d·(1 + k1·|d|²/norm_px²), d = px − centre."""

    k1: float
    centre_px: PointPx
    norm_px: float


@dataclass(frozen=True, slots=True)
class Scale:
    """From px of the upright photo, undistorted by `lens`, to mm in the wound's plane."""

    method: ScaleMethod
    homography_px_to_mm: Matrix3
    relative_sd: float
    """One standard deviation of a length at the reference, as a fraction."""
    tilt_deg: float | None = None
    lens: Lens | None = None
    warnings: tuple[str, ...] = ()
    """Codes; their sentences are in `woundtrack.scale.warnings`."""
    marks_px: tuple[PointPx, ...] = ()
    """What was found or clicked in the photo, to be shown over it."""
    card_run: int | None = None
    method_version: str = ""

    def to_mm(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2) in px to (N, 2) in mm of the wound's plane."""
        points = self._undistorted(np.asarray(points_px, dtype=np.float64).reshape(-1, 2))
        return _project(np.array(self.homography_px_to_mm), points)

    def to_px(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2) in mm of the wound's plane to (N, 2) in px."""
        inverse = np.linalg.inv(np.array(self.homography_px_to_mm))
        points = _project(inverse, np.asarray(points_mm, dtype=np.float64).reshape(-1, 2))
        return self._distorted(points)

    def mm_per_px_at(self, point_px: PointPx) -> float:
        """Geometric mean of the plane's mm per px at a point of the photo."""
        x, y = point_px
        step = 0.5
        corners = self.to_mm([(x - step, y), (x + step, y), (x, y - step), (x, y + step)])
        along, across = corners[1] - corners[0], corners[3] - corners[2]
        return float(np.sqrt(abs(along[0] * across[1] - along[1] * across[0])))

    def relative_sd_at(self, point_px: PointPx) -> float:
        """One standard deviation of a length at a point of the photo, as a fraction."""
        del point_px
        return self.relative_sd

    def _undistorted(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.lens is None:
            return points
        offset = points - np.array(self.lens.centre_px)
        radius2 = np.sum(offset**2, axis=1, keepdims=True) / self.lens.norm_px**2
        undistorted: NDArray[np.float64] = points + offset * (self.lens.k1 * radius2)
        return undistorted

    def _distorted(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        distorted = points
        for _ in range(8 if self.lens else 0):
            distorted = distorted + (points - self._undistorted(distorted))
        return distorted


def _project(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    ones = np.ones((len(points), 1))
    projected = np.hstack([points, ones]) @ matrix.T
    result: NDArray[np.float64] = projected[:, :2] / projected[:, 2:]
    return result
