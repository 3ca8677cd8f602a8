"""Where things that lie flat, or round a limb, are seen by a tilted camera: exact both ways.

The surface is unrolled: (u, v) in mm on it, u to the right and v down where it faces the camera.
What lies `height_mm` above it has its own (u, v), for round a limb it is a wider cylinder.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render_camera import Array, Camera, turn_matrix

CELL_PX = 8
"""The map photo→surface is exact on a grid this coarse and linear between: to 0.01 px."""
EDGE_ON = 0.2
"""Cosine to the line of sight below which a limb's side is too slanted to show a graduation."""


@dataclass(frozen=True, slots=True)
class Surface:
    """A plane, or a cylinder of a radius that touches the plane along its axis through a point."""

    radius_mm: float | None = None
    axis_deg: float = 0.0
    top_mm: tuple[float, float] = (0.0, 0.0)

    def to_space(self, points_mm: Array, height_mm: float = 0.0) -> Array:
        """Points (N, 2) on the surface to (N, 3): x right, y down, z away from the camera."""
        if self.radius_mm is None:
            return np.column_stack([points_mm, np.full(len(points_mm), -height_mm)])
        own = (points_mm - np.array(self.top_mm)) @ turn_matrix(self.axis_deg)
        radius = self.radius_mm + height_mm
        angle = own[:, 1] / radius
        flat = np.column_stack([own[:, 0], radius * np.sin(angle)]) @ turn_matrix(self.axis_deg).T
        depth = self.radius_mm - radius * np.cos(angle)
        return np.column_stack([flat + np.array(self.top_mm), depth])

    def met(self, origin: Array, directions: Array, height_mm: float = 0.0) -> Array:
        """Where rays (N, 3) from a point meet it first, (N, 2); nearest by where they miss."""
        if self.radius_mm is None:
            reach = (-height_mm - origin[2]) / directions[:, 2]
            return origin[:2] + directions[:, :2] * reach[:, None]
        turn = turn_matrix(self.axis_deg)
        radius = self.radius_mm + height_mm
        start = (origin[:2] - np.array(self.top_mm)) @ turn
        way = directions[:, :2] @ turn
        lift = origin[2] - self.radius_mm
        a = way[:, 1] ** 2 + directions[:, 2] ** 2
        half_b = way[:, 1] * start[1] + directions[:, 2] * lift
        inside = half_b**2 - a * (start[1] ** 2 + lift**2 - radius**2)
        reach = (-half_b - np.sqrt(np.maximum(inside, 0))) / a
        across, depth = start[1] + reach * way[:, 1], lift + reach * directions[:, 2]
        own = np.column_stack([start[0] + reach * way[:, 0], radius * np.arctan2(across, -depth)])
        return own @ turn.T + np.array(self.top_mm)

    def clearance(self, origin: Array, directions: Array) -> Array:
        """How far inside a limb's side rays (N, 3) from a point pass, in mm; below 0 they miss."""
        if self.radius_mm is None:
            return np.full(len(directions), np.inf)
        turn = turn_matrix(self.axis_deg)
        start = ((origin[:2] - np.array(self.top_mm)) @ turn)[1]
        across, down = (directions[:, :2] @ turn)[:, 1], directions[:, 2]
        passed = np.abs(start * down - (origin[2] - self.radius_mm) * across)
        inside: Array = self.radius_mm - passed / np.hypot(across, down)
        return inside

    def facing(self, points_mm: Array, origin: Array) -> Array:
        """Cosine (N,) between the surface's normal and the way to the camera."""
        space = self.to_space(points_mm)
        way = origin - space
        if self.radius_mm is None:
            normal = np.array([0.0, 0.0, -1.0])
        else:
            own = (points_mm - np.array(self.top_mm)) @ turn_matrix(self.axis_deg)
            angle = own[:, 1] / self.radius_mm
            flat = np.column_stack([np.zeros(len(own)), np.sin(angle)])
            flat = flat @ turn_matrix(self.axis_deg).T
            normal = np.column_stack([flat, -np.cos(angle)])
        cosine: Array = np.sum(way * normal, axis=1) / np.linalg.norm(way, axis=1)
        return cosine


@dataclass(frozen=True, slots=True)
class Sight:
    """A camera and the surface before it."""

    camera: Camera
    surface: Surface

    @property
    def origin(self) -> Array:
        """The camera's place in the surface's frame."""
        place: Array = -self.camera.rotation.T @ self.camera.place_mm
        return place

    def to_px(self, points_mm: Array, height_mm: float = 0.0) -> Array:
        """Points (N, 2) on the surface to px."""
        space = self.surface.to_space(points_mm, height_mm)
        return self.camera.shown(space @ self.camera.rotation.T + self.camera.place_mm)

    def to_mm(self, points_px: Array, height_mm: float = 0.0) -> Array:
        """Points (N, 2) in px to the surface."""
        directions = self.camera.sights(points_px) @ self.camera.rotation
        return self.surface.met(self.origin, directions, height_mm)

    def px_per_mm(self, point_mm: tuple[float, float]) -> float:
        """Geometric mean at a point of the surface."""
        x, y = point_mm
        corners = self.to_px(np.array([[x, y], [x + 0.1, y], [x, y + 0.1]]))
        sides = (corners[1:] - corners[0]) / 0.1
        return float(np.sqrt(abs(np.linalg.det(sides))))

    def seen(self, points_mm: Array) -> NDArray[np.bool_]:
        """Which points (N, 2) of the surface face the camera enough."""
        return self.surface.facing(points_mm, self.origin) > EDGE_ON

    def maps(
        self,
        box: tuple[int, int, int, int],
        *,
        affine: Array,
        height_mm: float = 0.0,
        fine: int = 1,
    ) -> NDArray[np.float32]:
        """The surface's (u, v), through an affine map (2, 3), in a box (left, top, right, bottom).

        (rows·fine, columns·fine, 2): each px has fine × fine samples, evenly spread in it.
        """
        left, top, right, bottom = box
        step = CELL_PX
        columns = np.arange(-1, -(-(right - left) // step) + 1)
        rows = np.arange(-1, -(-(bottom - top) // step) + 1)
        # A cell's middle, where cv2.resize takes a coarse value to lie.
        x, y = (left - 0.5 + step * (columns + 0.5), top - 0.5 + step * (rows + 0.5))
        points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        places = self.to_mm(points, height_mm) @ affine[:, :2].T + affine[:, 2]
        coarse = places.reshape(len(y), len(x), 2).astype(np.float32)
        size = (len(x) * step * fine, len(y) * step * fine)
        full = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
        start = step * fine
        return np.ascontiguousarray(
            full[start : start + (bottom - top) * fine, start : start + (right - left) * fine]
        )
