"""The patients without photos: one and the same each time, and enough of them for a cohort."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.types import Cohort, Filter, TherapyChoice
from woundtrack.demo import build, output
from woundtrack.demo.follow_up import follow_up
from woundtrack.demo.people import people
from woundtrack.records import Aetiology, Patient, PatientStatus, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.folding import sort_key
from woundtrack.store.keys import CHEAP
from woundtrack.therapy.catalogue import THERAPIES
from woundtrack.therapy.types import NEEDS_TEXT

LAST_DAY = dt.date(2026, 5, 26)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic of those without photos alone: they take a fraction of a second."""
    folder: Path = tmp_path_factory.mktemp("demo") / "clinic"
    create_clinic(
        folder, clinic_name="Demo", user_name="demo", passphrase="of the demo", cost=CHEAP
    )
    opened = open_clinic(folder, user_name="demo", passphrase="of the demo")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "people", lambda _day: ())
        build.fill_clinic(opened, last_day=LAST_DAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def cohort(clinic: Clinic) -> Cohort:
    """Those with calciphylaxis who had thiosulfate."""
    asked = Filter(
        aetiologies=frozenset({Aetiology.CALCIPHYLAXIS}), therapy=TherapyChoice("sts_iv")
    )
    return cohort_of(clinic.read(lambda reader: reader.cohort_data(today=LAST_DAY)), asked)


def test_they_are_the_same_each_time_and_move_with_the_day() -> None:
    later = LAST_DAY + dt.timedelta(days=30)
    assert follow_up(LAST_DAY) == follow_up(LAST_DAY)
    for (first, person), (moved, same) in zip(follow_up(LAST_DAY), follow_up(later), strict=True):
        assert moved - first == later - LAST_DAY
        assert same.weeks == person.weeks
        assert same.lesions == person.lesions


def test_the_store_finds_nothing_wrong_with_them(clinic: Clinic) -> None:
    assert clinic.check() == []
    assert clinic.read(lambda reader: reader.find(VisitPhoto)) == []
    visits = clinic.read(lambda reader: reader.find(Visit))
    assert max(visit.value.on for visit in visits) <= LAST_DAY


def test_no_pdf_is_made_of_a_patient_without_photos(clinic: Clinic, tmp_path: Path) -> None:
    assert output.write_output(clinic, tmp_path / "out", today=LAST_DAY) == []


def test_the_photographed_patients_come_first_in_the_list(clinic: Clinic) -> None:
    last = max(sort_key(person.patient) for person in people(LAST_DAY))
    stored = clinic.read(lambda reader: reader.find(Patient))
    assert all(sort_key(patient.value) > last for patient in stored)
    statuses = {patient.value.status for patient in stored}
    assert statuses == set(PatientStatus)


@pytest.mark.parametrize("group", ["everyone", "central", "peripheral"])
def test_every_figure_of_the_cohort_shows(cohort: Cohort, group: str) -> None:
    told = getattr(cohort, group)
    assert told.survival.curve.days
    for figure in (
        told.survival.at_year.share,
        told.closure.at_24_weeks.share,
        told.closure.at_year.share,
        told.area_reduction.median,
        told.analgesics.change.median,
        told.stops.share,
    ):
        assert figure is not None
        assert None not in (figure.low, figure.high)
    assert told.survival.at_year.at_risk >= 5
    assert cohort.difference.survival_p is not None


def test_the_course_of_the_cohort_is_as_published_series_have_it(cohort: Cohort) -> None:
    alive = cohort.everyone.survival.at_year.share
    inner, outer = cohort.central.survival.at_year.share, cohort.peripheral.survival.at_year.share
    assert alive is not None
    assert inner is not None
    assert outer is not None
    assert 0.5 < alive.value < 0.75
    assert inner.value < outer.value
    assert cohort.everyone.closure.reopened > 0
    assert cohort.everyone.survival.late > 0
    assert not cohort.left_out


def test_every_course_is_of_the_catalogue_and_says_why_it_stopped() -> None:
    for _first, person in follow_up(LAST_DAY):
        for course in person.courses:
            assert course.therapy in THERAPIES
            assert (course.stop_week is None) == (course.stop_cause is None)
            assert bool(course.stop_reason) == (course.stop_cause in NEEDS_TEXT)
            assert not course.frequency or course.frequency in THERAPIES[course.therapy].frequencies
