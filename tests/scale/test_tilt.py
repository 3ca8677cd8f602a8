"""The direction of tilt is that of the plane's far side."""

import math
from dataclasses import replace

import numpy as np
import pytest

from woundtrack.scale.tilt import tilt_towards_deg
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

FOCAL_PX, CENTRE_PX = 1000.0, (400.0, 300.0)


def seen(tilt_deg: float, towards_deg: float) -> Scale:
    """A plane 300 mm away whose side `towards_deg` (clockwise from up) leans away."""
    tilt, towards = math.radians(tilt_deg), math.radians(towards_deg)
    away = np.array([math.sin(towards), -math.cos(towards), 0.0])
    across = np.array([-away[1], away[0], 0.0])
    receding = math.cos(tilt) * away + np.array([0.0, 0.0, math.sin(tilt)])
    camera = np.array([[FOCAL_PX, 0, CENTRE_PX[0]], [0, FOCAL_PX, CENTRE_PX[1]], [0, 0, 1.0]])
    plane_to_px = camera @ np.stack([receding, across, np.array([0, 0, 300.0])], axis=1)
    homography = matrix3(np.linalg.inv(plane_to_px))
    return Scale(ScaleMethod.CARD, homography, 0.01, tilt_deg=tilt_deg, marks_px=(CENTRE_PX,))


@pytest.mark.parametrize("towards_deg", [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0])
@pytest.mark.parametrize("tilt_deg", [2.0, 20.0, 60.0])
def test_the_far_side_is_where_the_camera_leans(tilt_deg: float, towards_deg: float) -> None:
    found = tilt_towards_deg(seen(tilt_deg, towards_deg))
    assert found is not None
    assert (found - towards_deg + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


def test_square_on_and_unknown_have_no_direction() -> None:
    flat = seen(0.0, 0.0)
    assert tilt_towards_deg(flat) is None
    assert tilt_towards_deg(replace(seen(20.0, 90.0), tilt_deg=None)) is None
