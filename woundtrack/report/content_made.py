"""What a report tells of its own making: who printed it, and from which state of the record."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from woundtrack.records import PatientHistory, Stored
from woundtrack.words import _, date, time_of_day


def printed_text(user_name: str, now: dt.datetime) -> str:
    """Who printed it, and when by the clinic's clock."""
    return _("Printed on {date} at {time} by {user}").format(
        date=date(now.date()), time=time_of_day(now), user=user_name
    )


def record_text(history: PatientHistory, now: dt.datetime) -> str:
    """When the record that was printed was last changed, in the zone of `now`."""
    at = max(one.at_utc for one in _printed(history)).astimezone(now.tzinfo)
    return _(
        "Made from the record as last changed on {date} at {time}; revision {revision} of the "
        "patient’s page"
    ).format(date=date(at.date()), time=time_of_day(at), revision=history.patient.revision)


def not_a_device() -> str:
    """What ends the notes of every report."""
    return _(
        "Not a certified medical device. The program records and measures; it gives no "
        "diagnosis and recommends no treatment."
    )


def _printed(history: PatientHistory) -> Iterator[Stored[Any]]:
    """Every record of a history but drafts, which no report prints."""
    yield history.patient
    for part in (
        history.lesions, history.visits, history.photos, history.scales, history.outlines,
        history.measurements, history.assessments, history.courses, history.sessions,
        history.labs, history.analgesics, history.events,
    ):  # fmt: skip
        yield from (one for one in part if getattr(one.value, "confirmed", True))
