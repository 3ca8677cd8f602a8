"""The demonstration's photos are true: what was painted is what is measured."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack.context.analgesics import DRUGS
from woundtrack.context.events import FINDINGS
from woundtrack.context.labs import ANALYTES, in_unit
from woundtrack.context.risks import RISK_FACTORS
from woundtrack.demo import build, forms
from woundtrack.demo.follow_up import follow_up
from woundtrack.demo.people import people
from woundtrack.demo.scene import Camera, Scene, photograph
from woundtrack.demo.shots import Traced, take_shots
from woundtrack.demo.wound import Wound
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import scores_of, total_of
from woundtrack.instruments.push import PUSH, area_score
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.code import new_patient_code
from woundtrack.photo.read import decode_photo
from woundtrack.records import CardRun, Lesion, LesionMeasurement, Patient, VisitPhoto
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

DAY = dt.date(2026, 3, 3)
TAKEN = dt.datetime(2026, 3, 3, 9, 0)  # noqa: DTZ001
RUN = CardRun(1, "a4", measured_mm=100.0, accepted=True)


def _painted_cm2(wound: Wound) -> float:
    x, y = wound.edge_mm().T
    return float(abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 200)


def test_a_painted_wound_measures_what_was_painted() -> None:
    person = people(DAY)[2]
    shot, _finger = take_shots(
        person, 0, DAY, seed=4, skin_seed=1, code=new_patient_code(b"0123456789"), run=RUN
    )
    (one,) = shot.lesions
    assert one.measurement is not None
    painted = _painted_cm2(person.lesions[0].wound)
    # The traced outline wobbles by some 0.6 % on purpose, as a hand does.
    assert one.measurement.area_cm2 == pytest.approx(painted, rel=0.03)
    assert shot.scale is not None
    assert shot.scale.warnings == ()
    assert shot.photo.taken_at == dt.datetime.fromisoformat("2026-03-03 09:10")


def test_the_demonstration_fills_a_clinic_that_passes_its_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.date(2026, 5, 26) - dt.timedelta(weeks=build.WEEKS)
    first = people(day)[0]
    # Two visits of one patient are enough here; the whole takes half a minute.
    short = replace(
        first,
        weeks=first.weeks[:2],
        lesions=tuple(replace(lesion, lengths=lesion.lengths[:2]) for lesion in first.lesions[:1]),
        context=replace(first.context, events=first.context.events[2:]),
    )
    monkeypatch.setattr(build, "people", lambda _day: (short,))
    monkeypatch.setattr("woundtrack.demo.follow_up.EVERYONE", ())
    create_clinic(
        tmp_path / "clinic",
        clinic_name="Demo",
        user_name="demo",
        passphrase="of the demo",
        cost=CHEAP,
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
        (patient,) = clinic.read(lambda reader: reader.find(Patient))
        history = clinic.read(lambda reader: reader.history(patient.id))
        assert len(history.labs) == len(first.context.labs)
        assert len(history.analgesics) == len(first.context.analgesics)
        # The adverse event names the course that it was put down to.
        assert history.events[-1].value.course_id == history.courses[0].id
        assert history.visits[0].value.wound_qol is not None
        for form in (BWAT, PUSH, REVPWAT):
            assert total_of(history.assessments[0].value, form) is not None
    finally:
        clinic.close()


def test_the_forms_sizes_are_scored_from_what_was_measured() -> None:
    person = people(DAY)[0]
    for index in (0, len(person.weeks) - 1):
        lesion, wound = (
            person.lesions[0],
            person.lesions[0].wound.scaled(person.lesions[0].lengths[index] or 0.0),
        )
        x_mm, y_mm = np.ptp(wound.edge_mm(), axis=0)
        found = Measurement(
            area_cm2=_painted_cm2(wound),
            area_cm2_sd=0.1,
            perimeter_cm=1.0,
            length_cm=4.0,
            width_cm=3.0,
            length_px=((0, 0), (1, 1)),
            width_px=((0, 0), (1, 1)),
        )
        traced = Traced("A", Outline(()), found, (y_mm / 10, x_mm / 10))
        form = forms.assessment(1, 1, lesion, person, index, traced, None)
        assert scores_of(form, PUSH)[0] == area_score(y_mm / 10, x_mm / 10)
        assert scores_of(form, BWAT)[0] == 2


def test_lesions_that_part_and_one_that_reopens_are_shown() -> None:
    parted, reopened = people(DAY)[1], people(DAY)[2].lesions[1]
    whole, *parts = parted.lesions
    gone = whole.lengths.index(None)
    assert whole.became == tuple(part.label for part in parts)
    for part in parts:
        assert [size is None for size in part.lengths] == [
            n < gone for n in range(len(part.lengths))
        ]
    closed = [size == 0 for size in reopened.lengths]
    assert closed == [False, True, True, False, True, True]


def test_two_lesions_in_one_photo_are_measured_apart() -> None:
    person = people(DAY)[1]
    (shot,) = take_shots(
        person, 6, DAY, seed=112, skin_seed=1, code=new_patient_code(b"0123456789"), run=RUN
    )
    assert [one.label for one in shot.lesions] == ["B", "C"]
    for one in shot.lesions:
        (lesion,) = (lesion for lesion in person.lesions if lesion.label == one.label)
        assert one.measurement is not None
        painted = _painted_cm2(lesion.wound.scaled(lesion.lengths[6] or 0.0))
        assert one.measurement.area_cm2 == pytest.approx(painted, rel=0.03)


def test_no_dose_or_value_of_the_demonstration_is_unknown_to_the_tables() -> None:
    for person in (*people(DAY), *(person for _day, person in follow_up(DAY))):
        for result in person.context.labs:
            known = ANALYTES[result.analyte]
            assert known.key == "other" or result.unit in known.units
            if known.usual:
                low, high = known.usual.low, known.usual.high
                assert low <= in_unit(result, known.usual.unit) <= high
        for use in person.context.analgesics:
            assert use.route in DRUGS[use.drug].routes
        for happened in person.context.events:
            assert happened.event.finding in FINDINGS[happened.event.kind]
        assert {factor.key for factor in person.patient.risk_factors} <= set(RISK_FACTORS)


def test_two_visits_show_the_same_skin() -> None:
    usual = Scene((), (0.56, 0.67, 0.85), Camera(), seed=1, skin_seed=5)
    small = []
    for scene in (usual, replace(usual, seed=2), replace(usual, skin_seed=6)):
        pixels = decode_photo(photograph(scene, taken_at=TAKEN)[0])[1]
        small.append(cv2.resize(pixels[600:1400, :, 1], (200, 80), interpolation=cv2.INTER_AREA))
    then, now, other = (each.astype(float).ravel() for each in small)
    assert np.abs(then - now).mean() < 0.2 * np.abs(then - other).mean()
