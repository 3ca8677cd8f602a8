"""Making one record of two: patients entered twice, lesions that turned out to be one."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    Stored,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.store import checks, parting, rows
from woundtrack.store.act import Act
from woundtrack.store.bin import delete
from woundtrack.store.database import Connection
from woundtrack.store.moving import free_label, live, set_fields
from woundtrack.store.types import FieldConflict, MergePreview

_NEVER_IN_CONFLICT = ("code", "last_contact_on")
"""The kept patient keeps its code: cards were printed with it. The last contact is the later."""
_EMPTY: tuple[object, ...] = ("", None, ())
_OF_PATIENT = (TherapyCourse, LabResult, AnalgesicUse, ClinicalEvent)
"""What goes along as it is. Nothing is taken for the same: what was entered twice is there twice,
for two results of one day may both be right."""


def merge_preview(connection: Connection, keep_id: int, other_id: int) -> MergePreview:
    """What merging would ask and move. A field empty in one of the two is no conflict."""
    keep = rows.get(connection, Patient, keep_id).value
    other = rows.get(connection, Patient, other_id).value
    conflicts = [
        FieldConflict(field.name, *pair)
        for field in fields(Patient)
        if field.name not in _NEVER_IN_CONFLICT
        and (pair := _apart(keep, other, field.name))[0] != pair[1]
        and pair[0] not in _EMPTY
        and pair[1] not in _EMPTY
    ]
    where = "patient_id = ? AND deleted_act IS NULL"
    days = {
        one.value.on for one in rows.select(connection, Visit, where=where, parameters=(keep_id,))
    }
    visits = rows.select(connection, Visit, where=where, parameters=(other_id,))
    lesions = rows.select(connection, Lesion, where=where, parameters=(other_id,))
    courses, labs, analgesics, events = (
        len(rows.select(connection, kind, where=where, parameters=(other_id,)))
        for kind in _OF_PATIENT
    )
    (photos,) = connection.execute(
        "SELECT count(*) FROM visit_photo WHERE deleted_act IS NULL AND visit_id IN "
        "(SELECT id FROM visit WHERE patient_id = ? AND deleted_act IS NULL)",
        (other_id,),
    ).fetchone()
    return MergePreview(
        conflicts=tuple(conflicts),
        lesions=len(lesions),
        visits=len(visits),
        photos=photos,
        courses=courses,
        same_days=tuple(visit.value.on for visit in visits if visit.value.on in days),
        relabelled=_relabelled(connection, keep_id, lesions),
        labs=labs,
        analgesics=analgesics,
        events=events,
    )


def merged_patient(keep: Patient, other: Patient, chosen: Mapping[str, Any]) -> Patient:
    """The patient who stays: what was chosen where both differ, and what only one of them has.

    Of risk factors every answer stays, and the chosen one where both were asked.
    """
    values = {
        field.name: getattr(other if getattr(keep, field.name) in _EMPTY else keep, field.name)
        for field in fields(Patient)
    }
    answers = (*other.risk_factors, *keep.risk_factors, *chosen.get("risk_factors", ()))
    risks = tuple({answer.key: answer for answer in answers}.values())
    contacts = [one.last_contact_on for one in (keep, other) if one.last_contact_on is not None]
    last = {"risk_factors": risks, "last_contact_on": max(contacts, default=None)}
    return replace(keep, **{**values, **chosen, **last, "code": keep.code})


def merge_patients(act: Act, keep_id: int, other_id: int, *, value: Patient) -> Stored[Patient]:
    """Move everything live of `other` to `keep`, whose value becomes `value`.

    Two visits of one day become one; a lesion whose label is taken gets the next free one;
    the emptied record of `other` goes to the bin. All of it is one act, undone as one.
    """
    keep, other = (rows.get(act.connection, Patient, one) for one in (keep_id, other_id))
    if keep_id == other_id:
        raise RecordError("record.merge_with_itself")
    if keep.deleted or other.deleted:
        raise RecordError("record.in_bin")
    value = replace(value, code=keep.value.code)
    lesions = live(act, Lesion, "patient_id = ?", other_id)
    labels = dict(_relabelled(act.connection, keep_id, lesions))
    for lesion in lesions:
        label = labels.get(lesion.value.label, lesion.value.label)
        set_fields(act, lesion, patient_id=keep_id, label=label)
    for visit in live(act, Visit, "patient_id = ?", other_id):
        _merge_visit(act, visit, keep_id)
    for kind in _OF_PATIENT:
        for one in live(act, kind, "patient_id = ?", other_id):
            set_fields(act, one, patient_id=keep_id)
    checks.check(act.connection, value, today=act.today, record_id=keep_id)
    delete(act, Patient, other_id, reason=act.reason)
    return act.replace(keep, value, action="merged")


def merge_lesions(act: Act, keep_id: int, other_id: int) -> None:
    """Move everything live of lesion `other` to `keep`, of the same patient.

    Raises RecordError record.two_outlines (both in one photo), record.two_assessments (both
    scored at one visit), record.lesion_of_other_patient, record.lesion_parted (one became the
    other, or they became different ones), record.became_has_visits, record.became_seen_before.
    """
    keep, other = (rows.get(act.connection, Lesion, one) for one in (keep_id, other_id))
    if keep_id == other_id:
        raise RecordError("record.merge_with_itself")
    if keep.deleted or other.deleted:
        raise RecordError("record.in_bin")
    if keep.value.patient_id != other.value.patient_id:
        raise RecordError("record.lesion_of_other_patient")
    photos = _named(act, PhotoOutline, "photo_id", keep_id)
    if photos & _named(act, PhotoOutline, "photo_id", other_id):
        raise RecordError("record.two_outlines")
    visits = _named(act, Assessment, "visit_id", keep_id)
    if visits & _named(act, Assessment, "visit_id", other_id):
        raise RecordError("record.two_assessments")
    _take_over_parting(act, keep, other)
    for kind in (PhotoOutline, LesionMeasurement, Assessment, ClinicalEvent):
        for part in live(act, kind, "lesion_id = ?", other_id):
            set_fields(act, part, lesion_id=keep_id)
    for one in (keep, *parting.naming(act.connection, keep_id)):
        checks.check(act.connection, one.value, today=act.today, record_id=one.id)
    delete(act, Lesion, other_id, reason=act.reason)
    act.journal("merged", "lesion", keep_id, act.reason)


def _apart(keep: Patient, other: Patient, name: str) -> tuple[Any, Any]:
    """What a field is of each; of risk factors only the answers that contradict each other."""
    if name != "risk_factors":
        return getattr(keep, name), getattr(other, name)
    said = {answer.key: answer for answer in keep.risk_factors}
    pairs = [
        (said[answer.key], answer)
        for answer in other.risk_factors
        if said.get(answer.key, answer) != answer
    ]
    return tuple(one for one, _ in pairs), tuple(one for _, one in pairs)


def _take_over_parting(act: Act, keep: Stored[Lesion], other: Stored[Lesion]) -> None:
    """What became `other` became `keep`. What `other` became itself, `keep` must have become."""
    value = other.value
    same = (value.became_ids, value.became_on) == (keep.value.became_ids, keep.value.became_on)
    one_became_the_other = other.id in keep.value.became_ids or keep.id in value.became_ids
    if one_became_the_other or (value.became_ids and not same):
        raise RecordError("record.lesion_parted", label=value.label)
    for one in parting.naming(act.connection, other.id):
        ids = tuple(keep.id if each == other.id else each for each in one.value.became_ids)
        set_fields(act, one, became_ids=tuple(dict.fromkeys(ids)))


def _merge_visit(act: Act, visit: Stored[Visit], keep_id: int) -> None:
    day = visit.value.on.isoformat()
    there = live(act, Visit, 'patient_id = ? AND "on" = ?', keep_id, day)
    if not there:
        set_fields(act, visit, patient_id=keep_id)
        return
    target = there[0]
    for kind in (VisitPhoto, LesionMeasurement, Assessment):
        for part in live(act, kind, "visit_id = ?", visit.id):
            set_fields(act, part, visit_id=target.id)
    asked = ("general_pain_nrs", "general_pain_vas_mm", "wound_qol")
    answers = {
        name: getattr(visit.value if getattr(target.value, name) is None else target.value, name)
        for name in asked
    }
    notes = [note for note in (target.value.note, visit.value.note) if note]
    set_fields(
        act,
        target,
        **answers,
        note="\n".join(dict.fromkeys(notes)),
    )
    delete(act, Visit, visit.id, reason=act.reason)


def _relabelled(
    connection: Connection, keep_id: int, lesions: list[Stored[Lesion]]
) -> tuple[tuple[str, str], ...]:
    where = "patient_id = ? AND deleted_act IS NULL"
    kept = rows.select(connection, Lesion, where=where, parameters=(keep_id,))
    kept_labels = {one.value.label for one in kept}
    taken = kept_labels | {lesion.value.label for lesion in lesions}
    changed = []
    for lesion in lesions:
        if lesion.value.label in kept_labels:
            label = free_label(taken)
            taken.add(label)
            changed.append((lesion.value.label, label))
    return tuple(changed)


def _named(
    act: Act, kind: type[PhotoOutline | Assessment], column: str, lesion_id: int
) -> set[int]:
    return {int(getattr(one.value, column)) for one in live(act, kind, "lesion_id = ?", lesion_id)}
