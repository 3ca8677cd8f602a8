"""A coloured square or rectangle that a person clicks."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.reference_layers import hair_layer, rectangle_layer
from tests.scale.references import PHOTO, SIZE_PX, Shot, shot
from woundtrack.errors import ScaleError
from woundtrack.photo.read import read_photo
from woundtrack.photo.types import Photo
from woundtrack.scale.square import from_square
from woundtrack.scale.types import Scale, ScaleMethod

RED = (0.05, 0.04, 0.5)
SIDE_MM = 20.0


def square_shot(**kwargs: object) -> Shot:
    return shot(rectangle_layer(RED, SIDE_MM, SIDE_MM), **kwargs)  # type: ignore[arg-type]


def scale_of(shown: Shot, photo: Photo = PHOTO, **kwargs: object) -> Scale:
    asked = {"at_px": shown.at(2.0, -3.0), "side_mm": SIDE_MM} | kwargs
    return from_square(shown.pixels, photo, **asked)  # type: ignore[arg-type]


def refusal(shown: Shot, **kwargs: object) -> str:
    with pytest.raises(ScaleError) as caught:
        scale_of(shown, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("tilt_deg", [0.0, 15.0, 35.0])
def test_an_area_beside_the_square_is_true(tilt_deg: float) -> None:
    shown = square_shot(tilt_deg=tilt_deg, look_at_mm=(12.0, 0.0))
    scale = scale_of(shown)
    assert scale.method is ScaleMethod.SQUARE
    assert scale.tilt_deg == pytest.approx(tilt_deg, abs=4.0)
    for centre_mm in ((0.0, 0.0), (35.0, 0.0)):
        error = shown.area_error(scale, centre_mm)
        assert abs(error) < 0.012
        assert abs(error) < 2.5 * 2 * scale.relative_sd_at(shown.at(*centre_mm))


@pytest.mark.parametrize("click_mm", [(-7.0, -7.0), (7.5, 0.0), (0.0, 8.0)])
def test_it_may_be_clicked_anywhere_inside(click_mm: tuple[float, float]) -> None:
    shown = square_shot()
    scale = scale_of(shown, at_px=shown.at(*click_mm))
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.01


@pytest.mark.parametrize("width_first", [True, False])
def test_a_rectangle_is_named_either_way_round(width_first: bool) -> None:
    shown = shot(rectangle_layer(RED, 30.0, 15.0))
    sides = (30.0, 15.0) if width_first else (15.0, 30.0)
    scale = scale_of(shown, side_mm=sides[0], height_mm=sides[1])
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.01


def test_hair_over_a_side_is_borne() -> None:
    shown = shot(rectangle_layer(RED, SIDE_MM, SIDE_MM), hair_layer(np.random.default_rng(5)))
    assert abs(shown.area_error(scale_of(shown), (0.0, 0.0))) < 0.015


def test_without_a_focal_length_it_is_told_and_the_doubt_is_larger() -> None:
    shown = square_shot(tilt_deg=20.0)
    scale = scale_of(shown, photo=Photo(*SIZE_PX, "image/jpeg", 1))
    assert "scale.focal_unknown" in scale.warnings
    assert abs(shown.area_error(scale, (0.0, 0.0))) < 0.012
    place = shown.at(40.0, 0.0)
    assert scale.relative_sd_at(place) > scale_of(shown).relative_sd_at(place)


def test_a_small_square_is_as_true_far_away_as_is_said() -> None:
    """Its perspective hardly tells one tilt from the other: the doubt holds both."""
    for azimuth_deg in range(0, 360, 60):
        shown = square_shot(tilt_deg=8.0, azimuth_deg=float(azimuth_deg), mm_across=420.0)
        scale = scale_of(shown, at_px=shown.at(0.0, 0.0))
        doubt = 2 * scale.relative_sd_at(shown.at(80.0, 0.0))
        assert abs(shown.area_error(scale, (80.0, 0.0))) < 3 * doubt


def test_what_is_no_square_is_refused() -> None:
    assert refusal(shot()) == "scale.no_square"
    assert refusal(square_shot(), side_mm=-1.0) == "scale.mm_not_positive"
    assert refusal(square_shot(), height_mm=90.0) == "scale.not_a_rectangle"
    assert refusal(square_shot(tilt_deg=50.0)) == "scale.tilt_beyond"
    far = square_shot(mm_across=1500.0)
    assert refusal(far, at_px=far.at(0.0, 0.0)) in ("scale.square_small", "scale.no_square")


def test_a_disc_is_no_square() -> None:
    pixels = shot().pixels
    cv2.circle(pixels, (600, 450), 110, (60, 60, 200), -1, cv2.LINE_AA)
    with pytest.raises(ScaleError) as caught:
        from_square(pixels, PHOTO, at_px=(600.0, 450.0), side_mm=SIDE_MM)
    assert caught.value.code == "scale.no_square"


@pytest.mark.real_photos
@pytest.mark.parametrize("name", ["IMG_0708", "IMG_1540", "IMG_1617", "IMG_1985"])
def test_real_paper_squares_are_of_their_nominal_side(name: str, real_photos: Path) -> None:
    folder = real_photos / "rulers" / "heaslon_Easy-Leaf-Area"
    photo, pixels = read_photo(folder / f"{name}.jpg")
    levels = pixels.astype(int)
    red = levels[:, :, 2] - levels[:, :, :2].max(axis=2) > 40
    count, _labels, boxes, middles = cv2.connectedComponentsWithStats(red.astype(np.uint8))
    largest = 1 + int(boxes[1:count, cv2.CC_STAT_AREA].argmax())
    x, y = middles[largest]
    scale = from_square(pixels, photo, at_px=(float(x), float(y)), side_mm=20.0)
    # The paper's side is nominal, to 3 %; so is the red area's edge.
    side_mm = np.sqrt(boxes[largest, cv2.CC_STAT_AREA]) * scale.mm_per_px_at((x, y))
    assert side_mm == pytest.approx(20.0, rel=0.03)
