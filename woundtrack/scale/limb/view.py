"""A limb's cross-section under a ruler: what its two sides in the photo make of its radius.

In the plane under a ruler that lies along a round limb, both of the limb's sides are seen parallel
to its axis. The planes through them and the camera touch the limb.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.prior import prior_of
from woundtrack.scale.types import Matrix3, Scale, matrix3

Floats = NDArray[np.float64]

FOCAL_STEPS, FOCAL_SPREAD = 61, 2.5
SQUARE_SD = 0.003
"""How square the plane's axes are seen to be under the right focal length."""


@dataclass(frozen=True, slots=True, eq=False)
class Tube:
    """Limbs (N,) that touch the ruler's line and two sides beside it."""

    radius_mm: Floats
    slope_rad: Floats
    """Between the skin's normal at the ruler and the way to the camera; above 0 where the camera
    is on the side of growing places."""
    possible: NDArray[np.bool_]


def camera_over_mm(scale: Scale, photo: Photo) -> Floats:
    """Where the camera is over the plane (1 + shifts, 3): x, y and height, in mm.

    The plane's axes are seen under K⁻¹H (Hartley & Zisserman, Multiple View Geometry, § 8.1.1);
    the focal length is the likeliest of those expected under which they are square and alike.
    """
    known = prior_of(photo)
    maps = [scale.homography_px_to_mm, *(each.homography_px_to_mm for each in scale.shifts)]
    middle = ((photo.width_px - 1) / 2, (photo.height_px - 1) / 2)
    return np.array([_camera_mm(each, known.focal_px, known.focal_sd, middle) for each in maps])


def _camera_mm(
    px_to_mm: Matrix3, focal_px: float, focal_sd: float, middle_px: tuple[float, float]
) -> Floats:
    log_focal = np.linspace(-FOCAL_SPREAD, FOCAL_SPREAD, FOCAL_STEPS) * focal_sd
    back = np.linalg.inv(np.array(px_to_mm))
    seen = np.repeat(back[None], FOCAL_STEPS, axis=0)
    seen[:, :2] -= np.array(middle_px)[:, None] * back[2]
    seen[:, :2] /= (focal_px * np.exp(log_focal))[:, None, None]
    sizes = np.linalg.norm(seen[:, :, :2], axis=1)
    stretch = np.log(sizes[:, 0] / sizes[:, 1])
    skew = np.sum(seen[:, :, 0] * seen[:, :, 1], axis=1) / np.prod(sizes, axis=1)
    cost = (stretch**2 + skew**2) / SQUARE_SD**2 + (log_focal / focal_sd) ** 2
    best = seen[int(np.argmin(cost))]
    axes = best[:, :2] / np.linalg.norm(best[:, :2], axis=0)
    size = float(np.sqrt(np.prod(np.linalg.norm(best[:, :2], axis=0))))
    normal = np.cross(axes[:, 0], axes[:, 1])
    axes = np.column_stack([axes, normal / np.linalg.norm(normal)])
    place: Floats = -np.linalg.solve(axes, best[:, 2] / size)
    place[2] = abs(place[2])
    return place


def leaned(
    px_to_mm: Matrix3, camera_mm: Floats, *, across_deg: float, by_rad: float
) -> tuple[Matrix3, Floats]:
    """The map to a plane leaned about its line through the origin, and the camera over that.

    A place a across and b along is seen on the leaned plane where its line of sight meets it:
    with the camera at (A, B, h) and τ the tangent of the lean, at A + t (a − A) across, over the
    lean's cosine, and B + t (b − B) along, t = (h − τA) / (h + τ(a − A)).
    """
    turn = np.radians(across_deg)
    own = np.array([[np.cos(turn), np.sin(turn), 0], [-np.sin(turn), np.cos(turn), 0], [0, 0, 1.0]])
    over, along, _ = own @ (camera_mm[0], camera_mm[1], 1.0)
    height, tangent, cosine = camera_mm[2], np.tan(by_rad), np.cos(by_rad)
    below = np.array([tangent, 0.0, height - tangent * over])
    reach = height - tangent * over
    across_row = (over * below + reach * np.array([1.0, 0.0, -over])) / cosine
    along_row = along * below + reach * np.array([0.0, 1.0, -along])
    lean = np.array([across_row, along_row, below])
    moved = np.linalg.inv(own) @ lean @ own @ np.array(px_to_mm)
    sine = np.sin(by_rad)
    place = np.linalg.inv(own) @ (over * cosine + height * sine, along, 1.0)
    return matrix3(moved), np.array([place[0], place[1], height * cosine - over * sine])


def tube_between(low_mm: Floats, high_mm: Floats, *, camera_mm: tuple[float, float]) -> Tube:
    """The limbs whose sides are seen at places (N,) of the plane on either side of the ruler.

    The camera is at (across, height) from the ruler.

    From the camera, at d from the ruler, a limb of radius R in the distance D is seen within ±β,
    sin β = R/D, and the ruler γ off its middle; d = D (cos γ − √(sin²β − sin²γ)), and the skin's
    normal at the ruler is sin φ = sin γ / sin β off the way to the camera.
    """
    over, height = camera_mm
    straight = np.arctan2(-over, height)
    above = np.arctan2(high_mm - over, height) - straight
    below = straight - np.arctan2(low_mm - over, height)
    half, off = 0.5 * (above + below), 0.5 * (above - below)
    root = np.sin(half) ** 2 - np.sin(off) ** 2
    possible = (above > 0) & (below > 0) & (root > 0)
    nearer = np.cos(off) - np.sqrt(np.maximum(root, 0.0))
    reach = np.hypot(over, height) / np.maximum(nearer, 1e-6)
    slope = np.arcsin(np.clip(np.sin(off) / np.maximum(np.sin(half), 1e-9), -1.0, 1.0))
    return Tube(reach * np.sin(half), slope, possible)


def facing(
    places_mm: Floats, *, radius_mm: float, slope_rad: float, camera_mm: tuple[float, float]
) -> Floats:
    """Cosines (N,) between a limb's normals and the lines of sight through places of the plane.

    The camera is at (across, height) from the ruler; radius and slope are a `Tube`'s.
    """
    over, height = camera_mm
    reach = np.hypot(over, height)
    centre = np.sqrt(radius_mm**2 + reach**2 + 2 * radius_mm * reach * np.cos(slope_rad))
    off = np.arcsin(np.clip(radius_mm * np.sin(slope_rad) / centre, -1.0, 1.0))
    turn = np.arctan2(places_mm - over, height) - np.arctan2(-over, height) - off
    cosines: Floats = np.sqrt(1 - np.clip(centre * np.sin(turn) / radius_mm, -1.0, 1.0) ** 2)
    return cosines
