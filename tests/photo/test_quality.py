"""A photo's faults are told, and a good photo is left alone."""

import cv2
import numpy as np
import pytest

from woundtrack.photo.quality import (
    QUALITY_WARNINGS,
    blur_sigma_px,
    glare_fraction,
    quality,
)

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


def test_every_warning_can_be_read() -> None:
    assert all(code.startswith("quality.") for code in QUALITY_WARNINGS)
    assert all(sentence.endswith(".") for sentence in QUALITY_WARNINGS.values())
