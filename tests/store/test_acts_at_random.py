"""Random acts on a small clinic: each keeps it sound, and undo returns exactly what was."""

import contextlib
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.clinics import add_case, add_visit, values
from tests.store.soundness import faults
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.errors import RecordError, StoreError
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    Side,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.types import TherapySession

KINDS = (
    Patient,
    Lesion,
    Visit,
    VisitPhoto,
    PhotoScale,
    PhotoOutline,
    LesionMeasurement,
    Assessment,
    TherapyCourse,
    TherapySession,
    LabResult,
    AnalgesicUse,
    ClinicalEvent,
)


NAMES = (
    *("visit", "correct", "delete", "restore", "photo"),
    *("move", "outline", "lesion", "merge", "lesions"),
    *("event", "part", "rejoin"),
)


class Acts:
    """Draws acts; each takes a Writer and may be refused."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 10

    def draw(self) -> Callable[[Writer], Any]:
        return getattr(self, self.chance.choice(NAMES))

    def one(self, writer: Writer, kind: type, *, deleted: bool = False) -> Any:
        found = writer.find(kind, deleted=deleted)
        if not found:
            raise RecordError("record.missing")
        return self.chance.choice(found)

    def visit(self, writer: Writer) -> None:
        patient = self.one(writer, Patient)
        lesions = [one.id for one in writer.find(Lesion, patient_id=patient.id)]
        self.chance.shuffle(lesions)
        self.number += 1
        day = dt.date(2026, 6, 1) - dt.timedelta(days=self.chance.randrange(4))
        add_visit(writer, patient.id, day, lesions[: self.chance.randrange(3)], n=self.number)

    def correct(self, writer: Writer) -> None:
        visit = self.one(writer, Visit)
        writer.revise(visit, replace(visit.value, note=f"note {self.chance.random()}"))

    def delete(self, writer: Writer) -> None:
        kind = self.chance.choice(KINDS)
        writer.delete(kind, self.one(writer, kind).id)

    def restore(self, writer: Writer) -> None:
        kind = self.chance.choice(KINDS)
        writer.restore(kind, self.one(writer, kind, deleted=True).id)

    def lesion_map(self, writer: Writer, patient_id: int) -> dict[int, int | None]:
        there: list[int | None] = [o.id for o in writer.find(Lesion, patient_id=patient_id)]
        every = writer.find(Lesion)
        return {one.id: self.chance.choice([*there, None]) for one in every}

    def photo(self, writer: Writer) -> None:
        visit = self.one(writer, Visit)
        lesions = self.lesion_map(writer, visit.value.patient_id)
        writer.move_photo(self.one(writer, VisitPhoto).id, visit.id, lesions=lesions)

    def move(self, writer: Writer) -> None:
        patient = self.one(writer, Patient)
        lesions = self.lesion_map(writer, patient.id) if self.chance.random() < 0.5 else {}
        writer.move_visit(self.one(writer, Visit).id, patient.id, lesions=lesions)

    def outline(self, writer: Writer) -> None:
        lesion = self.one(writer, Lesion)
        writer.move_outline(self.one(writer, PhotoOutline).id, lesion.id)

    def lesion(self, writer: Writer) -> None:
        writer.move_lesion(self.one(writer, Lesion).id, self.one(writer, Patient).id)

    def merge(self, writer: Writer) -> None:
        keep, other = self.one(writer, Patient), self.one(writer, Patient)
        writer.merge_patients(keep.id, other.id, value=replace(keep.value, note="merged"))

    def lesions(self, writer: Writer) -> None:
        writer.merge_lesions(self.one(writer, Lesion).id, self.one(writer, Lesion).id)

    def event(self, writer: Writer) -> None:
        patient = self.one(writer, Patient)
        lesion = self.chance.choice([None, self.one(writer, Lesion).id])
        course = self.chance.choice([None, None, self.one(writer, TherapyCourse).id])
        day = dt.date(2026, 5, 20)
        writer.add(ClinicalEvent(patient.id, EventKind.INFECTION, day, None, lesion, course))

    def part(self, writer: Writer) -> None:
        """A lesion becomes others, mostly of the same patient."""
        lesion = self.one(writer, Lesion)
        patient_id = lesion.value.patient_id
        others = [one.id for one in writer.find(Lesion, patient_id=patient_id)]
        self.chance.shuffle(others)
        if self.chance.random() < 0.7:
            label = f"L{self.chance.random()}"
            others.insert(0, writer.add(Lesion(patient_id, label, "calf", Side.LEFT)).id)
        ids = tuple(others[: self.chance.randrange(1, 3)])
        day = dt.date(2026, 6, 1) - dt.timedelta(days=self.chance.randrange(-8, 4))
        writer.revise(lesion, replace(lesion.value, became_ids=ids, became_on=day))

    def rejoin(self, writer: Writer) -> None:
        lesion = self.one(writer, Lesion)
        writer.revise(lesion, replace(lesion.value, became_ids=(), became_on=None))


def state(clinic: Clinic) -> list[Any]:
    """All that is live, and all that is in the bin."""
    patients = clinic.read(lambda r: r.find(Patient))
    deleted = clinic.read(
        lambda r: [sorted(o.id for o in r.find(kind, deleted=True)) for kind in KINDS]
    )
    return [[values(clinic, one.id) for one in patients], deleted]


def without_new(before: list[Any], after: list[Any]) -> bool:
    """Equal, but for records that were new and now lie in the bin."""
    same = before[0] == after[0]
    return same and all(set(b) <= set(a) for b, a in zip(before[1], after[1], strict=True))


def play(clinic: Clinic, *, seed: int, acts: int) -> int:
    """Play acts; return how many were done."""
    drawn = Acts(random.Random(seed))
    for number, name in ((1, "Lefèvre"), (2, "Moreau"), (3, "Nguyễn")):
        clinic.write(lambda w, n=number, name=name: add_case(w, f"{n}00", name, n=n))
    done = 0
    for _ in range(acts):
        before = state(clinic)
        act = drawn.draw()
        try:
            act_id = clinic.write(lambda w, act=act: (act(w), w.act_id)[1])
        except RecordError:
            assert state(clinic) == before
            continue
        done += 1
        after = state(clinic)
        assert faults(clinic) == []
        if drawn.chance.random() < 0.5:
            continue
        if after == before:  # such as moving to where it is
            with contextlib.suppress(StoreError):
                clinic.write(lambda w, one=act_id: w.undo(one))
            continue
        undoing = clinic.write(lambda w, one=act_id: (w.undo(one), w.act_id)[1])
        assert without_new(before, state(clinic))
        if drawn.chance.random() < 0.5:
            clinic.write(lambda w, one=undoing: w.undo(one))
            assert state(clinic) == after
        assert faults(clinic) == []
    assert clinic.check() == []
    return done


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_acts_keep_the_clinic_sound(clinic: Clinic, seed: int) -> None:
    assert play(clinic, seed=seed, acts=40) > 10


@pytest.mark.parametrize("seed", [4, 5])
def test_all_acts_are_taken_back_and_done_again_in_their_order(clinic: Clinic, seed: int) -> None:
    drawn = Acts(random.Random(seed))
    for number, name in ((1, "Lefèvre"), (2, "Moreau")):
        clinic.write(lambda w, n=number, name=name: add_case(w, f"{n}00", name, n=n))
    states, turns = [state(clinic)], []
    while len(turns) < 12:
        act = drawn.draw()
        with contextlib.suppress(RecordError):
            act_id = clinic.write(lambda w, act=act: (act(w), w.act_id)[1])
            if clinic.read(lambda r: r.journal(limit=1))[0].act_id == act_id:  # it did something
                turns.append(act_id)
                states.append(state(clinic))
    for _again in range(2):
        undoings = []
        for number in reversed(range(len(turns))):
            undoings.append(clinic.write(lambda w, one=turns[number]: (w.undo(one), w.act_id)[1]))
            assert without_new(states[number], state(clinic))
        for number, undoing in enumerate(reversed(undoings)):
            turns[number] = clinic.write(lambda w, one=undoing: (w.undo(one), w.act_id)[1])
            assert without_new(states[number + 1], state(clinic))
    assert clinic.check() == []
