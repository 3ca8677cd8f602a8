"""What another lesion became begins on that day: no series runs across a parting or a merger."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.clinics import a_patient
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.records import Assessment, Lesion, Side, SizeMethod, Visit
from woundtrack.store.clinic import Clinic, Writer

EARLY, DAY, LATE = dt.date(2026, 5, 1), dt.date(2026, 5, 8), dt.date(2026, 5, 15)


def refused(clinic: Clinic, act) -> str:
    with pytest.raises(RecordError) as error:
        clinic.write(act)
    assert "{" not in explain(error.value)
    return error.value.code


def lesions(clinic: Clinic) -> tuple[int, int]:
    """Lesion A of a patient, and B."""

    def act(writer: Writer) -> tuple[int, int]:
        patient = writer.add(a_patient())
        one, other = (writer.add(Lesion(patient.id, label, "calf", Side.LEFT)).id for label in "AB")
        return one, other

    return clinic.write(act)


def seen(writer: Writer, lesion_id: int, on: dt.date) -> Visit:
    """A confirmed visit of the lesion."""
    patient_id = writer.get(Lesion, lesion_id).value.patient_id
    visit = writer.add(Visit(patient_id, on))
    writer.add(Assessment(visit.id, lesion_id, SizeMethod.CLOSED, confirmed=True))
    return visit


def part(writer: Writer, lesion_id: int, into: int, on: dt.date = DAY) -> None:
    stored = writer.get(Lesion, lesion_id)
    writer.revise(stored, replace(stored.value, became_ids=(into,), became_on=on))


def test_what_was_seen_before_is_not_what_another_became(clinic: Clinic) -> None:
    one, other = lesions(clinic)
    clinic.write(lambda w: seen(w, other, EARLY))
    assert refused(clinic, lambda w: part(w, one, other)) == "record.became_seen_before"
    clinic.write(lambda w: part(w, one, other, EARLY))


def test_what_another_became_is_not_seen_before_that_day(clinic: Clinic) -> None:
    one, other = lesions(clinic)
    clinic.write(lambda w: part(w, one, other))
    assert refused(clinic, lambda w: seen(w, other, EARLY)) == "record.lesion_not_yet"
    visit = clinic.write(lambda w: seen(w, other, DAY))
    moved = replace(visit.value, on=EARLY)
    assert refused(clinic, lambda w: w.revise(visit, moved)) == "record.lesion_not_yet"


def test_a_lesion_is_seen_until_the_day_before_it_became_another(clinic: Clinic) -> None:
    one, other = lesions(clinic)
    clinic.write(lambda w: part(w, one, other))
    clinic.write(lambda w: seen(w, one, EARLY))
    assert refused(clinic, lambda w: seen(w, one, LATE)) == "record.lesion_became_other"
