"""Medians, means and shares, and their intervals."""

import numpy as np
import pytest

from woundtrack.cohort.summaries import cluster_error, distribution, proportion
from woundtrack.cohort.types import Missing, Reason


def test_cluster_error_is_the_library_s() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(2)
    patient = np.repeat(np.arange(12), rng.integers(1, 6, 12))
    values = rng.normal(size=12)[patient] + rng.normal(size=len(patient))
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": patient})
    # The library has another small-sample factor beside G / (G − 1): (n − 1) / (n − 1) here.
    assert cluster_error(values, patient) == pytest.approx(float(fit.bse[0]))


def test_median_mean_and_quartiles() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 6, 7])
    found = distribution(values, np.arange(7), missing=(), method="how")
    assert found.median is not None
    assert found.mean is not None
    assert (found.median.value, found.mean.value, found.quartiles) == (4, 4, (2.5, 5.5))
    assert found.sample.n == found.sample.patients == 7
    # Student's, six degrees of freedom.
    assert found.mean.high == pytest.approx(4 + 2.4469 * np.std(values, ddof=1) / np.sqrt(7), 1e-4)
    assert 1 <= found.median.low <= 2
    assert 6 <= found.median.high <= 7


def test_below_five_patients_there_are_counts_alone() -> None:
    missing = (Missing(Reason.NOT_SEEN, 3),)
    found = distribution(np.arange(40.0), np.repeat(np.arange(4), 10), missing=missing, method="")
    assert (found.median, found.mean, found.quartiles) == (None, None, None)
    assert (found.sample.n, found.sample.patients, found.sample.of) == (40, 4, 43)
    assert found.sample.few


def test_nothing_at_all_is_no_figure() -> None:
    found = distribution(np.zeros(0), np.zeros(0, int), missing=(), method="")
    assert found.median is None
    assert found.sample.n == 0


def test_equal_values_have_an_interval_of_no_width() -> None:
    found = distribution(np.ones(9), np.arange(9), missing=(), method="")
    assert found.median is not None
    assert (found.median.low, found.median.value, found.median.high) == (1, 1, 1)


@pytest.mark.parametrize("sign", [1, -1])
def test_median_s_interval_looks_beyond_the_value_that_most_of_them_share(sign: int) -> None:
    # 6 of 10 closed. Of 10, the 2nd and the 9th value hold a median 98 % of the time.
    values = sign * np.array([1.0] * 6 + [0.1, 0.2, 0.3, 0.4])
    found = distribution(values, np.arange(10), missing=(), method="").median
    assert found is not None
    assert found.value == sign
    low, high = sorted((found.low or 0, found.high or 0), key=abs)
    assert abs(low) <= 0.2
    assert high == sign


@pytest.mark.parametrize("patients", [20, 60])
def test_median_s_interval_holds_the_truth_where_almost_half_are_closed(patients: int) -> None:
    rng = np.random.default_rng(6)
    held = []
    for _trial in range(300):
        values = rng.uniform(0, 1, patients)
        values[values > 0.55] = 1.0
        found = distribution(values, np.arange(patients), missing=(), method="").median
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held.append(found.low <= 0.5 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.99


def test_wilson_s_interval_as_printed() -> None:
    # Newcombe, Stat Med 1998;17:857-72, table I, method 3 (score): 15/148 and 0/20.
    found = proportion(15, patients=148, method="").share
    assert found is not None
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.0624, 0.1605)
    none = proportion(0, patients=20, method="").share
    assert none is not None
    assert (none.low, round(none.high or 0, 4)) == (pytest.approx(0.0, abs=1e-12), 0.1611)
    assert proportion(1, patients=4, method="").share is None


@pytest.mark.parametrize("patients", [10, 60])
def test_median_s_interval_holds_the_truth_where_lesions_are_alike(patients: int) -> None:
    rng = np.random.default_rng(4)
    held = []
    for _trial in range(300):
        patient = np.repeat(np.arange(patients), rng.integers(1, 5, patients))
        values = rng.normal(0, 0.5, patients)[patient] + rng.normal(0, 0.5, len(patient))
        found = distribution(values, patient, missing=(), method="").median
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held.append(found.low <= 0 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.99
