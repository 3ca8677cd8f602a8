"""The demonstration's photos are true: what was painted is what is measured."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from woundtrack.demo import build
from woundtrack.demo.people import people
from woundtrack.demo.shots import take_shots
from woundtrack.demo.wound import Wound
from woundtrack.photo.code import new_patient_code
from woundtrack.records import CardRun, Lesion, LesionMeasurement, Patient, VisitPhoto
from woundtrack.store.clinic import create_clinic, open_clinic

DAY = dt.date(2026, 3, 3)
RUN = CardRun(1, "a4", measured_mm=100.0, accepted=True)


def _painted_cm2(wound: Wound) -> float:
    x, y = wound.edge_mm().T
    return float(abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 200)


def test_a_painted_wound_measures_what_was_painted() -> None:
    person = people(DAY)[2]
    (shot,) = take_shots(person, 0, DAY, seed=4, code=new_patient_code(b"0123456789"), run=RUN)
    assert shot is not None
    assert shot.measurement is not None
    painted = _painted_cm2(person.lesions[0].wound)
    # The traced outline wobbles by some 0.6 % on purpose, as a hand does.
    assert shot.measurement.area_cm2 == pytest.approx(painted, rel=0.03)
    assert shot.scale is not None
    assert shot.scale.warnings == ()
    assert shot.photo.taken_at == dt.datetime.fromisoformat("2026-03-03 09:10")


def test_the_demonstration_fills_a_clinic_that_passes_its_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = people(DAY)[0]
    # Two visits of one patient are enough here; the whole takes half a minute.
    short = replace(
        first,
        weeks=first.weeks[:2],
        lesions=tuple(replace(lesion, lengths=lesion.lengths[:2]) for lesion in first.lesions[:1]),
    )
    monkeypatch.setattr(build, "people", lambda _day: (short,))
    create_clinic(
        tmp_path / "clinic", clinic_name="Demo", user_name="demo", passphrase="of the demo"
    )
    clinic = open_clinic(tmp_path / "clinic", user_name="demo", passphrase="of the demo")
    try:
        build.fill_clinic(clinic, last_day=dt.date(2026, 5, 26))
        counts = [
            len(clinic.read(lambda reader, kind=kind: reader.find(kind)))
            for kind in (Patient, Lesion, VisitPhoto, LesionMeasurement)
        ]
        assert counts == [1, 1, 2, 2]
        assert clinic.check() == []
    finally:
        clinic.close()
