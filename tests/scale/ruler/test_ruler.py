"""Rulers in rendered photos are read truly or refused; what is no ruler is never read."""

import dataclasses
from functools import cache

import cv2
import numpy as np
import pytest

from benchmarks.scale_families import FAMILIES
from benchmarks.scale_lookalikes import KINDS
from benchmarks.scale_negatives import negative
from benchmarks.scale_outcome import Outcome, tried
from benchmarks.scale_scenes import scene
from benchmarks.scale_truth import Scene
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler import find_ruler
from woundtrack.scale.types import ScaleMethod

SIZE = (1440, 1080)
FEW_TICKS = ("checker", "first_cm_mm")
"""Scales of centimetres alone: too few graduations to be asked for."""


def scene_of(family: str, seed: int, **wish: object) -> Scene:
    asked = {"size_px": SIZE, "focal": "exact", "limb": "flat", "hardship": 0.5, "alone": True}
    return scene(seed, family=family, **{"max_tilt_deg": 20.0, **asked, **wish})  # type: ignore[arg-type]


def photo_of(pixels: Pixels) -> Photo:
    return Photo(pixels.shape[1], pixels.shape[0], "image/png", 0)


def refusal(pixels: Pixels) -> str:
    with pytest.raises(ScaleError) as caught:
        find_ruler(pixels, photo_of(pixels))
    return caught.value.code


KINDS_OF_RULER = tuple(name for name in FAMILIES if name != "untold")


@cache
def outcome_of(family: str) -> Outcome:
    return tried(scene_of(family, 101_050 + tuple(FAMILIES).index(family)))


@pytest.mark.parametrize("family", KINDS_OF_RULER)
def test_every_kind_of_ruler_measures_the_area_beside_it_or_is_refused(family: str) -> None:
    outcome = outcome_of(family)
    assert outcome.readable or family in FEW_TICKS
    assert abs(outcome.error or 0.0) < 0.02
    assert outcome.sds < 4


def test_no_kind_of_ruler_is_refused() -> None:
    refused = [
        f"{family} {outcome_of(family).refused}"
        for family in KINDS_OF_RULER
        if family not in FEW_TICKS and not outcome_of(family).read
    ]
    assert not refused, refused


@pytest.mark.parametrize("seed", [100_723, 100_747, 100_771])
def test_marks_of_more_than_one_unit_are_refused(seed: int) -> None:
    shown = scene_of("untold", seed)
    with pytest.raises(ScaleError) as caught:
        find_ruler(shown.pixels, shown.photo)
    assert caught.value.code in {"scale.ambiguous_unit", "scale.too_few_ticks", "scale.even_marks"}


def test_a_ruler_tells_the_tilt() -> None:
    shown = scene_of("paper", 100_913, least_tilt_deg=15.0)
    scale = find_ruler(shown.pixels, shown.photo)
    assert scale.method is ScaleMethod.RULER
    assert scale.tilt_deg == pytest.approx(shown.tilt_deg, abs=1.5)


def test_the_doubt_grows_away_from_the_ruler() -> None:
    shown = scene_of("paper", 100_916)
    scale = find_ruler(shown.pixels, shown.photo)
    on = np.mean(scale.marks_px, axis=0)
    far = on + 5 * (shown.outline_px.mean(axis=0) - on)
    assert scale.relative_sd_at((far[0], far[1])) > scale.relative_sd_at((on[0], on[1]))


def test_an_unknown_focal_length_widens_the_doubt() -> None:
    shown = scene_of("paper", 100_915)
    known = tried(shown)
    photo = dataclasses.replace(shown.photo, focal_px=None)
    unknown = tried(dataclasses.replace(shown, photo=photo))
    assert unknown.relative_sd > known.relative_sd
    assert unknown.sds < 4


def test_a_ruler_whose_base_line_runs_into_other_print_is_read_or_refused() -> None:
    outcome = tried(scene(920_500, limb="flat"))
    assert outcome.family == "half_mm"
    assert abs(outcome.error or 0.0) < 0.05


def test_centimetres_lie_on_the_grid() -> None:
    shown = scene_of("paper", 100_912)
    scale = find_ruler(shown.pixels, shown.photo)
    places = scale.to_mm(shown.rows[0].ends_px[shown.rows[0].seen, 0])
    whole = (places[:, 0] - scale.anchor_mm[0]) % 1.0
    assert np.median(np.minimum(whole, 1 - whole)) < 0.05


@pytest.mark.parametrize("seed", [100_900, 100_901])
def test_a_photo_from_too_far_aside_is_refused(seed: int) -> None:
    shown = scene_of("paper", seed, least_tilt_deg=48.0, max_tilt_deg=55.0)
    with pytest.raises(ScaleError):
        find_ruler(shown.pixels, shown.photo)


@pytest.mark.parametrize("seed", [100_906, 100_909])
def test_a_ruler_round_a_limb_is_refused_or_warned_of(seed: int) -> None:
    outcome = tried(scene_of("tape", seed, limb="round", max_tilt_deg=10.0))
    assert not outcome.read or outcome.curved
    assert abs(outcome.error or 0.0) < 0.03


NONE = ("keyboard", "stripes", "gauze", "comb", "barcode", "dressing", "seam", "zip", "syringe")


@pytest.mark.parametrize("kind", NONE)
def test_no_ruler_is_read_where_there_is_none(kind: str) -> None:
    shown = negative(19 * 6_001 + tuple(KINDS).index(kind), size_px=(1000, 750))
    assert shown.family == kind or kind == "seam"
    assert refusal(shown.pixels).startswith("scale.")


def test_bare_skin_is_no_ruler() -> None:
    noise = np.random.default_rng(1).normal(190, 3, (900, 1200, 3))
    assert refusal(np.clip(noise, 0, 255).astype(np.uint8)) == "scale.no_ruler"


def test_a_chessboard_is_no_ruler() -> None:
    x, y = np.meshgrid(np.arange(1200) // 20, np.arange(900) // 20)
    board = np.where((x + y) % 2, 230, 30).astype(np.uint8)
    soft = cv2.GaussianBlur(np.repeat(board[..., None], 3, axis=2), (0, 0), 0.8)
    assert refusal(soft) in {"scale.no_ruler", "scale.ambiguous_unit", "scale.even_marks"}


def test_a_very_blurred_photo_says_so() -> None:
    shown = scene_of("paper", 100_912)
    softened = cv2.GaussianBlur(shown.pixels, (0, 0), shown.pitch_px)
    assert refusal(softened) == "scale.blurred"


def test_a_tiny_photo_is_refused() -> None:
    assert refusal(np.full((40, 60, 3), 128, np.uint8)) == "scale.no_ruler"
