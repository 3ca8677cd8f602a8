"""Bands of strokes are found wherever they lie; long edges and blank skin are none."""

import cv2
import numpy as np
import pytest

from tests.scale.stroke_scene import Strokes, draw
from woundtrack.scale.ruler import find as ruler_find
from woundtrack.scale.ruler.find import Candidate, candidates


def found(pixels: np.ndarray) -> list[Candidate]:
    return candidates(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), reduction=1)


def lies_on(candidate: Candidate, row: Strokes) -> bool:
    base, tip = row.ends()
    off = np.array(candidate.centre_px) - 0.5 * (base + tip).mean(axis=0)
    along, aside = off @ row.axis, off @ np.array([-row.axis[1], row.axis[0]])
    near = abs(aside) < 30 and abs(along) < 0.5 * row.count * row.pitch
    return bool(near and abs(np.dot(candidate.axis, row.axis)) > 0.97)


@pytest.mark.parametrize("turn_deg", [0.0, 17.0, 45.0, 74.0, 90.0, 128.0, 160.0])
def test_a_band_is_found_at_every_turn(turn_deg: float) -> None:
    turn = np.radians(turn_deg)
    start = (500 - 220 * np.cos(turn), 350 - 220 * np.sin(turn))
    row = Strokes(count=74, pitch=6.0, start=start, turn_deg=turn_deg, width=1.6)
    first = found(draw(row))[0]
    assert lies_on(first, row)
    assert first.half_length_px == pytest.approx(220, rel=0.2)


def test_a_band_across_a_long_smooth_edge_is_not_lost_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strong = np.zeros((150, 200), np.bool_)
    strong[:, 100:106] = True
    strong[70:74, 60:140] = True
    maps = strong, np.zeros(strong.shape, np.float32), strong.astype(np.float32)
    monkeypatch.setattr(ruler_find, "_maps", lambda grey: maps)
    first, *_ = candidates(np.zeros((600, 800), np.uint8), reduction=1)
    assert abs(first.axis[0]) > 0.99
    assert first.centre_px == pytest.approx((400, 288), abs=16)
    assert first.half_length_px == pytest.approx(160, abs=12)


def test_edges_and_blank_skin_are_no_band() -> None:
    image = np.full((600, 800, 3), 200, np.uint8)
    cv2.rectangle(image, (200, 150), (620, 400), (60, 60, 60), -1)
    noise = np.random.default_rng(1).normal(0, 3, image.shape)
    image = np.clip(cv2.GaussianBlur(image, (0, 0), 1.0) + noise, 0, 255).astype(np.uint8)
    assert not [each for each in found(image) if each.strength > 5]
