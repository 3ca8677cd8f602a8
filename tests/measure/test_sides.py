"""Head to toe × left to right: the extents along a photo's arrow, through its scale."""

import numpy as np
import pytest

from tests.measure.test_measurement import SQUARE_ON, TILTED, ellipse_mm, seen, square_mm
from woundtrack.errors import MeasureError
from woundtrack.measure.measurement import sides_cm
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale


@pytest.mark.parametrize(
    ("angle_deg", "sides"),
    [(0, (3.0, 6.0)), (90, (6.0, 3.0)), (180, (3.0, 6.0)), (270, (6.0, 3.0)), (-90, (6.0, 3.0))],
)
def test_the_arrow_says_which_side_is_head_to_toe(
    angle_deg: float, sides: tuple[float, float]
) -> None:
    wide = seen(ellipse_mm(30, 15))
    assert sides_cm(wide, SQUARE_ON, head_angle_deg=angle_deg) == pytest.approx(sides, abs=1e-3)


def test_a_slanting_wound_is_measured_by_its_outermost_points() -> None:
    """An ellipse of half axes a, b at 45° reaches √((a² + b²) / 2) to every side."""
    half = np.sqrt((30.0**2 + 10.0**2) / 2) / 10
    slanting = seen(ellipse_mm(30, 10))
    sides = sides_cm(slanting, SQUARE_ON, head_angle_deg=45)
    assert sides == pytest.approx((2 * half, 2 * half), abs=1e-3)


def test_several_rings_are_one_wound() -> None:
    beside = square_mm(10) + np.array([30.0, 0.0])
    two = Outline((seen(square_mm(10)).rings[0], seen(beside).rings[0]))
    assert sides_cm(two, SQUARE_ON, head_angle_deg=0) == pytest.approx((1.0, 4.0), abs=1e-6)


def test_the_arrow_is_followed_into_the_tilted_plane() -> None:
    """The sides are those of the direction in the plane that the arrow in the photo stands for."""
    shape = ellipse_mm(30, 15)
    start, end = TILTED.to_px([(80.0, 80.0), (80.5, 80.0)])
    angle = float(np.degrees(np.arctan2(end[0] - start[0], start[1] - end[1])))
    sides = sides_cm(seen(shape, TILTED), TILTED, head_angle_deg=angle)
    assert sides == pytest.approx((6.0, 3.0), rel=0.01)


def test_an_outline_without_rings_is_refused() -> None:
    scale: Scale = SQUARE_ON
    with pytest.raises(MeasureError) as caught:
        sides_cm(Outline(), scale, head_angle_deg=0)
    assert caught.value.code == "measure.no_outline"
