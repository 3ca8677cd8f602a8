"""Dice as the acceptance counts it."""

import numpy as np
import pytest

from training.outline.metrics import (
    Scored,
    mean,
    mean_wounded,
    missed,
    pooled,
    quiet,
    scored,
)

EMPTY, FULL = np.zeros((4, 4), bool), np.ones((4, 4), bool)
HALF = np.arange(16).reshape(4, 4) < 8


def test_dice_of_nothing_and_of_one_sided_nothing() -> None:
    assert scored("", EMPTY, EMPTY).dice == 1
    assert scored("", EMPTY, FULL).dice == scored("", FULL, EMPTY).dice == 0
    assert scored("", HALF, FULL).dice == pytest.approx(2 * 8 / 24)


def test_means_count_photos_and_pooling_counts_pixels() -> None:
    found = [
        scored("large", FULL, FULL),
        scored("empty", EMPTY, EMPTY),
        Scored("missed", 0, 0, 2),
        Scored("imagined", 0, 4, 0),
    ]
    assert mean(found) == pytest.approx(0.5)
    assert mean_wounded(found) == pytest.approx(0.5)
    assert pooled(found) == pytest.approx(32 / (32 + 2 + 4))
    assert quiet(found) == pytest.approx(0.5)
    assert missed(found) == 1
