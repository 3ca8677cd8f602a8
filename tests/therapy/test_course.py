"""When a course ran, and its one line."""

import dataclasses
import datetime as dt

import pytest

from woundtrack import words
from woundtrack.records import TherapyCourse
from woundtrack.therapy.course import (
    active_on,
    course_label,
    dose_text,
    overlap_days,
    period_text,
    therapy_name,
)

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
