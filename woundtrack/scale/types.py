"""The scale of a photo: the plane's homography, its doubt, and what it warns of."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.scale.limb import Limb

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
    DOT = "dot"
    """A coin or an adhesive dot."""
    SQUARE = "square"
    """A coloured square or rectangle."""


@dataclass(frozen=True, slots=True)
class Lens:
    """One radial term: undistorted = centre + d·(1 + k1·|d|²/norm_px²), d = px − centre."""

    k1: float
    centre_px: PointPx
    norm_px: float


@dataclass(frozen=True, slots=True)
class Shift:
    """The map moved by one standard deviation along one independent direction of its doubt."""

    homography_px_to_mm: Matrix3
    lens: Lens | None = None
    limb: Limb | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """From px of the upright photo, undistorted by `lens`, to mm in the wound's plane.

    With a `limb` the plane touches it, and mm are of the skin unrolled from it.
    """

    method: ScaleMethod
    homography_px_to_mm: Matrix3
    relative_sd: float
    """One standard deviation of a length at the reference, as a fraction."""
    tilt_deg: float | None = None
    tilt_sd_deg: float | None = None
    """One standard deviation of the tilt; None where it was not worked out."""
    lens: Lens | None = None
    warnings: tuple[str, ...] = ()
    """Codes; their sentences are in `woundtrack.scale.warnings`."""
    marks_px: tuple[PointPx, ...] = ()
    """What was found or clicked in the photo, to be shown over it; of a ruler, the base and the
    tip of each graduation in turn."""
    card_run: int | None = None
    method_version: str = ""
    shifts: tuple[Shift, ...] = ()
    """The doubt of the map as independent one-sd shifts; empty where only a length's is known."""
    common_relative_sd: float = 0.0
    """The part of the doubt of a length that is the same everywhere: print, height, clicks."""
    anchor_mm: tuple[float, float] = (0.0, 0.0)
    """A point of the plane that the grid's lines run through."""
    limb: Limb | None = None

    def to_mm(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2) in px to (N, 2) in mm of the wound's plane."""
        points = self._undistorted(np.asarray(points_px, dtype=np.float64).reshape(-1, 2))
        plane_mm = projected(np.array(self.homography_px_to_mm), points)
        return plane_mm if self.limb is None else self.limb.unrolled(plane_mm)

    def to_px(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2) in mm of the wound's plane to (N, 2) in px."""
        inverse = np.linalg.inv(np.array(self.homography_px_to_mm))
        plane_mm = np.asarray(points_mm, dtype=np.float64).reshape(-1, 2)
        if self.limb is not None:
            plane_mm = self.limb.rolled(plane_mm)
        points = projected(inverse, plane_mm)
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
        if not self.shifts:
            return self.relative_sd
        here = self.mm_per_px_at(point_px)
        logs = [np.log(scale.mm_per_px_at(point_px) / here) for scale in self.shifted()]
        return float(np.sqrt(np.sum(np.square(logs)) + self.common_relative_sd**2))

    def shifted(self) -> tuple["Scale", ...]:
        """This scale moved by each of its shifts: what it might have been instead."""
        return tuple(
            replace(
                self,
                homography_px_to_mm=shift.homography_px_to_mm,
                lens=shift.lens,
                limb=shift.limb,
                shifts=(),
            )
            for shift in self.shifts
        )

    def local_homography(self, points_px: ArrayLike) -> Matrix3:
        """The homography px→mm that stands for `to_mm` around these points, lens and limb included.

        For users of a bare matrix: least squares over a grid on the points' bounding box.
        """
        if self.lens is None and self.limb is None:
            return self.homography_px_to_mm
        points = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        low, high = points.min(axis=0) - 2.0, points.max(axis=0) + 2.0
        axes = [np.linspace(low[axis], high[axis], 9) for axis in (0, 1)]
        grid_px = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
        return matrix3(fit_homography(grid_px, self.to_mm(grid_px)))

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


def matrix3(matrix: ArrayLike) -> Matrix3:
    """A 3×3 homography as stored: rows of floats, the last entry 1."""
    rows = np.asarray(matrix, dtype=np.float64)
    rows = rows / rows[2, 2]
    first, second, third = (tuple(float(value) for value in row) for row in rows)
    return (first, second, third)  # type: ignore[return-value]


def fit_homography(source: ArrayLike, target: ArrayLike) -> NDArray[np.float64]:
    """The homography taking source (N, 2) to target (N, 2): normalised direct linear transform.

    After Hartley & Zisserman, Multiple View Geometry, 2nd ed., algorithm 4.2. N ≥ 4.
    """
    points, source_frame = _normalised(np.asarray(source, dtype=np.float64))
    images, target_frame = _normalised(np.asarray(target, dtype=np.float64))
    ones, zeros = np.ones((len(points), 1)), np.zeros((len(points), 3))
    rays = np.hstack([points, ones])
    rows = np.vstack(
        [
            np.hstack([rays, zeros, -images[:, :1] * rays]),
            np.hstack([zeros, rays, -images[:, 1:] * rays]),
        ]
    )
    # Of four points alone the solution is what no row sees, which only the full form tells.
    solution = np.linalg.svd(rows, full_matrices=len(rows) < 9)[2][-1].reshape(3, 3)
    fitted: NDArray[np.float64] = np.linalg.inv(target_frame) @ solution @ source_frame
    scaled: NDArray[np.float64] = fitted / fitted[2, 2]
    return scaled


def _normalised(
    points: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points moved to mean 0 and mean distance √2, and the 3×3 frame that did it."""
    mean = points.mean(axis=0)
    spread = float(np.mean(np.linalg.norm(points - mean, axis=1))) or 1.0
    factor = np.sqrt(2.0) / spread
    frame = np.array([[factor, 0, -factor * mean[0]], [0, factor, -factor * mean[1]], [0, 0, 1.0]])
    return (points - mean) * factor, frame


def projected(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (N, 2) through a homography."""
    ones = np.ones((len(points), 1))
    there = np.hstack([points, ones]) @ matrix.T
    result: NDArray[np.float64] = there[:, :2] / there[:, 2:]
    return result
