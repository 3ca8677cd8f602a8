"""A wound that closes and opens again goes on as one series: no figure breaks, none is lost."""

import math

from tests.healing.lesions import CLOSED, course, day, series
from woundtrack.healing.by_therapy import Phase, by_therapy
from woundtrack.healing.change import (
    healing_of,
    reopened_since_last,
    since_first,
    since_last,
    trajectory,
)
from woundtrack.healing.closure import closures_in

VISITS = {
    0: 8.0, 7: 7.6, 14: 7.9, 21: 7.4, 28: 4.0, 35: 2.2, 42: 1.2, 49: CLOSED, 63: CLOSED,
    77: 0.8, 84: 0.7, 91: 0.75,
}  # fmt: skip
REOPENED = series(VISITS)


def test_the_trajectory_goes_to_all_and_back() -> None:
    shares = {point.on: change.reduction for point, change in trajectory(REOPENED)}
    assert shares[day(49)] == shares[day(63)] == 1.0
    assert math.isclose(shares[day(77)], 0.9)
    assert len(shares) == len(VISITS) - 1


def test_no_ratio_is_taken_to_a_closed_visit() -> None:
    reopened = REOPENED.points[9]
    assert reopened.on == day(77)
    first = since_first(REOPENED, point=reopened)
    assert first is not None
    assert first.days == 77
    found = healing_of(REOPENED)
    assert found is not None
    assert math.isclose(found.since_first.reduction, 1 - 0.75 / 8.0)
    assert found.half_time_days is not None


def test_no_change_since_the_last_visit_is_told_across_a_closure() -> None:
    crossed = [point.on for point in REOPENED.points
               if reopened_since_last(REOPENED, point=point)]  # fmt: skip
    assert crossed == [day(77)]
    assert since_last(REOPENED, point=REOPENED.points[9]) is None
    for number, days in ((7, 7), (8, 21), (10, 7)):
        change = since_last(REOPENED, point=REOPENED.points[number])
        assert change is not None
        assert change.days == days, "to a closure, within it and after it there is one"


def test_every_phase_has_its_rate_across_the_closure() -> None:
    before, during, after = by_therapy(REOPENED, courses=[course("x", 21, 63)])
    assert [row.phase for row in (before, during, after)] == list(Phase)
    assert (before.n_visits, during.n_visits, after.n_visits) == (4, 6, 4)
    for row in (before, during, after):
        assert row.refused is None
        assert row.log_slope_per_week is not None
        assert math.isfinite(row.log_slope_per_week.value)
    assert during.log_slope_per_week is not None
    assert during.log_slope_per_week.value < -0.2, "it healed under the therapy"
    assert after.log_slope_per_week is not None
    assert after.log_slope_per_week.value > during.log_slope_per_week.value


def test_the_closure_is_kept_with_its_three_days() -> None:
    (closure,) = closures_in(REOPENED)
    assert (closure.first_on, closure.confirmed_on, closure.reopened_on) == (
        day(49), day(63), day(77),
    )  # fmt: skip
