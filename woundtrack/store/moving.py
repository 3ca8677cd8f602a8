"""Moving a photo, visit, outline or lesion to where it belongs, with what must follow.

Nothing is guessed: where a lesion of the old patient would be needed at the new one, the
caller says which it is there, or the move is refused with the lesion's label.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from woundtrack.context.types import ClinicalEvent
from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    PhotoOutline,
    Stored,
    Visit,
    VisitPhoto,
)
from woundtrack.store import checks, rows
from woundtrack.store.act import Act
from woundtrack.store.bin import delete, release_measurements
from woundtrack.store.parting import check_visit_day, refuse_parted

LesionMap = Mapping[int, int | None]
"""Lesion of the old patient → lesion of the new one; None sends its part to the bin."""


def live(act: Act, kind: type[Any], where: str, *parameters: object) -> list[Stored[Any]]:
    """Live records of a kind, by a condition of this room alone."""
    condition = f"deleted_act IS NULL AND {where}"
    return rows.select(act.connection, kind, where=condition, parameters=parameters)


def set_fields(act: Act, stored: Stored[Any], **fields: Any) -> Stored[Any]:
    """A new revision with other values in some fields, journalled as moved."""
    latest = rows.get(act.connection, type(stored.value), stored.id)
    return act.replace(latest, replace(latest.value, **fields), action="moved")


def move_photo(act: Act, photo_id: int, visit_id: int, *, lesions: LesionMap) -> None:
    """A photo to another visit, with its scale, outlines and measurements."""
    photo = _live_one(act, VisitPhoto, photo_id)
    target = _live_one(act, Visit, visit_id)
    source = rows.get(act.connection, Visit, photo.value.visit_id)
    if source.id == target.id:
        return
    measured = live(act, LesionMeasurement, "photo_id = ?", photo_id)
    release_measurements(act, [one.id for one in measured])
    if source.value.patient_id != target.value.patient_id:
        outlines = live(act, PhotoOutline, "photo_id = ?", photo_id)
        _relesion(act, outlines, lesions, patient_id=target.value.patient_id)
    for one in live(act, LesionMeasurement, "photo_id = ?", photo_id):
        set_fields(act, one, visit_id=visit_id)
    set_fields(act, photo, visit_id=visit_id)
    check_visit_day(act.connection, target.value.on, visit_id)


def move_visit(act: Act, visit_id: int, patient_id: int, *, lesions: LesionMap) -> None:
    """A visit to another patient, with its photos and assessments.

    A lesion seen at no other visit moves along, unless `lesions` says otherwise.
    """
    visit = _live_one(act, Visit, visit_id)
    if visit.value.patient_id == patient_id:
        return
    moved = replace(visit.value, patient_id=patient_id)
    checks.check(act.connection, moved, today=act.today, record_id=visit_id)
    parts = _parts_of_visit(act, visit_id)
    for lesion_id in sorted({part.value.lesion_id for part in parts}):
        if lesion_id not in lesions and _visits_of(act, lesion_id) == {visit_id}:
            _give_lesion(act, lesion_id, patient_id)
    foreign = [
        part
        for part in parts
        if rows.get(act.connection, Lesion, part.value.lesion_id).value.patient_id != patient_id
    ]
    set_fields(act, visit, patient_id=patient_id)
    _relesion(act, foreign, lesions, patient_id=patient_id)
    check_visit_day(act.connection, visit.value.on, visit_id)


def move_lesion(act: Act, lesion_id: int, patient_id: int) -> None:
    """A lesion to another patient, with its assessments and photos, day by day.

    Visits of the same days are found or made there. A photo that shows other lesions of the
    old patient too cannot follow: RecordError record.photo_shared. Nor can what parted.
    """
    lesion = _live_one(act, Lesion, lesion_id)
    if lesion.value.patient_id == patient_id:
        return
    source_visits = sorted(_visits_of(act, lesion_id))
    _give_lesion(act, lesion_id, patient_id)
    photos = live(
        act,
        VisitPhoto,
        "id IN (SELECT photo_id FROM photo_outline WHERE lesion_id = ? AND deleted_act IS NULL)",
        lesion_id,
    )
    for photo in photos:
        shown = live(act, PhotoOutline, "photo_id = ?", photo.id)
        if any(outline.value.lesion_id != lesion_id for outline in shown):
            raise RecordError("record.photo_shared")
    for visit_id in source_visits:
        day = rows.get(act.connection, Visit, visit_id).value.on
        target = _visit_on(act, patient_id, day)
        _move_parts(act, lesion_id, from_visit=visit_id, to_visit=target)
        for photo in photos:
            if photo.value.visit_id == visit_id:
                set_fields(act, photo, visit_id=target)


def move_outline(act: Act, outline_id: int, lesion_id: int) -> None:
    """An outline, with its measurements, to another lesion of the same patient."""
    outline = _live_one(act, PhotoOutline, outline_id)
    moved = replace(outline.value, lesion_id=lesion_id)
    checks.check(act.connection, moved, today=act.today, record_id=outline_id)
    measured = live(act, LesionMeasurement, "outline_id = ?", outline_id)
    release_measurements(act, [one.id for one in measured])
    for one in measured:
        set_fields(act, one, lesion_id=lesion_id)
    set_fields(act, outline, lesion_id=lesion_id)


def free_label(taken: set[str]) -> str:
    """The first label that is not taken: A to Z, then AA, AB, …"""
    number = 0
    while True:
        label, rest = "", number
        while rest >= 0:
            label = chr(ord("A") + rest % 26) + label
            rest = rest // 26 - 1
        if label not in taken:
            return label
        number += 1


def labels_of(act: Act, patient_id: int) -> set[str]:
    """The labels of a patient's live lesions."""
    return {one.value.label for one in live(act, Lesion, "patient_id = ?", patient_id)}


