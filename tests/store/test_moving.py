"""Moving and merging: what follows, what is refused, and that one act undoes it."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import a_patient, act_of, add_case, add_visit, counts, values
from tests.store.soundness import faults
from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    PhotoOutline,
    Side,
    SizeMethod,
    Visit,
    WoundQol,
)
from woundtrack.store.clinic import Clinic

LATER = dt.date(2026, 6, 1)


@pytest.fixture
def other(clinic: Clinic, case: SimpleNamespace) -> SimpleNamespace:
    """A second patient with two lesions and a visit on the same day."""
    del case
    return clinic.write(lambda w: add_case(w, "2002", "Moreau", n=2))


def sound(clinic: Clinic) -> bool:
    """Whether every live record hangs where all that it names agree."""
    return faults(clinic) == [] and clinic.check() == []


def undone(clinic: Clinic, act, *patients: int) -> None:
    """Do an act, see that the clinic stays sound, undo it, and compare."""
    before = [values(clinic, one) for one in patients]
    done = act_of(clinic, act)
    assert sound(clinic)
    clinic.write(lambda w: w.undo(done))
    assert [values(clinic, one) for one in patients] == before
    assert sound(clinic)


def test_a_photo_to_another_visit_of_the_patient(clinic: Clinic, case: SimpleNamespace) -> None:
    visit = clinic.write(lambda w: w.add(Visit(case.patient.id, LATER)))
    done = act_of(clinic, lambda w: w.move_photo(case.photo.id, visit.id))
    history = clinic.read(lambda r: r.history(case.patient.id))
    assert history.photos[0].value.visit_id == visit.id
    assert {one.value.visit_id for one in history.measurements} == {visit.id}
    assert {one.value.size_method for one in history.assessments} == {SizeMethod.NOT_MEASURED}
    assert sound(clinic)
    clinic.write(lambda w: w.undo(done))
    assert counts(clinic, case.patient.id) == (2, 2, 1, 1, 2, 2, 2, 1)


def test_revising_the_visit_of_a_photo_moves_it(clinic: Clinic, case: SimpleNamespace) -> None:
    visit = clinic.write(lambda w: w.add(Visit(case.patient.id, LATER)))
    value = replace(case.photo.value, visit_id=visit.id, note="moved")
    moved = clinic.write(lambda w: w.revise(case.photo, value))
    assert moved.value == value
    assert sound(clinic)


def test_a_photo_to_another_patient_needs_to_know_the_lesions(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.move_photo(case.photo.id, other.visit.id))
    assert (refused.value.code, refused.value.data) == ("record.lesion_needed", {"label": "A"})
    fresh = clinic.write(lambda w: w.add(Lesion(other.patient.id, "C", "calf", Side.LEFT)))
    lesions = {case.lesions[0].id: fresh.id, case.lesions[1].id: None}
    undone(
        clinic,
        lambda w: w.move_photo(case.photo.id, other.visit.id, lesions=lesions),
        case.patient.id,
        other.patient.id,
    )
    clinic.write(lambda w: w.move_photo(case.photo.id, other.visit.id, lesions=lesions))
    assert counts(clinic, other.patient.id) == (3, 1, 2, 2, 3, 3, 2, 1)
    assert counts(clinic, case.patient.id) == (2, 1, 0, 0, 0, 0, 2, 1)


def test_a_visit_takes_its_photos_and_the_lesions_seen_only_there(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    new = clinic.write(lambda w: w.add(a_patient("3003", "Nguyễn")))
    clinic.write(lambda w: w.add(Lesion(new.id, "A", "foot", Side.RIGHT)))
    undone(clinic, lambda w: w.move_visit(case.visit.id, new.id), case.patient.id, new.id)
    clinic.write(lambda w: w.move_visit(case.visit.id, new.id))
    assert counts(clinic, new.id) == (3, 1, 1, 1, 2, 2, 2, 0)
    assert counts(clinic, case.patient.id) == (0, 0, 0, 0, 0, 0, 0, 1)
    labels = [one.value.label for one in clinic.read(lambda r: r.find(Lesion, patient_id=new.id))]
    assert labels == ["A", "B", "C"]


def test_a_visit_with_lesions_seen_elsewhere_asks_which_they_are(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    lesions = [one.id for one in case.lesions]
    visit = clinic.write(lambda w: add_visit(w, case.patient.id, LATER, lesions, n=3)).visit
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.move_visit(visit.id, other.patient.id))
    assert refused.value.code == "record.lesion_needed"
    there = dict(zip(lesions, (one.id for one in other.lesions), strict=True))
    undone(
        clinic,
        lambda w: w.move_visit(visit.id, other.patient.id, lesions=there),
        case.patient.id,
        other.patient.id,
    )
    clinic.write(lambda w: w.move_visit(visit.id, other.patient.id, lesions=there))
    assert counts(clinic, other.patient.id) == (2, 2, 2, 2, 4, 4, 4, 1)


def test_a_visit_does_not_move_onto_another(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.move_visit(case.visit.id, other.patient.id))
    assert refused.value.code == "record.visit_exists"


def test_a_lesion_moves_day_by_day(clinic: Clinic, case: SimpleNamespace) -> None:
    new = clinic.write(lambda w: w.add(a_patient("3003", "Nguyễn")))
    alone = [case.lesions[0].id]
    clinic.write(lambda w: add_visit(w, case.patient.id, LATER, alone, n=3))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.move_lesion(case.lesions[0].id, new.id))
    assert refused.value.code == "record.photo_shared"
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[0].id))
    undone(clinic, lambda w: w.move_lesion(case.lesions[0].id, new.id), case.patient.id, new.id)
    clinic.write(lambda w: w.move_lesion(case.lesions[0].id, new.id))
    assert counts(clinic, new.id) == (1, 2, 1, 1, 1, 1, 2, 0)
    assert counts(clinic, case.patient.id) == (1, 2, 1, 1, 1, 1, 1, 1)


def test_an_outline_to_another_lesion_takes_its_measurement(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    third = clinic.write(lambda w: w.add(Lesion(case.patient.id, "C", "calf", Side.LEFT)))
    undone(clinic, lambda w: w.move_outline(case.outlines[0].id, third.id), case.patient.id)
    clinic.write(lambda w: w.move_outline(case.outlines[0].id, third.id))
    measured = clinic.read(lambda r: r.find(LesionMeasurement, lesion_id=third.id))
    assert len(measured) == 1
    first = clinic.read(lambda r: r.get(Assessment, case.assessments[0].id)).value
    assert first.measurement_id is None
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.move_outline(case.outlines[1].id, third.id))
    assert refused.value.code == "record.outline_exists"


def test_what_merging_would_do_is_shown_first(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    clinic.write(lambda w: add_visit(w, other.patient.id, LATER, [other.lesions[0].id], n=4))
    shown = clinic.read(lambda r: r.merge_preview(case.patient.id, other.patient.id))
    assert {one.field for one in shown.conflicts} == {"hospital_number", "birth_name"}
    assert (shown.lesions, shown.visits, shown.photos, shown.courses) == (2, 2, 2, 1)
    assert shown.same_days == (case.visit.value.on,)
    assert shown.relabelled == (("A", "C"), ("B", "D"))


def test_two_patients_become_one_and_two_again(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    clinic.write(lambda w: add_visit(w, other.patient.id, LATER, [other.lesions[0].id], n=4))
    keep, away = case.patient.id, other.patient.id
    value = replace(case.patient.value, national_number="258", code="")
    undone(clinic, lambda w: w.merge_patients(keep, away, value=value), keep, away)
    merged = clinic.write(lambda w: w.merge_patients(keep, away, value=value, reason="double"))
    assert merged.value == replace(value, code=case.patient.value.code)
    assert counts(clinic, keep) == (4, 2, 3, 3, 5, 5, 5, 2)
    labels = [one.value.label for one in clinic.read(lambda r: r.find(Lesion, patient_id=keep))]
    assert labels == ["A", "B", "C", "D"]
    assert [row.id for row in clinic.read(lambda r: r.search_patients())] == [keep]
    assert sound(clinic)
    for patient in (case.patient, other.patient):
        meant = clinic.read(lambda r, p=patient: r.patient_by_code(p.value.code))
        assert meant == merged
    assert clinic.read(lambda r: r.patient_by_code("00000-0")) is None
    with pytest.raises(RecordError):
        clinic.write(lambda w: w.merge_patients(keep, away, value=value))
    with pytest.raises(RecordError):
        clinic.write(lambda w: w.merge_patients(keep, keep, value=value))


def test_of_two_visits_of_one_day_the_answers_of_both_are_kept(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    quality = WoundQol(items=17, mean=1.5)
    told = replace(other.visit.value, general_pain_nrs=9, general_pain_vas_mm=70, wound_qol=quality)
    clinic.write(lambda w: w.revise(other.visit, told))
    value = replace(case.patient.value, code="")
    clinic.write(lambda w: w.merge_patients(case.patient.id, other.patient.id, value=value))
    kept = clinic.read(lambda r: r.get(Visit, case.visit.id)).value
    assert (kept.general_pain_nrs, kept.general_pain_vas_mm, kept.wound_qol) == (3, 70, quality)


def test_two_lesions_become_one_where_nothing_is_double(
    clinic: Clinic, case: SimpleNamespace, other: SimpleNamespace
) -> None:
    first, second = (one.id for one in case.lesions)
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.merge_lesions(first, second))
    assert refused.value.code == "record.two_outlines"
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[1].id))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.merge_lesions(first, second))
    assert refused.value.code == "record.two_assessments"
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.merge_lesions(first, other.lesions[0].id))
    assert refused.value.code == "record.lesion_of_other_patient"
    third = clinic.write(lambda w: w.add(Lesion(case.patient.id, "C", "calf", Side.LEFT)))
    clinic.write(lambda w: add_visit(w, case.patient.id, LATER, [third.id], n=6))
    undone(clinic, lambda w: w.merge_lesions(first, third.id), case.patient.id)
    clinic.write(lambda w: w.merge_lesions(first, third.id))
    assert counts(clinic, case.patient.id) == (2, 2, 2, 2, 2, 2, 3, 1)
