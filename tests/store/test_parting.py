"""Lesions that part or grow together: days, cycles, moves, merges and the bin."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import OUTLINE, a_patient, act_of, add_visit, refusal, values
from tests.store.soundness import faults
from woundtrack.records import (
    Assessment,
    Lesion,
    Patient,
    PatientStatus,
    PhotoOutline,
    Side,
    SizeMethod,
    Stored,
    Visit,
)
from woundtrack.store.clinic import Clinic, Writer

EARLY, DAY, LATE = dt.date(2026, 5, 4), dt.date(2026, 5, 18), dt.date(2026, 6, 1)
TOMORROW = dt.date(2026, 6, 16)


def become(writer: Writer, lesion_id: int, *ids: int, on: dt.date = DAY) -> Stored[Lesion]:
    stored = writer.get(Lesion, lesion_id)
    return writer.revise(stored, replace(stored.value, became_ids=ids, became_on=on))


@pytest.fixture
def parted(clinic: Clinic) -> SimpleNamespace:
    """Lesion A, seen early, parted into B and C, seen late; D has no part in it."""

    def act(writer: Writer) -> SimpleNamespace:
        patient = writer.add(a_patient())
        a, b, c, d = (
            writer.add(Lesion(patient.id, label, "calf", Side.LEFT, onset_on=EARLY)).id
            for label in "ABCD"
        )
        early = add_visit(writer, patient.id, EARLY, [a, d], n=1)
        become(writer, a, b, c)
        late = add_visit(writer, patient.id, LATE, [b, c, d], n=2)
        return SimpleNamespace(patient=patient, a=a, b=b, c=c, d=d, early=early, late=late)

    return clinic.write(act)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"became_on": None}, "record.became_day_missing"),
        ({"became_ids": ()}, "record.became_day_missing"),
        ({"became_on": TOMORROW}, "record.day_in_future"),
        ({"became_on": EARLY - dt.timedelta(days=1)}, "record.became_before_onset"),
        ({"onset_on": None, "became_on": dt.date(1958, 3, 1)}, "record.day_before_birth"),
        ({"became_on": EARLY}, "record.became_has_visits"),
        ({"became_ids": (1,)}, "record.became_itself"),
        ({"became_ids": (2, 2)}, "record.became_itself"),
        ({"became_ids": (99,)}, "record.missing"),
        ({"became_ids": (4,)}, "record.became_seen_before"),
    ],
)
def test_what_a_lesion_cannot_become(clinic: Clinic, parted, fields: dict, code: str) -> None:
    stored = clinic.read(lambda r: r.get(Lesion, parted.a))
    assert (parted.a, parted.b, parted.d) == (1, 2, 4)
    assert refusal(clinic, lambda w: w.revise(stored, replace(stored.value, **fields))) == code


def test_a_new_lesion_has_become_nothing_of_another_patient(clinic: Clinic, parted) -> None:
    other = clinic.write(lambda w: w.add(a_patient("2002", "Moreau")))
    lesion = Lesion(other.id, "A", "heel", Side.LEFT, became_ids=(parted.b,), became_on=LATE)
    assert refusal(clinic, lambda w: w.add(lesion)) == "record.lesion_of_other_patient"


def test_no_lesion_becomes_itself_in_several_steps(clinic: Clinic, parted) -> None:
    e = clinic.write(
        lambda w: w.add(Lesion(parted.patient.id, "E", "calf", Side.LEFT, onset_on=EARLY)).id
    )
    clinic.write(lambda w: w.delete(Visit, parted.late.visit.id))
    clinic.write(lambda w: become(w, parted.b, e, on=LATE))
    assert refusal(clinic, lambda w: become(w, e, parted.a, on=LATE)) == "record.became_itself"
    clinic.write(lambda w: w.delete(Visit, parted.early.visit.id))
    assert refusal(clinic, lambda w: become(w, e, parted.a, on=LATE)) == "record.became_itself"


def test_two_lesions_grow_into_one(clinic: Clinic, parted) -> None:
    one = clinic.write(lambda w: w.add(Lesion(parted.patient.id, "E", "calf", Side.LEFT)).id)
    day = LATE + dt.timedelta(days=7)
    for lesion in (parted.b, parted.c):
        clinic.write(lambda w, i=lesion: become(w, i, one, on=day))
    clinic.write(lambda w: add_visit(w, parted.patient.id, day, [one, parted.d], n=3))
    assert faults(clinic) == []


def test_the_last_form_is_of_the_day_before(clinic: Clinic, parted) -> None:
    def seen(day: dt.date, *, confirmed: bool):
        def act(writer: Writer):
            visit = writer.find(Visit, patient_id=parted.patient.id, on=day)
            visit = visit[0] if visit else writer.add(Visit(parted.patient.id, day))
            return writer.add(Assessment(visit.id, parted.a, confirmed=confirmed))

        return act

    before = DAY - dt.timedelta(days=1)
    assert clinic.write(seen(before, confirmed=True)).value.confirmed
    for confirmed in (False, True):
        code = refusal(clinic, seen(DAY, confirmed=confirmed))
        assert code == "record.lesion_became_other"
    outline = PhotoOutline(parted.late.photo.id, parted.a, OUTLINE)
    assert refusal(clinic, lambda w: w.add(outline)) == "record.lesion_became_other"


def test_a_draft_made_before_it_was_known_is_kept_and_never_confirmed(clinic: Clinic) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    a, b = (
        clinic.write(lambda w, t=text: w.add(Lesion(patient.id, t, "calf", Side.LEFT)).id)
        for text in "AB"
    )
    visit = clinic.write(lambda w: w.add(Visit(patient.id, DAY)))
    draft = clinic.write(lambda w: w.add(Assessment(visit.id, a, note="larger")))
    clinic.write(lambda w: become(w, a, b))
    confirmed = replace(draft.value, confirmed=True)
    assert refusal(clinic, lambda w: w.revise(draft, confirmed)) == "record.lesion_became_other"
    clinic.write(lambda w: w.delete(Assessment, draft.id))
    assert faults(clinic) == []


def test_what_another_became_begins_on_that_very_day(clinic: Clinic, parted) -> None:
    def seen(visit_id: int):
        form = Assessment(visit_id, parted.b, SizeMethod.CLOSED, confirmed=True)
        return lambda w: w.add(form)

    assert refusal(clinic, seen(parted.early.visit.id)) == "record.lesion_not_yet"
    visit = clinic.write(lambda w: w.add(Visit(parted.patient.id, DAY)))
    assert clinic.write(seen(visit.id)).value.confirmed
    e = clinic.write(lambda w: w.add(Lesion(parted.patient.id, "E", "calf", Side.LEFT)).id)
    after = EARLY + dt.timedelta(days=1)
    code = refusal(clinic, lambda w: become(w, e, parted.d, on=after))
    assert code == "record.became_seen_before"
    assert clinic.write(lambda w: become(w, e, parted.d, on=EARLY)).value.became_on == EARLY
    assert faults(clinic) == []


@pytest.mark.parametrize(("place", "day"), [("early", LATE), ("late", EARLY)])
def test_a_visit_keeps_to_the_days_of_its_lesions(clinic: Clinic, parted, place, day) -> None:
    visit = getattr(parted, place).visit
    clinic.write(
        lambda w: w.delete(Visit, getattr(parted, "late" if place == "early" else "early").visit.id)
    )
    moved = replace(visit.value, on=day)
    code = "record.lesion_became_other" if place == "early" else "record.lesion_not_yet"
    assert refusal(clinic, lambda w: w.revise(visit, moved)) == code


def test_what_a_lesion_became_does_not_go_alone(clinic: Clinic, parted) -> None:
    before = values(clinic, parted.patient.id)
    code = refusal(clinic, lambda w: w.delete(Lesion, parted.b))
    assert code == "record.lesion_became_this"
    assert values(clinic, parted.patient.id) == before
    clinic.write(lambda w: w.delete(Lesion, parted.a))
    clinic.write(lambda w: w.delete(Lesion, parted.b))
    assert refusal(clinic, lambda w: w.restore(Lesion, parted.a)) == "record.became_in_bin"
    clinic.write(lambda w: w.restore(Lesion, parted.b))
    clinic.write(lambda w: w.restore(Lesion, parted.a))
    assert faults(clinic) == []
    assert values(clinic, parted.patient.id) == before


def test_a_patient_takes_all_of_them_to_the_bin_and_back(clinic: Clinic, parted) -> None:
    before = values(clinic, parted.patient.id)
    clinic.write(lambda w: w.delete(Patient, parted.patient.id))
    clinic.write(lambda w: w.restore(Patient, parted.patient.id))
    assert values(clinic, parted.patient.id) == before


def test_adding_what_a_lesion_became_later_is_not_undone_beneath_it(clinic: Clinic) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    a = clinic.write(lambda w: w.add(Lesion(patient.id, "A", "calf", Side.LEFT)).id)
    added = act_of(clinic, lambda w: w.add(Lesion(patient.id, "B", "calf", Side.LEFT)))
    clinic.write(lambda w: become(w, a, 2))
    assert refusal(clinic, lambda w: w.undo(added)) == "record.lesion_became_this"

    def split(writer: Writer) -> None:
        c = writer.add(Lesion(patient.id, "C", "calf", Side.LEFT)).id
        become(writer, 2, c, on=LATE)

    at_once = act_of(clinic, split)
    clinic.write(lambda w: w.undo(at_once))
    assert clinic.read(lambda r: r.get(Lesion, 2)).value.became_ids == ()


@pytest.mark.parametrize("name", ["a", "b"])
def test_neither_side_of_a_parting_moves_to_another_patient(clinic, parted, name: str) -> None:
    other = clinic.write(lambda w: w.add(a_patient("2002", "Moreau")))
    lesion_id = getattr(parted, name)
    assert refusal(clinic, lambda w: w.move_lesion(lesion_id, other.id)) == "record.lesion_parted"
    visit = parted.early.visit if name == "a" else parted.late.visit
    free = {parted.d: None}
    code = refusal(clinic, lambda w: w.move_visit(visit.id, other.id, lesions=free))
    assert code == "record.lesion_parted"
    clinic.write(lambda w: w.merge_patients(other.id, parted.patient.id, value=other.value))
    kept = clinic.read(lambda r: r.get(Lesion, parted.a)).value
    assert (kept.patient_id, kept.became_ids) == (other.id, (parted.b, parted.c))
    assert faults(clinic) == []


def test_one_of_what_it_became_turns_out_to_be_another_s(clinic: Clinic, parted) -> None:
    e = clinic.write(lambda w: w.add(Lesion(parted.patient.id, "E", "calf", Side.LEFT)).id)
    before = values(clinic, parted.patient.id)
    merge = act_of(clinic, lambda w: w.merge_lesions(e, parted.b))
    assert clinic.read(lambda r: r.get(Lesion, parted.a)).value.became_ids == (e, parted.c)
    assert faults(clinic) == []
    clinic.write(lambda w: w.undo(merge))
    assert values(clinic, parted.patient.id) == before


def test_both_parts_turn_out_to_be_one(clinic: Clinic, parted) -> None:
    clinic.write(lambda w: w.delete(Visit, parted.late.visit.id))
    clinic.write(lambda w: w.merge_lesions(parted.b, parted.c))
    assert clinic.read(lambda r: r.get(Lesion, parted.a)).value.became_ids == (parted.b,)


def test_merging_guesses_nothing_of_a_parting(clinic: Clinic, parted) -> None:
    for keep, other in ((parted.a, parted.b), (parted.b, parted.a), (parted.d, parted.a)):
        clinic.write(lambda w: w.delete(Visit, parted.early.visit.id))
        code = refusal(clinic, lambda w, k=keep, o=other: w.merge_lesions(k, o))
        assert code == "record.lesion_parted"
        clinic.write(lambda w: w.restore(Visit, parted.early.visit.id))


def test_merging_brings_no_form_across_the_day(clinic: Clinic, parted) -> None:
    e = clinic.write(lambda w: w.add(Lesion(parted.patient.id, "E", "calf", Side.LEFT)).id)
    late, early = LATE + dt.timedelta(days=3), EARLY + dt.timedelta(days=3)
    visit = clinic.write(lambda w: add_visit(w, parted.patient.id, late, [e], n=3)).visit
    code = refusal(clinic, lambda w: w.merge_lesions(parted.a, e))
    assert code == "record.became_has_visits"
    clinic.write(lambda w: w.revise(visit, replace(visit.value, on=early)))
    code = refusal(clinic, lambda w: w.merge_lesions(parted.b, e))
    assert code == "record.became_seen_before"
    clinic.write(lambda w: w.merge_lesions(parted.a, e))
    assert faults(clinic) == []


def test_no_death_leaves_out_the_day_of_a_parting(clinic: Clinic, parted) -> None:
    clinic.write(lambda w: w.delete(Visit, parted.late.visit.id))
    day = DAY - dt.timedelta(days=1)
    died = replace(parted.patient.value, status=PatientStatus.DIED, died_on=day)
    assert refusal(clinic, lambda w: w.revise(parted.patient, died)) == "record.day_after_death"


@pytest.mark.parametrize(
    ("ids", "codes"),
    [
        ("[2, 99]", ["check.loose"]),
        ("moon dust", ["check.unreadable_records"]),
        ("[2, 3]", []),
    ],
)
def test_a_check_finds_what_a_lesion_became_and_is_missing(
    clinic: Clinic, parted, ids: str, codes: list[str]
) -> None:
    sql = "UPDATE lesion SET became_ids = ? WHERE id = ?"
    clinic.write(lambda w: w._connection.execute(sql, (ids, parted.a)))
    assert [finding.code for finding in clinic.check()] == codes
