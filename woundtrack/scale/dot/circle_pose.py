"""What the image of a circle tells of its plane's tilt, and what it leaves open.

A circle tilted one way or the other looks the same (Chen, Wu & Wada, ECCV 2004: two planes), and
seen nearly square-on its tilt is hardly seen at all. So the tilt is not chosen but weighed: every
tilt by how well it fits the ellipse, and by how cameras are held.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale.camera import camera_prior
from woundtrack.scale.dot.ellipse import Ellipse
from woundtrack.scale.manual import TILT_SD_DEG

Floats = NDArray[np.float64]

GRID = 301
MOST_SINE = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class CirclePose:
    """The plane's perspective at the circle: 1 + perspective·(px − centre) divides the map."""

    perspective: Floats
    """(2,) per px: the mean over all tilts."""
    covariance: Floats
    """(2, 2)."""
    tilt_deg: float
    """The mean angle between the plane's normal and the optical axis."""
    foreshortening: float
    """The cosine of the angle at which the circle itself is seen."""
    relative_distance: float
    """Of the circle from the camera, in its own radii."""


def circle_pose(ellipse: Ellipse, photo: Photo, *, shape_sd: float) -> CirclePose:
    """The tilts that an ellipse leaves open; `shape_sd` is of both numbers of its `_shape`."""
    prior = camera_prior(photo)
    ray = np.array([*(ellipse.centre_px - np.array(prior.centre_px)) / prior.focal_px, 1.0])
    sight, across = _frame(ray)
    seen = np.linalg.inv(_px_by_angle(sight, across, prior.focal_px)) @ ellipse.axes_px
    tilts, normals = _tilts(sight, across)
    off = (_shape(seen @ seen.T) - _circle_shape(tilts)) / shape_sd
    angles = np.degrees(np.arccos(np.clip(normals[:, 2], -1.0, 1.0)))
    logs = -0.5 * (np.sum(off**2, axis=1) + (angles / TILT_SD_DEG) ** 2)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    perspectives = normals[:, :2] / prior.focal_px / (normals @ ray)[:, None]
    mean = weights @ perspectives
    square = (perspectives * weights[:, None]).T @ perspectives
    longer, shorter = np.linalg.svd(seen, compute_uv=False)
    return CirclePose(
        perspective=mean,
        covariance=square - np.outer(mean, mean) + prior.focal_log_sd**2 * square,
        tilt_deg=float(weights @ angles),
        foreshortening=float(shorter / longer),
        relative_distance=float(1 / longer),
    )


def _frame(ray: Floats) -> tuple[Floats, Floats]:
    """The unit sight to the circle, and two unit vectors (2, 3) across it."""
    sight = ray / np.linalg.norm(ray)
    first = np.array([sight[2], 0.0, -sight[0]])
    first /= np.linalg.norm(first)
    return sight, np.stack([first, np.cross(sight, first)])


def _px_by_angle(sight: Floats, across: Floats, focal_px: float) -> Floats:
    """By how many px the image moves for small moves across the sight: (2, 2)."""
    moves = across[:, :2] - np.outer(across[:, 2] / sight[2], sight[:2])
    matrix: Floats = (focal_px / sight[2]) * moves.T
    return matrix


def _tilts(sight: Floats, across: Floats) -> tuple[Floats, Floats]:
    """Unit normals (N, 3) of all planes, and their parts (N, 2) across the sight."""
    line = np.linspace(-MOST_SINE, MOST_SINE, GRID)
    tilts = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    tilts = tilts[np.hypot(*tilts.T) <= MOST_SINE]
    along = np.sqrt(1 - np.sum(tilts**2, axis=1))
    normals = tilts @ across + along[:, None] * sight
    facing = normals[:, 2] > 0.1
    return tilts[facing], normals[facing]


def _shape(spread: Floats) -> Floats:
    """How a symmetric (2, 2) differs from a circle's: two numbers, 0 for a circle."""
    shape: Floats = np.array([spread[0, 0] - spread[1, 1], 2 * spread[0, 1]]) / np.trace(spread)
    return shape


def _circle_shape(tilts: Floats) -> Floats:
    """The same of a circle whose plane's unit normal has these parts across the sight.

    Seen from afar its spread is 1 − t·tᵀ.
    """
    first, second = tilts.T
    shapes = np.stack([second**2 - first**2, -2 * first * second], axis=1)
    shapes /= (2 - np.sum(tilts**2, axis=1))[:, None]
    return shapes
