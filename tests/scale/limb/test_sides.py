"""A ruler laid straight along a limb: its two sides tell how round it is, or nothing is said."""

from contextlib import suppress
from dataclasses import replace

import cv2
import numpy as np
import pytest

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.limb.sides import with_limb_sides
from woundtrack.scale.limb.view import camera_over_mm, leaned, tube_between
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

SIZE_PX, FOCAL_PX, FAR_MM = (1200, 900), 1100.0, 260.0
SKIN_BGR, CLOTH_BGR = np.array([120.0, 150.0, 200.0]), np.array([140.0, 110.0, 70.0])
PHOTO = Photo(SIZE_PX[0], SIZE_PX[1], "image/png", 1, focal_px=FOCAL_PX, focal_relative_sd=0.02)


def shown(*, radius_mm: float | None, slope_deg: float = 0.0, shadow: float = 0.65) -> Pixels:
    """What a camera sees of a limb along the photo's x axis, or of a sheet 120 mm high.

    The limb passes the photo's middle at `FAR_MM`, where its skin is leaned by `slope_deg`.
    """
    down = (np.arange(SIZE_PX[1]) - (SIZE_PX[1] - 1) / 2) / FOCAL_PX
    if radius_mm is None:
        inside = np.abs(down * FAR_MM) < 60.0
        light = np.ones(len(down))
    else:
        slope = np.radians(slope_deg)
        across = -radius_mm * np.sin(slope)
        deep = FAR_MM + radius_mm * np.cos(slope)
        apart = np.abs(across - down * deep) / np.hypot(1, down)
        inside = apart < radius_mm
        light = 1 - shadow + shadow * np.sqrt(np.maximum(1 - (apart / radius_mm) ** 2, 0))
    rows = np.where(inside[:, None], SKIN_BGR * light[:, None], CLOTH_BGR)
    noise = np.random.default_rng(1).normal(0, 2, (SIZE_PX[1], SIZE_PX[0], 3))
    return np.clip(rows[:, None] + cv2.blur(noise, (3, 3)), 0, 255).astype(np.uint8)


def ruler(slope_deg: float = 0.0) -> Scale:
    """A ruler along x in the middle, in a plane leaned about it."""
    middle = ((SIZE_PX[0] - 1) / 2, (SIZE_PX[1] - 1) / 2)
    inner = np.array([[FOCAL_PX, 0, middle[0]], [0, FOCAL_PX, middle[1]], [0, 0, 1.0]])
    slope = np.radians(slope_deg)
    lean = [[1.0, 0, 0], [0, np.cos(slope), 0], [0, np.sin(slope), FAR_MM]]
    flat = Scale(ScaleMethod.RULER, matrix3(np.linalg.inv(inner @ np.array(lean))), 0.002)
    ends_mm = [(float(x), y) for x in range(-40, 41) for y in (0.0, 4.0)]
    marks = tuple((float(x), float(y)) for x, y in flat.to_px(ends_mm))
    return Scale(ScaleMethod.RULER, flat.homography_px_to_mm, 0.002, marks_px=marks)


def test_the_camera_is_found_over_the_plane() -> None:
    camera = camera_over_mm(ruler(15.0), PHOTO)[0]
    slope = np.radians(15.0)
    assert camera == pytest.approx([0, -FAR_MM * np.sin(slope), FAR_MM * np.cos(slope)], abs=1.5)


def test_a_tube_is_told_from_where_its_sides_are_seen() -> None:
    half = np.arcsin(50 / 250)
    place = np.array([200 * np.tan(half)])
    tube = tube_between(-place, place, camera_mm=(0.0, 200.0))
    assert tube.radius_mm[0] == pytest.approx(50.0)
    assert tube.slope_rad[0] == pytest.approx(0.0)


def test_a_plane_leaned_about_a_line_is_that_of_the_leaned_camera() -> None:
    start = ruler(0.0)
    camera = np.array([0.0, 0.0, FAR_MM])
    moved, place = leaned(
        start.homography_px_to_mm, camera, across_deg=90.0, by_rad=float(np.radians(10))
    )
    slope = np.radians(10)
    assert place == pytest.approx([0, FAR_MM * np.sin(slope), FAR_MM * np.cos(slope)])
    assert np.allclose(moved, ruler(-10.0).homography_px_to_mm, atol=1e-9)


