"""When a wound was closed: first seen so, confirmed, and open again.

Complete closure is skin without drainage or dressing at two visits two weeks apart (FDA 2006
guidance as quoted in CLINICAL §4). All dates come from visits that a person confirmed. A lesion's
own record holds the closure that stands; what was closed before and opened again follows from
the visits.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from woundtrack.healing.series import Series
from woundtrack.records import Lesion, LesionStatus, SizeMethod

CONFIRMED_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Closure:
    """One time for which a wound was closed, by the days of visits."""

    first_on: dt.date
    """The first visit that found it closed."""
    confirmed_on: dt.date | None = None
    """The first one `CONFIRMED_AFTER_DAYS` or more later, none between having found it open."""
    reopened_on: dt.date | None = None
    """The first later visit that found it open; None while the closure stands."""


def closures_of(visits: Iterable[tuple[dt.date, bool]]) -> tuple[Closure, ...]:
    """Every closure in order, from the days of visits and whether they found the wound closed.

    What was found both on one day counts as open: closure is never assumed.
    """
    found: list[Closure] = []
    for day, same_day in groupby(sorted(visits), key=itemgetter(0)):
        stands = bool(found) and found[-1].reopened_on is None
        if not all(closed for _day, closed in same_day):
            if stands:
                found[-1] = replace(found[-1], reopened_on=day)
        elif not stands:
            found.append(Closure(day))
        elif found[-1].confirmed_on is None and _late_enough(found[-1].first_on, day):
            found[-1] = replace(found[-1], confirmed_on=day)
    return tuple(found)


def closures_in(series: Series) -> tuple[Closure, ...]:
    """Every closure of a lesion; a visit that did not find it closed found it open."""
    return closures_of((point.on, point.method is SizeMethod.CLOSED) for point in series.points)


def closure_dates(visits: Iterable[tuple[dt.date, bool]]) -> tuple[dt.date | None, dt.date | None]:
    """First closed and confirmed closed, from the days of visits and whether they found it closed.

    None where it is not so, or no longer.
    """
    latest = next(reversed(closures_of(visits)), None)
    if latest is None or latest.reopened_on is not None:
        return None, None
    return latest.first_on, latest.confirmed_on


def after_visit(
    lesion: Lesion, *, on: dt.date, closed: bool, later: Iterable[tuple[dt.date, bool]] = ()
) -> Lesion:
    """The lesion after a confirmed visit on `on` that found it closed, or found it open.

    The first closed visit gives `closed_on`; one at least `CONFIRMED_AFTER_DAYS` later gives
    `closure_confirmed_on` and the status; an open wound seen then or later takes both back.
    `later` are the days of confirmed visits after this one and whether they found it closed:
    where a visit that is entered late, or corrected, moves the dates, these count again.
    """
    after = _step(lesion, on=on, closed=closed)
    if after == lesion:
        return lesion
    for day, found_closed in sorted(later):
        after = _step(after, on=day, closed=found_closed)
    return after


def _step(lesion: Lesion, *, on: dt.date, closed: bool) -> Lesion:
    if closed:
        return _closed(lesion, on)
    if lesion.closed_on is None or on < lesion.closed_on:
        return lesion
    return replace(lesion, status=LesionStatus.OPEN, closed_on=None, closure_confirmed_on=None)


def _closed(lesion: Lesion, on: dt.date) -> Lesion:
    if lesion.closed_on is None or on < lesion.closed_on:
        return replace(lesion, closed_on=on)
    if lesion.closure_confirmed_on is not None or not _late_enough(lesion.closed_on, on):
        return lesion
    return replace(lesion, status=LesionStatus.CLOSED, closure_confirmed_on=on)


def _late_enough(first_on: dt.date, on: dt.date) -> bool:
    return (on - first_on).days >= CONFIRMED_AFTER_DAYS
