"""The days of a batch of sessions, and which of them can be recorded."""

import datetime as dt

import pytest

from woundtrack.errors import RecordError
from woundtrack.therapy.schedule import MOST_DAYS, Day, Left, judged, scheduled_days

MONDAY = dt.date(2026, 3, 2)


def march(*days: int) -> tuple[dt.date, ...]:
    return tuple(dt.date(2026, 3, day) for day in days)


@pytest.mark.parametrize(
    ("first", "last", "weekdays", "every", "days"),
    [
        (2, 13, (0, 2, 4), 1, (2, 4, 6, 9, 11, 13)),
        (4, 4, (2,), 1, (4,)),
        (4, 4, (0,), 1, ()),
        (2, 31, (1,), 2, (3, 17, 31)),
        # Weeks begin on Monday, so a Friday start and the Monday after are in two weeks.
        (6, 20, (0, 4), 2, (6, 16, 20)),
        (2, 31, (), 1, ()),
    ],
)
def test_weekdays_over_a_range(
    first: int, last: int, weekdays: tuple[int, ...], every: int, days: tuple[int, ...]
) -> None:
    start, stop = march(first, last)
    assert scheduled_days(start, stop, weekdays=weekdays, every_weeks=every) == march(*days)


def test_a_year_mistaken_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        scheduled_days(MONDAY, dt.date(2062, 3, 2), weekdays=(0,))
    assert caught.value.code == "record.schedule_too_long"
    with pytest.raises(RecordError) as caught:
        scheduled_days(MONDAY, MONDAY + dt.timedelta(days=MOST_DAYS), weekdays=tuple(range(7)))
    assert caught.value.code == "record.schedule_too_long"


def test_an_end_before_the_begin_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        scheduled_days(MONDAY, MONDAY - dt.timedelta(days=1), weekdays=(0,))
    assert caught.value.code == "record.schedule_order"


def test_each_day_says_what_speaks_against_it() -> None:
    days = march(1, 2, 4, 9, 11, 18)
    found = judged(
        days, recorded=march(4), start_on=MONDAY, stop_on=march(13)[0], today=march(9)[0]
    )
    assert found == (
        Day(days[0], Left.OUTSIDE),
        Day(days[1]),
        Day(days[2], Left.RECORDED),
        Day(days[3]),
        Day(days[4], Left.FUTURE),
        Day(days[5], Left.OUTSIDE),
    )
