"""Rates against worked examples: circle, ellipse, square, halving, and bedside products."""

import math

import pytest

from woundtrack.errors import MeasureError
from woundtrack.healing import rates


def ramanujan_perimeter(a: float, b: float) -> float:
    h = ((a - b) / (a + b)) ** 2
    return math.pi * (a + b) * (1 + 3 * h / (10 + math.sqrt(4 - 3 * h)))


def test_circle_shrinking_half_a_centimetre_in_radius() -> None:
    first = (math.pi * 2.0**2, 2 * math.pi * 2.0)
    later = (math.pi * 1.5**2, 2 * math.pi * 1.5)
    assert rates.area_reduction(first[0], later_cm2=later[0]) == pytest.approx(0.4375)
    advance = rates.linear_advance_cm_per_week(first, later=later, days=28)
    assert advance == pytest.approx(0.125)
    k = rates.exponential_rate_per_day(first[0], later_cm2=later[0], days=28)
    assert 7 * k == pytest.approx(0.14384, abs=5e-6)


def test_ellipse() -> None:
    first = (math.pi * 3.0 * 1.5, ramanujan_perimeter(3.0, 1.5))
    later = (math.pi * 2.0 * 1.0, ramanujan_perimeter(2.0, 1.0))
    assert first == pytest.approx((14.1372, 14.5327), abs=1e-4)
    assert rates.area_reduction(first[0], later_cm2=later[0]) == pytest.approx(0.5556, abs=1e-4)
    advance = rates.linear_advance_cm_per_week(first, later=later, days=28)
    assert advance == pytest.approx(0.16213, abs=5e-6)


def test_square() -> None:
    assert rates.area_reduction(16.0, later_cm2=9.0) == pytest.approx(0.4375)
    advance = rates.linear_advance_cm_per_week((16.0, 16.0), later=(9.0, 12.0), days=28)
    assert advance == pytest.approx(0.125)


def test_halving_in_four_weeks() -> None:
    k = rates.exponential_rate_per_day(20.0, later_cm2=10.0, days=28)
    assert k == pytest.approx(0.024755, abs=5e-7)
    assert rates.half_time_days(k) == pytest.approx(28.0)
    assert rates.time_to_reduction_days(k) == pytest.approx(93.0, abs=0.05)
    closure = rates.linear_time_to_closure_days([0, 28], areas_cm2=[20.0, 10.0])
    assert closure == pytest.approx(56.0)


def test_bedside_products() -> None:
    reduction = rates.area_reduction(4.2 * 2.8, later_cm2=3.1 * 2.0)
    assert reduction == pytest.approx(0.473, abs=5e-4)


def test_a_score_falls_by_the_same_ratio() -> None:
    """CLINICAL §4, vector 7: BWAT-CUA from 21.2 to 14.9."""
    assert rates.area_reduction(21.2, later_cm2=14.9) == pytest.approx(0.297, abs=5e-4)


def test_the_published_lithotripsy_case() -> None:
    """CLINICAL §4, vector 8."""
    assert rates.area_reduction(3.1, later_cm2=1.9) == pytest.approx(0.387, abs=5e-4)


def test_growth_is_negative() -> None:
    assert rates.area_reduction(2.0, later_cm2=3.0) == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("measure.no_baseline", lambda: rates.area_reduction(0.0, later_cm2=1.0)),
        ("measure.no_area", lambda: rates.area_reduction(1.0, later_cm2=math.nan)),
        (
            "measure.no_area",
            lambda: rates.exponential_rate_per_day(1.0, later_cm2=0.0, days=7),
        ),
        (
            "measure.no_interval",
            lambda: rates.exponential_rate_per_day(1.0, later_cm2=0.5, days=0),
        ),
        (
            "measure.no_perimeter",
            lambda: rates.linear_advance_cm_per_week((0.0, 0.0), later=(0.0, 0.0), days=7),
        ),
        ("measure.not_shrinking", lambda: rates.half_time_days(0.0)),
        ("measure.not_shrinking", lambda: rates.half_time_days(-0.1)),
        (
            "measure.too_few_visits",
            lambda: rates.linear_time_to_closure_days([0], areas_cm2=[2.0]),
        ),
        (
            "measure.no_interval",
            lambda: rates.linear_time_to_closure_days([7, 7, 7], areas_cm2=[2.0, 1.0, 0.5]),
        ),
        (
            "measure.not_linear",
            lambda: rates.linear_time_to_closure_days(
                [0, 7, 14, 21], areas_cm2=[5.0, 9.0, 3.0, 6.0]
            ),
        ),
    ],
)
def test_undefined_is_raised_never_zero(code: str, call: object) -> None:
    with pytest.raises(MeasureError) as caught:
        call()  # type: ignore[operator]
    assert caught.value.code == code


def test_a_log_slope_is_a_share_of_the_area_each_week() -> None:
    assert rates.weekly_change(math.log(0.9)) == pytest.approx(-0.1)
    assert rates.weekly_change(0.0) == 0.0
