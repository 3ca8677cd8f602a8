"""Which way the camera was tilted: towards the part of the photo that lies farther away."""

import math

from woundtrack.scale.types import Scale

LEAST_SLOPE = 1e-9
"""Below this the plane is seen square-on: its horizon lies a million photos away."""


def tilt_towards_deg(scale: Scale) -> float | None:
    """The direction in the photo in which the plane recedes, clockwise from up, 0 ≤ angle < 360.

    The last row of the homography px→mm falls to 0 at the plane's horizon (Hartley & Zisserman,
    Multiple View Geometry, 2nd ed., § 8.6): the plane recedes where the row's value shrinks. None
    where the scale tells no tilt or the camera was square-on.
    """
    if scale.tilt_deg is None:
        return None
    along_x, along_y, constant = scale.homography_px_to_mm[2]
    x, y = scale.marks_px[0] if scale.marks_px else (0.0, 0.0)
    if math.hypot(along_x, along_y) < LEAST_SLOPE * abs(constant):
        return None
    sign = -1.0 if along_x * x + along_y * y + constant > 0 else 1.0
    return math.degrees(math.atan2(sign * along_x, -sign * along_y)) % 360.0
