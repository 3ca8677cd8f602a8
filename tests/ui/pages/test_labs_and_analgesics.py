"""Laboratory and analgesics on the patient page: tables, keys, the clipboard, reading only."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.histories import history_of, stored
from tests.ui.conftest import Ward
from tests.ui.windows import dialog, dialogs, open_patient, settled
from ui import theme
from ui.background import Background
from ui.main_window import MainWindow
from ui.models.patient_view import view_of
from ui.pages.patient_page import PatientPage
from ui.settings import Settings
from ui.widgets import analgesic_panel, lab_panel
from woundtrack.context.types import AnalgesicUse, LabResult
from woundtrack.records import PatientHistory, PatientStatus
from woundtrack.store.clinic import Clinic

MARCH, APRIL = dt.date(2026, 3, 10), dt.date(2026, 4, 7)
TODAY = dt.date(2026, 4, 20)
LABS = (
    LabResult(1, MARCH, "phosphate", 1.9, "mmol/L", upper_limit=1.45),
    LabResult(1, APRIL, "phosphate", 1.4, "mmol/L", upper_limit=1.45),
    LabResult(1, APRIL, "albumin", 30.0, "g/L", lower_limit=35.0),
)
USES = (
    AnalgesicUse(1, "morphine", MARCH, APRIL, "", "oral", 10.0, "mg", 4.0),
    AnalgesicUse(1, "fentanyl_other", APRIL, None, "", "nasal", 100.0, "µg", 3.0),
)
LABORATORY, ANALGESICS = "Laboratory", "Analgesics"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analgesic_panel, "today", lambda: TODAY)


@pytest.fixture
def page(
    qtbot: QtBot, qapp: QApplication, clinic: Clinic, background: Background, tmp_path: Any
) -> Iterator[PatientPage]:
    theme.apply(qapp, choice="light")
    made = PatientPage(clinic, background, settings=Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not background.is_busy())


def history(**changes: Any) -> PatientHistory:
    labs = tuple(stored(each, number) for number, each in enumerate(LABS, 1))
    uses = tuple(stored(each, number) for number, each in enumerate(USES, 1))
    return replace(history_of([2.6, 2.5]), labs=labs, analgesics=uses, **changes)


def turn(page: PatientPage, name: str) -> None:
    tabs = page.healing.tabs
    texts = [tabs.tabText(index) for index in range(tabs.count())]
    tabs.setCurrentIndex(texts.index(name))


def test_results_stand_by_day_newest_first_with_signs(page: PatientPage) -> None:
    page.show_view(view_of(history()))
    turn(page, LABORATORY)
    grid = page.healing.labs.grid
    assert grid.isVisible()
    assert [grid.horizontalHeaderItem(at).text() for at in range(3)] == [
        "Limits", "7 Apr\n2026", "10 Mar\n2026",
    ]  # fmt: skip
    texts = [[grid.item(row, at).text() for at in range(3)] for row in range(2)]
    assert texts == [["up to 1.45", "1.4", "↑ 1.9"], ["from 35", "↓ 30", ""]]
    high, usual = grid.item(0, 2), grid.item(0, 1)
    assert high.foreground().color() != usual.foreground().color()
    assert "above" in high.toolTip()


def test_enter_or_a_double_click_opens_the_day(qtbot: QtBot, page: PatientPage) -> None:
    page.show_view(view_of(history()))
    turn(page, LABORATORY)
    panel = page.healing.labs
    panel.grid.setCurrentCell(0, 2)
    with qtbot.waitSignal(panel.day_requested) as asked:
        QTest.keyClick(panel.grid, Qt.Key.Key_Return)
    assert asked.args == [MARCH]
    at = panel.grid.visualItemRect(panel.grid.item(0, 1)).center()
    QTest.mouseClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(panel.day_requested) as asked:
        QTest.mouseDClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [APRIL]


def test_the_table_goes_to_the_clipboard_without_a_name(page: PatientPage) -> None:
    page.show_view(view_of(history()))
    turn(page, LABORATORY)
    QTest.keyClick(
        page.healing.labs.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier
    )  # fmt: skip
    text = QApplication.clipboard().text()
    assert "Phosphate, mmol/L\tup to 1.45\t1.4\t↑ 1.9" in text.split("\n")
    assert "Łukasz" not in text


def test_no_row_is_cut_and_the_page_scrolls_instead(page: PatientPage) -> None:
    page.show_view(view_of(history()))
    for name, table in (
        (LABORATORY, page.healing.labs.grid), (ANALGESICS, page.healing.analgesics.table),
    ):  # fmt: skip
        turn(page, name)
        rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
        assert table.viewport().height() >= rows, name


def test_a_name_that_is_too_long_goes_on_below_and_no_word_of_it_is_lost(
    page: PatientPage,
) -> None:
    long = replace(LABS[0], analyte="calcium_corrected", value=2.3)
    made = replace(history(), labs=(stored(long, 1),))
    page.show_view(view_of(made))
    turn(page, LABORATORY)
    page.resize(760, 700)
    grid = page.healing.labs.grid
    text = grid.verticalHeaderItem(0).text()
    assert " ".join(text.split("\n")) == "Calcium, corrected by the laboratory, mmol/L"
    width_of = grid.verticalHeader().fontMetrics().horizontalAdvance
    assert all(width_of(line) < grid.verticalHeader().width() for line in text.split("\n"))


def test_the_table_is_made_when_it_is_turned_to_and_once_for_all_lesions(
    page: PatientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    table = lab_panel.lab_table
    monkeypatch.setattr(lab_panel, "lab_table", lambda labs: (made.append(1), table(labs))[1])
    view = view_of(history())
    page.show_view(view)
    assert made == []
    turn(page, LABORATORY)
    page.healing.set_history(view.history, None)
    assert made == [1]
    other = replace(history(), labs=history().labs[:1])
    page.healing.set_history(other, None)
    assert made == [1, 1]
    turn(page, ANALGESICS)
    page.healing.set_history(history(), None)
    assert made == [1, 1]
    turn(page, LABORATORY)
    assert made == [1, 1, 1]
    assert page.healing.labs.grid.rowCount() == 2


def test_without_records_it_is_said_how_they_are_entered(page: PatientPage) -> None:
    page.show_view(view_of(history_of([2.6])))
    turn(page, LABORATORY)
    assert "Ctrl+R" in page.healing.labs.empty.text()
    assert page.healing.labs.empty.isVisible()
    assert not page.healing.labs.grid.isVisible()
    turn(page, ANALGESICS)
    assert page.healing.analgesics.empty.isVisible()
    assert not page.healing.analgesics.change.isVisible()


def test_an_incomplete_total_has_no_number(page: PatientPage) -> None:
    page.show_view(view_of(history()))
    turn(page, ANALGESICS)
    panel = page.healing.analgesics
    assert "incomplete" in panel.total.text()
    assert not any(sign.isdigit() for sign in panel.total.text())
    assert "Fentanyl, not as a patch" in panel.why.text()
    assert "CDC 2022" in panel.told.text()
    assert "Older lists" in panel.told.toolTip()
    assert "Not a recommendation" in panel.told.toolTip()
    assert [row.running for row in panel.table.rows] == [True, False]


def test_after_death_there_is_no_total_of_today(page: PatientPage) -> None:
    made = history()
    patient = replace(made.patient.value, status=PatientStatus.DIED, died_on=APRIL)
    page.show_view(view_of(replace(made, patient=replace(made.patient, value=patient))))
    turn(page, ANALGESICS)
    assert page.healing.analgesics.total.text() == ""
    assert not page.healing.analgesics.why.isVisible()


def test_who_may_only_read_sees_all_and_is_offered_nothing(qtbot: QtBot, page: PatientPage) -> None:
    page.set_read_only(True)
    page.show_view(view_of(history()))
    turn(page, LABORATORY)
    labs, analgesics = page.healing.labs, page.healing.analgesics
    assert labs.grid.isVisible()
    assert not labs.add.isVisible()
    assert labs.copy_button.isVisible()
    labs.grid.setCurrentCell(0, 2)
    with qtbot.assertNotEmitted(labs.day_requested):
        QTest.keyClick(labs.grid, Qt.Key.Key_Return)
    turn(page, ANALGESICS)
    assert analgesics.table.isVisible()
    assert not analgesics.add.isVisible()
    assert not analgesics.change.isVisible()
    with qtbot.assertNotEmitted(analgesics.use_requested):
        QTest.keyClick(analgesics.table, Qt.Key.Key_Return)


def test_from_the_key_to_the_table_and_back(
    qtbot: QtBot, window: MainWindow, ward: Ward, clinic: Clinic
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    form = dialog(qtbot, window, "labs")
    QTest.keyClicks(form.focusWidget(), "2,31")
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        form.save()
    settled(qtbot, window)
    page = window.workspace.patient_page
    turn(page, LABORATORY)
    grid = page.healing.labs.grid
    assert grid.item(0, 1).text() == "2.31"
    grid.setCurrentCell(0, 1)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialogs()))
    again = dialogs()[0]
    assert again.sheet.rows[0].value.text() == "2.31"
    again.sheet.rows[0].value.setText("")
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        again.save()
    settled(qtbot, window)
    assert not page.healing.labs.grid.isVisible()
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        window.run("undo")
    assert page.healing.labs.grid.item(0, 1).text() == "2.31"


def test_from_a_visit_the_form_begins_with_its_day(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    page.session.set_date(dt.date(2026, 3, 12))
    assert dialog(qtbot, window, "labs").on.date() == dt.date(2026, 3, 12)
