"""A photo's faults are told, and a good photo is left alone."""

import cv2
import numpy as np
import pytest

from woundtrack.photo.quality import blur_sigma_px, glare_fraction, quality
from woundtrack.photo.remarks import REMARKS, worst_first

SKIN, WOUND = (135, 160, 215), (50, 50, 150)


def scene(*, blur_px: float = 0.7, noise: float = 3.0) -> np.ndarray:
    """Skin with rings of wound colour, 1000 × 1400, blurred and noisy."""
    photo = np.full((1000, 1400, 3), SKIN, np.uint8)
    for radius in range(480, 20, -60):
        colour = WOUND if radius // 60 % 2 else SKIN
        cv2.circle(photo, (700, 500), radius, colour, -1, cv2.LINE_AA)
    blurred = cv2.GaussianBlur(photo, (0, 0), blur_px)
    noisy = blurred + np.random.default_rng(2).normal(0, noise, blurred.shape)
    return noisy.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("sigma_px", [1.0, 2.0, 3.0, 4.0])
def test_the_blur_of_edges_is_measured(sigma_px: float) -> None:
    assert blur_sigma_px(scene(blur_px=sigma_px)) == pytest.approx(sigma_px, rel=0.2)


def test_a_photo_without_edges_has_no_blur_to_tell() -> None:
    assert blur_sigma_px(np.full((300, 300, 3), 120, np.uint8)) is None
    assert blur_sigma_px(np.full((9, 9, 3), 120, np.uint8)) is None


def test_a_good_photo_has_no_warning() -> None:
    assert quality(scene()).warnings == ()


def test_each_fault_has_its_warning() -> None:
    dark = (scene().astype(float) * 0.15).astype(np.uint8)
    blown = np.full((1000, 1400, 3), (190, 225, 255), np.uint8)
    wet = scene()
    for x in range(150, 1300, 100):
        cv2.circle(wet, (x, 500), 40, (255, 255, 255), -1)
    assert "quality.blurred" in quality(scene(blur_px=5)).warnings
    assert "quality.too_dark" in quality(dark).warnings
    assert "quality.too_bright" in quality(blown).warnings
    assert "quality.glare" in quality(wet).warnings
    assert "quality.small" in quality(scene()[:300, :400]).warnings


def test_white_paper_on_grey_is_no_glare() -> None:
    photo = np.full((1000, 1400, 3), 170, np.uint8)
    photo[200:800, 300:1100] = 255
    assert glare_fraction(photo) == 0.0


def test_every_remark_can_be_read() -> None:
    assert all(remark.sentence.endswith(".") for remark in REMARKS.values())
    assert all(len(remark.short) <= 34 for remark in REMARKS.values())
    assert {code.split(".")[0] for code in REMARKS} == {"quality", "framing"}


def test_the_worst_is_told_first_and_a_small_file_once() -> None:
    codes = ["quality.small", "framing.small", "framing.tilted", "framing.cut_off"]
    assert worst_first(codes) == ("framing.cut_off", "framing.tilted", "quality.small")


# -- at the wound

DISC = tuple(
    (700 + 200 * float(np.cos(angle)), 500 + 200 * float(np.sin(angle)))
    for angle in np.linspace(0, 2 * np.pi, 60, endpoint=False)
)


def wound(
    *, blur_px: float = 0.7, around_blur_px: float = 0.7, light: float = 1.0, skin: object = SKIN
) -> np.ndarray:
    """A wound (`DISC`) on skin with marks, amid pale cloth with a pattern, 1000 × 1400."""
    random = np.random.default_rng(4)
    far = np.full((1000, 1400, 3), (215, 220, 215), np.uint8)
    far[:, ::40] = (150, 160, 160)
    near = np.full((1000, 1400, 3), skin, np.uint8)
    for x, y in random.uniform((300, 100), (1100, 900), (400, 2)).astype(int):
        cv2.circle(near, (int(x), int(y)), 4, tuple(0.8 * np.array(skin)), -1, cv2.LINE_AA)
    cv2.circle(near, (700, 500), 200, WOUND, -1, cv2.LINE_AA)
    near = cv2.GaussianBlur(near, (0, 0), blur_px).astype(float) * light
    photo = cv2.GaussianBlur(far, (0, 0), around_blur_px).astype(float)
    photo[100:900, 300:1100] = near[100:900, 300:1100]
    return (photo + random.normal(0, 2, photo.shape)).clip(0, 255).astype(np.uint8)


def at_wound(photo: np.ndarray) -> tuple[str, ...]:
    return quality(photo, rings_px=[DISC]).warnings


def test_a_good_photo_has_no_warning_at_its_wound() -> None:
    assert at_wound(wound()) == ()


def test_sharpness_is_judged_at_the_wound_and_not_on_the_cloth() -> None:
    assert at_wound(wound(blur_px=5)) == ("quality.blurred",)
    assert at_wound(wound(around_blur_px=6)) == ()


def test_glare_counts_as_a_part_of_the_wound() -> None:
    wet = wound()
    for x, y in ((640, 460), (760, 440), (700, 560), (620, 560), (790, 540)):
        cv2.circle(wet, (x, y), 35, (255, 255, 255), -1)
    part = 5 * 35**2 / 200**2
    assert quality(wet, rings_px=[DISC]).glare_fraction == pytest.approx(part, abs=0.01)
    assert at_wound(wet) == ("quality.glare",)
    assert quality(wet).warnings == ()  # little of the photo
    beside = wound()
    cv2.circle(beside, (1000, 800), 80, (255, 255, 255), -1)
    assert at_wound(beside) == ()


def test_glare_that_fades_out_softly_is_glare_all_the_same() -> None:
    wet = wound()
    cv2.circle(wet, (700, 480), 110, (255, 255, 255), -1)
    assert "quality.glare" in at_wound(cv2.GaussianBlur(wet, (0, 0), 12))


def test_a_hole_in_the_outline_is_not_wound() -> None:
    hole = tuple((700 + (x - 700) / 2, 500 + (y - 500) / 2) for x, y in DISC)
    wet = wound()
    cv2.circle(wet, (700, 500), 90, (255, 255, 255), -1)
    assert quality(wet, rings_px=[DISC]).glare_fraction == pytest.approx(0.2, abs=0.02)
    assert quality(wet, rings_px=[DISC, hole]).glare_fraction == 0.0


def test_a_wound_in_the_dark_is_told_whatever_is_lit_beside_it() -> None:
    assert "quality.too_dark" in at_wound(wound(light=0.1))
    assert "quality.too_dark" not in quality(wound(light=0.1)).warnings


def test_dark_skin_rightly_exposed_is_not_too_dark() -> None:
    assert at_wound(wound(skin=(32, 42, 64))) == ()


def test_a_wound_that_reaches_the_border_or_is_tiny_is_judged_all_the_same() -> None:
    corner = tuple((x - 700, y - 500) for x, y in DISC)
    assert isinstance(at_wound_of(wound(), corner), tuple)
    assert isinstance(at_wound_of(wound(), ((5, 5), (7, 5), (6, 7))), tuple)
    assert isinstance(at_wound_of(wound()[:60, :60], ((5, 5), (50, 5), (30, 50))), tuple)


def at_wound_of(photo: np.ndarray, ring: object) -> tuple[str, ...]:
    return quality(photo, rings_px=[ring]).warnings  # type: ignore[list-item]
