"""Shapes of known size measure what they are, through any scale."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from woundtrack.errors import MeasureError
from woundtrack.measure.measurement import measure, ring_perimeters
from woundtrack.outline.types import Outline, Ring
from woundtrack.scale.limb import Limb
from woundtrack.scale.types import Lens, Scale, ScaleMethod, Shift, matrix3

PX_PER_MM = 10.0
SQUARE_ON = Scale(
    ScaleMethod.TWO_POINTS, matrix3(np.diag([1 / PX_PER_MM, 1 / PX_PER_MM, 1.0])), relative_sd=0.0
)
TILTED = Scale(
    ScaleMethod.CARD,
    matrix3([[0.1, 0.01, -20.0], [-0.012, 0.12, -15.0], [2e-5, 6e-5, 1.0]]),
    relative_sd=0.0,
    lens=Lens(k1=0.03, centre_px=(1000.0, 750.0), norm_px=1250.0),
)


def ring(points: Sequence[Sequence[float]] | np.ndarray) -> Ring:
    return tuple((float(x), float(y)) for x, y in points)


def circle_mm(radius_mm: float, count: int = 720) -> np.ndarray:
    return ellipse_mm(radius_mm, radius_mm, count=count)


def ellipse_mm(half_length_mm: float, half_width_mm: float, *, count: int = 720) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([half_length_mm * np.cos(angles), half_width_mm * np.sin(angles)])


def square_mm(side_mm: float) -> np.ndarray:
    half = side_mm / 2
    return np.array([(-half, -half), (half, -half), (half, half), (-half, half)])


def seen(points_mm: np.ndarray, scale: Scale = SQUARE_ON) -> Outline:
    return Outline((ring(scale.to_px(points_mm + 80.0)),))


@pytest.mark.parametrize("scale", [SQUARE_ON, TILTED], ids=["square-on", "tilted, with a lens"])
@pytest.mark.parametrize(
    ("shape_mm", "area_cm2", "perimeter_cm", "length_cm", "width_cm"),
    [
        (circle_mm(20), 12.5664, 12.5664, 4.0, 4.0),  # CLINICAL vector 1
        (circle_mm(15), 7.0686, 9.4248, 3.0, 3.0),
        (ellipse_mm(30, 15), 14.1372, 14.5327, 6.0, 3.0),  # vector 2
        (ellipse_mm(20, 10), 6.2832, 9.6884, 4.0, 2.0),
    ],
)
def test_circles_and_ellipses(
    scale: Scale,
    shape_mm: np.ndarray,
    area_cm2: float,
    perimeter_cm: float,
    length_cm: float,
    width_cm: float,
) -> None:
    found = measure(seen(shape_mm, scale), scale)
    assert found.area_cm2 == pytest.approx(area_cm2, rel=1e-4)
    assert found.perimeter_cm == pytest.approx(perimeter_cm, rel=5e-4)
    assert found.length_cm == pytest.approx(length_cm, rel=1e-4)
    assert found.width_cm == pytest.approx(width_cm, rel=1e-3)


@pytest.mark.parametrize("side_mm", [40.0, 30.0])  # vector 3
def test_a_square_is_longest_along_its_diagonal(side_mm: float) -> None:
    found = measure(seen(square_mm(side_mm)), SQUARE_ON)
    assert found.area_cm2 == pytest.approx((side_mm / 10) ** 2)
    assert found.perimeter_cm == pytest.approx(4 * side_mm / 10, rel=1e-3)
    assert found.length_cm == pytest.approx(side_mm / 10 * np.sqrt(2))
    assert found.width_cm == pytest.approx(side_mm / 10 * np.sqrt(2))


@pytest.mark.parametrize("angle_deg", [0, 17, 45, 90, 133])
def test_a_turned_rectangle_keeps_its_measures(angle_deg: float) -> None:
    angle = np.radians(angle_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners_mm = np.array([(-25, -10), (25, -10), (25, 10), (-25, 10)]) @ turn
    found = measure(seen(corners_mm), SQUARE_ON)
    diagonal_cm = np.hypot(5, 2)
    assert found.area_cm2 == pytest.approx(10.0)
    assert found.length_cm == pytest.approx(diagonal_cm)
    assert found.width_cm == pytest.approx(2 * 5 * 2 / diagonal_cm)


def test_a_hole_is_taken_off_the_area_and_not_the_perimeter() -> None:
    outer, hole = square_mm(40) + 80, square_mm(10) + 80
    outline = Outline((ring(SQUARE_ON.to_px(outer)), ring(SQUARE_ON.to_px(hole))))
    assert measure(outline, SQUARE_ON).area_cm2 == pytest.approx(15.0)
    apart = ring_perimeters(outline, SQUARE_ON)
    assert apart.outer_cm == pytest.approx(16.0, rel=1e-3)
    assert apart.holes_cm == pytest.approx(4.0, rel=3e-3)
    assert measure(outline, SQUARE_ON).perimeter_cm == apart.outer_cm


def test_an_island_in_a_hole_counts_again() -> None:
    rings = tuple(ring(SQUARE_ON.to_px(square_mm(side) + 80)) for side in (40, 20, 10))
    assert measure(Outline(rings), SQUARE_ON).area_cm2 == pytest.approx(16 - 4 + 1)


def test_two_rings_of_one_lesion_add_up_and_span_together() -> None:
    rings = (
        ring(SQUARE_ON.to_px(square_mm(10) + 60)),
        ring(SQUARE_ON.to_px(square_mm(10) + np.array([100, 60]))),
    )
    found = measure(Outline(rings), SQUARE_ON)
    assert found.area_cm2 == pytest.approx(2.0)
    assert found.length_cm == pytest.approx(np.hypot(5, 1))


def test_length_and_width_are_drawn_where_they_were_measured() -> None:
    found = measure(seen(ellipse_mm(30, 15), TILTED), TILTED)
    ends = TILTED.to_mm([*found.length_px, *found.width_px])
    assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(10 * found.length_cm, rel=1e-6)
    assert np.linalg.norm(ends[2] - ends[3]) == pytest.approx(10 * found.width_cm, rel=1e-6)
    assert (ends[0] - ends[1]) @ (ends[2] - ends[3]) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(("tilt_deg", "factor"), [(20, 0.940), (30, 0.866)])  # vector 11
def test_an_uncorrected_tilt_shrinks_the_area_by_its_cosine(tilt_deg: float, factor: float) -> None:
    seen_mm = circle_mm(20) * (1.0, np.cos(np.radians(tilt_deg)))
    found = measure(seen(seen_mm), SQUARE_ON)
    assert found.area_cm2 / 12.5664 == pytest.approx(factor, abs=5e-4)


def test_a_ruler_nearer_the_camera_than_the_wound_shrinks_the_area() -> None:
    """CLINICAL §4, vector 12: a ruler 28 cm away, the wound 30 cm."""
    focal_px = 3000.0
    scale = replace(SQUARE_ON, homography_px_to_mm=matrix3(np.diag([*[280 / focal_px] * 2, 1.0])))
    outline = Outline((ring(circle_mm(20) * focal_px / 300 + 1000),))
    assert measure(outline, scale).area_cm2 / 12.5664 == pytest.approx(0.871, abs=5e-4)


def test_jitter_of_a_pixel_fine_ring_does_not_lengthen_the_perimeter_much() -> None:
    fine = circle_mm(20, 5000)
    jitter = np.random.default_rng(1).normal(0, 0.02, fine.shape)
    assert measure(seen(fine + jitter), SQUARE_ON).perimeter_cm == pytest.approx(12.566, rel=0.02)


def test_the_area_sd_of_a_scale_without_shifts_is_twice_that_of_a_length() -> None:
    scale = replace(SQUARE_ON, relative_sd=0.01)
    found = measure(seen(circle_mm(20)), scale, outline_sd_px=0.0)
    assert found.area_cm2_sd / found.area_cm2 == pytest.approx(0.02)


def test_the_area_sd_takes_the_scale_s_shifts_where_the_outline_lies() -> None:
    steeper = matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, 1e-6, 1.0]])
    scale = replace(SQUARE_ON, shifts=(Shift(steeper),), common_relative_sd=0.0)
    near = Outline((ring(scale.to_px(circle_mm(10) + np.array([50, 20]))),))
    far = Outline((ring(scale.to_px(circle_mm(10) + np.array([50, 150]))),))
    sds = [measure(outline, scale, outline_sd_px=0.0).area_cm2_sd for outline in (near, far)]
    # An area's scale goes with the cube of the depth 1 + 1e-6·y.
    assert sds[0] / np.pi == pytest.approx(3 * 1e-6 * 200, rel=0.02)
    assert sds[1] / np.pi == pytest.approx(3 * 1e-6 * 1500, rel=0.02)


def test_a_wound_where_a_ruler_s_scale_is_too_doubtful_is_refused() -> None:
    steeper = matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, 1e-5, 1.0]])
    scale = replace(SQUARE_ON, method=ScaleMethod.RULER, shifts=(Shift(steeper),))
    near, far = (
        Outline((ring(scale.to_px(circle_mm(10) + np.array([50, y]))),)) for y in (100, 150)
    )
    assert measure(near, scale).area_cm2 == pytest.approx(np.pi, rel=1e-3)
    with pytest.raises(MeasureError) as caught:
        measure(far, scale)
    assert caught.value.code == "measure.far_from_ruler"
    # Points that a person clicked say themselves how little they tell.
    clicked = replace(scale, method=ScaleMethod.TWO_POINTS)
    assert measure(far, clicked).area_cm2_sd > 0.1


def test_the_edge_s_doubt_grows_with_the_perimeter_of_all_rings() -> None:
    found = measure(seen(circle_mm(20)), SQUARE_ON, outline_sd_px=2.0)
    assert found.area_cm2_sd * 100 == pytest.approx(0.2 * 40 * np.pi, rel=1e-3)
    with_hole = Outline((*seen(circle_mm(20)).rings, *seen(circle_mm(5)).rings))
    more = measure(with_hole, SQUARE_ON, outline_sd_px=2.0)
    assert more.area_cm2_sd * 100 == pytest.approx(0.2 * 50 * np.pi, rel=1e-3)


def test_an_outline_that_tells_its_own_doubt_is_believed_beside_the_scale_s() -> None:
    told = replace(seen(circle_mm(20)), relative_area_sd=0.04)
    scale = replace(SQUARE_ON, relative_sd=0.015)
    found = measure(told, scale, outline_sd_px=9.0)
    assert found.area_cm2_sd / found.area_cm2 == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("outline", "code"),
    [
        (Outline(), "measure.no_outline"),
        (Outline((((1.0, 1.0), (5.0, 5.0)),)), "measure.too_few_points"),
        (Outline((((1.0, 1.0), (5.0, 5.0), (1.0, 1.0)),)), "measure.too_few_points"),
        (Outline((((1.0, 1.0), (5.0, 5.0), (9.0, 9.0)),)), "measure.outline_degenerate"),
        (Outline((((1.0, 1.0), (5.0, float("nan")), (9.0, 2.0)),)), "measure.not_finite"),
    ],
)
def test_what_is_no_shape_is_refused_and_never_0(outline: Outline, code: str) -> None:
    with pytest.raises(MeasureError) as caught:
        measure(outline, SQUARE_ON)
    assert caught.value.code == code


def test_an_outline_beyond_the_plane_s_horizon_is_refused() -> None:
    steep = replace(
        SQUARE_ON, homography_px_to_mm=matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, -2e-3, 1]])
    )
    with pytest.raises(MeasureError) as caught:
        measure(Outline((((0.0, 0.0), (900.0, 100.0), (500.0, 900.0)),)), steep)
    assert caught.value.code == "measure.beyond_horizon"


def test_an_outline_that_nears_the_horizon_is_refused_and_not_kilometres_long() -> None:
    steep = replace(
        SQUARE_ON, homography_px_to_mm=matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, -1e-3, 1]])
    )
    with pytest.raises(MeasureError) as caught:
        measure(Outline((((0.0, 0.0), (900.0, 100.0), (500.0, 999.99)),)), steep)
    assert caught.value.code == "measure.beyond_horizon"


def test_a_wound_that_reaches_too_far_round_a_limb_is_refused() -> None:
    limb = Limb(50.0, 0.0, (0.0, 0.0, 200.0))
    wider = replace(limb, radius_mm=55.0)
    matrix = SQUARE_ON.homography_px_to_mm
    round_limb = replace(SQUARE_ON, limb=limb, shifts=(Shift(matrix, None, wider),))
    middle = circle_mm(8.0) * PX_PER_MM
    assert measure(Outline((ring(middle),)), round_limb).area_cm2 > 2.0
    with pytest.raises(MeasureError) as caught:
        measure(Outline((ring(middle + np.array([300.0, 0.0])),)), round_limb)
    assert caught.value.code == "measure.round_limb"
