"""What a record must not contradict: itself, the calendar, the records it names."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.errors import RecordError
from woundtrack.instruments import forms, scoring, wound_qol
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import (
    Assessment,
    CardRun,
    FilledForm,
    Lesion,
    LesionMeasurement,
    Letterhead,
    Patient,
    PatientStatus,
    PhotoOutline,
    PhotoScale,
    SizeMethod,
    TherapyCourse,
    User,
    Visit,
    VisitPhoto,
    WoundQol,
)
from woundtrack.store import context_checks, letterheads, rater_checks, rows
from woundtrack.store.database import Connection
from woundtrack.store.kinds import spec_of
from woundtrack.store.parting import check_became, check_seen, check_visit_day
from woundtrack.store.refusals import refuse, refuse_second
from woundtrack.store.therapy_checks import check_course, check_courses_of, check_session
from woundtrack.store.tissue_checks import tissue_fits
from woundtrack.therapy.types import TherapySession

MAX_CM = 100.0
"""No wound is longer: more is a slip of the decimal point or of the unit."""
EARLIEST_BIRTH_YEAR = 1880
_HOURS = range(1, 13)
_PAIN_NRS = range(11)
_PAIN_VAS_MM = range(101)


def check(connection: Connection, value: Any, *, today: dt.date, record_id: int | None) -> None:
    """Raise RecordError where a value must not become the latest of `record_id` (None: new)."""
    _check_parents(connection, value)
    _CHECKS[type(value)](connection, value, today, record_id)


def _check_parents(connection: Connection, value: Any) -> None:
    for column, parent in spec_of(type(value)).parents:
        if rows.get(connection, parent, getattr(value, column)).deleted:
            raise RecordError("record.parent_deleted")


def _check_patient(
    connection: Connection, value: Patient, today: dt.date, record_id: int | None
) -> None:
    if not value.family_name.strip():
        raise RecordError("record.name_missing")
    if not value.hospital_number.strip():
        raise RecordError("record.number_missing")
    refuse(value.birth_date > today, "record.born_in_future")
    refuse(value.birth_date.year < EARLIEST_BIRTH_YEAR, "record.born_too_long_ago")
    if value.died_on is not None:
        refuse(value.died_on < value.birth_date, "record.died_before_birth")
        refuse(value.died_on > today, "record.died_in_future")
        refuse(value.status is not PatientStatus.DIED, "record.died_but_not_so_marked")
    for consent in value.consents:
        refuse(consent.given_on > today, "record.consent_in_future")
        withdrawn = consent.withdrawn_on
        refuse(withdrawn is not None and withdrawn < consent.given_on, "record.consent_order")
    context_checks.check_patient_context(value, today)
    if record_id is not None:
        _check_days_of(connection, value, record_id)
        check_courses_of(connection, value, record_id)
        context_checks.check_context_of(connection, value, record_id)


def _check_days_of(connection: Connection, patient: Patient, patient_id: int) -> None:
    first, last = connection.execute(
        'SELECT min("on"), max("on") FROM visit WHERE patient_id = ? AND deleted_act IS NULL',
        (patient_id,),
    ).fetchone()
    if first is None:
        return
    if dt.date.fromisoformat(first) < patient.birth_date:
        raise RecordError("record.visit_before_birth", on=dt.date.fromisoformat(first))
    if patient.died_on and dt.date.fromisoformat(last) > patient.died_on:
        raise RecordError("record.visit_after_death", on=dt.date.fromisoformat(last))


def _check_lesion(
    connection: Connection, value: Lesion, today: dt.date, record_id: int | None
) -> None:
    refuse(not value.label.strip(), "record.label_missing")
    refuse(not value.site.strip(), "record.site_missing")
    refuse_second(
        connection, value, "patient_id", "label",
        record_id=record_id, code="record.label_taken", label=value.label,
    )  # fmt: skip
    birth = rows.get(connection, Patient, value.patient_id).value.birth_date
    onset, closed, sure = value.onset_on, value.closed_on, value.closure_confirmed_on
    if onset is not None:
        refuse(onset > today, "record.onset_in_future")
        refuse(onset < birth, "record.onset_before_birth")
    for day in (closed, sure):
        refuse(day is not None and day > today, "record.closed_in_future")
    refuse(bool(onset and closed and closed < onset), "record.closed_before_onset")
    refuse(bool(closed and sure and sure < closed), "record.closure_order")
    for fraction in (value.body_x, value.body_y):
        refuse(fraction is not None and not 0 <= fraction <= 1, "record.off_body_map")
    context_checks.check_cause(value.cause_facts)
    check_became(connection, value, today, record_id)


def _check_visit(
    connection: Connection, value: Visit, today: dt.date, record_id: int | None
) -> None:
    patient = rows.get(connection, Patient, value.patient_id).value
    if value.on > today:
        raise RecordError("record.visit_in_future", on=value.on)
    if value.on < patient.birth_date:
        raise RecordError("record.visit_before_birth", on=value.on)
    if patient.died_on is not None and value.on > patient.died_on:
        raise RecordError("record.visit_after_death", on=value.on)
    refuse_second(
        connection, value, "patient_id", "on",
        record_id=record_id, code="record.visit_exists", on=value.on,
    )  # fmt: skip
    if record_id is not None:
        check_visit_day(connection, value.on, record_id)
    _check_pain(value.general_pain_nrs, value.general_pain_vas_mm)
    _check_wound_qol(value.wound_qol)


def _check_photo(
    connection: Connection, value: VisitPhoto, today: dt.date, record_id: int | None
) -> None:
    del today, record_id
    known = connection.execute(
        "SELECT 1 FROM vault_file WHERE name = ?", (value.vault_name,)
    ).fetchone()
    refuse(known is None, "record.photo_not_imported")


def _check_scale(
    connection: Connection, value: PhotoScale, today: dt.date, record_id: int | None
) -> None:
    del today
    refuse_second(connection, value, "photo_id", record_id=record_id, code="record.scale_exists")


def _check_outline(
    connection: Connection, value: PhotoOutline, today: dt.date, record_id: int | None
) -> None:
    del today
    photo = rows.get(connection, VisitPhoto, value.photo_id).value
    _check_same_patient(connection, visit_id=photo.visit_id, lesion_id=value.lesion_id)
    refuse_second(
        connection, value, "photo_id", "lesion_id",
        record_id=record_id, code="record.outline_exists",
    )  # fmt: skip
    refuse(not tissue_fits(value), "record.tissue_unusable")


def _check_measurement(
    connection: Connection, value: LesionMeasurement, today: dt.date, record_id: int | None
) -> None:
    del today, record_id
    _check_same_patient(connection, visit_id=value.visit_id, lesion_id=value.lesion_id)
    photo = rows.get(connection, VisitPhoto, value.photo_id).value
    outline = rows.get(connection, PhotoOutline, value.outline_id)
    scale = rows.get(connection, PhotoScale, value.scale_id)
    refuse(photo.visit_id != value.visit_id, "record.photo_of_other_visit")
    fits = (
        outline.value.photo_id == value.photo_id
        and outline.value.lesion_id == value.lesion_id
        and scale.value.photo_id == value.photo_id
        and value.outline_revision <= outline.revision
        and value.scale_revision <= scale.revision
    )
    refuse(not fits, "record.measurement_mixed")
    refuse(scale.value.scale is None, "record.measured_without_scale")


def _check_assessment(
    connection: Connection, value: Assessment, today: dt.date, record_id: int | None
) -> None:
    del today
    _check_same_patient(connection, visit_id=value.visit_id, lesion_id=value.lesion_id)
    refuse_second(
        connection, value, "visit_id", "lesion_id",
        record_id=record_id, code="record.assessment_exists",
    )  # fmt: skip
    if value.confirmed:
        check_seen(connection, value)
    _check_size(connection, value)
    lengths = [value.length_cm, value.width_cm, value.depth_cm]
    lengths += [value.head_to_toe_cm, value.left_right_cm]
    lengths += [part.depth_cm for part in value.undermining]
    lengths += [part.length_cm for part in value.tunnels]
    for length_cm in lengths:
        refuse(length_cm is not None and length_cm < 0, "record.negative_length")
        refuse(length_cm is not None and length_cm > MAX_CM, "record.implausible_length")
    hours = [hour for part in value.undermining for hour in (part.from_hour, part.to_hour)]
    hours += [part.hour for part in value.tunnels]
    refuse(any(hour not in _HOURS for hour in hours), "record.clock_hour")
    _check_pain(value.pain_nrs, value.pain_vas_mm)
    _check_forms(value.forms)


def _check_size(connection: Connection, value: Assessment) -> None:
    if value.measurement_id is not None:
        measured = rows.get(connection, LesionMeasurement, value.measurement_id)
        same = (measured.value.visit_id, measured.value.lesion_id)
        fits = same == (value.visit_id, value.lesion_id) and not measured.deleted
        refuse(not fits, "record.measurement_of_other")
    if not value.confirmed:
        return
    traced = value.size_method is SizeMethod.TRACED
    refuse(traced and value.measurement_id is None, "record.measurement_missing")
    bedside = value.size_method is SizeMethod.BEDSIDE
    both = value.length_cm is not None and value.width_cm is not None
    refuse(bedside and not both, "record.bedside_size_missing")


def _check_forms(filled: tuple[FilledForm, ...]) -> None:
    keys = [form.instrument for form in filled]
    refuse(len(set(keys)) < len(keys), "record.form_twice")
    for form in filled:
        known = {each.key: each for each in forms.INSTRUMENTS}.get(form.instrument)
        if known is None or known.version != form.version:
            raise RecordError("record.form_unknown", instrument=form.instrument)
        scoring.check(known, form.scores)
        refuse(form.size_cm is not None and min(form.size_cm) <= 0, "record.negative_length")


def _check_pain(nrs: int | None, vas_mm: int | None) -> None:
    refuse(nrs is not None and nrs not in _PAIN_NRS, "record.pain")
    refuse(vas_mm is not None and vas_mm not in _PAIN_VAS_MM, "record.pain_vas")


def _check_wound_qol(value: WoundQol | None) -> None:
    if value is not None:
        refuse(value.items not in wound_qol.ITEM_COUNTS, "record.wound_qol_items")
        refuse(not 0 <= value.mean <= wound_qol.HIGHEST_MEAN, "record.wound_qol")


def _check_card_run(
    connection: Connection, value: CardRun, today: dt.date, record_id: int | None
) -> None:
    del connection, today, record_id
    refuse(value.number < 1, "record.card_run_number")
    measured_mm = value.measured_mm
    refuse(measured_mm is not None and measured_mm <= 0, "record.negative_length")


def _check_user(connection: Connection, value: User, today: dt.date, record_id: int | None) -> None:
    del connection, today, record_id
    refuse(not value.name.strip(), "record.name_missing")


def _check_same_patient(connection: Connection, *, visit_id: int, lesion_id: int) -> None:
    visit = rows.get(connection, Visit, visit_id).value
    lesion = rows.get(connection, Lesion, lesion_id).value
    refuse(visit.patient_id != lesion.patient_id, "record.lesion_of_other_patient")


_CHECKS: dict[type[Any], Callable[[Connection, Any, dt.date, int | None], None]] = {
    Patient: _check_patient,
    Lesion: _check_lesion,
    Visit: _check_visit,
    VisitPhoto: _check_photo,
    PhotoScale: _check_scale,
    PhotoOutline: _check_outline,
    LesionMeasurement: _check_measurement,
    Assessment: _check_assessment,
    TherapyCourse: check_course,
    TherapySession: check_session,
    LabResult: context_checks.check_lab,
    AnalgesicUse: context_checks.check_analgesic,
    ClinicalEvent: context_checks.check_event,
    CardRun: _check_card_run,
    User: _check_user,
    RaterStudy: rater_checks.check_study,
    RaterPhoto: rater_checks.check_photo,
    RaterTrace: rater_checks.check_trace,
    RetraceValue: rater_checks.check_retrace_value,
    Letterhead: letterheads.check_letterhead,
}
