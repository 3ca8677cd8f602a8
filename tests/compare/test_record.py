"""Which photos of a lesion a film is made of."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.compare.shots import FIRST, FLAT, SIZE_PX, ring
from woundtrack import words
from woundtrack.compare.record import shots_of
from woundtrack.deidentify.types import Crop, box_mask
from woundtrack.export.case import case_of
from woundtrack.outline.types import Outline
from woundtrack.photo.read import decode_photo
from woundtrack.records import Lesion, Patient, PhotoOutline, Side, Visit

TODAY = dt.date(2026, 6, 15)


@pytest.fixture
def shots(clinic):
    """The shots of the clinic's lesion, as they stand when called."""

    def now(**more):
        patient_id = clinic.read(lambda reader: reader.find(Patient))[0].id
        case = case_of(clinic.read(lambda reader: reader.history(patient_id)), today=TODAY)
        lesion_id = case.history.lesions[0].id
        return shots_of(case, lesion_id, pixels=lambda name: pixels(clinic, name), **more)

    words.set_language("en")
    return now


def pixels(clinic, name):
    return decode_photo(clinic.read(lambda reader: reader.photo_bytes(name)))[1]


def test_each_visit_gives_its_measured_photo_and_a_closed_one_its_only(shots):
    found = shots()
    assert [shot.on for shot in found] == [FIRST + dt.timedelta(weeks=n) for n in range(3)]
    assert [shot.wound for shot in found] == [ring(30), ring(25, 1), Outline(())]
    assert [shot.size for shot in found] == ["1.20 ± 0.10 cm²", "1.20 ± 0.10 cm²", "Closed"]
    assert all(shot.scale == FLAT and shot.head_angle_deg == 0.0 for shot in found)
    assert found[0].load().shape == (SIZE_PX[1], SIZE_PX[0], 3)


def test_a_photo_of_a_closed_wound_that_shows_another_lesion_is_not_taken(shots, clinic):
    def other(writer):
        patient = writer.find(Patient)[0]
        lesion = writer.add(Lesion(patient.id, "B", "calf", Side.LEFT, onset_on=FIRST))
        last = writer.history(patient.id).photos[-1]
        writer.add(PhotoOutline(last.id, lesion.id, ring(10), True))

    clinic.write(other)
    assert len(shots()) == 2


def test_a_visit_that_nobody_confirmed_gives_none(shots, clinic):
    def draft(writer):
        history = writer.history(writer.find(Patient)[0].id)
        visit = writer.add(Visit(history.patient.id, FIRST + dt.timedelta(weeks=4)))
        value = history.photos[0].value
        photo = writer.add(replace(value, visit_id=visit.id))
        writer.add(PhotoOutline(photo.id, history.lesions[0].id, ring(20), confirmed=False))

    clinic.write(draft)
    assert len(shots()) == 3


def test_where_a_person_looked_only_what_was_let_through_is_there(shots, clinic):
    photo_id = clinic.read(lambda reader: reader.history(reader.find(Patient)[0].id).photos[1].id)
    crop, mask = Crop(10, 10, 300, 200), box_mask(20, 20, 60, 50)
    (only,) = shots(looked_at={photo_id: (crop, (mask,))})
    assert only.crop == crop
    assert (only.masked(only.load())[25:45, 25:55] == 128).all()
