"""What laboratory values, analgesics, events and a cause's facts must not contradict."""

import datetime as dt
import math
from typing import Any

from woundtrack.context.analytes import ANALYTES
from woundtrack.context.analytes import OTHER as OTHER_ANALYTE
from woundtrack.context.drugs import DRUGS
from woundtrack.context.drugs import OTHER as OTHER_DRUG
from woundtrack.context.events import FINDINGS
from woundtrack.context.labs import in_unit
from woundtrack.context.types import (
    AnalgesicUse,
    CauseFacts,
    ClinicalEvent,
    EventKind,
    LabResult,
)
from woundtrack.errors import RecordError
from woundtrack.records import DialysisMode, Lesion, Patient, TherapyCourse
from woundtrack.store import rows
from woundtrack.store.database import Connection
from woundtrack.store.refusals import refuse

MAX_DEPOSIT_MM = 1000.0
_DAYS_OF = (
    ("lab_result", '"on"', '"on"'),
    ("analgesic_use", "start_on", "coalesce(stop_on, start_on)"),
    # What was cut out after death is a biopsy, too.
    ("clinical_event", '"on"', """CASE WHEN kind <> 'biopsy' THEN coalesce(until_on, "on") END"""),
    ("lesion", "became_on", "became_on"),
)
"""Table, its day that must not come before birth, and the one that must not come after death."""
_NAMED: tuple[tuple[type[Any], str, str], ...] = (
    (Lesion, "lesion_id", "record.lesion_of_other_patient"),
    (TherapyCourse, "course_id", "record.course_of_other_patient"),
)


def check_lab(
    connection: Connection, value: LabResult, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where a result contradicts its analyte, its limits or the calendar."""
    del record_id
    if value.analyte not in ANALYTES:
        raise RecordError("record.lab_unknown", analyte=value.analyte)
    other = value.analyte == OTHER_ANALYTE
    refuse(other and not value.name.strip(), "record.lab_name_missing")
    patient: Patient = rows.get(connection, Patient, value.patient_id).value
    check_within_life(patient, value.on, today=today)
    numbers = (value.value, value.lower_limit, value.upper_limit)
    refuse(any(n is not None and not math.isfinite(n) for n in numbers), "record.lab_value")
    low, high = value.lower_limit, value.upper_limit
    refuse(low is not None and high is not None and low > high, "record.lab_limits")
    if not other:  # whose unit is its own affair: a ratio, such as the INR, has none
        refuse(not value.unit.strip(), "record.lab_unit_missing")
        in_unit(value, ANALYTES[value.analyte].unit)
        refuse(any(n is not None and n < 0 for n in numbers), "record.lab_value")


def check_analgesic(
    connection: Connection, value: AnalgesicUse, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where an analgesic was not taken yet, or its dose says nothing."""
    del record_id
    if value.drug not in DRUGS:
        raise RecordError("record.analgesic_unknown", drug=value.drug)
    other = value.drug == OTHER_DRUG
    refuse(other and not value.name.strip(), "record.analgesic_name_missing")
    patient: Patient = rows.get(connection, Patient, value.patient_id).value
    check_within_life(patient, value.start_on, today=today)
    if value.stop_on is not None:
        refuse(value.stop_on < value.start_on, "record.analgesic_stops_before_start")
        check_within_life(patient, value.stop_on, today=today)
    for given in (value.dose, value.times_a_day):
        refuse(given is not None and not 0 < given < math.inf, "record.dose")
    refuse(value.dose is not None and not value.unit.strip(), "record.dose_unit_missing")


def check_event(
    connection: Connection, value: ClinicalEvent, today: dt.date, record_id: int | None
) -> None:
    """Raise RecordError where an event contradicts the calendar or what it names.

    Only a biopsy may come after death. A lesion or course that lies in the bin by now may
    go on being named, but none may be named anew.
    """
    patient: Patient = rows.get(connection, Patient, value.patient_id).value
    after_death = value.kind is EventKind.BIOPSY
    check_within_life(patient, value.on, today=today, after_death=after_death)
    if value.until_on is not None:
        refuse(value.until_on < value.on, "record.event_ends_before_start")
        check_within_life(patient, value.until_on, today=today, after_death=after_death)
    unknown = bool(value.finding) and value.finding not in FINDINGS[value.kind]
    refuse(unknown, "record.event_finding")
    in_words = value.kind in (EventKind.ADVERSE_EVENT, EventKind.OTHER)
    refuse(in_words and not value.text.strip(), "record.event_text_missing")
    before = None if record_id is None else rows.get(connection, ClinicalEvent, record_id).value
    for kind, column, code in _NAMED:
        named_id = getattr(value, column)
        if named_id is None:
            continue
        named = rows.get(connection, kind, named_id)
        if named.deleted:
            kept = before is not None and getattr(before, column) == named_id
            refuse(not kept, "record.parent_deleted")
        else:
            refuse(named.value.patient_id != value.patient_id, code)


def check_patient_context(patient: Patient, today: dt.date) -> None:
    """Raise RecordError where dialysis, risks or last contact contradict a patient's life."""
    since = patient.dialysis_since_on
    if since is not None:
        refuse(patient.dialysis is DialysisMode.NONE, "record.dialysis_day_without_dialysis")
        check_within_life(patient, since, today=today)
    if patient.last_contact_on is not None:
        check_within_life(patient, patient.last_contact_on, today=today)
    keys = [factor.key for factor in patient.risk_factors]
    refuse(len(set(keys)) < len(keys) or "" in keys, "record.risk_factor")


def check_context_of(connection: Connection, patient: Patient, patient_id: int) -> None:
    """Raise RecordError where a patient's own dates leave out what is kept of them."""
    for table, first_on, last_on in _DAYS_OF:
        first, last = connection.execute(
            f"SELECT min({first_on}), max({last_on}) FROM {table} "
            "WHERE patient_id = ? AND deleted_act IS NULL",
            (patient_id,),
        ).fetchone()
        if first is not None and dt.date.fromisoformat(first) < patient.birth_date:
            raise RecordError("record.day_before_birth", on=dt.date.fromisoformat(first))
        if last is not None and patient.died_on and dt.date.fromisoformat(last) > patient.died_on:
            raise RecordError("record.day_after_death", on=dt.date.fromisoformat(last))


def check_cause(facts: CauseFacts) -> None:
    """Raise RecordError where a deposit's size cannot be."""
    size_mm = facts.largest_mm
    refuse(size_mm is not None and not 0 < size_mm < MAX_DEPOSIT_MM, "record.deposit_size")


def check_within_life(
    patient: Patient, day: dt.date, *, today: dt.date, after_death: bool = False
) -> None:
    """Raise RecordError where a day is still to come, before birth or after death."""
    if day > today:
        raise RecordError("record.day_in_future", on=day)
    if day < patient.birth_date:
        raise RecordError("record.day_before_birth", on=day)
    if not after_death and patient.died_on is not None and day > patient.died_on:
        raise RecordError("record.day_after_death", on=day)
