"""The longest span is found without comparing every pair."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from woundtrack.measure.rings import longest_span

PLACE = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


@given(st.lists(PLACE, min_size=3, max_size=30))
def test_no_two_points_are_farther_apart(places: list[tuple[int, int]]) -> None:
    points = np.array(places, dtype=np.float64)
    first, second = longest_span(points)
    farthest = np.linalg.norm(points[:, None] - points[None], axis=2).max()
    assert np.linalg.norm(first - second) == pytest.approx(farthest)


def test_a_ring_of_very_many_points_needs_neither_time_nor_memory() -> None:
    angles = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    start = time.perf_counter()
    first, second = longest_span(np.column_stack([30 * np.cos(angles), 20 * np.sin(angles)]))
    assert np.linalg.norm(first - second) == pytest.approx(60.0)
    assert time.perf_counter() - start < 10
