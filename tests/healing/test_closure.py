"""A wound is closed at two visits two weeks apart, or is open."""

import datetime as dt
from itertools import product

from tests.healing.lesions import CLOSED, series
from tests.healing.lesions import day as from_first
from woundtrack.healing.closure import (
    Closure,
    after_visit,
    closure_dates,
    closures_in,
    closures_of,
)
from woundtrack.records import Lesion, LesionStatus, Side

OPEN = Lesion(patient_id=1, label="A", site="calf", side=Side.LEFT)
DAY = dt.date(2026, 3, 3)


def days(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


def test_the_first_closed_visit_dates_closure_but_the_lesion_stays_in_view() -> None:
    lesion = after_visit(OPEN, on=DAY, closed=True)
    assert lesion.closed_on == DAY
    assert lesion.status is LesionStatus.OPEN
    assert lesion.closure_confirmed_on is None


def test_thirteen_days_do_not_confirm_and_fourteen_do() -> None:
    first = after_visit(OPEN, on=DAY, closed=True)
    assert after_visit(first, on=days(13), closed=True) == first
    confirmed = after_visit(first, on=days(14), closed=True)
    assert confirmed.closure_confirmed_on == days(14)
    assert confirmed.closed_on == DAY
    assert confirmed.status is LesionStatus.CLOSED


def test_a_wound_seen_open_again_loses_its_dates() -> None:
    first = after_visit(OPEN, on=DAY, closed=True)
    assert after_visit(first, on=days(7), closed=False) == OPEN


def test_an_earlier_visit_confirmed_late_changes_nothing_it_should_not() -> None:
    first = after_visit(OPEN, on=DAY, closed=True)
    assert after_visit(first, on=days(-7), closed=False) == first
    assert after_visit(first, on=days(-7), closed=True).closed_on == days(-7)


def test_the_first_closed_visit_corrected_to_open_takes_its_date_back() -> None:
    first = after_visit(OPEN, on=DAY, closed=True)
    assert after_visit(first, on=DAY, closed=False) == OPEN


def test_after_a_correction_the_later_visits_count_again() -> None:
    confirmed = after_visit(after_visit(OPEN, on=DAY, closed=True), on=days(14), closed=True)
    found = after_visit(confirmed, on=DAY, closed=False, later=[(days(28), True), (days(14), True)])
    assert (found.closed_on, found.closure_confirmed_on) == (days(14), days(28))
    once = after_visit(confirmed, on=DAY, closed=False, later=[(days(14), True)])
    assert (once.closed_on, once.closure_confirmed_on) == (days(14), None)
    assert once.status is LesionStatus.OPEN


def test_a_closed_visit_entered_late_is_confirmed_by_the_one_after_it() -> None:
    first = after_visit(OPEN, on=days(14), closed=True)
    late = after_visit(first, on=DAY, closed=True, later=[(days(14), True)])
    assert (late.closed_on, late.closure_confirmed_on) == (DAY, days(14))
    between = after_visit(first, on=DAY, closed=True, later=[(days(7), False), (days(14), True)])
    assert (between.closed_on, between.closure_confirmed_on) == (days(14), None)


def test_both_dates_follow_from_the_visits_in_any_order() -> None:
    seen = [(days(14), True), (DAY, True), (days(-7), False)]
    assert closure_dates(seen) == (DAY, days(14))
    assert closure_dates([*seen, (days(21), False)]) == (None, None)
    assert closure_dates([]) == (None, None)


def test_a_wound_that_reopens_keeps_when_it_was_closed_and_since_when_it_is_open() -> None:
    seen = [(DAY, True), (days(14), True), (days(30), False), (days(37), False), (days(60), True)]
    assert closures_of(seen) == (
        Closure(DAY, confirmed_on=days(14), reopened_on=days(30)),
        Closure(days(60)),
    )
    assert closure_dates(seen) == (days(60), None)


def test_a_visit_that_finds_it_open_breaks_the_two_weeks() -> None:
    seen = [(DAY, True), (days(7), False), (days(14), True)]
    assert closures_of(seen) == (Closure(DAY, reopened_on=days(7)), Closure(days(14)))


def test_visits_in_any_order_give_the_same_closures() -> None:
    seen = [(days(30), False), (DAY, True), (days(14), True)]
    assert closures_of(seen) == closures_of(sorted(seen))
    assert closures_of([]) == ()


def test_a_day_that_found_it_closed_and_open_counts_as_open() -> None:
    assert closures_of([(DAY, True), (DAY, False)]) == ()
    assert closures_of([(DAY, True), (days(7), True), (days(7), False)]) == (
        Closure(DAY, reopened_on=days(7)),
    )


def test_the_closures_of_a_series_are_those_of_its_visits() -> None:
    reopened = series({0: 3.0, 14: CLOSED, 28: CLOSED, 42: 0.5})
    closure = Closure(from_first(14), confirmed_on=from_first(28), reopened_on=from_first(42))
    assert closures_in(reopened) == (closure,)
    assert closures_in(series({0: 3.0, 7: 2.0})) == ()


def test_the_record_and_the_visits_agree_on_the_closure_that_stands() -> None:
    for found in product((True, False), repeat=5):
        visits = [(days(10 * number), closed) for number, closed in enumerate(found)]
        lesion = OPEN
        for on, closed in visits:
            lesion = after_visit(lesion, on=on, closed=closed)
        assert closure_dates(visits) == (lesion.closed_on, lesion.closure_confirmed_on)
