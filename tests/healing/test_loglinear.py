"""The log-linear fit against the formulas written out, and a closed visit against brute force."""

import numpy as np
import pytest
from scipy import stats

from tests.healing.lesions import CLOSED, series
from woundtrack.errors import MeasureError
from woundtrack.healing import loglinear
from woundtrack.healing.loglinear import CLOSED_BELOW_CM2, design, fitted, log_slope_per_week

WAVERING = {0: 9.1, 7: 8.9, 14: 8.0, 28: 8.6, 35: 6.2, 42: 5.6, 49: 4.1, 63: 3.4, 70: 2.4}


def bent(sizes: loglinear.Sizes, knot: int = 30) -> np.ndarray:
    """The columns of a line that bends this many days after the first visit."""
    first, last = float(sizes.days[0]), float(sizes.days[-1])
    return design(sizes.days, ((first, first + knot), (first + knot, last)))


def test_the_columns_are_a_level_and_a_slope_a_week_for_each_stretch() -> None:
    found = design(np.array([0.0, 7, 21, 28]), ((0.0, 14.0), (14.0, 28.0)))
    assert found.tolist() == [[1, 0, 0], [1, 1, 0], [1, 2, 1], [1, 2, 2]]


def test_estimate_and_interval_are_those_of_generalised_least_squares() -> None:
    sizes = loglinear.sizes_of(series(WAVERING))
    fit = fitted(sizes, bent(sizes))
    x, y, inverse = bent(sizes), sizes.log_areas, np.linalg.inv(fit.covariance)
    spread = np.linalg.inv(x.T @ inverse @ x)
    coefficients = spread @ x.T @ inverse @ y
    left = y - x @ coefficients
    df = len(y) - 3
    scale = left @ inverse @ left / df
    contrast = np.array([0.0, -1.0, 1.0])
    half = stats.t.ppf(0.975, df) * np.sqrt(scale * contrast @ spread @ contrast)
    found = fit.estimate(fit.rows[2] - fit.rows[1])
    assert found.value == pytest.approx(coefficients[2] - coefficients[1], rel=1e-9)
    assert (found.low, found.high) == pytest.approx((found.value - half, found.value + half))


def test_the_wounds_own_variation_makes_the_residual_scale_one() -> None:
    sizes = loglinear.sizes_of(series(WAVERING))
    fit = fitted(sizes, bent(sizes))
    assert fit.scales == pytest.approx([1.0], abs=1e-3)
    own = np.diag(fit.covariance) - sizes.variances
    assert own == pytest.approx(np.full(len(own), own[0]))
    assert 0.05 < np.sqrt(own[0]) < 0.2


def test_what_is_measured_less_surely_counts_less() -> None:
    loose = series(WAVERING).points
    points = tuple(
        p if p.visit_id != 70 else loglinear.Point(
            p.visit_id, p.on, p.method, area_cm2=2.4, area_cm2_sd=1.2
        )
        for p in loose
    )  # fmt: skip
    sizes = loglinear.sizes_of(loglinear.Series(1, "A", points))
    rows = fitted(sizes, bent(sizes)).rows
    even = loglinear.sizes_of(series(WAVERING))
    assert abs(rows[2][-1]) < 0.7 * abs(fitted(even, bent(even)).rows[2][-1])


def test_a_visit_is_correlated_with_the_next_and_more_so_within_a_week() -> None:
    often = {0: 9.1, 7: 8.9, 10: 8.0, 28: 8.6, 35: 6.2, 42: 5.6, 49: 4.1}
    fit = fitted(sizes := loglinear.sizes_of(series(often)), bent(sizes))
    sds = np.sqrt(np.diag(fit.covariance))
    correlations = fit.covariance / np.outer(sds, sds)
    assert correlations[0, 1:4] == pytest.approx([0.3, 0.3 ** (10 / 7), 0.3 ** (17 / 7)])


def test_without_noise_the_slope_is_exact_and_its_interval_closes() -> None:
    visits = {number: 10 * np.exp(-0.1 * number / 7) for number in (0, 7, 14, 28, 56)}
    found = log_slope_per_week(loglinear.sizes_of(series(visits)))
    assert (found.value, found.low, found.high) == pytest.approx((-0.1, -0.1, -0.1))


