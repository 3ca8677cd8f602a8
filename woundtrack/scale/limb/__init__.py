"""A round limb under a plane that touches it: places on its skin, unrolled, and back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limb:
    """A tube that touches the plane from below along a line through the plane's origin."""

    radius_mm: float
    across_deg: float
    """The direction in the plane, from its x axis towards its y axis, in which the skin bends."""
    camera_mm: tuple[float, float, float]
    """Where the camera is over the plane: x, y, and its distance from the plane."""

    def unrolled(self, plane_mm: Floats) -> Floats:
        """Points of the plane (N, 2), in mm, to those of the skin seen behind them, unrolled.

        Where a line of sight passes the limb, the place that it passes nearest.
        """
        across, along = self._own(plane_mm)
        camera_across, camera_along = self._own(np.array([self.camera_mm[:2]]))
        height, radius = self.camera_mm[2], self.radius_mm
        aside = across - camera_across
        a = aside**2 + height**2
        half_b = camera_across * aside - (height + radius) * height
        past = camera_across * height + (height + radius) * aside
        reach = (-half_b - np.sqrt(np.maximum(a * radius**2 - past**2, 0.0))) / a
        met = camera_across + reach * aside
        turn = np.arctan2(met, height + radius - reach * height)
        return self._of(radius * turn, camera_along + reach * (along - camera_along))

    def rolled(self, skin_mm: Floats) -> Floats:
        """Points of the unrolled skin (N, 2), in mm, to those of the plane seen before them."""
        across, along = self._own(skin_mm)
        camera_across, camera_along = self._own(np.array([self.camera_mm[:2]]))
        height, turn = self.camera_mm[2], across / self.radius_mm
        depth = self.radius_mm * (1 - np.cos(turn))
        nearer = height / (height + depth)
        met = camera_across + nearer * (self.radius_mm * np.sin(turn) - camera_across)
        return self._of(met, camera_along + nearer * (along - camera_along))

    def _axes(self) -> tuple[Floats, Floats]:
        turn = np.radians(self.across_deg)
        return np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])

    def _own(self, points_mm: Floats) -> tuple[Floats, Floats]:
        across, along = self._axes()
        return points_mm @ across, points_mm @ along

    def _of(self, across_mm: Floats, along_mm: Floats) -> Floats:
        across, along = self._axes()
        placed: Floats = across_mm[:, None] * across + along_mm[:, None] * along
        return placed
