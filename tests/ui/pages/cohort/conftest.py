"""A clinic with a cohort: seven central and seven peripheral patients, in the main window."""

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.pages.cohort.page import CohortPage
from woundtrack.records import (
    Aetiology,
    Assessment,
    Lesion,
    Patient,
    PatientStatus,
    Side,
    SiteClass,
    SizeMethod,
    Stored,
    TherapyCourse,
    Visit,
)
from woundtrack.store.clinic import Clinic, Writer

FIRST_ON = dt.date(2024, 1, 8)
EACH = 7


def add_patient(writer: Writer, number: int, site: SiteClass, *, dies: bool) -> Stored[Patient]:
    """A patient with one lesion, thiosulfate from the first visit on, and a year of visits."""
    patient = writer.add(
        Patient(
            f"H{number}", f"Family{number}", "Marie", dt.date(1950, 1, 1),
            status=PatientStatus.DIED if dies else PatientStatus.ACTIVE,
            died_on=FIRST_ON + dt.timedelta(days=100 + number) if dies else None,
        )
    )  # fmt: skip
    place = "abdomen" if site is SiteClass.CENTRAL else "calf"
    lesion = writer.add(
        Lesion(patient.id, "A", place, Side.LEFT, Aetiology.CALCIPHYLAXIS, class_by_rule=site)
    )
    writer.add(TherapyCourse(patient.id, "sts_iv", "", FIRST_ON))
    for day in (0, 84) if dies else (0, 84, 168, 378):
        visit = writer.add(Visit(patient.id, FIRST_ON + dt.timedelta(days=day)))
        writer.add(
            Assessment(
                visit.id, lesion.id, size_method=SizeMethod.BEDSIDE,
                length_cm=4.0 - day / 100, width_cm=3.0, confirmed=True,
            )
        )  # fmt: skip
    return patient


@pytest.fixture
def patients(clinic: Clinic) -> list[Stored[Patient]]:
    """The central ones first, of whom every second dies within the year."""

    def act(writer: Writer) -> list[Stored[Patient]]:
        sites = [SiteClass.CENTRAL] * EACH + [SiteClass.PERIPHERAL] * EACH
        return [
            add_patient(writer, number, site, dies=site is SiteClass.CENTRAL and number % 2 == 0)
            for number, site in enumerate(sites)
        ]

    return clinic.write(act)


def opened(qtbot: QtBot, window: MainWindow) -> CohortPage:
    """The cohort's page, with its answer."""
    window.run("cohort")
    settled(qtbot, window)
    page = window.workspace.pages.currentWidget()
    assert isinstance(page, CohortPage)
    assert page.answer is not None
    return page


@pytest.fixture
def page(qtbot: QtBot, patients: object, window: MainWindow) -> CohortPage:
    """The cohort's page in the main window."""
    del patients
    return opened(qtbot, window)
