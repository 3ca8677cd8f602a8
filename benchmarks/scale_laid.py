"""A print as it lies on a surface."""

from dataclasses import dataclass

import numpy as np

from benchmarks.render_camera import Array, turn_matrix
from benchmarks.scale_design import Design


@dataclass(frozen=True, slots=True)
class Laid:
    """A ruler as it lies: its print enlarged, turned and moved, so far above the surface."""

    design: Design
    place_mm: tuple[float, float] = (0.0, 0.0)
    angle_deg: float = 0.0
    enlarged: float = 1.0
    height_mm: float = 0.0

    def to_surface(self, points_mm: Array) -> Array:
        """Points (…, 2) of the print to the surface."""
        laid = self.design.as_laid(points_mm) * self.enlarged
        return laid @ turn_matrix(self.angle_deg).T + np.array(self.place_mm)

    def from_surface(self) -> Array:
        """The affine map (2, 3) from the surface to the print."""
        back = turn_matrix(-self.angle_deg) / self.enlarged
        shift = -back @ np.array(self.place_mm)
        if self.design.flipped:
            back = np.diag([-1.0, 1.0]) @ back
            shift = shift * np.array([-1.0, 1.0]) + np.array([self.design.size_mm[0], 0.0])
        return np.column_stack([back, shift])

    def rims_mm(self) -> list[Array]:
        """The sheets' corners on the surface, sides in steps."""
        rims = []
        for x0, y0, x1, y1 in self.design.sheets_mm:
            corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
            steps = np.linspace(0, 1, 24, endpoint=False)[:, None]
            sides = [corners[k] + (corners[(k + 1) % 4] - corners[k]) * steps for k in range(4)]
            rims.append(self.to_surface(np.concatenate(sides)))
        return rims
