"""The quick median is numpy's."""

import numpy as np
import pytest

from woundtrack.scale.median import median


@pytest.mark.parametrize("count", range(1, 12))
def test_it_is_numpys_of_odd_and_even_counts(count: int) -> None:
    values = np.random.default_rng(count).normal(0, 1, count)
    assert median(values) == np.median(values)


def test_there_is_none_of_nothing() -> None:
    assert np.isnan(median(np.zeros(0)))
