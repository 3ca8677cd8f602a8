"""Estimators against published tables, closed forms and simulation."""

from math import expm1, log, sqrt

import numpy as np
import pytest

from woundtrack.errors import MeasureError
from woundtrack.raters.statistics import (
    icc_2_1,
    limits,
    log_variances,
    relative_limits,
    relative_sd,
    sem,
)

SHROUT_FLEISS = np.array(
    [
        [9, 2, 5, 8],
        [6, 1, 3, 2],
        [8, 4, 6, 8],
        [7, 1, 2, 6],
        [10, 5, 6, 9],
        [6, 2, 4, 7],
    ],
    dtype=float,
)
"""Six targets, four judges: table 2 of Shrout & Fleiss 1979."""


def test_icc_of_the_published_table() -> None:
    found = icc_2_1(SHROUT_FLEISS)
    assert found.value == pytest.approx(0.29, abs=0.005)  # Shrout & Fleiss 1979, table 4
    assert (found.low, found.high) == pytest.approx((0.019, 0.761), abs=0.001)


def test_raters_who_agree_exactly_have_an_icc_of_one_and_no_interval() -> None:
    same = np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]])
    found = icc_2_1(same)
    assert found.value == 1.0
    assert (found.low, found.high) == (None, None)


def test_a_rater_s_constant_shift_lowers_agreement() -> None:
    base = np.linspace(1.0, 10.0, 12)
    shifted = np.column_stack([base, base + 3.0])
    assert icc_2_1(shifted).value < 0.8


def test_photos_that_do_not_differ_have_no_icc() -> None:
    with pytest.raises(MeasureError) as caught:
        icc_2_1(np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]))
    assert caught.value.code == "raters.no_spread"


@pytest.mark.parametrize("shape", [(1, 3), (3, 1)])
def test_a_table_of_one_photo_or_one_rater_is_refused(shape: tuple[int, int]) -> None:
    for figure in (icc_2_1, log_variances, sem):
        with pytest.raises(MeasureError) as caught:
            figure(np.ones(shape))
        assert caught.value.code == "raters.too_small"


def test_the_icc_s_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    photos, raters, noise = 1.0, 0.2, 0.3
    truth = photos**2 / (photos**2 + raters**2 + noise**2)
    hits = 0
    for _ in range(600):
        table = rng.normal(0, photos, (20, 1)) + rng.normal(0, raters, (1, 3))
        found = icc_2_1(table + rng.normal(0, noise, (20, 3)))
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 600 <= 0.98


def test_two_areas_that_differ_by_a_tenth_each_time() -> None:
    table = np.array([[1.0, 1.1], [5.0, 5.5], [20.0, 22.0]])
    variance = log(1.1) ** 2 / 2
    found = relative_sd(log_variances(table))
    assert found.value == pytest.approx(sqrt(expm1(variance)))
    assert found.low == pytest.approx(found.value)  # each photo says the same


def test_the_relative_sd_does_not_depend_on_how_large_wounds_are() -> None:
    rng = np.random.default_rng(3)
    table = np.exp(rng.normal(0.0, 0.05, (15, 3)))
    sizes = np.exp(rng.normal(2.0, 1.0, (15, 1)))
    assert relative_sd(log_variances(table * sizes)).value == pytest.approx(
        relative_sd(log_variances(table)).value
    )


def test_tracings_that_differ_in_one_photo_alone_have_no_interval() -> None:
    found = relative_sd(log_variances(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.3]])))
    assert found.value > 0
    assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize(("raters", "hard"), [(2, 0.0), (3, 0.0), (3, 0.3)])
def test_the_relative_sd_s_interval_covers_the_truth(raters: int, hard: float) -> None:
    """Also where some photos are harder than others (`hard`: sd of the log of their sd)."""
    rng = np.random.default_rng(11)
    truth, hits = 0.05, 0
    for _ in range(600):
        own_sd = truth * np.exp(rng.normal(-(hard**2), hard, (20, 1)))
        table = np.exp(rng.normal(1, 1, (20, 1)) + own_sd * rng.normal(0, 1, (20, raters)))
        found = relative_sd(log_variances(table))
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= sqrt(expm1(truth**2)) <= found.high
    assert 0.89 <= hits / 600 <= 0.98


def test_the_sem_is_the_root_of_rater_and_residual_variance() -> None:
    rng = np.random.default_rng(2)
    tendency = np.array([-0.4, 0.0, 0.4])
    table = rng.normal(10, 3, (4000, 1)) + tendency + rng.normal(0, 0.3, (4000, 3))
    assert sem(table) == pytest.approx(sqrt(np.var(tendency, ddof=1) + 0.3**2), rel=0.02)


def test_limits_of_agreement_by_hand() -> None:
    found = limits(np.array([-1.0, 0.0, 1.0, 2.0]))
    assert found.bias == 0.5
    assert found.high - found.bias == pytest.approx(1.96 * sqrt(5 / 3))
    assert found.bias - found.low == pytest.approx(1.96 * sqrt(5 / 3))


def test_relative_limits_are_parts_of_the_area() -> None:
    first = np.array([1.0, 4.0, 9.0])
    found = relative_limits(first, 1.2 * first)
    assert (found.bias, found.low, found.high) == pytest.approx((0.2, 0.2, 0.2))
