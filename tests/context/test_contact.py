"""The last day on which a patient was known alive."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import PATIENT, stored
from woundtrack.context.contact import last_contact_on
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.records import Lesion, PatientHistory, Side, TherapyCourse, Visit
from woundtrack.therapy.types import DoseChange, TherapySession

DAY = dt.date(2026, 3, 3)
TODAY = dt.date(2026, 6, 1)
LATE = dt.date(2026, 5, 20)
VISITED = PatientHistory(patient=stored(PATIENT, 1), visits=(stored(Visit(1, DAY), 1),))
COURSE = TherapyCourse(1, "sts_iv", "", DAY)
LESION = Lesion(1, "A", "calf", Side.LEFT, onset_on=LATE)


def of(history: PatientHistory) -> dt.date | None:
    return last_contact_on(history, today=TODAY)


def test_a_visit_is_contact() -> None:
    assert of(VISITED) == DAY


@pytest.mark.parametrize(
    "later",
    [
        {"visits": (stored(Visit(1, LATE), 2), stored(Visit(1, DAY), 1))},
        {"sessions": (stored(TherapySession(1, LATE), 1),)},
        {"labs": (stored(LabResult(1, LATE, "crp", 60.0, "mg/L"), 1),)},
        {"events": (stored(ClinicalEvent(1, EventKind.INFECTION, LATE), 1),)},
        {"events": (stored(ClinicalEvent(1, EventKind.HOSPITAL_STAY, DAY, LATE), 1),)},
        {"courses": (stored(replace(COURSE, start_on=LATE), 1),)},
        {"analgesics": (stored(AnalgesicUse(1, "morphine", LATE), 1),)},
        {"analgesics": (stored(AnalgesicUse(1, "morphine", DAY, LATE), 1),)},
        {"lesions": (stored(replace(LESION, onset_on=None, closed_on=LATE), 1),)},
        {"lesions": (stored(replace(LESION, closure_confirmed_on=LATE), 1),)},
        {"patient": stored(replace(PATIENT, last_contact_on=LATE), 1)},
    ],
)
def test_what_was_seen_given_or_measured_later_is_contact(later: dict[str, object]) -> None:
    assert of(replace(VISITED, **later)) == LATE


@pytest.mark.parametrize(
    "later",
    [
        {"courses": (stored(replace(COURSE, stop_on=LATE), 1),)},
        {"courses": (stored(replace(COURSE, dose_changes=(DoseChange(LATE, 25, "g"),)), 1),)},
        {"courses": (stored(replace(COURSE, start_on=dt.date(2026, 9, 1)), 1),)},
        {"analgesics": (stored(AnalgesicUse(1, "morphine", DAY, dt.date(2026, 9, 1)), 1),)},
        {"lesions": (stored(LESION, 1),)},
    ],
)
def test_plans_and_what_was_only_told_are_none(later: dict[str, object]) -> None:
    assert of(replace(VISITED, **later)) == DAY


def test_today_still_counts_and_tomorrow_does_not() -> None:
    today = replace(VISITED, patient=stored(replace(PATIENT, last_contact_on=TODAY), 1))
    assert of(today) == TODAY
    assert last_contact_on(today, today=TODAY - dt.timedelta(days=1)) == DAY


def test_death_is_the_last_contact_whatever_else_is_noted() -> None:
    died = replace(PATIENT, died_on=LATE, last_contact_on=DAY)
    autopsy = stored(ClinicalEvent(1, EventKind.BIOPSY, TODAY), 1)
    assert of(replace(VISITED, patient=stored(died, 1), events=(autopsy,))) == LATE


def test_of_a_patient_never_seen_nothing_is_known() -> None:
    assert of(PatientHistory(patient=stored(PATIENT, 1))) is None
