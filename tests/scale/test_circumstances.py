"""What makes a scale less sure in its photo."""

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest

from woundtrack.photo.types import Pixels
from woundtrack.scale.circumstances import scale_circumstances
from woundtrack.scale.types import Matrix3, PointPx, Scale, ScaleMethod, Shift, matrix3
from woundtrack.scale.warnings import WARNINGS

MM_PER_PX = 0.1
FLAT: Matrix3 = matrix3(np.diag([MM_PER_PX, MM_PER_PX, 1.0]))
LEFT_PX, RIGHT_PX, BASE_PX, PITCH_PX = 300, 900, 700, 10


def ruler_photo() -> Pixels:
    """A paper ruler with a millimetre graduation, and a wound above it."""
    rng = np.random.default_rng(1)
    pixels = np.empty((1000, 1300, 3), np.uint8)
    pixels[:] = (140, 160, 200)
    cv2.rectangle(pixels, (LEFT_PX - 40, BASE_PX), (RIGHT_PX + 40, BASE_PX + 120), (235,) * 3, -1)
    for x in range(LEFT_PX, RIGHT_PX + 1, PITCH_PX):
        cv2.line(pixels, (x, BASE_PX), (x, BASE_PX + 40), (25, 25, 25), 3)
    cv2.ellipse(pixels, (600, 450), (120, 80), 0, 0, 360, (50, 40, 150), -1)
    noisy = cv2.GaussianBlur(pixels, (0, 0), 0.8) + rng.normal(0, 2, pixels.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def ruler_scale(**changes: object) -> Scale:
    ticks = range(LEFT_PX, RIGHT_PX + 1, PITCH_PX)
    marks = tuple((float(x), float(y)) for x in ticks for y in (BASE_PX, BASE_PX + 40))
    facts = {"relative_sd": 0.002, "marks_px": marks} | changes
    return Scale(ScaleMethod.RULER, FLAT, **facts)  # type: ignore[arg-type]


def ring(x: float, y: float, radius: float = 100.0) -> list[PointPx]:
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return [(x + radius * float(np.cos(t)), y + radius * float(np.sin(t))) for t in turns]


def test_a_ruler_beside_a_wound_in_a_clear_photo_needs_no_words() -> None:
    assert scale_circumstances(ruler_scale(), pixels=ruler_photo()) == ()
    wound = ring(600, 450)
    assert scale_circumstances(ruler_scale(), pixels=ruler_photo(), outline_px=wound) == ()


def test_every_code_has_its_sentence() -> None:
    codes = ("glare", "blurred", "far", "cut")
    assert all(f"scale.reference_{code}" in WARNINGS for code in codes)
    assert {"scale.wound_blurred", "scale.wound_larger"} <= set(WARNINGS)


def test_glare_over_part_of_the_graduation_is_told() -> None:
    pixels = ruler_photo()
    cv2.ellipse(pixels, (480, BASE_PX + 20), (90, 45), 0, 0, 360, (255, 255, 255), -1)
    marks = [mark for mark in ruler_scale().marks_px if not 390 < mark[0] < 570]
    scale = ruler_scale(marks_px=tuple(marks))
    assert scale_circumstances(scale, pixels=pixels) == ("scale.reference_glare",)


def test_white_paper_in_bright_light_is_not_glare() -> None:
    pixels = ruler_photo()
    pixels[pixels.min(axis=2) > 210] = 255
    assert "scale.reference_glare" not in scale_circumstances(ruler_scale(), pixels=pixels)


def test_a_blurred_reference_is_told() -> None:
    pixels = cv2.GaussianBlur(ruler_photo(), (0, 0), 4.0)
    found = scale_circumstances(ruler_scale(), pixels=np.asarray(pixels, np.uint8))
    assert found == ("scale.reference_blurred",)


def test_a_wound_out_of_focus_beside_a_sharp_reference_is_told() -> None:
    pixels = ruler_photo()
    pixels[:640] = cv2.GaussianBlur(pixels[:640], (0, 0), 7.0)
    found = scale_circumstances(ruler_scale(), pixels=pixels, outline_px=ring(600, 350))
    assert found == ("scale.wound_blurred",)


def test_a_reference_far_from_the_wound_is_told() -> None:
    near, far = ring(600, 300), ring(600, 60, 40)
    told = [
        scale_circumstances(ruler_scale(), pixels=ruler_photo(), outline_px=each)
        for each in (near, far)
    ]
    assert "scale.reference_far" not in told[0]
    assert "scale.reference_far" in told[1]


@pytest.mark.parametrize(("perspective", "told"), [(1e-5, False), (1e-4, True)])
def test_a_doubt_that_grows_towards_the_wound_is_told(perspective: float, told: bool) -> None:
    moved, tilted = np.eye(3), np.eye(3)
    moved[1, 2], tilted[2, 1] = -BASE_PX, perspective
    shift = Shift(matrix3(np.array(FLAT) @ tilted @ moved))
    scale = replace(
        ruler_scale(shifts=(shift,), common_relative_sd=0.002),
        homography_px_to_mm=matrix3(np.array(FLAT) @ moved),
    )
    found = scale_circumstances(scale, pixels=ruler_photo(), outline_px=ring(600, 450))
    assert ("scale.reference_far" in found) is told


def test_a_ruler_that_runs_out_of_the_photo_is_told() -> None:
    pixels = np.ascontiguousarray(ruler_photo()[:, :905])
    assert scale_circumstances(ruler_scale(), pixels=pixels) == ("scale.reference_cut",)


def test_a_wound_larger_than_the_reference_is_told() -> None:
    few = ruler_scale(marks_px=ruler_scale().marks_px[50:70])
    found = scale_circumstances(few, pixels=ruler_photo(), outline_px=ring(600, 450))
    assert found == ("scale.wound_larger",)


def test_without_marks_nothing_is_said() -> None:
    assert scale_circumstances(ruler_scale(marks_px=()), pixels=ruler_photo()) == ()


def test_it_is_quick_on_a_large_photo() -> None:
    """Against a floor of the same run: one smoothing of a hundredth part of the photo."""
    large = np.asarray(cv2.resize(ruler_photo(), (4000, 3000)), np.uint8)
    wound = ring(600, 450)
    part = np.ascontiguousarray(large[:1000, :1000])
    ratios = []
    for _round in range(5):
        start = time.perf_counter()
        scale_circumstances(ruler_scale(), pixels=large, outline_px=wound)
        between = time.perf_counter()
        cv2.GaussianBlur(part, (0, 0), 4.0)
        ratios.append((between - start) / (time.perf_counter() - between))
    assert np.median(ratios) < 12
