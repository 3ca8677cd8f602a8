"""Lesions that part or grow together: what they became, and since when.

A lesion ends on the first day on which it is no lesion of its own any more: on that day and
later only what it became is seen. What it became begins on that day, so that no figure is taken
across: it has no form of an earlier one. Nothing live names what it became in the bin.

That holds of confirmed forms at all times. Outlines and drafts of such a day are refused when
they are made; those made before it was known stay until someone takes them away.
"""

import datetime as dt
from collections.abc import Iterable

from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    Stored,
    Visit,
    VisitPhoto,
)
from woundtrack.store import rows
from woundtrack.store.context_checks import check_within_life
from woundtrack.store.database import Connection
from woundtrack.store.refusals import refuse

_FORMS_SQL = """
SELECT min(v."on"), max(v."on") FROM assessment a JOIN visit v ON v.id = a.visit_id
WHERE a.lesion_id = ? AND a.confirmed = 1 AND a.deleted_act IS NULL AND v.deleted_act IS NULL
"""
_SEEN_SQL = """
SELECT lesion_id FROM assessment WHERE visit_id = ? AND confirmed = 1 AND deleted_act IS NULL
"""
_NAMING_SQL = """
deleted_act IS NULL AND became_on IS NOT NULL
AND patient_id = (SELECT named.patient_id FROM lesion named WHERE named.id = ?1)
AND ?1 IN (SELECT each.value FROM json_each(became_ids) each)
"""
"""By patient, for which there is an index; what a live lesion became is the same patient's."""


def check_became(
    connection: Connection, value: Lesion, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where what a lesion became, or since when, cannot be.

    Where the lesion itself lies in the bin, what it became may do so too, for they come
    back one after the other: `refuse_half_restored` looks when all are back.
    """
    day = value.became_on
    refuse(bool(value.became_ids) != (day is not None), "record.became_day_missing")
    if day is None:
        return
    _check_day(connection, value, day, today=today)
    twice = len(set(value.became_ids)) < len(value.became_ids)
    refuse(twice or record_id in _reached(connection, value.became_ids), "record.became_itself")
    in_bin = record_id is not None and rows.get(connection, Lesion, record_id).deleted
    for one_id in value.became_ids:
        one: Stored[Lesion] = rows.get(connection, Lesion, one_id)
        if one.deleted and not in_bin:
            raise RecordError("record.became_in_bin", label=one.value.label)
        other_s = one.value.patient_id != value.patient_id
        refuse(other_s, "record.lesion_of_other_patient")
        first, _last = _forms(connection, one_id)
        if first is not None and first < day:
            raise RecordError("record.became_seen_before", label=one.value.label, on=first)
    if record_id is None:
        return
    _first, last = _forms(connection, record_id)
    if last is not None and last >= day:
        raise RecordError("record.became_has_visits", on=last)


def check_seen(
    connection: Connection, value: Assessment | LesionMeasurement | PhotoOutline
) -> None:
    """Raise RecordError where a lesion is not its own at that visit: not yet, or no more."""
    if isinstance(value, PhotoOutline):
        visit_id = rows.get(connection, VisitPhoto, value.photo_id).value.visit_id
    else:
        visit_id = value.visit_id
    _check_own(connection, value.lesion_id, rows.get(connection, Visit, visit_id).value.on)


def check_visit_day(connection: Connection, day: dt.date, visit_id: int) -> None:
    """Raise RecordError where a visit's day lets a lesion be seen that is not its own then."""
    for (lesion_id,) in connection.execute(_SEEN_SQL, (visit_id,)).fetchall():
        _check_own(connection, lesion_id, day)


def naming(connection: Connection, lesion_id: int) -> list[Stored[Lesion]]:
    """The live lesions that became this one, alone or with others."""
    return rows.select(connection, Lesion, where=_NAMING_SQL, parameters=(lesion_id,))


def refuse_parted(connection: Connection, lesion: Stored[Lesion]) -> None:
    """Raise RecordError where a lesion became others, or others became it."""
    linked = lesion.value.became_ids or naming(connection, lesion.id)
    refuse(bool(linked), "record.lesion_parted", label=lesion.value.label)


def refuse_named(connection: Connection, lesion_ids: Iterable[int]) -> None:
    """Raise RecordError where one of these lies in the bin, and a live lesion became it."""
    for lesion_id in lesion_ids:
        if rows.get(connection, Lesion, lesion_id).deleted:
            for one in naming(connection, lesion_id):
                raise RecordError("record.lesion_became_this", label=one.value.label)


def refuse_half_restored(connection: Connection, back_ids: Iterable[int]) -> None:
    """Raise RecordError where one of these lesions became one that still lies in the bin."""
    for lesion_id in back_ids:
        for one_id in rows.get(connection, Lesion, lesion_id).value.became_ids:
            one: Stored[Lesion] = rows.get(connection, Lesion, one_id)
            refuse(one.deleted, "record.became_in_bin", label=one.value.label)


def _check_own(connection: Connection, lesion_id: int, day: dt.date) -> None:
    value: Lesion = rows.get(connection, Lesion, lesion_id).value
    if value.became_others_by(day):
        raise RecordError("record.lesion_became_other", label=value.label, on=value.became_on)
    for one in naming(connection, lesion_id):
        if not one.value.became_others_by(day):
            on = one.value.became_on
            raise RecordError("record.lesion_not_yet", label=value.label, on=on)


def _check_day(connection: Connection, value: Lesion, day: dt.date, *, today: dt.date) -> None:
    check_within_life(rows.get(connection, Patient, value.patient_id).value, day, today=today)
    onset = value.onset_on
    refuse(onset is not None and day < onset, "record.became_before_onset")


def _forms(connection: Connection, lesion_id: int) -> tuple[dt.date, dt.date] | tuple[None, None]:
    """The first and the last day of a lesion's confirmed forms."""
    first, last = connection.execute(_FORMS_SQL, (lesion_id,)).fetchone()
    if first is None:
        return None, None
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def _reached(connection: Connection, lesion_ids: Iterable[int]) -> set[int]:
    """These lesions, and all that they became, step by step."""
    seen: set[int] = set()
    ahead = list(lesion_ids)
    while ahead:
        one_id = ahead.pop()
        if one_id not in seen:
            seen.add(one_id)
            ahead += rows.get(connection, Lesion, one_id).value.became_ids
    return seen
