"""The days of a batch of sessions: weekdays over a range, and which of them can be recorded."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from woundtrack.errors import RecordError

MOST_DAYS = 400
"""No batch is longer: more is a slip of the year."""


class Left(StrEnum):
    """Why a day of a batch is left out unless a person puts it in, or cannot be put in."""

    RECORDED = "recorded"
    """The course has a session on it: twice a day happens, entering twice more often."""
    FUTURE = "future"
    OUTSIDE = "outside"
    """Before the course began, or after it or the patient's life ended."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a batch; `left` is None where nothing speaks against it."""

    on: dt.date
    left: Left | None = None


def scheduled_days(
    first_on: dt.date, last_on: dt.date, *, weekdays: Collection[int], every_weeks: int = 1
) -> tuple[dt.date, ...]:
    """The days of these weekdays (Monday is 0) from first to last, in each nth week from the first.

    Weeks begin on Monday. Raises RecordError record.schedule_order, record.schedule_too_long.
    """
    if last_on < first_on:
        raise RecordError("record.schedule_order")
    monday = first_on - dt.timedelta(days=first_on.weekday())
    span = (last_on - first_on).days + 1
    if span > 7 * MOST_DAYS:
        raise RecordError("record.schedule_too_long", most=MOST_DAYS)
    days = [first_on + dt.timedelta(days=each) for each in range(span)]
    found = tuple(
        day
        for day in days
        if day.weekday() in weekdays and ((day - monday).days // 7) % max(1, every_weeks) == 0
    )
    if len(found) > MOST_DAYS:
        raise RecordError("record.schedule_too_long", most=MOST_DAYS)
    return found


def judged(
    days: Collection[dt.date],
    *,
    recorded: Collection[dt.date],
    start_on: dt.date,
    stop_on: dt.date | None,
    today: dt.date,
) -> tuple[Day, ...]:
    """Each day with what speaks against it; a session is recorded once it was given."""
    return tuple(Day(day, _left(day, recorded, start_on, stop_on, today)) for day in days)


def _left(
    day: dt.date,
    recorded: Collection[dt.date],
    start_on: dt.date,
    stop_on: dt.date | None,
    today: dt.date,
) -> Left | None:
    if day < start_on or (stop_on is not None and day > stop_on):
        return Left.OUTSIDE
    if day > today:
        return Left.FUTURE
    return Left.RECORDED if day in recorded else None