def test_a_limb_under_the_ruler_is_unrolled_with_its_radius() -> None:
    scale = with_limb_sides(ruler(), shown(radius_mm=75.0), PHOTO)
    assert scale.limb is not None
    assert scale.limb.radius_mm == pytest.approx(75.0, rel=0.04)
    assert "scale.curved_surface" in scale.warnings
    assert scale.common_relative_sd > 0
    aside_px = (SIZE_PX[0] / 2, SIZE_PX[1] / 2 + 120)
    assert scale.mm_per_px_at(aside_px) > 1.03 * ruler().mm_per_px_at(aside_px)
    assert scale.relative_sd_at(aside_px) > ruler().relative_sd_at(aside_px)


CROPPED = Photo(SIZE_PX[0], SIZE_PX[1] - 4, "image/png", 1)
UNKNOWN = Photo(*SIZE_PX, "image/png", 1)


@pytest.mark.parametrize(
    ("photo", "sd", "doubtful_sd"),
    [(PHOTO, 0.016, 0.018), (UNKNOWN, 0.011, 0.016), (CROPPED, 0.002, 0.01)],
    ids=["told", "unknown", "cropped"],
)
def test_a_limb_may_be_no_more_doubtful_than_a_plane_in_that_photo(
    photo: Photo, sd: float, doubtful_sd: float
) -> None:
    sure, doubtful = (
        replace(ruler(), relative_sd=each, common_relative_sd=each) for each in (sd, doubtful_sd)
    )
    assert with_limb_sides(sure, shown(radius_mm=75.0), photo).limb is not None
    with pytest.raises(ScaleError) as refusal:
        with_limb_sides(doubtful, shown(radius_mm=75.0), photo)
    assert refusal.value.code == "scale.too_uncertain"


@pytest.mark.parametrize("lean_deg", [4.0, -4.0])
def test_a_ruler_s_plane_that_leans_a_little_is_leaned_back_half_the_way(lean_deg: float) -> None:
    scale = with_limb_sides(ruler(lean_deg), shown(radius_mm=75.0), PHOTO)
    assert scale.limb is not None
    slope_deg = np.degrees(np.arctan2(*scale.limb.camera_mm[1:]))
    assert slope_deg == pytest.approx(-lean_deg / 2, abs=0.7)
    middle_px = ((SIZE_PX[0] - 1) / 2, (SIZE_PX[1] - 1) / 2)
    size = ruler(lean_deg).mm_per_px_at(middle_px)
    assert scale.mm_per_px_at(middle_px) == pytest.approx(size, rel=0.002)


@pytest.mark.parametrize("depth", [0.2, 0.35, 0.5])
@pytest.mark.parametrize("reach_mm", [6.0, 12.0])
def test_a_sheet_with_soft_shadows_on_both_borders_is_never_unrolled(
    depth: float, reach_mm: float
) -> None:
    down_mm = (np.arange(SIZE_PX[1]) - (SIZE_PX[1] - 1) / 2) / FOCAL_PX * FAR_MM
    light = 1 - depth * np.exp(-np.maximum(60 - np.abs(down_mm), 0) / reach_mm)
    dim = (shown(radius_mm=None) * light[:, None, None]).astype(np.uint8)
    start = ruler()
    with suppress(ScaleError):
        assert with_limb_sides(start, dim, PHOTO) is start


def test_a_ruler_on_the_flank_is_refused() -> None:
    with pytest.raises(ScaleError) as refusal:
        with_limb_sides(ruler(28.0), shown(radius_mm=75.0, slope_deg=28.0), PHOTO)
    assert refusal.value.code == "scale.on_flank"


def test_sides_that_contradict_the_ruler_s_plane_are_refused() -> None:
    with pytest.raises(ScaleError) as refusal:
        with_limb_sides(ruler(20.0), shown(radius_mm=75.0), PHOTO)
    assert refusal.value.code == "scale.limb_cut"


@pytest.mark.parametrize("radius_mm", [None, 75.0])
def test_a_sheet_whose_light_does_not_fall_towards_its_borders_is_flat(
    radius_mm: float | None,
) -> None:
    start = ruler()
    assert with_limb_sides(start, shown(radius_mm=radius_mm, shadow=0.0), PHOTO) is start


def test_a_vignette_over_a_sheet_is_no_limb() -> None:
    y, x = np.indices(SIZE_PX[::-1])
    off = np.hypot(x - SIZE_PX[0] / 2, y - SIZE_PX[1] / 2) / np.hypot(*SIZE_PX) * 2
    dim = (shown(radius_mm=None) * (1 - 0.5 * off**2)[..., None]).astype(np.uint8)
    start = ruler()
    assert with_limb_sides(start, dim, PHOTO) is start


def test_an_even_photo_says_nothing() -> None:
    start = ruler()
    even = np.full((SIZE_PX[1], SIZE_PX[0], 3), 150, np.uint8)
    assert with_limb_sides(start, even, PHOTO) is start
