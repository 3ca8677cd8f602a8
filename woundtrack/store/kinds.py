"""Each kind of record: its table, its order, and what it hangs below."""

from dataclasses import dataclass
from typing import Any

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import (
    Assessment,
    CardRun,
    Lesion,
    LesionMeasurement,
    Letterhead,
    Patient,
    PhotoOutline,
    PhotoScale,
    TherapyCourse,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.therapy.types import TherapySession


@dataclass(frozen=True, slots=True)
class Spec:
    """How a kind of record is kept."""

    kind: type[Any]
    table: str
    """Also the kind's name in revisions and journal."""
    order: str
    parents: tuple[tuple[str, type[Any]], ...] = ()
    """Columns that name a record without which this one means nothing."""
    drafts: bool = False
    """Whether it has a `confirmed` field."""
    also: tuple[tuple[str, type[Any]], ...] = ()
    """Other fields that name a record, or a tuple of records; they may be empty."""


_DRAFTS = True

SPECS: tuple[Spec, ...] = (
    Spec(User, "user", "name, id"),
    Spec(Patient, "patient", "id"),
    Spec(Lesion, "lesion", "label, id", (("patient_id", Patient),), also=(("became_ids", Lesion),)),
    Spec(Visit, "visit", '"on", id', (("patient_id", Patient),)),
    Spec(TherapyCourse, "therapy_course", "start_on, id", (("patient_id", Patient),)),
    Spec(TherapySession, "therapy_session", '"on", id', (("course_id", TherapyCourse),)),
    Spec(LabResult, "lab_result", '"on", analyte, id', (("patient_id", Patient),)),
    Spec(AnalgesicUse, "analgesic_use", "start_on, id", (("patient_id", Patient),)),
    Spec(
        ClinicalEvent,
        "clinical_event",
        '"on", id',
        (("patient_id", Patient),),
        also=(("lesion_id", Lesion), ("course_id", TherapyCourse)),
    ),
    Spec(VisitPhoto, "visit_photo", "id", (("visit_id", Visit),)),
    Spec(PhotoScale, "photo_scale", "id", (("photo_id", VisitPhoto),), _DRAFTS),
    Spec(
        PhotoOutline,
        "photo_outline",
        "id",
        (("photo_id", VisitPhoto), ("lesion_id", Lesion)),
        _DRAFTS,
    ),
    Spec(
        LesionMeasurement,
        "lesion_measurement",
        "id",
        (
            ("visit_id", Visit),
            ("lesion_id", Lesion),
            ("photo_id", VisitPhoto),
            ("outline_id", PhotoOutline),
            ("scale_id", PhotoScale),
        ),
        _DRAFTS,
    ),
    Spec(
        Assessment,
        "assessment",
        "id",
        (("visit_id", Visit), ("lesion_id", Lesion)),
        _DRAFTS,
        also=(("measurement_id", LesionMeasurement),),
    ),
    Spec(CardRun, "card_run", "number"),
    Spec(RaterStudy, "rater_study", "id", also=(("rater_ids", User),)),
    Spec(RaterPhoto, "rater_photo", "id", (("study_id", RaterStudy), ("photo_id", VisitPhoto))),
    Spec(RaterTrace, "rater_trace", "id", (("rater_photo_id", RaterPhoto), ("rater_id", User))),
    Spec(RetraceValue, "retrace_value", "id", also=(("study_id", RaterStudy),)),
    Spec(Letterhead, "letterhead", "id"),
)
"""Every kind, each after those it hangs below."""

_BY_KIND = {spec.kind: spec for spec in SPECS}
_BY_TABLE = {spec.table: spec for spec in SPECS}
_BELOW = {
    above.kind: tuple(
        (column, spec) for spec in SPECS for column, parent in spec.parents if parent is above.kind
    )
    for above in SPECS
}


def spec_of(kind: type[Any]) -> Spec:
    """The spec of a kind of record."""
    return _BY_KIND[kind]


def spec_named(table: str) -> Spec:
    """The spec of a kind by its name in revisions and journal."""
    return _BY_TABLE[table]


def below(kind: type[Any]) -> tuple[tuple[str, Spec], ...]:
    """What hangs directly below a kind: the column that names it, and the spec."""
    return _BELOW[kind]


def names_of(kind: type[Any]) -> dict[str, type[Any]]:
    """Every field of a kind that names a record, or a tuple of records, and their kind."""
    spec = _BY_KIND.get(kind)
    return dict((*spec.parents, *spec.also)) if spec else {}


def is_draft(value: Any) -> bool:
    """Whether a value is a draft: not yet confirmed by a person."""
    return spec_of(type(value)).drafts and not value.confirmed
