"""What befell a patient, as the rows of a list; knows nothing of Qt."""

import datetime as dt
from dataclasses import dataclass

from woundtrack import words
from woundtrack.context.events import event_days, event_text
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import PatientHistory, PatientStatus, Stored
from woundtrack.therapy.course import therapy_name
from woundtrack.words import _

ICONS = {
    EventKind.BIOPSY: "scan-line",
    EventKind.INFECTION: "thermometer",
    EventKind.ADVERSE_EVENT: "triangle-alert",
    EventKind.AMPUTATION: "scissors",
    EventKind.HOSPITAL_STAY: "hospital",
    EventKind.OTHER: "flag",
}
DEATH_ICON = "circle-slash"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in two lines. `event` is None for the patient's death, which is their own field."""

    text: str
    details: str
    icon: str
    event: Stored[ClinicalEvent] | None = None


def event_rows(history: PatientHistory) -> tuple[EventRow, ...]:
    """The patient's events, the latest first; death above all."""
    rows = [
        EventRow(event_text(event.value), _details(history, event.value), ICONS[event.value.kind],
                 event)
        for event in sorted(history.events, key=_day, reverse=True)
    ]  # fmt: skip
    patient = history.patient.value
    if patient.status is PatientStatus.DIED:
        day = words.date(patient.died_on) if patient.died_on else _("day not known")
        rows.insert(0, EventRow(_("Died"), day, DEATH_ICON))
    return tuple(rows)


def _day(event: Stored[ClinicalEvent]) -> tuple[dt.date, int]:
    return event.value.on, event.id


def _details(history: PatientHistory, event: ClinicalEvent) -> str:
    """When, of which lesion, and to which therapy it was put down."""
    labels = {lesion.id: lesion.value.label for lesion in history.lesions}
    names = {course.id: therapy_name(course.value) for course in history.courses}
    parts = [event_days(event)]
    if event.lesion_id is not None:
        label = labels.get(event.lesion_id)
        parts.append(_("lesion {label}").format(label=label) if label else _("lesion in the bin"))
    if event.course_id is not None:
        name = names.get(event.course_id) or _("a therapy in the bin")
        parts.append(_("put down to {therapy}").format(therapy=name))
    return " · ".join(parts)
