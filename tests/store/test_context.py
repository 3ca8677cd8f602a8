"""Laboratory, analgesics, events and what a patient gained: what they must not contradict."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import a_patient, act_of, add_case, add_visit, refusal, values
from tests.store.soundness import faults
from woundtrack.context.types import (
    AnalgesicUse,
    CauseFacts,
    ClinicalEvent,
    EventKind,
    LabResult,
    RiskFactor,
)
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.records import (
    DialysisMode,
    Lesion,
    Patient,
    PatientStatus,
    Side,
    Stored,
    TherapyCourse,
    Visit,
)
from woundtrack.store.clinic import Clinic
from woundtrack.store.merging import merged_patient

TODAY, TOMORROW = dt.date(2026, 6, 15), dt.date(2026, 6, 16)
BEFORE_BIRTH = dt.date(1958, 3, 1)
DAY = dt.date(2026, 5, 20)


def dies(clinic: Clinic, patient: Stored[Patient], day: dt.date) -> Stored[Patient]:
    value = replace(patient.value, status=PatientStatus.DIED, died_on=day)
    return clinic.write(lambda w: w.revise(patient, value))


LAB = LabResult(1, DAY, "phosphate", 1.8, "mmol/L")
USE = AnalgesicUse(1, "oxycodone", DAY, dose=10.0, unit="mg", times_a_day=2.0)
EVENT = ClinicalEvent(1, EventKind.INFECTION, DAY, finding="bone")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"on": TOMORROW}, "record.day_in_future"),
        ({"on": BEFORE_BIRTH}, "record.day_before_birth"),
        ({"analyte": ""}, "record.lab_unknown"),
        ({"analyte": "moon_dust"}, "record.lab_unknown"),
        ({"analyte": "other", "name": " "}, "record.lab_name_missing"),
        ({"value": float("nan")}, "record.lab_value"),
        ({"value": float("inf")}, "record.lab_value"),
        ({"value": -1.8}, "record.lab_value"),
        ({"upper_limit": float("inf")}, "record.lab_value"),
        ({"lower_limit": -0.1}, "record.lab_value"),
        ({"unit": " "}, "record.lab_unit_missing"),
        ({"unit": "mmHg"}, "record.unit_does_not_fit"),
        ({"lower_limit": 1.5, "upper_limit": 0.8}, "record.lab_limits"),
    ],
)
def test_a_result_that_cannot_be(clinic: Clinic, case, fields: dict, code: str) -> None:
    assert refusal(clinic, lambda w: w.add(replace(LAB, **fields))) == code
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.revise(case.lab, replace(case.lab.value, **fields)))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "fields",
    [
        {"on": TODAY},
        {"value": 0.0},
        {"unit": "mg/dL", "lower_limit": 2.5, "upper_limit": 4.5},
        {"analyte": "other", "name": "INR", "unit": "", "value": 2.4},
        {"analyte": "other", "name": "Base excess", "unit": "mmol/L", "value": -3.0},
    ],
)
def test_a_result_that_can_be(clinic: Clinic, case, fields: dict) -> None:
    del case
    value = replace(LAB, **fields)
    assert clinic.write(lambda w: w.add(value)).value == value


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"start_on": TOMORROW}, "record.day_in_future"),
        ({"start_on": BEFORE_BIRTH}, "record.day_before_birth"),
        ({"stop_on": TOMORROW}, "record.day_in_future"),
        ({"stop_on": DAY - dt.timedelta(days=1)}, "record.analgesic_stops_before_start"),
        ({"drug": "moonshine"}, "record.analgesic_unknown"),
        ({"drug": "other"}, "record.analgesic_name_missing"),
        ({"dose": 0.0}, "record.dose"),
        ({"dose": float("nan")}, "record.dose"),
        ({"times_a_day": 0.0}, "record.dose"),
        ({"unit": ""}, "record.dose_unit_missing"),
    ],
)
def test_an_analgesic_that_cannot_be(clinic: Clinic, case, fields: dict, code: str) -> None:
    del case
    assert refusal(clinic, lambda w: w.add(replace(USE, **fields))) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"on": TOMORROW}, "record.day_in_future"),
        ({"on": BEFORE_BIRTH}, "record.day_before_birth"),
        ({"until_on": TOMORROW}, "record.day_in_future"),
        ({"until_on": DAY - dt.timedelta(days=1)}, "record.event_ends_before_start"),
        ({"kind": EventKind.OTHER, "finding": ""}, "record.event_text_missing"),
        ({"kind": EventKind.ADVERSE_EVENT, "finding": "grade_3"}, "record.event_text_missing"),
        ({"finding": "below_knee"}, "record.event_finding"),
        ({"lesion_id": 99}, "record.missing"),
        ({"course_id": 99}, "record.missing"),
    ],
)
def test_an_event_that_cannot_be(clinic: Clinic, case, fields: dict, code: str) -> None:
    del case
    assert refusal(clinic, lambda w: w.add(replace(EVENT, **fields))) == code


def test_an_event_names_its_own_patient_s_records_only(clinic: Clinic, case) -> None:
    other = clinic.write(lambda w: add_case(w, "2002", "Moreau", n=2))
    lesion, course = other.lesions[0].id, other.course.id
    code = refusal(clinic, lambda w: w.add(replace(EVENT, lesion_id=lesion)))
    assert code == "record.lesion_of_other_patient"
    code = refusal(clinic, lambda w: w.add(replace(EVENT, course_id=course)))
    assert code == "record.course_of_other_patient"
    clinic.write(lambda w: w.delete(Lesion, case.lesions[1].id))
    code = refusal(clinic, lambda w: w.add(replace(EVENT, lesion_id=case.lesions[1].id)))
    assert code == "record.parent_deleted"


def test_nothing_but_a_biopsy_comes_after_death(clinic: Clinic, case) -> None:
    dies(clinic, case.patient, DAY)
    later = DAY + dt.timedelta(days=1)
    for value in (
        replace(LAB, on=later),
        replace(USE, start_on=later),
        replace(USE, stop_on=later),
        replace(EVENT, on=later),
        replace(EVENT, until_on=later),
    ):
        assert refusal(clinic, lambda w, v=value: w.add(v)) == "record.day_after_death"
    biopsy = ClinicalEvent(1, EventKind.BIOPSY, later, finding="awaited")
    assert clinic.write(lambda w: w.add(biopsy)).value == biopsy
    assert refusal(clinic, lambda w: w.add(replace(biopsy, on=TOMORROW))) == "record.day_in_future"


@pytest.mark.parametrize("value", [LAB, USE, EVENT, replace(USE, start_on=DAY, stop_on=DAY)])
def test_no_birth_or_death_leaves_out_what_is_kept(clinic: Clinic, value: object) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    clinic.write(lambda w: w.add(value))
    with pytest.raises(RecordError) as refused:
        dies(clinic, patient, DAY - dt.timedelta(days=1))
    assert refused.value.code == "record.day_after_death"
    assert "20 May 2026" in explain(refused.value)
    born = replace(patient.value, birth_date=DAY + dt.timedelta(days=1))
    assert refusal(clinic, lambda w: w.revise(patient, born)) == "record.day_before_birth"
    assert dies(clinic, patient, DAY).value.died_on == DAY


def test_a_biopsy_after_death_does_not_forbid_the_death(clinic: Clinic) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    clinic.write(lambda w: w.add(ClinicalEvent(patient.id, EventKind.BIOPSY, DAY)))
    before = DAY - dt.timedelta(days=1)
    assert dies(clinic, patient, before).value.died_on == before


DIALYSIS = {"dialysis": DialysisMode.HAEMODIALYSIS}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"dialysis_since_on": DAY}, "record.dialysis_day_without_dialysis"),
        ({**DIALYSIS, "dialysis_since_on": TOMORROW}, "record.day_in_future"),
        ({**DIALYSIS, "dialysis_since_on": BEFORE_BIRTH}, "record.day_before_birth"),
        ({"last_contact_on": TOMORROW}, "record.day_in_future"),
        ({"last_contact_on": BEFORE_BIRTH}, "record.day_before_birth"),
        (
            {"status": PatientStatus.DIED, "died_on": DAY, "last_contact_on": TODAY},
            "record.day_after_death",
        ),
        ({"risk_factors": (RiskFactor("obesity", True),) * 2}, "record.risk_factor"),
        ({"risk_factors": (RiskFactor("", True),)}, "record.risk_factor"),
    ],
)
def test_a_patient_s_context_that_cannot_be(clinic: Clinic, fields: dict, code: str) -> None:
    assert refusal(clinic, lambda w: w.add(a_patient(**fields))) == code


def test_a_patient_s_context_comes_back_as_entered(clinic: Clinic) -> None:
    fields = {
        **DIALYSIS,
        "dialysis_since_on": dt.date(2019, 2, 1),
        "last_contact_on": TODAY,
        "risk_factors": (RiskFactor("obesity", True), RiskFactor("diabetes", False)),
    }
    patient = clinic.write(lambda w: w.add(a_patient(**fields)))
    kept = clinic.read(lambda r: r.get(Patient, patient.id)).value
    assert {name: getattr(kept, name) for name in fields} == fields


@pytest.mark.parametrize("size_mm", [0.0, -1.0, 1000.0, float("nan")])
def test_a_deposit_of_impossible_size(clinic: Clinic, size_mm: float) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    facts = CauseFacts(largest_mm=size_mm)
    lesion = Lesion(patient.id, "A", "calf", Side.LEFT, cause_facts=facts)
    assert refusal(clinic, lambda w: w.add(lesion)) == "record.deposit_size"


def context_of(clinic: Clinic, patient_id: int) -> tuple[int, int, int]:
    """How many results, analgesics and events a patient has."""
    history = clinic.read(lambda r: r.history(patient_id))
    return len(history.labs), len(history.analgesics), len(history.events)


def test_merging_patients_loses_nothing_and_takes_nothing_for_the_same(clinic, case) -> None:
    other = clinic.write(lambda w: add_case(w, "2002", "Moreau", n=2))
    preview = clinic.read(lambda r: r.merge_preview(case.patient.id, other.patient.id))
    assert (preview.labs, preview.analgesics, preview.events) == (1, 1, 2)
    before = [values(clinic, one) for one in (case.patient.id, other.patient.id)]
    keep = case.patient.value
    merge = act_of(
        clinic, lambda w: w.merge_patients(case.patient.id, other.patient.id, value=keep)
    )
    assert context_of(clinic, case.patient.id) == (2, 2, 4)
    assert faults(clinic) == []
    clinic.write(lambda w: w.undo(merge))
    assert [values(clinic, one) for one in (case.patient.id, other.patient.id)] == before


def test_of_two_patients_every_answer_stays_and_the_later_contact(clinic: Clinic) -> None:
    def asked(number: str, *answers: tuple[str, bool], contact: dt.date) -> Stored[Patient]:
        risks = tuple(RiskFactor(key, present) for key, present in answers)
        value = a_patient(number, risk_factors=risks, last_contact_on=contact)
        return clinic.write(lambda w: w.add(value))

    keep = asked("1", ("obesity", True), ("diabetes", False), contact=TODAY)
    other = asked("2", ("diabetes", True), ("trauma", True), contact=DAY)
    conflicts = clinic.read(lambda r: r.merge_preview(keep.id, other.id)).conflicts
    (conflict,) = [one for one in conflicts if one.field != "hospital_number"]
    assert conflict.field == "risk_factors"
    assert (conflict.keep, conflict.other) == (
        (RiskFactor("diabetes", False),),
        (RiskFactor("diabetes", True),),
    )
    chosen = {"risk_factors": conflict.other, "hospital_number": "2"}
    merged = merged_patient(keep.value, other.value, chosen)
    assert {(one.key, one.present) for one in merged.risk_factors} == {
        ("obesity", True),
        ("diabetes", True),
        ("trauma", True),
    }
    assert (merged.last_contact_on, merged.code) == (TODAY, keep.value.code)
    kept = merged_patient(other.value, keep.value, {"risk_factors": conflict.keep})
    assert RiskFactor("diabetes", False) in kept.risk_factors
    stored = clinic.write(lambda w: w.merge_patients(keep.id, other.id, value=merged))
    assert stored.value == merged


def test_merging_keeps_what_an_event_names_though_it_lies_in_the_bin(clinic, case) -> None:
    clinic.write(lambda w: w.delete(Lesion, case.lesions[0].id))
    keep = clinic.write(lambda w: w.add(a_patient("3003", "Keller")))
    clinic.write(lambda w: w.merge_patients(keep.id, case.patient.id, value=keep.value))
    event = clinic.read(lambda r: r.get(ClinicalEvent, case.events[0].id))
    assert (event.value.patient_id, event.value.lesion_id) == (keep.id, case.lesions[0].id)
    revised = clinic.write(lambda w: w.revise(event, replace(event.value, text="toe")))
    assert revised.value.lesion_id == case.lesions[0].id


def test_an_event_stays_where_its_lesion_or_therapy_goes_to_the_bin(clinic, case) -> None:
    clinic.write(lambda w: w.delete(Lesion, case.lesions[0].id))
    clinic.write(lambda w: w.delete(TherapyCourse, case.course.id))
    history = clinic.read(lambda r: r.history(case.patient.id))
    assert [one.value for one in history.events] == [one.value for one in case.events]
    infection = history.events[0]
    noted = clinic.write(lambda w: w.revise(infection, replace(infection.value, text="S. aureus")))
    assert noted.value.lesion_id == case.lesions[0].id
    assert faults(clinic) == []


def test_a_visit_that_goes_takes_no_result_and_no_event_along(clinic, case) -> None:
    other = clinic.write(lambda w: w.add(a_patient("2002", "Moreau")))
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    assert context_of(clinic, case.patient.id) == (1, 1, 2)
    clinic.write(lambda w: w.restore(Visit, case.visit.id))
    clinic.write(lambda w: w.delete(ClinicalEvent, case.events[0].id))
    clinic.write(lambda w: w.move_visit(case.visit.id, other.id))
    assert context_of(clinic, case.patient.id) == (1, 1, 1)
    assert context_of(clinic, other.id) == (0, 0, 0)


def test_a_lesion_takes_the_events_that_name_it_along(clinic, case: SimpleNamespace) -> None:
    other = clinic.write(lambda w: w.add(a_patient("2002", "Moreau")))
    lesion = clinic.write(lambda w: w.add(Lesion(case.patient.id, "C", "heel", Side.LEFT)))
    clinic.write(lambda w: add_visit(w, case.patient.id, DAY, [lesion.id], n=3))
    event = clinic.write(lambda w: w.add(replace(EVENT, lesion_id=lesion.id)))
    before = [values(clinic, one) for one in (case.patient.id, other.id)]
    move = act_of(clinic, lambda w: w.move_lesion(lesion.id, other.id))
    assert [one.id for one in clinic.read(lambda r: r.history(other.id)).events] == [event.id]
    assert faults(clinic) == []
    clinic.write(lambda w: w.undo(move))
    assert [values(clinic, one) for one in (case.patient.id, other.id)] == before
    put_down = replace(event.value, course_id=case.course.id)
    clinic.write(lambda w: w.revise(w.get(ClinicalEvent, event.id), put_down))
    code = refusal(clinic, lambda w: w.move_lesion(lesion.id, other.id))
    assert code == "record.event_of_course"


def test_two_lesions_that_are_one_have_all_events(clinic: Clinic, case) -> None:
    lesion = clinic.write(lambda w: w.add(Lesion(case.patient.id, "C", "heel", Side.LEFT)))
    merge = act_of(clinic, lambda w: w.merge_lesions(lesion.id, case.lesions[0].id))
    event = clinic.read(lambda r: r.get(ClinicalEvent, case.events[0].id))
    assert event.value.lesion_id == lesion.id
    clinic.write(lambda w: w.undo(merge))
    event = clinic.read(lambda r: r.get(ClinicalEvent, case.events[0].id))
    assert event.value == case.events[0].value


@pytest.mark.parametrize("name", ["lab", "analgesic"])
def test_each_goes_to_the_bin_and_comes_back(clinic: Clinic, case, name: str) -> None:
    stored = getattr(case, name)
    kind = type(stored.value)
    gone = act_of(clinic, lambda w: w.delete(kind, stored.id))
    (binned,) = clinic.read(lambda r: r.bin(case.patient.id))
    assert (type(binned.value), binned.id) == (kind, stored.id)
    clinic.write(lambda w: w.undo(gone))
    assert clinic.read(lambda r: r.get(kind, stored.id)).value == stored.value
    changed = act_of(clinic, lambda w: w.revise(w.get(kind, stored.id), noted(stored.value)))
    clinic.write(lambda w: w.undo(changed))
    assert clinic.read(lambda r: r.get(kind, stored.id)).value == stored.value


def noted(value: object) -> object:
    return replace(value, note="told by phone")  # type: ignore[type-var]
