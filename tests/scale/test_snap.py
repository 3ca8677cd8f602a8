"""A click moved onto the stroke or the corner that was meant."""

import cv2
import numpy as np
import pytest

from woundtrack.photo.types import Pixels
from woundtrack.scale.snap import refine_click

SIZE_PX, FINE = 128, 6


def picture(inked: np.ndarray, rng: np.random.Generator) -> Pixels:
    """A photo of ink on paper from a fine mask, with blur and noise."""
    light = np.where(inked, 0.05, 0.7).astype(np.float32)
    light = cv2.resize(light, (SIZE_PX, SIZE_PX), interpolation=cv2.INTER_AREA)
    light = cv2.GaussianBlur(light, (0, 0), 0.8)
    levels = light[..., None] ** (1 / 2.2) * 255 + rng.normal(0, 3, (SIZE_PX, SIZE_PX, 3))
    return np.clip(levels, 0, 255).astype(np.uint8)


def frame(angle: float, middle: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Fine coordinates along and across a direction, in px from a middle."""
    places = (np.arange(SIZE_PX * FINE) + 0.5) / FINE - 0.5
    x, y = np.meshgrid(places - middle[0], places - middle[1])
    return x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)


@pytest.mark.parametrize(("pitch_px", "width_px"), [(9.0, 2.0), (14.0, 3.0), (30.0, 7.0)])
def test_a_click_beside_a_ruler_s_stroke_comes_onto_its_centre(
    pitch_px: float, width_px: float
) -> None:
    rng = np.random.default_rng(100_020)
    gaps = []
    for _trial in range(12):
        angle, middle = float(rng.uniform(0, np.pi)), (64.3, 63.6)
        along, across = frame(angle, middle)
        beside = np.abs((along + pitch_px / 2) % pitch_px - pitch_px / 2)
        photo = picture((beside < width_px / 2) & (np.abs(across) < 25), rng)
        off, up = float(rng.uniform(-0.3, 0.3) * min(pitch_px, 20.0)), float(rng.uniform(-12, 12))
        click = (
            middle[0] + off * np.cos(angle) - up * np.sin(angle),
            middle[1] + off * np.sin(angle) + up * np.cos(angle),
        )
        found = np.array(refine_click(photo, click)) - np.array(middle)
        gaps.append(found @ np.array([np.cos(angle), np.sin(angle)]))
        # Straight across the stroke: along it the click stays where it was.
        assert found @ np.array([-np.sin(angle), np.cos(angle)]) == pytest.approx(up, abs=0.3)
    assert np.abs(gaps).max() < 0.1


def test_a_click_near_the_corner_of_a_checker_comes_onto_it() -> None:
    along, across = frame(0.4, (64.2, 63.7))
    photo = picture((along > 0) ^ (across > 0), np.random.default_rng(1))
    assert refine_click(photo, (66.0, 62.0)) == pytest.approx((64.2, 63.7), abs=0.15)


def test_where_nothing_is_drawn_the_click_stays() -> None:
    blank = picture(np.zeros((SIZE_PX * FINE,) * 2, bool), np.random.default_rng(2))
    assert refine_click(blank, (60.0, 70.0)) == (60.0, 70.0)


def test_the_border_of_a_ruler_is_no_stroke() -> None:
    along, _across = frame(0.0, (64.0, 64.0))
    photo = picture(along > 0, np.random.default_rng(3))
    assert refine_click(photo, (67.0, 60.0)) == (67.0, 60.0)


def test_a_stroke_out_of_reach_is_not_taken() -> None:
    along, _across = frame(0.0, (64.0, 64.0))
    photo = picture(np.abs(along) < 1.5, np.random.default_rng(4))
    assert refine_click(photo, (76.0, 60.0)) == (76.0, 60.0)


def test_a_click_at_the_photo_s_border_stays() -> None:
    photo = picture(np.zeros((SIZE_PX * FINE,) * 2, bool), np.random.default_rng(5))
    for click in ((0.0, 0.0), (127.0, 60.0), (-4.0, 5.0)):
        assert refine_click(photo, click) == click


@pytest.mark.parametrize("noise_sd", [2.0, 4.0, 8.0])
def test_noise_is_no_stroke_and_no_corner(noise_sd: float) -> None:
    random = np.random.default_rng(100_004)
    grey = 170.0 + random.normal(0, noise_sd, (200, 200, 1))
    pixels = np.clip(np.repeat(grey, 3, axis=2), 0, 255).astype(np.uint8)
    for x, y in random.uniform(30, 170, (25, 2)):
        assert refine_click(pixels, (float(x), float(y))) == (x, y)
