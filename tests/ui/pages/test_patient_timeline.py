"""The strip of photos and the chart on the patient's page: one day in both; a view is an act."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.clinics import add_case, add_visit
from tests.ui.windows import open_patient, settled
from ui import theme
from ui.chart_canvas import MARGIN_PX
from ui.main_window import MainWindow
from ui.pages.patient_page import PatientPage
from woundtrack.records import PhotoView, VisitPhoto
from woundtrack.store.clinic import Clinic, Writer

SECOND_ON = dt.date(2026, 5, 18)


@pytest.fixture
def case(clinic: Clinic) -> object:
    """A patient with two visits, a photo each."""

    def act(writer: Writer) -> object:
        made = add_case(writer)
        made.second = add_visit(writer, made.patient.id, SECOND_ON, [made.lesions[0].id], 7)
        return made

    return clinic.write(act)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, case: object) -> PatientPage:
    window.resize(1280, 900)
    open_patient(qtbot, window, case.patient.id)  # type: ignore[attr-defined]
    settled(qtbot, window)
    shown: PatientPage = window.workspace.patient_page
    shown.choose_lesion(case.lesions[0].id)  # type: ignore[attr-defined]
    return shown


def is_marked(page: PatientPage, on: dt.date) -> bool:
    """Whether the chart shows the mark's foot below the axis at a day."""
    chart = page.chart.chart()
    assert chart is not None
    x = chart.x_of(on)
    assert x is not None
    image = page.chart.grab().toImage()
    at = image.pixelColor(round(x + MARGIN_PX), round(chart.plot.bottom + MARGIN_PX + 3))
    return at == QColor(theme.tokens().accent)


def test_the_chart_marks_the_day_of_the_photo_in_hand(
    qtbot: QtBot, page: PatientPage, case: object
) -> None:
    first_on = case.visit.value.on  # type: ignore[attr-defined]
    assert (is_marked(page, first_on), is_marked(page, SECOND_ON)) == (False, True)
    qtbot.keyClick(page.strip, Qt.Key.Key_Home)
    assert (is_marked(page, first_on), is_marked(page, SECOND_ON)) == (True, False)


def test_the_strip_goes_to_the_visit_that_is_pointed_at_in_the_chart(
    qtbot: QtBot, page: PatientPage, case: object
) -> None:
    page.chart.setFocus()
    qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    photo = page.strip.current_photo()
    assert photo is not None
    assert photo.visit_id == case.visit.id  # type: ignore[attr-defined]


def test_a_day_beyond_the_period_shown_has_no_mark(page: PatientPage) -> None:
    chart = page.chart.chart()
    assert chart is not None
    assert chart.x_of(dt.date(2020, 1, 1)) is None
    assert chart.x_of(dt.date.fromordinal(round(chart.window[1]) + 2)) is None
    assert chart.day_at(chart.x_of(SECOND_ON) or 0.0) == SECOND_ON


def test_what_a_photo_takes_in_is_kept_shown_and_taken_back(
    qtbot: QtBot, window: MainWindow, page: PatientPage, case: object, clinic: Clinic
) -> None:
    qtbot.keyClick(page.strip, Qt.Key.Key_Home)
    photo_id = case.photo.id  # type: ignore[attr-defined]

    def kept() -> PhotoView | None:
        return clinic.read(lambda r: r.get(VisitPhoto, photo_id)).value.view

    with qtbot.waitSignal(page.loaded):
        qtbot.keyClick(page.strip, Qt.Key.Key_2)
    assert kept() is PhotoView.CLOSE_UP
    shown = page.strip.current_photo()
    assert shown is not None
    assert (shown.id, shown.view, shown.view_told) == (photo_id, PhotoView.CLOSE_UP, True)
    with qtbot.waitSignal(page.loaded):
        window.workspace.acts.undo()
    assert kept() is None
    settled(qtbot, window)
