"""On the patient page: all lesions together, the events, and acts on lesions from the keyboard."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, Ward
from tests.ui.windows import dialog, dialogs, open_patient, settled
from ui.dialogs.event_dialog import EventDialog
from ui.dialogs.patient_dialog import PatientDialog
from ui.main_window import MainWindow
from ui.pages.patient_page import PatientPage
from ui.widgets.event_panel import EventPanel
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import Lesion, PatientStatus
from woundtrack.store.clinic import Clinic

DAY = LAST_WEEK + dt.timedelta(days=1)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward) -> PatientPage:
    """The ward's patient, with an infection."""
    clinic.write(lambda w: w.add(ClinicalEvent(ward.patient.id, EventKind.INFECTION, DAY)))
    open_patient(qtbot, window, ward.patient.id)
    settled(qtbot, window)
    return window.workspace.patient_page


def events(qtbot: QtBot, page: PatientPage) -> EventPanel:
    page.healing.turn_to(page.healing.events)
    qtbot.waitUntil(page.healing.events.list.isVisible)
    return page.healing.events


def open_first(qtbot: QtBot, panel: EventPanel) -> None:
    panel.list.setFocus()
    panel.list.setCurrentRow(0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialogs()))


def test_all_lesions_are_chosen_together_and_stay_so_when_read_again(
    qtbot: QtBot, window: MainWindow, page: PatientPage
) -> None:
    assert page.lesion_id is not None
    total = page._total
    assert total is not None
    total.setFocus()
    qtbot.keyClick(total, Qt.Key.Key_Space)
    assert page.lesion_id is None
    with qtbot.waitSignal(page.loaded):
        window.workspace.refresh()
    assert page.lesion_id is None
    page.choose_lesion(page.view.lesions[0].id)  # type: ignore[union-attr]
    with qtbot.waitSignal(page.loaded):
        window.workspace.refresh()
    assert page.lesion_id == page.view.lesions[0].id  # type: ignore[union-attr]


def test_enter_opens_an_event(qtbot: QtBot, page: PatientPage) -> None:
    open_first(qtbot, events(qtbot, page))
    assert isinstance(dialogs()[0], EventDialog)
    assert dialogs()[0].kind.value() is EventKind.INFECTION


def test_a_new_event_is_listed_and_undone(
    qtbot: QtBot, window: MainWindow, page: PatientPage
) -> None:
    panel = events(qtbot, page)
    made = dialog(qtbot, window, "new_event")
    made.kind.set_value(EventKind.BIOPSY)
    made.on.set_date(DAY)
    with qtbot.waitSignal(page.loaded):
        qtbot.keyClick(made.text, Qt.Key.Key_Return)
    assert [row.text for row in panel.rows] == ["Biopsy", "Infection"]
    with qtbot.waitSignal(page.loaded):
        window.run("undo")
    assert [row.text for row in panel.rows] == ["Infection"]


def test_death_is_listed_and_opens_the_patient(
    qtbot: QtBot, window: MainWindow, page: PatientPage, clinic: Clinic, ward: Ward
) -> None:
    dead = replace(ward.patient.value, status=PatientStatus.DIED, died_on=dt.date(2026, 3, 16))
    clinic.write(lambda w: w.revise(ward.patient, dead))
    with qtbot.waitSignal(page.loaded):
        window.workspace.refresh()
    panel = events(qtbot, page)
    assert [row.text for row in panel.rows] == ["Died", "Infection"]
    open_first(qtbot, panel)
    assert isinstance(dialogs()[0], PatientDialog)


def test_where_only_reading_is_allowed_nothing_is_opened_or_added(
    qtbot: QtBot, page: PatientPage
) -> None:
    panel = events(qtbot, page)
    page.set_read_only(True)
    assert panel.add.isHidden()
    panel.list.setFocus()
    panel.list.setCurrentRow(0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert dialogs() == []
    panel.set_history(None)
    assert panel.empty.text() == "No event noted."


def test_the_menu_parts_a_lesion_and_the_page_shows_its_part(
    qtbot: QtBot, window: MainWindow, page: PatientPage, clinic: Clinic, ward: Ward
) -> None:
    page.choose_lesion(ward.lesions[0].id)
    made = dialog(qtbot, window, "became")
    made.on.set_date(DAY)
    with qtbot.waitSignal(page.loaded):
        qtbot.keyClick(made.on, Qt.Key.Key_Return)
    labels = [lesion.label for lesion in page.view.lesions]  # type: ignore[union-attr]
    assert labels == ["B", "C", "D", "A"]
    part = clinic.read(lambda r: r.get(Lesion, page.lesion_id))
    assert part.value.label == "C"
    window.workspace.patients.refresh()
    settled(qtbot, window)
    rows = {row.id: row for row in window.workspace.patients.model.rows()}
    assert rows[ward.patient.id].open_lesions == 3, "A is none of its own any more"
