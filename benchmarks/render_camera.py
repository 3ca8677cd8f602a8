"""A tilted camera with a real lens, exact both ways: the truth of a rendered photo."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole with Brown's radial terms k1, k2 (of normalised coordinates), over the plane."""

    width_px: int
    height_px: int
    focal_px: float
    centre_px: tuple[float, float]
    k1: float
    k2: float
    rotation: Array
    place_mm: Array

    @property
    def tilt_deg(self) -> float:
        """The angle between the plane's normal and the optical axis."""
        return float(np.degrees(np.arccos(abs(self.rotation[2, 2]))))

    def to_px(self, points_mm: Array) -> Array:
        """Points (N, 2) of the plane to px."""
        return self.shown(points_mm @ self.rotation[:, :2].T + self.place_mm)

    def shown(self, space: Array) -> Array:
        """Points (N, 3) of the camera's frame to px."""
        ideal = space[:, :2] / space[:, 2:]
        radius2 = np.sum(ideal**2, axis=1, keepdims=True)
        bent = ideal * (1 + self.k1 * radius2 + self.k2 * radius2**2)
        return bent * self.focal_px + np.array(self.centre_px)

    def to_mm(self, points_px: Array) -> Array:
        """Points (N, 2) in px to the plane."""
        matrix = np.column_stack([self.rotation[:, 0], self.rotation[:, 1], self.place_mm])
        lifted = self.sights(points_px) @ np.linalg.inv(matrix).T
        return lifted[:, :2] / lifted[:, 2:]

    def sights(self, points_px: Array) -> Array:
        """Points (N, 2) in px to directions (N, 3) with z = 1, the lens undone by a table."""
        bent = (points_px - np.array(self.centre_px)) / self.focal_px
        radii = np.linspace(0, 1.6, 20001)
        bent_radii = radii * (1 + self.k1 * radii**2 + self.k2 * radii**4)
        whole = int(np.argmax(np.diff(bent_radii) <= 0)) or len(radii)
        size = np.linalg.norm(bent, axis=1, keepdims=True)
        straight_size = np.interp(size, bent_radii[:whole], radii[:whole])
        ideal = bent * np.where(size > 0, straight_size / np.maximum(size, 1e-12), 1.0)
        return np.column_stack([ideal, np.ones(len(ideal))])


def tilted_camera(
    *,
    tilt_deg: float,
    azimuth_deg: float,
    roll_deg: float,
    focal_px: float,
    look_at_mm: tuple[float, float],
    mm_across: float,
    size_px: tuple[int, int] = (4000, 3000),
    aim_px: tuple[float, float] = (0.0, 0.0),
    centre_shift_px: tuple[float, float] = (0.0, 0.0),
    k1: float = 0.0,
    k2: float = 0.0,
) -> Camera:
    """A camera that sees `mm_across` of the plane over its width where it looks.

    `aim_px` is how far from the photo's middle the looked-at point lies; `k1` and `k2` are of
    the half-diagonal (what they move the photo's corner by, as a fraction).
    """
    width, height = size_px
    centre = ((width - 1) / 2 + centre_shift_px[0], (height - 1) / 2 + centre_shift_px[1])
    axis = np.radians(azimuth_deg)
    tilt = cv2.Rodrigues(np.radians(tilt_deg) * np.array([np.cos(axis), np.sin(axis), 0.0]))[0]
    roll = cv2.Rodrigues(np.array([0.0, 0.0, np.radians(roll_deg)]))[0]
    turn = tilt @ roll
    distance = mm_across * focal_px / width
    sight = np.array([aim_px[0] / focal_px, aim_px[1] / focal_px, 1.0]) * distance
    place = sight - turn[:, :2] @ np.array(look_at_mm)
    corner = np.hypot(width, height) / 2 / focal_px
    lens = (k1 / corner**2, k2 / corner**4)
    return Camera(width, height, focal_px, centre, *lens, turn, place)


def turn_matrix(angle_deg: float) -> Array:
    """The 2×2 matrix of a turn."""
    angle = np.radians(angle_deg)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
