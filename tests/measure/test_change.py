"""When a change is more than the measurement."""

import numpy as np
import pytest

from woundtrack.measure.change import (
    RETRACE_RELATIVE_SD,
    beyond_error,
    detectable_cm2,
    ratio_interval,
)


def test_the_formula_at_a_known_place() -> None:
    # 1.96·√(0.3² + 0.4² + 2·(0.032·10)²), the mean area being 10 cm²
    assert detectable_cm2(11.0, 0.3, 9.0, 0.4) == pytest.approx(1.3218, abs=1e-4)


def test_a_change_just_beyond_and_just_below() -> None:
    assert beyond_error(10.0, 0.0, 9.1, 0.0)
    assert not beyond_error(10.0, 0.0, 9.2, 0.0)


def test_growth_counts_like_shrinking() -> None:
    assert beyond_error(5.0, 0.1, 8.0, 0.1) == beyond_error(8.0, 0.1, 5.0, 0.1) is True


def test_no_change_is_never_beyond() -> None:
    assert not beyond_error(7.0, 0.0, 7.0, 0.0, retrace_relative_sd=0.0)


def test_the_clinic_s_own_retracing_sd_is_taken() -> None:
    assert RETRACE_RELATIVE_SD == 0.032
    assert not beyond_error(10.0, 0.0, 9.0, 0.0, retrace_relative_sd=0.06)


def test_the_ratio_s_interval_holds_1_exactly_where_no_change_is_found() -> None:
    for second_cm2 in np.linspace(5.0, 15.0, 401):
        areas = (10.0, 0.3, float(second_cm2), 0.2)
        found = ratio_interval(*areas)
        assert found is not None
        assert (found[0] > 1 or found[1] < 1) == beyond_error(*areas)


def test_the_ratio_s_interval_holds_the_truth_95_times_in_100() -> None:
    random = np.random.default_rng(3)
    held = 0
    for first, second in random.normal((10.0, 4.0), (0.8, 0.5), (2000, 2)):
        found = ratio_interval(first, 0.8, second, 0.5, retrace_relative_sd=0.0)
        assert found is not None
        held += found[0] <= 0.4 <= found[1]
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_a_ratio_to_an_area_that_may_be_0_has_no_interval() -> None:
    assert ratio_interval(1.0, 0.6, 2.0, 0.1) is None
    assert ratio_interval(10.0, 0.1, 0.01, 0.3) == (0.0, pytest.approx(0.07, abs=0.01))
