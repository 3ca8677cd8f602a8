"""The rows of a patient's events."""

import datetime as dt
from dataclasses import replace

from tests.histories import history_of, stored
from ui.models.event_rows import event_rows
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import PatientStatus

DAY = dt.date(2026, 3, 10)


def test_the_latest_stands_first_with_what_it_concerns() -> None:
    history = replace(
        history_of([2.0]),
        events=(
            stored(ClinicalEvent(1, EventKind.BIOPSY, DAY, lesion_id=1, finding="confirmed"), 1),
            stored(
                ClinicalEvent(
                    1,
                    EventKind.ADVERSE_EVENT,
                    DAY + dt.timedelta(days=2),
                    until_on=DAY + dt.timedelta(days=4),
                    course_id=1,
                    text="nausea",
                ),
                2,
            ),
        ),
    )
    first, second = event_rows(history)
    assert first.text == "Adverse event: nausea"
    assert first.details == (
        "12 Mar 2026 to 14 Mar 2026 · put down to Sodium thiosulfate, intravenous"
    )
    assert second.text == "Biopsy: confirms the diagnosis"
    assert second.details == "10 Mar 2026 · lesion A"


def test_death_stands_above_all_and_is_no_event() -> None:
    history = history_of([2.0])
    dead = replace(history.patient.value, status=PatientStatus.DIED, died_on=DAY)
    (row,) = event_rows(replace(history, patient=stored(dead, 1)))
    assert (row.text, row.details, row.event) == ("Died", "10 Mar 2026", None)
    unknown = replace(dead, died_on=None)
    assert event_rows(replace(history, patient=stored(unknown, 1)))[0].details == "day not known"
    assert event_rows(history) == ()


def test_what_lies_in_the_bin_is_said_so() -> None:
    event = ClinicalEvent(1, EventKind.INFECTION, DAY, lesion_id=9)
    history = replace(history_of([2.0]), events=(stored(event, 1),))
    assert event_rows(history)[0].details == "10 Mar 2026 · lesion in the bin"
