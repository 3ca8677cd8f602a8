"""The two dates of a closed wound: first seen closed, and confirmed closed.

Complete closure is skin without drainage or dressing at two visits two weeks apart (FDA 2006
guidance as quoted in CLINICAL §4). Both dates come from assessments that a person confirmed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from woundtrack.records import Lesion, LesionStatus, Side

CONFIRMED_AFTER_DAYS = 14


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


def closure_dates(visits: Iterable[tuple[dt.date, bool]]) -> tuple[dt.date | None, dt.date | None]:
    """First closed and confirmed closed, from the days of visits and whether they found it closed.

    None where it is not so, or no longer.
    """
    lesion = Lesion(patient_id=0, label="", site="", side=Side.MIDLINE)
    for day, found_closed in sorted(visits):
        lesion = _step(lesion, on=day, closed=found_closed)
    return lesion.closed_on, lesion.closure_confirmed_on


def _step(lesion: Lesion, *, on: dt.date, closed: bool) -> Lesion:
    if closed:
        return _closed(lesion, on)
    if lesion.closed_on is None or on < lesion.closed_on:
        return lesion
    return replace(lesion, status=LesionStatus.OPEN, closed_on=None, closure_confirmed_on=None)


def _closed(lesion: Lesion, on: dt.date) -> Lesion:
    if lesion.closed_on is None or on < lesion.closed_on:
        return replace(lesion, closed_on=on)
    late_enough = (on - lesion.closed_on).days >= CONFIRMED_AFTER_DAYS
    if lesion.closure_confirmed_on is not None or not late_enough:
        return lesion
    return replace(lesion, status=LesionStatus.CLOSED, closure_confirmed_on=on)
