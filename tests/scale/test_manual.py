"""Scales that a person gives by clicks."""

from itertools import permutations

import numpy as np
import pytest

from benchmarks import render
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.manual import from_four_points, from_two_points
from woundtrack.scale.types import Scale

PHOTO = Photo(4000, 3000, "image/jpeg", 1, focal_px=3000.0, focal_relative_sd=0.03)
CARD_MM = np.array([(0, 0), (85.6, 0), (85.6, 53.98), (0, 53.98)])


def tilted(tilt_deg: float) -> render.Camera:
    return render.tilted_camera(
        tilt_deg=tilt_deg,
        azimuth_deg=70.0,
        roll_deg=25.0,
        focal_px=3000.0,
        look_at_mm=(42.0, 40.0),
        mm_across=240.0,
    )


def corners(camera: render.Camera) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in camera.to_px(CARD_MM)]


def test_two_points_are_as_far_apart_as_was_said() -> None:
    scale = from_two_points((1000, 500), (1300, 900), 50.0, PHOTO)
    assert scale.to_mm([(1000, 500), (1300, 900)]) == pytest.approx(
        np.array([(0.0, 0.0), (50.0, 0.0)]), abs=1e-9
    )
    assert scale.mm_per_px_at((2000, 2000)) == pytest.approx(0.1)
    assert scale.to_px([(0.0, 10.0)]) == pytest.approx(np.array([(920.0, 560.0)]))


def test_two_points_say_that_the_tilt_is_unknown() -> None:
    scale = from_two_points((1000, 500), (2300, 900), 50.0, PHOTO)
    assert scale.tilt_deg is None
    assert scale.warnings == ("scale.tilt_unknown",)
    near, far = (scale.relative_sd_at(place) for place in ((1650.0, 700.0), (1650.0, 2500.0)))
    assert 0.01 < near < 0.08
    assert far > 2 * near
    short = from_two_points((1000, 500), (1030, 500), 5.0, PHOTO)
    assert short.relative_sd > 0.03


def test_the_doubt_of_two_points_is_that_of_hand_held_tilts() -> None:
    rng = np.random.default_rng(3)
    ratios = []
    for _trial in range(150):
        tilt_deg = float(np.hypot(*rng.normal(0, 11.0, 2)))
        camera = render.tilted_camera(
            tilt_deg=tilt_deg,
            azimuth_deg=float(rng.uniform(0, 360)),
            roll_deg=float(rng.uniform(0, 360)),
            focal_px=3000.0,
            look_at_mm=(42.0, 40.0),
            mm_across=260.0,
        )
        first, second = camera.to_px(np.array([(0.0, 0.0), (80.0, 0.0)]))
        scale = from_two_points(tuple(first), tuple(second), 80.0, PHOTO)
        middle = camera.to_px(np.array([(43.0, 75.0)]))[0]
        stated = 2 * scale.relative_sd_at((float(middle[0]), float(middle[1])))
        ratios.append(area_error(scale, camera) / stated)
    assert 0.7 < np.sqrt(np.mean(np.square(ratios))) < 1.3


@pytest.mark.parametrize(
    ("second", "distance_mm", "code"),
    [
        ((1005.0, 500.0), 10.0, "scale.points_too_close"),
        ((1500.0, 500.0), 0.0, "scale.mm_not_positive"),
        ((1500.0, 500.0), float("nan"), "scale.mm_not_positive"),
        ((4100.0, 500.0), 10.0, "scale.points_outside"),
        ((1500.0, 500.0), 1_000_000.0, "scale.implausible"),
        ((1500.0, 500.0), 0.0001, "scale.implausible"),
        ((1500.0, 500.0), 1e308, "scale.implausible"),
        ((1500.0, 500.0), 1e-320, "scale.implausible"),
    ],
)
def test_two_points_that_give_no_scale(
    second: tuple[float, float], distance_mm: float, code: str
) -> None:
    with pytest.raises(ScaleError) as caught:
        from_two_points((1000.0, 500.0), second, distance_mm, PHOTO)
    assert caught.value.code == code


def area_error(scale: Scale, camera: render.Camera) -> float:
    ring = render.ulcer_ring_mm(np.random.default_rng(5), area_mm2=700.0, centre_mm=(43.0, 75.0))
    return render.polygon_mm2(scale.to_mm(camera.to_px(ring))) / 700.0 - 1


@pytest.mark.parametrize("tilt_deg", [0.0, 20.0, 40.0])
def test_four_corners_undo_the_tilt(tilt_deg: float) -> None:
    camera = tilted(tilt_deg)
    scale = from_four_points(corners(camera), 85.6, 53.98, PHOTO)
    assert abs(area_error(scale, camera)) < 1e-6
    assert scale.tilt_deg == pytest.approx(tilt_deg, abs=0.01)


def test_the_order_of_the_corners_does_not_matter() -> None:
    camera = tilted(30.0)
    for order in permutations(corners(camera)):
        assert abs(area_error(from_four_points(order, 85.6, 53.98, PHOTO), camera)) < 1e-6


def test_width_and_height_may_be_named_either_way_round() -> None:
    camera = tilted(30.0)
    scale = from_four_points(corners(camera), 53.98, 85.6, PHOTO)
    assert abs(area_error(scale, camera)) < 1e-6


def test_the_stated_doubt_is_that_of_the_clicks() -> None:
    camera = tilted(25.0)
    clicked = np.array(corners(camera))
    rng = np.random.default_rng(1)
    errors = []
    for _trial in range(200):
        moved = clicked + rng.normal(0, 0.7, clicked.shape)
        scale = from_four_points([(x, y) for x, y in moved], 85.6, 53.98, PHOTO)
        errors.append(area_error(scale, camera))
    place = camera.to_px(np.array([(43.0, 75.0)]))[0]
    stated = 2 * scale.relative_sd_at((float(place[0]), float(place[1])))
    assert stated == pytest.approx(np.std(errors), rel=0.5)
    assert stated > np.std(errors)


@pytest.mark.parametrize(
    ("points", "width_mm", "code"),
    [
        ([(0, 0), (900, 0), (900, 600)], 85.6, "scale.four_corners"),
        ([(100, 100), (900, 100), (900, 600), (100, 600)], 0.0, "scale.mm_not_positive"),
        ([(100, 100), (900, 100), (400, 250), (100, 600)], 85.6, "scale.not_convex"),
        ([(100, 100), (900, 100), (500, 100), (100, 600)], 85.6, "scale.not_convex"),
        ([(100, 100), (101, 100), (900, 600), (100, 600)], 85.6, "scale.points_too_close"),
        ([(100, 100), (900, 100), (900, 600), (100, 600)], 400.0, "scale.not_a_rectangle"),
        ([(100, 100), (4900, 100), (900, 600), (100, 600)], 85.6, "scale.points_outside"),
        ([(100, 100), (900, 100), (900, 600), (100, 600)], 1e6, "scale.implausible"),
        ([(100, 100), (900, 100), (900, 600), (100, 600)], float("nan"), "scale.mm_not_positive"),
    ],
)
def test_four_points_that_are_no_rectangle(
    points: list[tuple[float, float]], width_mm: float, code: str
) -> None:
    with pytest.raises(ScaleError) as caught:
        from_four_points(points, width_mm, 53.98, PHOTO)
    assert caught.value.code == code
