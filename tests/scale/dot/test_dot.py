"""A coin or an adhesive dot that a person clicks."""

import numpy as np
import pytest

from benchmarks.reference_layers import coin_layers, disc_layer, hair_layer
from tests.scale.references import PHOTO, SIZE_PX, Shot, shot
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.dot import COINS, from_dot
from woundtrack.scale.types import Scale, ScaleMethod

GREEN = (0.02, 0.55, 0.05)
DOT_MM = 13.0


def dot_shot(**kwargs: object) -> Shot:
    return shot(disc_layer(GREEN, DOT_MM), **kwargs)  # type: ignore[arg-type]


def scale_of(shown: Shot, photo: Photo = PHOTO, **kwargs: object) -> Scale:
    asked = {"at_px": shown.at(1.0, -1.5), "diameter_mm": DOT_MM, "thickness_mm": 0.0} | kwargs
    return from_dot(shown.pixels, photo, **asked)  # type: ignore[arg-type]


def refusal(shown: Shot, **kwargs: object) -> str:
    with pytest.raises(ScaleError) as caught:
        scale_of(shown, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("tilt_deg", [0.0, 12.0, 30.0])
def test_an_area_about_the_dot_is_true_at_any_tilt(tilt_deg: float) -> None:
    shown = dot_shot(tilt_deg=tilt_deg)
    scale = scale_of(shown)
    assert scale.method is ScaleMethod.DOT
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.012
    assert scale.relative_sd < 0.01


def test_an_area_beside_the_dot_is_as_true_as_is_said() -> None:
    ratios = []
    for azimuth_deg in range(0, 360, 45):
        shown = dot_shot(tilt_deg=14.0, azimuth_deg=float(azimuth_deg), look_at_mm=(15.0, 0.0))
        scale = scale_of(shown)
        stated = 2 * scale.relative_sd_at(shown.at(30.0, 0.0))
        ratios.append(shown.area_error(scale, (30.0, 0.0)) / stated)
    assert 0.3 < np.sqrt(np.mean(np.square(ratios))) < 1.3
    assert np.abs(ratios).max() < 3


def test_the_doubt_grows_away_from_the_dot_and_it_is_told() -> None:
    shown = dot_shot(tilt_deg=14.0)
    scale = scale_of(shown)
    here, there = (scale.relative_sd_at(shown.at(x, 0.0)) for x in (0.0, 40.0))
    assert there > 3 * here
    assert "scale.dot_tilt_open" in scale.warnings


def test_where_the_middle_is_clicked_hardly_matters() -> None:
    shown = dot_shot()
    first, second = (scale_of(shown, at_px=shown.at(x, 2.0)) for x in (-3.0, 3.0))
    place = shown.at(0.0, 0.0)
    ratio = first.mm_per_px_at(place) / second.mm_per_px_at(place)
    assert ratio == pytest.approx(1.0, abs=0.003)


def test_hair_over_the_rim_and_a_hidden_part_are_borne() -> None:
    hairs = hair_layer(np.random.default_rng(1))
    shown = shot(disc_layer(GREEN, DOT_MM), hairs)
    assert abs(shown.area_error(scale_of(shown), (0.0, 0.0))) < 0.015
    shown = dot_shot()
    x, y = (round(value) for value in shown.at(DOT_MM / 2, 0.0))
    shown.pixels[y - 32 : y + 32, x - 12 : x + 40] = (200, 205, 210)
    assert abs(shown.area_error(scale_of(shown), (0.0, 0.0))) < 0.02


def test_without_a_focal_length_the_tilt_is_not_told_and_the_area_about_it_holds() -> None:
    shown = dot_shot(tilt_deg=14.0)
    unknown = Photo(*SIZE_PX, "image/jpeg", 1)
    scale = scale_of(shown, photo=unknown)
    assert scale.tilt_deg is None
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.012


def test_a_coin_s_relief_shadow_and_thickness_do_not_mislead() -> None:
    coin = next(each for each in COINS if each.name == "EUR 2")
    shown = shot(tilt_deg=8.0)
    layers = coin_layers(
        np.random.default_rng(8), coin.diameter_mm, coin.thickness_mm, shown.camera
    )
    shown = shot(*layers, tilt_deg=8.0)
    scale = scale_of(
        shown, diameter_mm=coin.diameter_mm, thickness_mm=coin.thickness_mm
    )  # fmt: skip
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.03


def test_a_face_that_lies_higher_makes_the_plane_below_it_larger() -> None:
    shown = dot_shot(tilt_deg=0.0)
    flat, thick, unknown = (scale_of(shown, thickness_mm=mm) for mm in (0.0, 2.0, None))
    place = shown.at(0.0, 0.0)
    distance_mm = 120.0 * 1000 / 1200
    ratio = thick.mm_per_px_at(place) / flat.mm_per_px_at(place)
    assert ratio == pytest.approx(1 + 2.0 / distance_mm, abs=0.008)
    assert unknown.relative_sd > flat.relative_sd


def test_what_is_no_dot_is_refused() -> None:
    assert refusal(shot()) == "scale.no_dot"
    assert refusal(dot_shot(), at_px=(100.0, 100.0)) == "scale.no_dot"
    assert refusal(dot_shot(), diameter_mm=0.0) == "scale.mm_not_positive"
    assert refusal(dot_shot(), at_px=(-50.0, 10.0)) == "scale.points_outside"
    assert refusal(dot_shot(tilt_deg=48.0)) == "scale.tilt_beyond"
    far = dot_shot(mm_across=700.0)
    assert refusal(far, at_px=far.at(0.0, 0.0)) in ("scale.dot_small", "scale.no_dot")


def test_a_dot_at_the_photo_s_edge_is_refused() -> None:
    shown = dot_shot(tilt_deg=0.0, look_at_mm=(-40.0, 40.0))
    x, y = shown.at(0.0, 0.0)
    cut = shown.pixels[:, : round(x) + 50]
    photo = Photo(cut.shape[1], cut.shape[0], "image/jpeg", 1, focal_px=1000.0)
    with pytest.raises(ScaleError) as caught:
        from_dot(np.ascontiguousarray(cut), photo, at_px=(x, y), diameter_mm=DOT_MM)
    assert caught.value.code in ("scale.dot_cut", "scale.no_dot")


def test_a_square_is_no_dot() -> None:
    import cv2

    pixels = shot().pixels
    cv2.rectangle(pixels, (500, 350), (700, 550), (60, 200, 60), -1)
    with pytest.raises(ScaleError) as caught:
        from_dot(pixels, PHOTO, at_px=(600.0, 450.0), diameter_mm=DOT_MM)
    assert caught.value.code == "scale.no_dot"


def test_coins_are_of_plausible_size() -> None:
    assert len({coin.name for coin in COINS}) == len(COINS)
    assert all(16 < coin.diameter_mm < 32 and 1 < coin.thickness_mm < 3 for coin in COINS)
