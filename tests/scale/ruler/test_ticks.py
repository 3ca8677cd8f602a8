"""Strokes are measured to a fraction of a px: centre lines and ends, in shade and blur."""

import cv2
import numpy as np
import pytest

from tests.scale.stroke_scene import Strokes, draw
from woundtrack.scale.ruler.ticks import find_strokes


def strip_of(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)


@pytest.mark.parametrize("pitch", [5.0, 9.3, 18.0])
@pytest.mark.parametrize("shade", [0.0, 0.15])
def test_centres_lie_within_a_tenth_of_a_px(pitch: float, shade: float) -> None:
    row = Strokes(
        count=40, pitch=pitch, start=(60.37, 100.0), width=0.25 * pitch, lengths=((1, 40.0),)
    )
    grey = strip_of(draw(row, size=(900, 300), noise=1.0))
    grey *= 1 + shade * np.linspace(-1, 1, grey.shape[1], dtype=np.float32)
    strokes = find_strokes(grey, sigma=max(0.8, 0.17 * pitch), dark=True, least_rows=10)
    strokes = strokes.some((strokes.top < 120) & (strokes.bottom > 120) & (strokes.strength > 10))
    base, _ = row.ends()
    column = np.sort(strokes.column(120.0))
    assert len(column) == 40
    off = column - base[:, 0]
    assert np.sqrt(np.mean(off**2)) < 0.1
    assert abs(off.mean()) < 0.04


def test_ends_lie_within_half_a_px() -> None:
    row = Strokes(count=30, pitch=16.0, start=(60.0, 100.0), width=3.0)
    strokes = find_strokes(
        strip_of(draw(row, size=(700, 300))), sigma=2.7, dark=True, least_rows=10
    )
    base, tip = row.ends()
    order = np.argsort(strokes.column(110.0))
    assert strokes.top[order] == pytest.approx(base[:, 1], abs=0.4)
    assert strokes.bottom[order] == pytest.approx(tip[:, 1], abs=0.4)


def test_a_slanted_stroke_keeps_its_slant() -> None:
    row = Strokes(count=20, pitch=18.0, start=(80.0, 140.0), turn_deg=0.0, lengths=((1, 60.0),))
    grey = strip_of(draw(row, size=(700, 300)))
    shear = np.array([[1.0, 0.2, -30.0], [0.0, 1.0, 0.0]])
    sheared = cv2.warpAffine(grey, shear, (700, 300), flags=cv2.INTER_LINEAR, borderValue=215)
    strokes = find_strokes(sheared, sigma=2.7, dark=True, least_rows=10)
    assert np.median(strokes.slant) == pytest.approx(0.2, abs=0.005)


def test_a_blank_strip_has_no_strokes() -> None:
    blank = np.full((60, 200), 90, np.float32)
    assert len(find_strokes(blank, sigma=1.5, dark=True, least_rows=5)) == 0
