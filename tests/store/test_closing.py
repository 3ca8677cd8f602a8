"""Closure dates follow visits that go, come back, move or merge; those written by hand stay."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.clinics import a_patient
from woundtrack.healing.closure import after_visit
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionStatus,
    Side,
    SizeMethod,
    Stored,
    Visit,
)
from woundtrack.store.clinic import Clinic, Writer

DAYS = [dt.date(2026, 5, day) for day in (1, 8, 15, 22, 29)]
CLOSED, OPEN = SizeMethod.CLOSED, SizeMethod.NOT_MEASURED


def add_visit(
    writer: Writer, lesion: Stored[Lesion], on: dt.date, how: SizeMethod
) -> Stored[Visit]:
    """A confirmed visit, and the dates that confirming gives."""
    visit = writer.add(Visit(lesion.value.patient_id, on))
    writer.add(Assessment(visit.id, lesion.id, how, confirmed=True))
    latest = writer.get(Lesion, lesion.id)
    writer.revise(latest, after_visit(latest.value, on=on, closed=how is CLOSED))
    return visit


@pytest.fixture
def healed(clinic: Clinic) -> tuple[Stored[Lesion], list[Stored[Visit]]]:
    """A lesion seen open once, then closed four times: confirmed at the third of these."""

    def act(writer: Writer) -> tuple[Stored[Lesion], list[Stored[Visit]]]:
        patient = writer.add(a_patient())
        lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
        visits = [add_visit(writer, lesion, on, OPEN if on == DAYS[0] else CLOSED) for on in DAYS]
        return writer.get(Lesion, lesion.id), visits

    lesion, visits = clinic.write(act)
    assert dates(clinic, lesion) == (DAYS[1], DAYS[3], LesionStatus.CLOSED)
    return lesion, visits


def dates(clinic: Clinic, lesion: Stored[Lesion]) -> tuple[object, object, LesionStatus]:
    value = clinic.read(lambda r: r.get(Lesion, lesion.id)).value
    return value.closed_on, value.closure_confirmed_on, value.status


def undone(clinic: Clinic, act: Callable[[Writer], object]) -> None:
    """Do it and take it back."""
    act_id = clinic.write(lambda w: (act(w), w.act_id))[1]
    clinic.write(lambda w: w.undo(act_id))


def test_deleting_the_confirming_visit_leaves_the_next_to_confirm(clinic: Clinic, healed) -> None:
    lesion, visits = healed
    clinic.write(lambda w: w.delete(Visit, visits[3].id))
    assert dates(clinic, lesion) == (DAYS[1], DAYS[4], LesionStatus.CLOSED)
    clinic.write(lambda w: w.delete(Visit, visits[4].id))
    assert dates(clinic, lesion) == (DAYS[1], None, LesionStatus.OPEN)
    clinic.write(lambda w: w.restore(Visit, visits[3].id))
    assert dates(clinic, lesion) == (DAYS[1], DAYS[3], LesionStatus.CLOSED)


def test_undoing_a_deletion_brings_the_dates_back(clinic: Clinic, healed) -> None:
    lesion, visits = healed
    undone(clinic, lambda w: w.delete(Visit, visits[1].id))
    assert dates(clinic, lesion) == (DAYS[1], DAYS[3], LesionStatus.CLOSED)


def test_a_visit_moved_to_another_day_takes_its_date_along(clinic: Clinic, healed) -> None:
    lesion, visits = healed
    earlier = DAYS[1] - dt.timedelta(days=2)
    clinic.write(lambda w: w.revise(visits[1], replace(visits[1].value, on=earlier)))
    assert dates(clinic, lesion) == (earlier, DAYS[3], LesionStatus.CLOSED)


def test_a_visit_moved_to_another_patient_takes_its_closure_along(clinic: Clinic, healed) -> None:
    lesion, visits = healed

    def act(writer: Writer) -> Stored[Lesion]:
        other = writer.add(a_patient("1002", "Moreau"))
        target = writer.add(Lesion(other.id, "A", "calf", Side.LEFT))
        writer.move_visit(visits[1].id, other.id, lesions={lesion.id: target.id})
        return target

    target = clinic.write(act)
    assert dates(clinic, lesion) == (DAYS[2], DAYS[4], LesionStatus.CLOSED)
    assert dates(clinic, target) == (DAYS[1], None, LesionStatus.OPEN)


def test_a_lesion_that_takes_over_another_s_visits_is_open_where_these_were(
    clinic: Clinic, healed
) -> None:
    lesion, _visits = healed
    later = DAYS[4] + dt.timedelta(days=3)

    def act(writer: Writer) -> None:
        double = writer.add(replace(lesion.value, label="B", status=LesionStatus.OPEN,
                                    closed_on=None, closure_confirmed_on=None))  # fmt: skip
        add_visit(writer, double, later, OPEN)
        writer.merge_lesions(lesion.id, double.id)

    clinic.write(act)
    assert dates(clinic, lesion) == (None, None, LesionStatus.OPEN)


def test_dates_that_a_person_wrote_are_not_touched(clinic: Clinic, healed) -> None:
    lesion, visits = healed
    told = DAYS[1] - dt.timedelta(days=3)
    by_hand = replace(lesion.value, closed_on=told, status=LesionStatus.CLOSED)
    clinic.write(lambda w: w.revise(lesion, by_hand))
    clinic.write(lambda w: w.delete(Visit, visits[3].id))
    assert dates(clinic, lesion) == (told, DAYS[3], LesionStatus.CLOSED)


def test_a_deleted_draft_changes_no_date(clinic: Clinic, healed) -> None:
    lesion, _visits = healed

    def act(writer: Writer) -> int:
        visit = writer.add(Visit(lesion.value.patient_id, DAYS[4] + dt.timedelta(days=1)))
        writer.add(Assessment(visit.id, lesion.id, OPEN))
        return visit.id

    visit_id = clinic.write(act)
    clinic.write(lambda w: w.delete(Visit, visit_id))
    assert dates(clinic, lesion) == (DAYS[1], DAYS[3], LesionStatus.CLOSED)
