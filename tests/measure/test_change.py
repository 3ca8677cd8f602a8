"""When a change is more than the measurement."""

import pytest

from woundtrack.measure.change import RETRACE_RELATIVE_SD, beyond_error, detectable_cm2


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
