"""A wound is closed at two visits two weeks apart, or is open."""

import datetime as dt

from woundtrack.healing.closure import after_visit, closure_dates
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
