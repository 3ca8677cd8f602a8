"""The printed card gives the plane, or says why it cannot. Photos are rendered from its PDF."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pytest

from benchmarks import render
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.card import find_card, patch_centres_px
from woundtrack.scale.types import Scale

SIZE_PX = (2000, 1500)
FOCAL_PX = 1500.0
PHOTO = Photo(*SIZE_PX, "image/jpeg", 1, focal_px=FOCAL_PX, focal_relative_sd=0.03)
RING_MM = render.ulcer_ring_mm(np.random.default_rng(4), area_mm2=900.0, centre_mm=(45.0, 78.0))


@dataclass(frozen=True)
class Shot:
    pixels: Pixels
    camera: render.Camera

    def area_error(self, scale: Scale) -> float:
        return render.polygon_mm2(scale.to_mm(self.camera.to_px(RING_MM))) / 900.0 - 1


@lru_cache
def shot(
    tilt_deg: float = 20.0,
    azimuth_deg: float = 40.0,
    roll_deg: float = 15.0,
    mm_across: float = 230.0,
    k1: float = -0.01,
    look: render.Look | None = None,
    second_card_mm: tuple[float, float] | None = None,
) -> Shot:
    camera = render.tilted_camera(
        tilt_deg=tilt_deg,
        azimuth_deg=azimuth_deg,
        roll_deg=roll_deg,
        focal_px=FOCAL_PX,
        look_at_mm=(45.0, 50.0),
        mm_across=mm_across,
        size_px=SIZE_PX,
        k1=k1,
    )
    layers = [render.placed(render.card_layer(), corner_mm=(0.0, 0.0), angle_deg=0.0)]
    if second_card_mm is not None:
        layers.append(render.placed(render.card_layer(), corner_mm=second_card_mm, angle_deg=0))
    scene = render.Scene(tuple(layers), RING_MM, 900.0)
    return Shot(render.render(camera, scene, look or render.Look(), seed=1), camera)


def hidden(shown: Shot, *places: int) -> Pixels:
    """The photo with some tags painted over."""
    import cv2

    pixels = shown.pixels.copy()
    for place in places:
        corners = np.array(design.TAGS[place].box.corners_mm)
        cv2.fillPoly(pixels, [np.int32(shown.camera.to_px(corners))], (140, 160, 190))
    return pixels


def refusal(pixels: Pixels, photo: Photo = PHOTO) -> str:
    with pytest.raises(ScaleError) as caught:
        find_card(pixels, photo)
    return caught.value.code


@pytest.mark.parametrize("tilt_deg", [0.0, 12.0, 35.0])
def test_an_area_beside_the_card_is_true_to_three_tenths_of_a_per_cent(tilt_deg: float) -> None:
    shown = shot(tilt_deg=tilt_deg)
    scale = find_card(shown.pixels, PHOTO)
    assert abs(shown.area_error(scale)) < 0.003
    assert scale.tilt_deg == pytest.approx(shown.camera.tilt_deg, abs=1.0)
    assert scale.relative_sd < 0.006


@pytest.mark.parametrize("roll_deg", [90.0, 180.0, 255.0])
def test_the_card_may_lie_any_way_round(roll_deg: float) -> None:
    shown = shot(roll_deg=roll_deg)
    assert abs(shown.area_error(find_card(shown.pixels, PHOTO))) < 0.003


def test_the_card_s_own_frame_comes_back() -> None:
    shown = shot()
    scale = find_card(shown.pixels, PHOTO)
    marks_mm = np.array([box.centre_mm for box in (tag.box for tag in design.TAGS)])
    assert scale.to_mm(shown.camera.to_px(marks_mm)) == pytest.approx(marks_mm, abs=0.03)
    assert len(scale.marks_px) == 16


def test_the_run_is_read_from_the_code_and_warned_of_until_checked() -> None:
    scale = find_card(shot().pixels, PHOTO)
    assert scale.card_run == 7
    assert scale.warnings == ("scale.run_unchecked",)


def test_without_exif_the_area_holds_and_the_doubt_is_larger() -> None:
    shown = shot(tilt_deg=30.0)
    scale = find_card(shown.pixels, replace(PHOTO, focal_px=None))
    assert abs(shown.area_error(scale)) < 0.005
    away = tuple(shown.camera.to_px(np.array([[45.0, 140.0]]))[0])
    known = find_card(shown.pixels, PHOTO)
    assert scale.relative_sd_at(away) > known.relative_sd_at(away)


def test_a_focal_length_that_a_crop_made_false_is_given_up_and_told() -> None:
    shown = shot(tilt_deg=30.0)
    scale = find_card(shown.pixels, replace(PHOTO, focal_px=FOCAL_PX / 2))
    assert "scale.focal_disagrees" in scale.warnings
    assert abs(shown.area_error(scale)) < 0.005


def test_three_tags_suffice_and_the_doubt_grows() -> None:
    shown = shot()
    scale = find_card(hidden(shown, 1), PHOTO)
    assert "scale.card_tag_missing" in scale.warnings
    assert abs(shown.area_error(scale)) < 0.005
    assert scale.relative_sd >= find_card(shown.pixels, PHOTO).relative_sd


def test_two_tags_do_not() -> None:
    assert refusal(hidden(shot(), 1, 2)) == "scale.card_partial"


def test_a_photo_without_a_card_is_refused() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (900, 1200, 3), dtype=np.uint8)
    assert refusal(noise) == "scale.no_card"


def test_a_tilt_beyond_40_degrees_is_refused() -> None:
    assert refusal(shot(tilt_deg=48.0).pixels) == "scale.tilt_beyond"


def test_hopeless_blur_is_refused() -> None:
    code = refusal(shot(look=render.Look(defocus_px=9.0)).pixels)
    assert code in {"scale.blurred", "scale.card_partial", "scale.no_card"}


def test_motion_along_one_direction_does_not_pull_the_area() -> None:
    shown = shot(look=render.Look(motion_px=4.0, motion_deg=15.0, gamma=1.9))
    assert abs(shown.area_error(find_card(shown.pixels, PHOTO))) < 0.003


def test_a_card_from_afar_is_found_on_a_larger_copy() -> None:
    shown = shot(mm_across=560.0)
    assert abs(shown.area_error(find_card(shown.pixels, PHOTO))) < 0.01


def test_a_second_card_in_the_plane_agrees() -> None:
    shown = shot(second_card_mm=(0.0, 110.0), mm_across=260.0)
    scale = find_card(shown.pixels, PHOTO)
    assert "scale.cards_disagree" not in scale.warnings


def test_a_second_card_that_lies_higher_is_told() -> None:
    shown = shot(second_card_mm=(0.0, 110.0), mm_across=260.0)
    import cv2

    # Paste the second card's picture 6 % larger about its centre, as if nearer to the camera.
    box = shown.camera.to_px(np.array([(-6.0, 104.0), (96.0, 104.0), (96.0, 166.0), (-6.0, 166.0)]))
    (left, top), (right, bottom) = box.min(axis=0).astype(int), box.max(axis=0).astype(int)
    part = shown.pixels[max(top, 0) : bottom, max(left, 0) : right]
    pixels = shown.pixels.copy()
    height, width = part.shape[:2]
    larger = cv2.resize(part, None, fx=1.06, fy=1.06)[:height, :width]
    pixels[max(top, 0) : bottom, max(left, 0) : right] = larger
    assert "scale.cards_disagree" in find_card(pixels, PHOTO).warnings


def test_the_doubt_grows_away_from_the_card() -> None:
    shown = shot(tilt_deg=25.0)
    scale = find_card(shown.pixels, PHOTO)
    places = shown.camera.to_px(np.array([(45.0, 25.0), (45.0, 80.0), (45.0, 110.0)]))
    near, beside, far = (scale.relative_sd_at((float(x), float(y))) for x, y in places)
    assert near < beside < far


def bent(shown: Shot, sag_px: float) -> Pixels:
    """The photo with the card's middle moved sideways, as the middle of a bent card is seen."""
    import cv2

    height, width = shown.pixels.shape[:2]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    mm = shown.camera.to_mm(np.column_stack([x.ravel(), y.ravel()]).astype(float))
    lift = sag_px * (1 - ((mm[:, 0] - 45.0) / 45.0) ** 2).clip(-1, 1).reshape(height, width)
    maps = (x.astype(np.float32), (y + lift).astype(np.float32))
    return cv2.remap(shown.pixels, *maps, cv2.INTER_LINEAR)


