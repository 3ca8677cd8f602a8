"""Graduations that stand apart are found as a row, on a base line or not."""

import cv2
import numpy as np
import pytest

from tests.scale.stroke_scene import Strokes, draw
from woundtrack.scale.ruler.find import Candidate
from woundtrack.scale.ruler.lone import lone_candidates

APART = Strokes(
    count=16, pitch=42.0, start=(150.0, 180.0), turn_deg=20.0, lengths=((1, 14.0), (2, 24.0))
)


def rows_of(pixels: np.ndarray) -> list[Candidate]:
    return lone_candidates(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), reduction=1)


@pytest.mark.parametrize("base_line", [False, True])
@pytest.mark.parametrize("light", [False, True])
def test_strokes_far_apart_are_a_row(base_line: bool, light: bool) -> None:
    ink, ground = (40,) * 3, (215,) * 3
    row = Strokes(**{**_fields(APART), "base_line": base_line, "ink": ground if light else ink})
    best = rows_of(draw(row, ground=ink if light else ground))[0]
    assert best.strength >= 14
    assert abs(np.dot(best.axis, row.axis)) > 0.99
    assert best.half_length_px == pytest.approx(0.5 * 15 * 42, rel=0.2)


def _fields(row: Strokes) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def test_strokes_of_all_directions_are_no_row() -> None:
    image, chance = draw(), np.random.default_rng(4)
    for _ in range(60):
        x, y, turn = chance.uniform(60, 900), chance.uniform(60, 600), chance.uniform(0, np.pi)
        end = (int(x + 24 * np.cos(turn)), int(y + 24 * np.sin(turn)))
        cv2.line(image, (int(x), int(y)), end, (60,) * 3, 2, cv2.LINE_AA)
    assert all(each.strength < 12 for each in rows_of(image))


def test_noise_has_no_rows() -> None:
    noise = np.random.default_rng(3).normal(180, 6, (500, 700, 1))
    image = np.clip(noise, 0, 255).astype(np.uint8).repeat(3, axis=2)
    assert rows_of(cv2.GaussianBlur(image, (0, 0), 0.7)) == []
