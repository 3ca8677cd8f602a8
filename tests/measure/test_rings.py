"""The plane geometry under the measures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from woundtrack.measure import rings

SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4)], dtype=float)


def test_shoelace_far_from_the_origin_loses_nothing() -> None:
    assert abs(rings.shoelace(SQUARE + 1e7)) == pytest.approx(16.0)


@given(st.integers(3, 40), st.integers(0, 10_000))
def test_subdividing_changes_neither_area_nor_perimeter(count: int, seed: int) -> None:
    ring = np.random.default_rng(seed).uniform(0, 50, (count, 2))
    finer = rings.subdivided(ring, longest=1.7)
    assert rings.shoelace(finer) == pytest.approx(rings.shoelace(ring), abs=1e-6)
    assert rings.perimeter(finer) == pytest.approx(rings.perimeter(ring))
    sides = np.linalg.norm(np.roll(finer, -1, axis=0) - finer, axis=1)
    assert sides.max() <= 1.7 + 1e-9


@given(st.integers(3, 200), st.integers(0, 10_000))
def test_the_longest_span_is_that_of_all_pairs(count: int, seed: int) -> None:
    points = np.random.default_rng(seed).normal(0, 10, (count, 2))
    start, end = rings.longest_span(points)
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    assert np.linalg.norm(start - end) == pytest.approx(gaps.max())


def test_inside_and_outside() -> None:
    inside = rings.contains(SQUARE, np.array([(2.0, 2.0), (5.0, 2.0), (-1.0, 4.0), (3.9, 0.1)]))
    assert inside.tolist() == [True, False, False, True]


def test_holes_are_told_by_depth_and_not_by_direction() -> None:
    inner = SQUARE * 0.5 + 1
    assert rings.hole_flags([SQUARE, inner]) == [False, True]
    assert rings.hole_flags([inner[::-1], SQUARE[::-1]]) == [True, False]
    assert rings.hole_flags([SQUARE, SQUARE + 10]) == [False, False]
