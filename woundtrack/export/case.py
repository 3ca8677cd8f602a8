"""One patient made ready for tables: what is confirmed, numbered, with its day 0."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from woundtrack.healing.series import Series, series_of
from woundtrack.records import (
    LesionMeasurement,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Stored,
)
from woundtrack.words import N_

T = TypeVar("T")
FIRST_VISIT, FIRST_RECORD = "first_visit", "first_record"
BASELINES = {
    FIRST_VISIT: N_("first confirmed visit"),
    FIRST_RECORD: N_("first day of a therapy, result, analgesic or event"),
}
"""What a patient's day 0 is: the first confirmed visit, without one the first day on record."""


@dataclass(frozen=True, slots=True)
class Case:
    """A patient's confirmed record; its numbers count from 1 in the record's order."""

    history: PatientHistory
    today: dt.date
    baseline_on: dt.date | None
    baseline: str | None
    lesion_numbers: Mapping[int, int]
    visit_numbers: Mapping[int, int]
    course_numbers: Mapping[int, int]
    series: Mapping[int, Series]
    measurements: Mapping[int, Stored[LesionMeasurement]]
    outlines: Mapping[int, Stored[PhotoOutline]]
    scales: Mapping[int, Stored[PhotoScale]]
    """Each by the record's id."""

    @property
    def patient(self) -> Patient:
        """The person."""
        return self.history.patient.value


def case_of(history: PatientHistory, *, today: dt.date) -> Case:
    """The patient's record without what nobody confirmed."""
    history = confirmed_only(history)
    baseline_on, baseline = _baseline(history)
    return Case(
        history=history,
        today=today,
        baseline_on=baseline_on,
        baseline=baseline,
        lesion_numbers=_numbered(history.lesions),
        visit_numbers=_numbered(history.visits),
        course_numbers=_numbered(history.courses),
        series={each.id: series_of(history, lesion_id=each.id) for each in history.lesions},
        measurements={each.id: each for each in history.measurements},
        outlines={each.id: each for each in history.outlines},
        scales={each.id: each for each in history.scales},
    )


def confirmed_only(history: PatientHistory) -> PatientHistory:
    """Without drafts, and without the visits of which nothing was confirmed."""
    assessments = tuple(each for each in history.assessments if each.value.confirmed)
    seen = {each.value.visit_id for each in assessments}
    photos = tuple(each for each in history.photos if each.value.visit_id in seen)
    return replace(
        history,
        visits=tuple(each for each in history.visits if each.id in seen),
        photos=photos,
        scales=tuple(each for each in history.scales if each.value.confirmed),
        outlines=tuple(each for each in history.outlines if each.value.confirmed),
        measurements=tuple(each for each in history.measurements if each.value.confirmed),
        assessments=assessments,
    )


def _numbered(records: Iterable[Stored[T]]) -> dict[int, int]:
    return {each.id: number for number, each in enumerate(records, 1)}


def _baseline(history: PatientHistory) -> tuple[dt.date | None, str | None]:
    if history.visits:
        return min(visit.value.on for visit in history.visits), FIRST_VISIT
    first = min(_days(history), default=None)
    return first, FIRST_RECORD if first else None


def _days(history: PatientHistory) -> Iterator[dt.date]:
    yield from (course.value.start_on for course in history.courses)
    yield from (session.value.on for session in history.sessions)
    yield from (lab.value.on for lab in history.labs)
    yield from (use.value.start_on for use in history.analgesics)
    yield from (event.value.on for event in history.events)
