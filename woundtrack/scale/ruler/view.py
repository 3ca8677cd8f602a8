"""A camera's view of a plane in ten numbers, of which a photo tells seven by itself.

Parameters: how inverse depth grows along the photo's x and y, the direction of the plane's x axis
in the photo, where the plane's origin is seen (2), logarithm of the px per mm there along that
axis; then logarithm of the focal length over that expected, lens term k1, shift of the principal
point (2). Lengths in the photo are in parts of its diagonal, from its middle. What is seen fixes
the first six whatever the camera is, so that a doubt of the focal length moves only what it
truly leaves open: how far the plane is stretched across that axis.

Two numbers more make the plane a limb that touches it: one over its radius (per mm), and the
direction in the plane in which it bends.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.limb import Limb
from woundtrack.scale.types import Lens, Shift, matrix3

Floats = NDArray[np.float64]

DEPTH, DIRECTION, PLACE, DENSITY = slice(0, 2), 2, slice(3, 5), 5
FOCAL, K1, CENTRE = 6, 7, slice(8, 10)
COUNT = 10
CURVE, CURVED_COUNT = slice(10, 12), 12
STEP = 1e-6
LEAST_CURVE = 1e-5
"""Per mm: what is flatter, is flat."""


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """M cameras: homographies (M, 3, 3) from mm to undistorted px."""

    forward: Floats
    axes: Floats
    """(M, 3, 3): the plane's x and y and its normal, away from the camera, as columns."""
    origin_mm: Floats
    """(M, 3): where the plane's origin is before the camera."""
    out_px: Floats
    """(M, 3): what one mm off the plane, away from the camera, adds to the homography's image."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The frame that the numbers are relative to."""

    middle_px: Floats
    diagonal_px: float
    focal_px: float

    def poses(self, x: Floats) -> Poses:
        """The cameras of parameters (M, 10).

        Of a plane n·X = d the inverse depth is linear in the photo, 1/Z ∝ 1 + q·(u − u₀); so its
        normal is n ∝ (f q, 1 − q·(u₀ − c)) (Hartley & Zisserman, Multiple View Geometry, § 8.6).
        A direction e of the photo at u₀ is seen along Z₀·((e, 0)/f − (q·e)·ray) in space.
        """
        focal = self.focal_px * np.exp(x[:, FOCAL])[:, None]
        centre = self.middle_px + x[:, CENTRE] * self.diagonal_px
        slope = x[:, DEPTH] / self.diagonal_px
        offset = self.middle_px + x[:, PLACE] * self.diagonal_px - centre
        axis = np.stack([np.cos(x[:, DIRECTION]), np.sin(x[:, DIRECTION])], axis=1)
        one = np.ones((len(x), 1))
        ray = np.concatenate([offset / focal, one], axis=1)
        along = np.concatenate([axis / focal, 0 * one], axis=1)
        along = along - np.sum(slope * axis, axis=1, keepdims=True) * ray
        length = np.linalg.norm(along, axis=1, keepdims=True)
        first = along / length
        lean = one - np.sum(slope * offset, axis=1, keepdims=True)
        normal = np.concatenate([slope * focal, lean], axis=1)
        normal = normal / np.linalg.norm(normal, axis=1, keepdims=True)
        origin = ray / (length * np.exp(x[:, DENSITY])[:, None])
        axes = np.stack([first, _crossed(normal, first), normal, origin], axis=2)
        seen = axes.copy()
        seen[:, :2] = axes[:, :2] * focal[:, :, None] + centre[:, :, None] * axes[:, 2:]
        return Poses(seen[:, :, [0, 1, 3]], axes[:, :, :3], origin, seen[:, :, 2])

    def pose_and_slopes(self, x: Floats) -> tuple[Poses, Floats, Floats]:
        """The camera of parameters (10,), and what each adds to `forward` and to `out_px`."""
        moved = np.repeat(x[None, :COUNT], COUNT + 1, axis=0)
        moved[1:] += STEP * np.eye(COUNT)
        poses = self.poses(moved)
        forward = (poses.forward[1:] - poses.forward[0]) / STEP
        out = (poses.out_px[1:] - poses.out_px[0]) / STEP
        return poses, forward, out

    def bend(self, points_px: Floats) -> Floats:
        """What k1 = 1 would add to points (N, 2) to undistort them, as `Scale` does it."""
        offset = points_px - self.middle_px
        radius2 = np.sum(offset**2, axis=1, keepdims=True) / (self.diagonal_px / 2) ** 2
        bend: Floats = offset * radius2
        return bend

    def maps(self, x: Floats) -> tuple[Shift, ...]:
        """From px to mm, with lens and limb, for parameters (M, COUNT or CURVED_COUNT)."""
        middle = (float(self.middle_px[0]), float(self.middle_px[1]))
        poses = self.poses(x)
        back = np.linalg.inv(poses.forward)
        lenses = [Lens(float(k1), middle, self.diagonal_px / 2) for k1 in x[:, K1]]
        limbs: list[Limb | None] = [None] * len(x)
        if x.shape[1] == CURVED_COUNT:
            cameras = np.einsum("mij,mi->mj", poses.axes, poses.origin_mm) * (-1.0, -1.0, 1.0)
            limbs = [_limb(*each) for each in zip(x[:, CURVE], cameras, strict=True)]
        parts = zip(back, lenses, limbs, strict=True)
        return tuple(Shift(matrix3(matrix), lens, limb) for matrix, lens, limb in parts)

    def tilts_deg(self, x: Floats) -> Floats:
        """The angles (M,) between the plane's normal and the optical axis.

        Of a limb, which faces the camera somewhere: between its length and the photo's plane.
        """
        axes = self.poses(x).axes
        if x.shape[1] == CURVED_COUNT:
            across = x[:, CURVE][:, 1]
            lean = np.cos(across) * axes[:, 2, 1] - np.sin(across) * axes[:, 2, 0]
            return np.asarray(np.degrees(np.arcsin(np.clip(np.abs(lean), 0.0, 1.0))), np.float64)
        lean = np.abs(axes[:, 2, 2])
        return np.asarray(np.degrees(np.arccos(np.clip(lean, 0.0, 1.0))), dtype=np.float64)


def _limb(curve: Floats, camera_mm: Floats) -> Limb:
    x, y, height = (float(value) for value in camera_mm)
    radius_mm = 1 / max(float(curve[0]), LEAST_CURVE)
    return Limb(radius_mm, float(np.degrees(curve[1])), (x, y, height))


def _crossed(one: Floats, other: Floats) -> Floats:
    """The cross products of directions (M, 3), without the search for axes of numpy's own."""
    (a, b, c), (x, y, z) = one.T, other.T
    return np.stack([b * z - c * y, c * x - a * z, a * y - b * x], axis=1)
