"""When a patient was last known alive: where a survival curve stops counting on them."""

import datetime as dt
from collections.abc import Iterator

from woundtrack.records import PatientHistory


def last_contact_on(history: PatientHistory, *, today: dt.date | None = None) -> dt.date | None:
    """The last day on which anybody knew the patient alive; the day of death where there is one.

    What counts: visits, sessions given, laboratory results, events and their last days, starts
    of therapies and of analgesics and the last days of analgesics (recorded as taken), closures
    as they were seen, and the day that the clinic wrote down. What does not: the last day of a
    therapy or a change of its dose, which may be a plan, and any day after `today`, by default
    the local day. None where nothing says that the patient was ever seen.
    """
    died = history.patient.value.died_on
    if died is not None:
        return died
    limit = today or dt.date.today()  # noqa: DTZ011 (records are local calendar days)
    return max((day for day in _contacts(history) if day <= limit), default=None)


def _contacts(history: PatientHistory) -> Iterator[dt.date]:
    yield from (visit.value.on for visit in history.visits)
    yield from (session.value.on for session in history.sessions)
    yield from (lab.value.on for lab in history.labs)
    yield from (event.value.on for event in history.events)
    yield from (course.value.start_on for course in history.courses)
    yield from (use.value.start_on for use in history.analgesics)
    known = [history.patient.value.last_contact_on]
    known += [use.value.stop_on for use in history.analgesics]
    known += [event.value.until_on for event in history.events]
    for lesion in history.lesions:
        known += [lesion.value.closed_on, lesion.value.closure_confirmed_on]
    yield from (day for day in known if day is not None)