def test_the_slope_over_all_visits_is_the_plain_least_squares_one() -> None:
    found = log_slope_per_week(loglinear.sizes_of(series(WAVERING)))
    weeks = np.array(list(WAVERING)) / 7
    assert found.value == pytest.approx(np.polyfit(weeks, np.log(list(WAVERING.values())), 1)[0])
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def brute_force(sizes: loglinear.Sizes, fit: loglinear.Fit, x: np.ndarray) -> np.ndarray:
    """Quantiles of the bend: the flat-prior posterior of measured visits, weighed by closure."""
    rng = np.random.default_rng(5)
    seen, shut = ~sizes.closed, sizes.closed
    inverse = np.linalg.inv(fit.covariance[np.ix_(seen, seen)])
    spread = np.linalg.inv(x[seen].T @ inverse @ x[seen])
    mean = spread @ x[seen].T @ inverse @ sizes.log_areas[seen]
    left = sizes.log_areas[seen] - x[seen] @ mean
    df = int(seen.sum()) - 3
    scales = left @ inverse @ left / rng.chisquare(df, 400_000)
    noise = rng.normal(size=(400_000, 3)) @ np.linalg.cholesky(spread).T
    drawn = mean + np.sqrt(scales)[:, None] * noise
    weigh = fit.covariance[np.ix_(shut, seen)] @ inverse
    given = fit.covariance[np.ix_(shut, shut)] - weigh @ fit.covariance[np.ix_(seen, shut)]
    expected = drawn @ x[shut].T + (sizes.log_areas[seen] - drawn @ x[seen].T) @ weigh.T
    weights = stats.norm.cdf(
        (sizes.log_areas[shut] - expected)[:, 0] / np.sqrt(scales * given[0, 0])
    )
    bend = drawn[:, 2] - drawn[:, 1]
    order = np.argsort(bend)
    sums = np.cumsum(weights[order]) / weights.sum()
    return bend[order][np.searchsorted(sums, [0.5, 0.025, 0.975])]


def test_a_closed_visit_counts_as_brute_force_has_it() -> None:
    visits = {0: 3.0, 7: 3.2, 14: 2.8, 21: 2.5, 28: 1.6, 35: 1.0, 42: 0.6, 49: CLOSED}
    sizes = loglinear.sizes_of(series(visits))
    x = bent(sizes, knot=24)
    fit = fitted(sizes, x)
    found = fit.estimate(fit.rows[2] - fit.rows[1])
    want = brute_force(sizes, fit, x)
    assert (found.value, found.low, found.high) == pytest.approx(want, abs=0.006)
    dropped = fitted(sizes.only(~sizes.closed), x[~sizes.closed])
    without = dropped.estimate(dropped.rows[2] - dropped.rows[1])
    assert found.value < without.value - 0.005


def test_a_closed_wound_was_below_the_smallest_area_measured_of_it() -> None:
    small = loglinear.sizes_of(series({0: 2.0, 7: 0.1, 14: CLOSED}))
    large = loglinear.sizes_of(series({0: 2.0, 7: 1.0, 14: CLOSED}))
    assert np.exp(small.log_areas[2]) == pytest.approx(0.1)
    assert np.exp(large.log_areas[2]) == pytest.approx(CLOSED_BELOW_CM2)


def test_the_same_visits_always_give_the_same_figure() -> None:
    sizes = loglinear.sizes_of(series({**WAVERING, 77: CLOSED, 91: CLOSED}))
    assert log_slope_per_week(sizes) == log_slope_per_week(sizes)


def test_many_closed_visits_and_one_that_reopens_are_still_a_number() -> None:
    later = {77 + 7 * week: CLOSED for week in range(20)}
    long = log_slope_per_week(loglinear.sizes_of(series({**WAVERING, **later})))
    again = log_slope_per_week(loglinear.sizes_of(series({**WAVERING, 77: CLOSED, 84: 3.0})))
    for found in (long, again):
        assert found.low is not None
        assert found.high is not None
        assert -3 < found.low < found.value < found.high < 3


def test_below_three_measured_visits_there_is_no_slope() -> None:
    with pytest.raises(MeasureError) as caught:
        log_slope_per_week(loglinear.sizes_of(series({0: 3.0, 7: 2.0, 14: CLOSED, 28: CLOSED})))
    assert caught.value.code == "measure.too_few_visits"
