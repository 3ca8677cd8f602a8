"""Simulated clicks go where most is wrong."""

import numpy as np
import pytest

from training.outline.clicks import deepest, disturbed, next_click
from woundtrack.outline.clicks import Click


def _disc(size: int, x: float, y: float, radius: float) -> np.ndarray:
    down, along = np.mgrid[0:size, 0:size]
    return np.hypot(along - x, down - y) <= radius


def test_a_missed_wound_is_clicked_in_its_middle() -> None:
    truth = _disc(64, 20, 40, 9)
    assert next_click(np.zeros_like(truth), truth) == Click(20.0, 40.0, positive=True)


def test_the_larger_error_is_clicked_first() -> None:
    truth, shown = _disc(64, 15, 15, 4), _disc(64, 45, 45, 8)
    click = next_click(shown, truth)
    assert click == Click(45.0, 45.0, positive=False)


def test_nothing_wrong_needs_no_click() -> None:
    truth = _disc(32, 10, 10, 5)
    assert next_click(truth, truth) is None


def test_a_person_aims_somewhere_deep_inside() -> None:
    truth = _disc(96, 50, 40, 20)
    random = np.random.default_rng(1)
    clicks = {next_click(np.zeros_like(truth), truth, random=random) for _ in range(20)}
    assert len(clicks) > 10
    for click in clicks:
        assert click is not None
        assert np.hypot(click.x - 50, click.y - 40) <= 11


def test_the_photos_rim_is_an_edge_too() -> None:
    x, y, deep = deepest(np.ones((21, 31), bool))
    assert (y, 10 <= x <= 20) == (10.0, True)
    assert deep == pytest.approx(11, abs=0.5)


def test_a_disturbed_outline_is_like_the_true_one_but_not_the_same() -> None:
    truth = _disc(128, 60, 70, 25).astype(np.float32)
    random = np.random.default_rng(5)
    shared = []
    for _ in range(20):
        other = disturbed(truth, random) > 0.5
        shared.append((other & (truth > 0.5)).sum() / (other | (truth > 0.5)).sum())
    assert 0.5 < np.mean(shared) < 0.98
