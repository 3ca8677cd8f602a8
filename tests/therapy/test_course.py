"""When a course ran, and its one line."""

import dataclasses
import datetime as dt

import pytest

from tests.histories import PATIENT, history_of
from woundtrack import words
from woundtrack.records import TherapyCourse
from woundtrack.therapy.course import (
    STOP_CAUSES,
    active_on,
    course_label,
    dose_on,
    dose_text,
    frequency_on,
    overlap_days,
    period_text,
    same_therapy_at_once,
    stop_text,
    therapy_name,
    until_death,
)
from woundtrack.therapy.session import session_text
from woundtrack.therapy.types import DoseChange, StopCause, TherapySession

MARCH = TherapyCourse(
    patient_id=1,
    therapy="sts_iv",
    name="",
    start_on=dt.date(2026, 3, 3),
    stop_on=dt.date(2026, 3, 10),
    dose=12.5,
    unit="g",
    route="intravenous",
    frequency="each_dialysis",
)
RUNNING = TherapyCourse(patient_id=1, therapy="other", name="Honey", start_on=dt.date(2026, 3, 3))


@pytest.mark.parametrize(("day", "active"), [(2, False), (3, True), (10, True), (11, False)])
def test_first_and_last_day_count(day: int, active: bool) -> None:
    assert active_on(MARCH, day=dt.date(2026, 3, day)) is active


def test_a_running_course_has_no_end() -> None:
    assert active_on(RUNNING, day=dt.date(2036, 1, 1))
    assert period_text(RUNNING) == "since 3 Mar 2026"


def test_overlap_counts_both_ends() -> None:
    assert overlap_days(MARCH, from_on=dt.date(2026, 3, 9), to_on=dt.date(2026, 4, 1)) == 2
    assert overlap_days(MARCH, from_on=dt.date(2026, 4, 1), to_on=dt.date(2026, 4, 2)) == 0


def test_label_says_what_was_recorded_and_no_more() -> None:
    assert course_label(MARCH) == "Sodium thiosulfate, intravenous, 12.5 g, at each dialysis"
    oral = dataclasses.replace(MARCH, therapy="antibiotic", route="oral", dose=None)
    assert course_label(oral) == "Antibiotic, oral, at each dialysis"
    assert course_label(RUNNING) == "Honey"
    assert therapy_name(RUNNING) == "Honey"


def test_doses_are_shown_as_written() -> None:
    words.set_language("fr")
    assert dose_text(MARCH) == "12,5 g"


CHANGED = dataclasses.replace(
    MARCH,
    dose_changes=(
        DoseChange(dt.date(2026, 3, 5), 25.0, "g"),
        DoseChange(dt.date(2026, 3, 8), 20.0, "g", "twice_weekly"),
    ),
)


@pytest.mark.parametrize(
    ("day", "dose", "frequency"),
    [
        (4, 12.5, "each_dialysis"),
        (5, 25.0, "each_dialysis"),
        (7, 25.0, "each_dialysis"),
        (8, 20.0, "twice_weekly"),
        (31, 20.0, "twice_weekly"),
    ],
)
def test_a_dose_change_holds_from_its_day_on(day: int, dose: float, frequency: str) -> None:
    assert dose_on(CHANGED, day=dt.date(2026, 3, day)) == (dose, "g")
    assert frequency_on(CHANGED, day=dt.date(2026, 3, day)) == frequency


def test_all_doses_are_shown_in_their_order() -> None:
    assert dose_text(CHANGED) == "12.5 g → 25 g → 20 g"
    assert course_label(CHANGED).endswith("20 g, twice a week")


@pytest.mark.parametrize(
    ("cause", "reason", "text"),
    [
        (None, "", ""),
        (None, "moved house", "moved house"),
        (StopCause.HEALED, "", "healed"),
        (StopCause.ADVERSE_EVENT, "nausea", "adverse event: nausea"),
        (StopCause.OTHER, "moved house", "moved house"),
    ],
)
def test_why_it_stopped_in_words(cause: StopCause | None, reason: str, text: str) -> None:
    course = dataclasses.replace(MARCH, stop_cause=cause, stop_reason=reason)
    assert stop_text(course) == text


def test_every_cause_has_a_name() -> None:
    assert set(STOP_CAUSES) == set(StopCause)


def test_the_same_therapy_twice_at_once_is_found() -> None:
    later = dataclasses.replace(MARCH, start_on=dt.date(2026, 3, 10), stop_on=None)
    assert same_therapy_at_once(later, others=[RUNNING, MARCH]) is MARCH
    after = dataclasses.replace(later, start_on=dt.date(2026, 3, 11))
    assert same_therapy_at_once(after, others=[RUNNING, MARCH]) is None
    other_name = dataclasses.replace(later, name="Stada")
    assert same_therapy_at_once(other_name, others=[MARCH]) is None


def test_death_ends_what_has_no_other_end() -> None:
    died_on = dt.date(2026, 6, 1)
    dead = dataclasses.replace(PATIENT, died_on=died_on)
    before = history_of([1.0, 0.9])
    after = history_of([1.0, 0.9], patient=dead)
    assert until_death(before) == before.courses
    stops = [course.value.stop_on for course in until_death(after)]
    assert stops == [dt.date(2026, 5, 5), died_on]
    assert [course.value.stop_on for course in after.courses] == [dt.date(2026, 5, 5), None]


@pytest.mark.parametrize(
    ("session", "text"),
    [
        (TherapySession(1, dt.date(2026, 3, 4)), ""),
        (TherapySession(1, dt.date(2026, 3, 4), 25.0, "g", 60.0), "25 g · 60 min"),
        (
            TherapySession(
                1, dt.date(2026, 3, 4), duration_min=90.0, blood_flow_ml_min=120.0,
                plasma_percent=25.0, albumin_ml=500.0,
            ),
            "90 min · blood 120 mL/min · plasma 25 % · albumin 500 mL",
        ),
    ],
)  # fmt: skip
def test_a_session_in_one_line(session: TherapySession, text: str) -> None:
    assert session_text(session).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_pressure_typed_in_another_unit_is_told_without_digits_nobody_measured() -> None:
    session = TherapySession(1, dt.date(2026, 3, 4), pressure_ata=250 / 101.325)
    assert session_text(session).endswith("2.47\N{NO-BREAK SPACE}ATA")
