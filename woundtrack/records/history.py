"""What the store makes of each value, and everything of one patient."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.records.assessment import Assessment
from woundtrack.records.course import TherapyCourse
from woundtrack.records.lesion import Lesion
from woundtrack.records.people import Patient
from woundtrack.records.visit import LesionMeasurement, PhotoOutline, PhotoScale, Visit, VisitPhoto
from woundtrack.therapy.types import TherapySession

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A value as the store holds it: which record, which revision, by whom, when, why."""

    id: int
    uuid: str
    revision: int
    value: T
    at_utc: dt.datetime
    user_id: int | None
    reason: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PatientHistory:
    """Everything of one patient, in the order of its dates: what pages and reports read."""

    patient: Stored[Patient]
    lesions: tuple[Stored[Lesion], ...] = ()
    visits: tuple[Stored[Visit], ...] = ()
    photos: tuple[Stored[VisitPhoto], ...] = ()
    scales: tuple[Stored[PhotoScale], ...] = ()
    outlines: tuple[Stored[PhotoOutline], ...] = ()
    measurements: tuple[Stored[LesionMeasurement], ...] = ()
    assessments: tuple[Stored[Assessment], ...] = ()
    courses: tuple[Stored[TherapyCourse], ...] = ()
    sessions: tuple[Stored[TherapySession], ...] = ()
    labs: tuple[Stored[LabResult], ...] = ()
    analgesics: tuple[Stored[AnalgesicUse], ...] = ()
    events: tuple[Stored[ClinicalEvent], ...] = ()
    retrace_relative_sd: float = RETRACE_RELATIVE_SD
    """How far two people's tracings differ as it is known now; confirmed ones keep their own."""
