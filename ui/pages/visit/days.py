"""The day of a visit: today, and days on which nobody can have been seen."""

import datetime as dt

from ui.pages.visit.state import VisitState
from woundtrack.errors import RecordError


def local_today() -> dt.date:
    """The local calendar date."""
    return dt.datetime.now().astimezone().date()


def impossible_day(state: VisitState, on: dt.date, today: dt.date | None) -> RecordError | None:
    """Why nobody can have been seen on that day, if so; the store checks it again."""
    patient = state.patient.value
    if today is not None and on > today:
        return RecordError("record.visit_in_future", on=on)
    if on < patient.birth_date:
        return RecordError("record.visit_before_birth", on=on)
    if patient.died_on is not None and on > patient.died_on:
        return RecordError("record.visit_after_death", on=on)
    return None
