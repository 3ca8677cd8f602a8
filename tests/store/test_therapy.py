"""Courses and their sessions in the store: refusals, batches, undo, bin, moving, merging."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import a_patient, act_of, refusal
from woundtrack.records import Patient, PatientStatus, TherapyCourse
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.schedule import scheduled_days
from woundtrack.therapy.types import DoseChange, StopCause, TherapySession

START, TODAY = dt.date(2026, 5, 1), dt.date(2026, 6, 15)
MAY_20 = dt.date(2026, 5, 20)


def sessions(clinic: Clinic, patient_id: int) -> list[dt.date]:
    history = clinic.read(lambda r: r.history(patient_id))
    return [one.value.on for one in history.sessions]


def dead(patient: Patient, day: dt.date) -> Patient:
    return replace(patient, status=PatientStatus.DIED, died_on=day)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"stop_cause": StopCause.HEALED}, "record.stop_day_missing"),
        ({"stop_on": MAY_20, "stop_cause": StopCause.OTHER}, "record.stop_text_missing"),
        (
            {"stop_on": MAY_20, "stop_cause": StopCause.ADVERSE_EVENT, "stop_reason": " "},
            "record.stop_text_missing",
        ),
        ({"dose_changes": (DoseChange(MAY_20, 0.0, "g"),)}, "record.dose"),
        ({"dose_changes": (DoseChange(START, 5.0, "g"),)}, "record.dose_change_outside"),
        (
            {"dose_changes": (DoseChange(MAY_20, 5.0, "g"), DoseChange(MAY_20, 6.0, "g"))},
            "record.dose_change_outside",
        ),
        (
            {"stop_on": START, "dose_changes": (DoseChange(MAY_20, 5.0, "g"),)},
            "record.dose_change_outside",
        ),
    ],
)
def test_a_course_that_contradicts_itself(
    clinic: Clinic, case: SimpleNamespace, fields: dict, code: str
) -> None:
    course = TherapyCourse(case.patient.id, "sts_iv", "", START)
    assert refusal(clinic, lambda w: w.add(replace(course, **fields))) == code


def test_a_course_is_read_back_whole(clinic: Clinic, case: SimpleNamespace) -> None:
    value = TherapyCourse(
        case.patient.id, "sts_iv", "", START, MAY_20, 12.5, "g", stop_reason="nausea",
        stop_cause=StopCause.ADVERSE_EVENT,
        dose_changes=(DoseChange(dt.date(2026, 5, 8), 25.0, "g", "twice_weekly"),),
    )  # fmt: skip
    added = clinic.write(lambda w: w.add(value))
    assert clinic.read(lambda r: r.get(TherapyCourse, added.id)).value == value
    assert clinic.read(lambda r: r.revisions(TherapyCourse, added.id))[0].value == value


@pytest.mark.parametrize("dose", [0.025, 25.0, 25000.0])
def test_no_dose_is_refused_for_its_size(
    clinic: Clinic, case: SimpleNamespace, dose: float
) -> None:
    course = TherapyCourse(case.patient.id, "sts_iv", "", START, dose=dose, unit="g")
    assert clinic.write(lambda w: w.add(course)).value.dose == dose


def test_courses_may_overlap_and_run_on(clinic: Clinic, case: SimpleNamespace) -> None:
    for therapy in ("sts_iv", "rheopheresis", "sts_iv"):
        clinic.write(lambda w, t=therapy: w.add(TherapyCourse(case.patient.id, t, "", START)))
    history = clinic.read(lambda r: r.history(case.patient.id))
    assert len(history.courses) == 4


@pytest.mark.parametrize(
    ("start", "stop"), [(dt.date(2026, 6, 2), None), (START, dt.date(2026, 6, 2))]
)
def test_nothing_is_given_after_death(clinic: Clinic, start: dt.date, stop: dt.date | None) -> None:
    died = clinic.write(lambda w: w.add(dead(a_patient("7"), dt.date(2026, 6, 1))))
    course = TherapyCourse(died.id, "sts_iv", "", start, stop)
    assert refusal(clinic, lambda w: w.add(course)) == "record.therapy_after_death"


def test_a_death_before_a_session_or_a_course_is_refused(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    day = dt.date(2026, 5, 10)
    patient = clinic.read(lambda r: r.get(Patient, case.patient.id))
    clinic.write(lambda w: w.add(TherapySession(case.course.id, dt.date(2026, 5, 12))))
    act = lambda w: w.revise(patient, dead(patient.value, day))  # noqa: E731
    assert refusal(clinic, act) == "record.therapy_after_death"
    # A course that merely has no last day is ended by the death, and no contradiction.
    clinic.write(lambda w: w.revise(patient, dead(patient.value, dt.date(2026, 5, 12))))
    late = TherapySession(case.course.id, dt.date(2026, 5, 13))
    assert refusal(clinic, lambda w: w.add(late)) == "record.therapy_after_death"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"on": dt.date(2026, 4, 30)}, "record.session_outside"),
        ({"on": dt.date(2026, 6, 16)}, "record.session_in_future"),
        ({"duration_min": -1.0}, "record.session_value"),
        ({"duration_min": 0.0}, "record.session_value"),
        ({"duration_min": 25000.0}, "record.session_value"),
        ({"plasma_percent": 101.0}, "record.session_value"),
        ({"pressure_ata": 250.0}, "record.session_value"),
        ({"dose": 25.0}, "record.dose_unit_missing"),
        ({"dose": 0.0, "unit": "g"}, "record.session_value"),
    ],
)
def test_a_session_that_cannot_be(
    clinic: Clinic, case: SimpleNamespace, fields: dict, code: str
) -> None:
    session = replace(TherapySession(case.course.id, MAY_20), **fields)
    assert refusal(clinic, lambda w: w.add(session)) == code


def test_a_batch_is_one_act_undone_as_one(clinic: Clinic, case: SimpleNamespace) -> None:
    days = scheduled_days(dt.date(2026, 5, 4), dt.date(2026, 5, 31), weekdays=(0, 2, 4))
    before = sessions(clinic, case.patient.id)

    def batch(writer: Writer) -> None:
        for day in days:
            writer.add(TherapySession(case.course.id, day, 25.0, "g", 60.0))

    act_id = act_of(clinic, batch)
    assert sessions(clinic, case.patient.id) == sorted([*before, *days])
    clinic.write(lambda w: w.undo(act_id))
    assert sessions(clinic, case.patient.id) == before


def test_one_session_refused_leaves_the_batch_out(clinic: Clinic, case: SimpleNamespace) -> None:
    before = sessions(clinic, case.patient.id)

    def batch(writer: Writer) -> None:
        for day in (MAY_20, TODAY + dt.timedelta(days=1)):
            writer.add(TherapySession(case.course.id, day))

    assert refusal(clinic, batch) == "record.session_in_future"
    assert sessions(clinic, case.patient.id) == before


def test_a_course_does_not_leave_its_sessions_outside(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.add(TherapySession(case.course.id, MAY_20)))
    early = replace(case.course.value, stop_on=MAY_20 - dt.timedelta(days=1))
    assert refusal(clinic, lambda w: w.revise(case.course, early)) == "record.sessions_left_out"
    clinic.write(lambda w: w.revise(case.course, replace(early, stop_on=MAY_20)))


def test_sessions_go_to_the_bin_with_their_course_and_back(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(TherapyCourse, case.course.id))
    assert sessions(clinic, case.patient.id) == []
    kinds = [type(one.value) for one in clinic.read(lambda r: r.bin(case.patient.id))]
    assert kinds == [TherapyCourse]
    clinic.write(lambda w: w.restore(TherapyCourse, case.course.id))
    assert sessions(clinic, case.patient.id) == [START]


def test_a_session_alone_goes_to_the_bin(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.delete(TherapySession, case.session.id))
    assert [one.id for one in clinic.read(lambda r: r.bin(case.patient.id))] == [case.session.id]
    clinic.write(lambda w: w.restore(TherapySession, case.session.id))
    assert sessions(clinic, case.patient.id) == [START]


def test_sessions_follow_a_course_to_another_patient(clinic: Clinic, case: SimpleNamespace) -> None:
    other = clinic.write(lambda w: w.add(a_patient("8", "Moreau")))
    moved = replace(case.course.value, patient_id=other.id)
    act_id = act_of(clinic, lambda w: w.revise(case.course, moved))
    assert sessions(clinic, other.id) == [START]
    assert sessions(clinic, case.patient.id) == []
    clinic.write(lambda w: w.undo(act_id))
    assert sessions(clinic, case.patient.id) == [START]


def test_sessions_follow_a_merge(clinic: Clinic, case: SimpleNamespace) -> None:
    keep = clinic.write(lambda w: w.add(a_patient("8", "Moreau")))
    act_id = act_of(
        clinic, lambda w: w.merge_patients(keep.id, case.patient.id, value=keep.value)
    )  # fmt: skip
    assert sessions(clinic, keep.id) == [START]
    clinic.write(lambda w: w.undo(act_id))
    assert sessions(clinic, case.patient.id) == [START]


def test_a_merge_does_not_put_a_course_after_death(clinic: Clinic, case: SimpleNamespace) -> None:
    keep = clinic.write(lambda w: w.add(dead(a_patient("8"), dt.date(2026, 4, 1))))
    act = lambda w: w.merge_patients(keep.id, case.patient.id, value=keep.value)  # noqa: E731
    assert refusal(clinic, act) in ("record.visit_after_death", "record.therapy_after_death")


def test_an_extension_is_not_undone_under_a_session(clinic: Clinic, case: SimpleNamespace) -> None:
    short = replace(case.course.value, stop_on=START)
    stopped = clinic.write(lambda w: w.revise(case.course, short))
    act_id = act_of(clinic, lambda w: w.revise(stopped, replace(short, stop_on=MAY_20)))
    clinic.write(lambda w: w.add(TherapySession(case.course.id, MAY_20)))
    assert refusal(clinic, lambda w: w.undo(act_id)) == "record.sessions_left_out"
    assert sessions(clinic, case.patient.id) == [START, MAY_20]