def test_a_card_that_is_a_little_curved_is_told_and_doubted_more() -> None:
    shown = shot(k1=0.0)
    scale = find_card(bent(shown, 5.0), PHOTO)
    assert "scale.card_curved" in scale.warnings
    assert scale.relative_sd > find_card(shown.pixels, PHOTO).relative_sd


def test_a_bent_card_is_refused() -> None:
    assert refusal(bent(shot(k1=0.0), 25.0)) == "scale.card_bent"


def test_patches_are_where_they_were_printed() -> None:
    shown = shot()
    centres = patch_centres_px(find_card(shown.pixels, PHOTO))
    assert set(design.NEUTRALS) <= set(centres)
    levels = [
        shown.pixels[round(centres[key][1]), round(centres[key][0])].mean()
        for key in design.NEUTRALS
    ]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] > levels[-1] + 100


def test_the_bare_matrix_near_an_outline_measures_as_the_lens_does() -> None:
    shown = shot(k1=-0.03)
    scale = find_card(shown.pixels, PHOTO)
    ring_px = shown.camera.to_px(RING_MM)
    matrix = np.array(scale.local_homography(ring_px))
    lifted = np.column_stack([ring_px, np.ones(len(ring_px))]) @ matrix.T
    bare = render.polygon_mm2(lifted[:, :2] / lifted[:, 2:])
    assert bare == pytest.approx(render.polygon_mm2(scale.to_mm(ring_px)), rel=2e-4)
