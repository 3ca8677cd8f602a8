"""What a therapy course and its sessions must not contradict: each other and a patient's life."""

import datetime as dt

from woundtrack.errors import RecordError
from woundtrack.records import Patient, TherapyCourse
from woundtrack.store import rows
from woundtrack.store.database import Connection
from woundtrack.store.refusals import refuse
from woundtrack.therapy.session import FIELDS
from woundtrack.therapy.types import NEEDS_TEXT, TherapySession


def check_course(
    connection: Connection, value: TherapyCourse, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where a course contradicts itself, its sessions or the patient's life.

    A course without a last day runs on. Courses may overlap, of one therapy too: two
    antibiotics are both right. A dose is never refused for its size.
    """
    del today
    patient = rows.get(connection, Patient, value.patient_id).value
    # A therapy of the catalogue has its name there, in every language.
    named = bool(value.name.strip()) or value.therapy not in ("", "other")
    refuse(not named, "record.therapy_name_missing")
    stop = value.stop_on
    refuse(stop is not None and stop < value.start_on, "record.therapy_stops_before_start")
    refuse(value.start_on < patient.birth_date, "record.therapy_before_birth")
    died = patient.died_on
    if died is not None:
        refuse(value.start_on > died, "record.therapy_after_death", on=value.start_on)
        refuse(stop is not None and stop > died, "record.therapy_after_death", on=stop)
    refuse(value.dose is not None and value.dose <= 0, "record.dose")
    _check_stop(value)
    _check_changes(value)
    if record_id is not None:
        last = min(stop or dt.date.max, died or dt.date.max)
        _check_sessions_within(connection, value, record_id, last_on=last)


def check_session(
    connection: Connection, value: TherapySession, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where a session was not yet given, or not within its course."""
    del record_id
    course = rows.get(connection, TherapyCourse, value.course_id).value
    refuse(value.on > today, "record.session_in_future", on=value.on)
    within = course.start_on <= value.on and (course.stop_on is None or value.on <= course.stop_on)
    refuse(not within, "record.session_outside", on=value.on)
    died = rows.get(connection, Patient, course.patient_id).value.died_on
    refuse(died is not None and value.on > died, "record.therapy_after_death", on=value.on)
    for name, field in FIELDS.items():
        given = getattr(value, name)
        refuse(given is not None and not 0 <= given <= field.most, "record.session_value")
    for given in (value.dose, value.duration_min, value.blood_flow_ml_min, value.pressure_ata):
        refuse(given == 0, "record.session_value")
    refuse(value.dose is not None and not value.unit.strip(), "record.dose_unit_missing")


def check_courses_of(connection: Connection, patient: Patient, patient_id: int) -> None:
    """Raise RecordError where a patient's own dates leave out a course or session they have."""
    first, last = connection.execute(
        "SELECT min(start_on), max(max(start_on, coalesce(stop_on, start_on))) "
        "FROM therapy_course WHERE patient_id = ? AND deleted_act IS NULL",
        (patient_id,),
    ).fetchone()
    if first is None:
        return
    refuse(dt.date.fromisoformat(first) < patient.birth_date, "record.therapy_before_birth")
    (session,) = connection.execute(
        'SELECT max("on") FROM therapy_session WHERE deleted_act IS NULL AND course_id IN '
        "(SELECT id FROM therapy_course WHERE patient_id = ? AND deleted_act IS NULL)",
        (patient_id,),
    ).fetchone()
    if patient.died_on is None:
        return
    for day in (dt.date.fromisoformat(each) for each in (last, session) if each):
        refuse(day > patient.died_on, "record.therapy_after_death", on=day)


def _check_stop(value: TherapyCourse) -> None:
    cause = value.stop_cause
    refuse(cause is not None and value.stop_on is None, "record.stop_day_missing")
    needed = cause in NEEDS_TEXT and not value.stop_reason.strip()
    refuse(needed, "record.stop_text_missing")


def _check_changes(value: TherapyCourse) -> None:
    before = value.start_on
    for change in value.dose_changes:
        refuse(change.dose <= 0, "record.dose")
        late = value.stop_on is not None and change.from_on > value.stop_on
        wrong = change.from_on <= before or late
        refuse(wrong, "record.dose_change_outside", on=change.from_on)
        before = change.from_on


def _check_sessions_within(
    connection: Connection, value: TherapyCourse, course_id: int, *, last_on: dt.date
) -> None:
    (outside,) = connection.execute(
        'SELECT min("on") FROM therapy_session WHERE course_id = ? AND deleted_act IS NULL '
        'AND ("on" < ? OR "on" > ?)',
        (course_id, value.start_on.isoformat(), last_on.isoformat()),
    ).fetchone()
    if outside is not None:
        raise RecordError("record.sessions_left_out", on=dt.date.fromisoformat(outside))