def _live_one(act: Act, kind: type[Any], record_id: int) -> Stored[Any]:
    stored = rows.get(act.connection, kind, record_id)
    if stored.deleted:
        raise RecordError("record.in_bin")
    return stored


def _give_lesion(act: Act, lesion_id: int, patient_id: int) -> None:
    """A lesion to another patient, with the events that name it.

    Raises RecordError record.lesion_parted, record.event_of_course: what it parted into or a
    therapy that an event was put down to would stay behind.
    """
    lesion = rows.get(act.connection, Lesion, lesion_id)
    refuse_parted(act.connection, lesion)
    taken = labels_of(act, patient_id)
    label = free_label(taken) if lesion.value.label in taken else lesion.value.label
    moved = replace(lesion.value, patient_id=patient_id, label=label)
    checks.check(act.connection, moved, today=act.today, record_id=lesion_id)
    act.replace(lesion, moved, action="moved")
    for event in live(act, ClinicalEvent, "lesion_id = ?", lesion_id):
        if event.value.course_id is not None:
            raise RecordError("record.event_of_course", label=lesion.value.label)
        given = set_fields(act, event, patient_id=patient_id)
        checks.check(act.connection, given.value, today=act.today, record_id=event.id)


def _relesion(act: Act, parts: list[Stored[Any]], lesions: LesionMap, *, patient_id: int) -> None:
    """Hang outlines, measurements and assessments under lesions of the new patient."""
    for part in parts:
        old = rows.get(act.connection, Lesion, part.value.lesion_id)
        if old.id not in lesions:
            raise RecordError("record.lesion_needed", label=old.value.label)
        new_id = lesions[old.id]
        if rows.get(act.connection, type(part.value), part.id).deleted:
            continue  # went along with an outline above it
        if new_id is None:
            delete(act, type(part.value), part.id, reason=act.reason)
            continue
        new = _live_one(act, Lesion, new_id)
        if new.value.patient_id != patient_id:
            raise RecordError("record.lesion_of_other_patient")
        _refuse_double(act, part, new_id)
        set_fields(act, part, lesion_id=new_id)
        if isinstance(part.value, PhotoOutline):
            for one in live(act, LesionMeasurement, "outline_id = ?", part.id):
                set_fields(act, one, lesion_id=new_id)


def _refuse_double(act: Act, part: Stored[Any], lesion_id: int) -> None:
    """Two lesions of the old patient cannot both become one in the same photo or visit."""
    if isinstance(part.value, PhotoOutline):
        place, code = ("photo_id", part.value.photo_id), "record.outline_exists"
    else:
        place, code = ("visit_id", part.value.visit_id), "record.assessment_exists"
    if live(act, type(part.value), f"{place[0]} = ? AND lesion_id = ?", place[1], lesion_id):
        raise RecordError(code)


def _parts_of_visit(act: Act, visit_id: int) -> list[Stored[Any]]:
    photos = "photo_id IN (SELECT id FROM visit_photo WHERE visit_id = ? AND deleted_act IS NULL)"
    return [
        *live(act, PhotoOutline, photos, visit_id),
        *live(act, Assessment, "visit_id = ?", visit_id),
    ]


def _visits_of(act: Act, lesion_id: int) -> set[int]:
    """Every visit at which a lesion was assessed or outlined."""
    found = act.connection.execute(
        "SELECT visit_id FROM assessment WHERE lesion_id = ?1 AND deleted_act IS NULL "
        "UNION SELECT visit_id FROM visit_photo WHERE id IN "
        "(SELECT photo_id FROM photo_outline WHERE lesion_id = ?1 AND deleted_act IS NULL)",
        (lesion_id,),
    ).fetchall()
    return {row[0] for row in found}


def _visit_on(act: Act, patient_id: int, day: Any) -> int:
    there = live(act, Visit, 'patient_id = ? AND "on" = ?', patient_id, day.isoformat())
    if there:
        return there[0].id
    visit = Visit(patient_id=patient_id, on=day)
    checks.check(act.connection, visit, today=act.today, record_id=None)
    return act.insert(visit).id


def _move_parts(act: Act, lesion_id: int, *, from_visit: int, to_visit: int) -> None:
    for kind in (LesionMeasurement, Assessment):
        for one in live(act, kind, "lesion_id = ? AND visit_id = ?", lesion_id, from_visit):
            set_fields(act, one, visit_id=to_visit)
