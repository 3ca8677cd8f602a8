"""Deleting, restoring and undoing."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import a_patient, act_of, add_visit, counts, values
from woundtrack.errors import RecordError, StoreError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    Role,
    Side,
    SizeMethod,
    TherapyCourse,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic, Writer

ALL = (2, 1, 1, 1, 2, 2, 2, 1)


@pytest.mark.parametrize(
    ("kind", "name", "left"),
    [
        (Visit, "visit", (2, 0, 0, 0, 0, 0, 0, 1)),
        (VisitPhoto, "photo", (2, 1, 0, 0, 0, 0, 2, 1)),
        (TherapyCourse, "course", (2, 1, 1, 1, 2, 2, 2, 0)),
    ],
)
def test_what_hangs_below_goes_along_and_comes_back(
    clinic: Clinic, case: SimpleNamespace, kind: type, name: str, left: tuple
) -> None:
    record = getattr(case, name)
    before = clinic.read(lambda r: r.history(case.patient.id))
    clinic.write(lambda w: w.delete(kind, record.id), reason="wrong file")
    assert counts(clinic, case.patient.id) == left
    (binned,) = clinic.read(lambda r: r.bin(case.patient.id))
    assert (binned.id, binned.value, binned.deleted) == (record.id, record.value, True)
    assert binned.reason == "wrong file"
    clinic.write(lambda w: w.restore(kind, record.id))
    assert counts(clinic, case.patient.id) == ALL
    assert clinic.read(lambda r: r.bin()) == []
    after = clinic.read(lambda r: r.history(case.patient.id))
    assert [a.value for a in after.assessments] == [a.value for a in before.assessments]


def test_a_deleted_patient_leaves_list_and_search(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.delete(Patient, case.patient.id))
    assert clinic.read(lambda r: r.search_patients(everyone=True)) == []
    assert clinic.read(lambda r: r.look_alikes(a_patient())) == []
    assert [type(s.value) for s in clinic.read(lambda r: r.bin())] == [Patient]
    clinic.write(lambda w: w.restore(Patient, case.patient.id))
    assert counts(clinic, case.patient.id) == ALL


def test_an_assessment_no_longer_counts_a_deleted_measurement(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[0].id))
    assessment = clinic.read(lambda r: r.get(Assessment, case.assessments[0].id))
    assert assessment.value.measurement_id is None
    assert assessment.value.size_method is SizeMethod.NOT_MEASURED
    clinic.write(lambda w: w.restore(PhotoOutline, case.outlines[0].id))
    assessment = clinic.read(lambda r: r.get(Assessment, case.assessments[0].id))
    assert assessment.value == case.assessments[0].value


def test_restoring_leaves_alone_what_was_scored_anew_since(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[0].id))
    latest = clinic.read(lambda r: r.get(Assessment, case.assessments[0].id))
    bedside = replace(latest.value, size_method=SizeMethod.BEDSIDE, length_cm=2.0, width_cm=1.0)
    clinic.write(lambda w: w.revise(latest, bedside))
    clinic.write(lambda w: w.restore(PhotoOutline, case.outlines[0].id))
    assert clinic.read(lambda r: r.get(Assessment, latest.id)).value == bedside


def test_only_what_went_in_together_comes_back_together(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[0].id))
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    assert len(clinic.read(lambda r: r.bin())) == 2
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.restore(PhotoOutline, case.outlines[0].id))
    assert refused.value.code == "record.parent_deleted"
    clinic.write(lambda w: w.restore(Visit, case.visit.id))
    assert counts(clinic, case.patient.id) == (2, 1, 1, 1, 1, 1, 2, 1)


def test_a_part_of_what_was_deleted_waits_for_its_other_parent(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    clinic.write(lambda w: w.delete(Lesion, case.lesions[0].id))
    clinic.write(lambda w: w.restore(Visit, case.visit.id))
    assert counts(clinic, case.patient.id) == (1, 1, 1, 1, 1, 1, 1, 1)


def test_restoring_into_a_taken_place_is_refused(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    clinic.write(lambda w: w.add(Visit(case.patient.id, case.visit.value.on)))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.restore(Visit, case.visit.id))
    assert refused.value.code == "record.visit_exists"
    assert counts(clinic, case.patient.id)[1:3] == (1, 0)


def test_what_is_in_the_bin_is_neither_changed_nor_deleted_again(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    deleted = clinic.read(lambda r: r.get(Visit, case.visit.id))
    for act in (
        lambda w: w.delete(Visit, case.visit.id),
        lambda w: w.revise(deleted, replace(deleted.value, note="x")),
    ):
        with pytest.raises(RecordError) as refused:
            clinic.write(act)
        assert refused.value.code == "record.in_bin"
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.restore(Patient, case.patient.id))
    assert refused.value.code == "record.not_in_bin"


def test_users_are_never_deleted(clinic: Clinic) -> None:
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.delete(User, clinic.user.id))
    assert refused.value.code == "record.user_kept"


def test_deleting_is_undone_and_redone(clinic: Clinic, case: SimpleNamespace) -> None:
    before = values(clinic, case.patient.id)
    deleting = act_of(clinic, lambda w: w.delete(Visit, case.visit.id))
    after = values(clinic, case.patient.id)
    undoing = act_of(clinic, lambda w: w.undo(deleting))
    assert values(clinic, case.patient.id) == before
    act_of(clinic, lambda w: w.undo(undoing))
    assert values(clinic, case.patient.id) == after


def test_a_correction_and_an_addition_are_undone_as_one(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    def act(writer: Writer) -> None:
        first = writer.revise(case.visit, replace(case.visit.value, note="one"))
        writer.revise(first, replace(first.value, note="two"))
        add_visit(writer, case.patient.id, dt.date(2026, 6, 1), [case.lesions[0].id], n=5)

    before = values(clinic, case.patient.id)
    done = act_of(clinic, act)
    clinic.write(lambda w: w.undo(done))
    assert values(clinic, case.patient.id) == before
    entries = clinic.read(lambda r: r.journal(kind="visit"))
    assert [e.action for e in entries[:2]] == ["undone", "undone"]


def test_undo_is_refused_once_the_record_was_touched_again(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    done = act_of(clinic, lambda w: w.revise(case.visit, replace(case.visit.value, note="one")))
    latest = clinic.read(lambda r: r.get(Visit, case.visit.id))
    clinic.write(lambda w: w.revise(latest, replace(latest.value, note="two")))
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.undo(done))
    assert refused.value.code == "store.changed_since"
    assert clinic.read(lambda r: r.get(Visit, case.visit.id)).value.note == "two"


def test_edits_of_one_record_are_undone_and_redone_one_after_another(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    def note() -> str:
        return clinic.read(lambda r: r.get(Visit, case.visit.id)).value.note

    done = []
    for text in ("one", "two", "three"):
        latest = clinic.read(lambda r: r.get(Visit, case.visit.id))
        value = replace(latest.value, note=text)
        done.append(act_of(clinic, lambda w, at=latest, value=value: w.revise(at, value)))
    undoings = []
    for act_id, left in zip(reversed(done), ("two", "one", case.visit.value.note), strict=True):
        undoings.append(act_of(clinic, lambda w, one=act_id: w.undo(one)))
        assert note() == left
    for undoing, back in zip(reversed(undoings), ("one", "two", "three"), strict=True):
        act_of(clinic, lambda w, one=undoing: w.undo(one))
        assert note() == back
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.undo(done[0]))
    assert refused.value.code == "store.changed_since"


def test_undo_of_an_addition_is_refused_once_something_hangs_below(clinic: Clinic) -> None:
    done = act_of(clinic, lambda w: w.add(a_patient()))
    clinic.write(lambda w: w.add(Visit(1, dt.date(2026, 6, 1))))
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.undo(done))
    assert refused.value.code == "store.changed_since"


def test_undo_is_refused_where_the_place_was_taken(clinic: Clinic, case: SimpleNamespace) -> None:
    done = act_of(clinic, lambda w: w.delete(Visit, case.visit.id))
    clinic.write(lambda w: w.add(Visit(case.patient.id, case.visit.value.on)))
    with pytest.raises((StoreError, RecordError)):
        clinic.write(lambda w: w.undo(done))
    assert counts(clinic, case.patient.id)[1:3] == (1, 0)


def test_undoing_a_confirmation_returns_the_draft(clinic: Clinic, case: SimpleNamespace) -> None:
    visit = clinic.write(lambda w: w.add(Visit(case.patient.id, dt.date(2026, 6, 1))))
    draft = clinic.write(lambda w: w.add(Assessment(visit.id, case.lesions[0].id)))
    draft = clinic.write(lambda w: w.revise(draft, replace(draft.value, pain_nrs=4)))
    done = act_of(clinic, lambda w: w.revise(draft, replace(draft.value, confirmed=True)))
    clinic.write(lambda w: w.undo(done))
    assert clinic.read(lambda r: r.get(Assessment, draft.id)).value == draft.value


def test_what_changed_nothing_and_users_are_not_undone(clinic: Clinic) -> None:
    nothing = act_of(clinic, lambda w: None)
    user = act_of(clinic, lambda w: w.add_user("Bo", Role.CLINICIAN, "another good one"))
    for act_id, code in ((nothing, "nothing_to_undo"), (user, "not_undoable")):
        with pytest.raises(StoreError) as refused:
            clinic.write(lambda w, act_id=act_id: w.undo(act_id))
        assert refused.value.code == f"store.{code}"


def test_deleted_measurements_are_in_the_bin_of_their_patient_only(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    other = clinic.write(lambda w: w.add(a_patient("77")))
    clinic.write(lambda w: w.delete(LesionMeasurement, case.measurements[0].id))
    assert len(clinic.read(lambda r: r.bin(case.patient.id))) == 1
    assert clinic.read(lambda r: r.bin(other.id)) == []


def test_undo_of_a_restoration_is_refused_once_something_hangs_below(clinic: Clinic) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    lesion = clinic.write(lambda w: w.add(Lesion(patient.id, "A", "calf", Side.LEFT)))
    clinic.write(lambda w: w.delete(Lesion, lesion.id))
    restored = act_of(clinic, lambda w: w.restore(Lesion, lesion.id))
    clinic.write(lambda w: add_visit(w, patient.id, dt.date(2026, 5, 1), [lesion.id]))
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.undo(restored))
    assert refused.value.code == "store.visit_confirmed_since"
    assert counts(clinic, patient.id) == (1, 1, 1, 1, 1, 1, 1, 0)


@pytest.mark.parametrize("closed", [False, True])
def test_undo_below_a_visit_that_was_confirmed_since_says_so(clinic: Clinic, closed: bool) -> None:
    on = dt.date(2026, 5, 1)

    def confirmed(writer: Writer) -> None:
        add_visit(writer, 1, on, [1])
        if closed:
            latest = writer.get(Lesion, 1)
            writer.revise(latest, replace(latest.value, closed_on=on))

    patient = act_of(clinic, lambda w: w.add(a_patient()))
    lesion = act_of(clinic, lambda w: w.add(Lesion(1, "A", "calf", Side.LEFT)))
    clinic.write(confirmed)
    for act_id in (lesion, patient):
        with pytest.raises(StoreError) as refused:
            clinic.write(lambda w, act_id=act_id: w.undo(act_id))
        assert refused.value.code == "store.visit_confirmed_since"
