"""The bin: deleting takes along what hangs below, restoring brings it back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    SizeMethod,
    Stored,
    User,
)
from woundtrack.store import checks, parting, rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.kinds import SPECS, Spec, below, spec_of

_PATIENT_OF = {
    "patient": "{t}.id",
    **{spec.table: "{t}.patient_id" for spec in SPECS if ("patient_id", Patient) in spec.parents},
    "therapy_session": "(SELECT patient_id FROM therapy_course WHERE id = {t}.course_id)",
    "visit_photo": "(SELECT patient_id FROM visit WHERE id = {t}.visit_id)",
    "photo_scale": (
        "(SELECT patient_id FROM visit WHERE id = "
        "(SELECT visit_id FROM visit_photo WHERE id = {t}.photo_id))"
    ),
    "photo_outline": "(SELECT patient_id FROM lesion WHERE id = {t}.lesion_id)",
    "lesion_measurement": "(SELECT patient_id FROM lesion WHERE id = {t}.lesion_id)",
    "assessment": "(SELECT patient_id FROM visit WHERE id = {t}.visit_id)",
}


def delete(act: Act, kind: type[Any], record_id: int, *, reason: str) -> None:
    """To the bin with everything live below. Users are not deleted but made inactive.

    An event stays where the lesion or course that it names goes. What another lesion became
    cannot go alone: RecordError record.lesion_became_this.
    """
    if kind is User:
        raise RecordError("record.user_kept")
    latest = rows.get(act.connection, kind, record_id)
    if latest.deleted:
        raise RecordError("record.in_bin")
    gone = list(dict.fromkeys(tree(act.connection, kind, record_id)))
    for spec, one_id in gone:
        one = rows.get(act.connection, spec.kind, one_id)
        act.replace(one, one.value, action="deleted", reason=reason, deleted_act=act.id)
    lesions = [one_id for spec, one_id in gone if spec.kind is Lesion]
    parting.refuse_named(act.connection, lesions)
    measurements = [one_id for spec, one_id in gone if spec.kind is LesionMeasurement]
    release_measurements(act, measurements, reason=reason)


def restore(act: Act, kind: type[Any], record_id: int) -> None:
    """Out of the bin, with what went in below it by the same act.

    Raises RecordError record.not_in_bin, record.parent_deleted, record.became_in_bin, or what
    a live record of the same place refuses (record.visit_exists, …).
    """
    deleted_act = _deleted_act(act.connection, spec_of(kind), record_id)
    if deleted_act is None:
        raise RecordError("record.not_in_bin")
    back = tree(act.connection, kind, record_id, deleted_act=deleted_act)
    wanted = set(back)
    restored, lesions = [], []
    for spec in SPECS:  # parents before what hangs below them
        for one_id in sorted(one_id for one_spec, one_id in wanted if one_spec is spec):
            one = rows.get(act.connection, spec.kind, one_id)
            is_root = (spec.kind, one_id) == (kind, record_id)
            if not is_root and not _parents_live(act.connection, spec, one.value):
                continue  # another parent is still in the bin: stays until that one is back
            checks.check(act.connection, one.value, today=act.today, record_id=one_id)
            act.replace(one, one.value, action="restored")
            if spec.kind is LesionMeasurement:
                restored.append(one_id)
            elif spec.kind is Lesion:
                lesions.append(one_id)
    parting.refuse_half_restored(act.connection, lesions)
    _name_again(act, restored, deleted_act=deleted_act)


def in_bin(connection: Connection, *, patient_id: int | None) -> list[Stored[Any]]:
    """What was deleted, newest first, without what only went along with a record above it.

    Drafts that were thrown away are not listed.
    """
    found: list[Stored[Any]] = []
    for spec in SPECS:
        where = ["deleted_act IS NOT NULL"]
        parameters: list[object] = []
        for column, parent in spec.parents:
            above = f"(SELECT p.deleted_act FROM {spec_of(parent).table} p WHERE p.id = {column})"
            where.append(f"deleted_act IS NOT {above}")
        if spec.drafts:
            where.append("confirmed = 1")
        if patient_id is not None:
            if spec.table not in _PATIENT_OF:
                continue
            where.append(f"{_PATIENT_OF[spec.table].format(t=spec.table)} = ?")
            parameters.append(patient_id)
        found += rows.select(
            connection, spec.kind, where=" AND ".join(where), parameters=parameters
        )
    return sorted(found, key=lambda stored: stored.at_utc, reverse=True)


def release_measurements(act: Act, measurement_ids: Iterable[int], *, reason: str = "") -> None:
    """Make no live assessment name these measurements: what they counted is not measured."""
    for measurement_id in measurement_ids:
        naming = rows.select(
            act.connection,
            Assessment,
            where="measurement_id = ? AND deleted_act IS NULL",
            parameters=(measurement_id,),
        )
        for stored in naming:
            traced = stored.value.size_method is SizeMethod.TRACED
            method = SizeMethod.NOT_MEASURED if traced else stored.value.size_method
            value = replace(
                stored.value, measurement_id=None, measurement_revision=None, size_method=method
            )
            act.replace(stored, value, action="corrected", reason=reason)


def _name_again(act: Act, measurement_ids: list[int], *, deleted_act: int) -> None:
    """Undo `release_measurements` where the assessment was not touched since."""
    for measurement_id in measurement_ids:
        changed = act.connection.execute(
            "SELECT a.id, before.value FROM assessment a JOIN revision before "
            "ON before.kind = 'assessment' AND before.record_id = a.id "
            "AND before.revision = a.revision - 1 "
            "WHERE a.act_id = ? AND a.deleted_act IS NULL AND a.measurement_id IS NULL "
            "AND json_extract(before.value, '$.measurement_id') = ?",
            (deleted_act, measurement_id),
        ).fetchall()
        for assessment_id, text in changed:
            stored = rows.get(act.connection, Assessment, assessment_id)
            value = rows.value_from_json(Assessment, text)
            act.replace(stored, value, action="restored")


def tree(
    connection: Connection, kind: type[Any], record_id: int, *, deleted_act: int | None = None
) -> Iterator[tuple[Spec, int]]:
    """The record and all below it that is live, or that went into the bin by `deleted_act`."""
    yield spec_of(kind), record_id
    for column, spec in below(kind):
        found = connection.execute(
            f"SELECT id FROM {spec.table} WHERE {column} = ? AND deleted_act IS ?",
            (record_id, deleted_act),
        ).fetchall()
        for (one_id,) in found:
            yield from tree(connection, spec.kind, one_id, deleted_act=deleted_act)


def _parents_live(connection: Connection, spec: Spec, value: Any) -> bool:
    return not any(
        rows.get(connection, parent, getattr(value, column)).deleted
        for column, parent in spec.parents
    )


def _deleted_act(connection: Connection, spec: Spec, record_id: int) -> int | None:
    row = connection.execute(
        f"SELECT deleted_act FROM {spec.table} WHERE id = ?", (record_id,)
    ).fetchone()
    if row is None:
        raise RecordError("record.missing")
    deleted_act: int | None = row[0]
    return deleted_act
