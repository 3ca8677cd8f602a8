"""What must be true of every clinic, whatever was done to it."""

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic

_PARTS = {
    "lesions": Lesion,
    "visits": Visit,
    "photos": VisitPhoto,
    "scales": PhotoScale,
    "outlines": PhotoOutline,
    "measurements": LesionMeasurement,
    "assessments": Assessment,
    "courses": TherapyCourse,
    "labs": LabResult,
    "analgesics": AnalgesicUse,
    "events": ClinicalEvent,
}
"""Part of a history → its kind."""


def faults(clinic: Clinic) -> list[str]:
    """Live records that contradict what they name; an empty list where all is sound."""
    found: list[str] = []
    seen = dict.fromkeys(_PARTS, 0)
    for patient in clinic.read(lambda r: r.find(Patient)):
        history = clinic.read(lambda r, p=patient: r.history(p.id))
        found += [*_faults_of(history), *_links_of(history), *_gone_links(clinic, history)]
        for part in seen:
            seen[part] += len(getattr(history, part))
    for part, kind in _PARTS.items():
        live = len(clinic.read(lambda r, kind=kind: r.find(kind)))
        if live != seen[part]:
            found.append(f"{live - seen[part]} live {part} below nobody")
    return found


def _faults_of(history: PatientHistory) -> list[str]:
    found: list[str] = []
    lesions = {one.id for one in history.lesions}
    visit_of = {one.id: one.value.visit_id for one in history.photos}
    outlined = {one.id: one.value for one in history.outlines}
    scaled = {one.id: one.value.photo_id for one in history.scales}
    measured = {one.id: one.value for one in history.measurements}
    labels = [one.value.label for one in history.lesions]
    days = [one.value.on for one in history.visits]
    if len(set(labels)) < len(labels) or len(set(days)) < len(days):
        found.append("a label or a day twice")
    for one in history.outlines:
        if one.value.lesion_id not in lesions:
            found.append(f"outline {one.id} of another patient's lesion")
    for one in history.measurements:
        outline = outlined.get(one.value.outline_id)
        fits = (
            visit_of.get(one.value.photo_id) == one.value.visit_id
            and outline is not None
            and (outline.photo_id, outline.lesion_id) == (one.value.photo_id, one.value.lesion_id)
            and scaled.get(one.value.scale_id) == one.value.photo_id
        )
        if not fits:
            found.append(f"measurement {one.id} of mixed parts")
    for one in history.assessments:
        if one.value.lesion_id not in lesions:
            found.append(f"assessment {one.id} of another patient's lesion")
        named = one.value.measurement_id
        place = (one.value.visit_id, one.value.lesion_id)
        if named is not None and (
            named not in measured or (measured[named].visit_id, measured[named].lesion_id) != place
        ):
            found.append(f"assessment {one.id} counts what is not its own")
    return found


def _links_of(history: PatientHistory) -> list[str]:
    """What is wrong with lesions that became others."""
    found: list[str] = []
    lesions = {one.id: one.value for one in history.lesions}
    days = {one.id: one.value.on for one in history.visits}
    for lesion_id, lesion in lesions.items():
        if not set(lesion.became_ids) <= set(lesions) - {lesion_id}:
            found.append(f"lesion {lesion_id} became what is not the patient's, or itself")
    for one in history.assessments:
        lesion = lesions.get(one.value.lesion_id)
        day = days[one.value.visit_id]
        if lesion and one.value.confirmed and lesion.became_others_by(day):
            found.append(f"assessment {one.id} of a lesion that had become others")
        before = [
            each
            for each in lesions.values()
            if one.value.lesion_id in each.became_ids and not each.became_others_by(day)
        ]
        if before and one.value.confirmed:
            found.append(f"assessment {one.id} of what another had not become yet")
    return found


def _gone_links(clinic: Clinic, history: PatientHistory) -> list[str]:
    """Events that name what is live and not the patient's own."""
    own = {(Lesion, one.id) for one in history.lesions}
    own |= {(TherapyCourse, one.id) for one in history.courses}
    named = [
        (kind, named_id)
        for one in history.events
        for kind, named_id in ((Lesion, one.value.lesion_id), (TherapyCourse, one.value.course_id))
        if named_id is not None
    ]
    return [
        f"an event names {kind.__name__} {named_id} of another patient"
        for kind, named_id in named
        if (kind, named_id) not in own
        and not clinic.read(lambda r, k=kind, i=named_id: r.get(k, i)).deleted
    ]
