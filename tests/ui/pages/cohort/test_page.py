"""The cohort's page: it opens, follows its filter and the record, and leads to patients."""

import datetime as dt
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.pages.cohort.conftest import EACH, FIRST_ON, add_patient, opened
from tests.ui.windows import dialogs, settled
from ui.main_window import MainWindow
from ui.pages.cohort.page import CONTENTS, NOBODY, NOTHING, CohortPage
from woundtrack.cohort.types import Filter
from woundtrack.errors import StoreError
from woundtrack.records import Aetiology, Patient, SiteClass, Stored
from woundtrack.report.cohort_filter import CAUSES, Cause, filter_of
from woundtrack.store.clinic import Clinic

SURVIVAL = 1
"""The table's row of survival at 1 year."""


def face(page: CohortPage) -> int:
    return page._faces.currentIndex()


def cell(page: CohortPage, row: int, column: int) -> str:
    item = page.contents.table.item(row, column)
    assert item is not None
    return " ".join(item.text().split("\n"))  # a narrow table breaks its lines


def test_the_menu_opens_it_and_every_figure_stands_beside_its_count(page: CohortPage) -> None:
    contents = page.contents
    assert page.isVisible()
    assert page.filter.cause.hasFocus()
    assert face(page) == CONTENTS
    assert contents.patients.text() == f"{2 * EACH} patients"
    assert contents.lesions.text() == f"{2 * EACH} lesions"
    assert contents.visits.text() == "48 visits"
    assert cell(page, SURVIVAL, 0) == "Survival at 1 year"
    assert cell(page, SURVIVAL, 2).startswith("43 % (")
    assert cell(page, SURVIVAL, 3).startswith("100 % (")
    assert cell(page, SURVIVAL, 4).startswith("−57 points (")


def test_that_sequence_is_not_cause_is_always_in_sight(page: CohortPage) -> None:
    assert page.contents.reminder.isVisible()
    assert "Sequence is not cause" in page.contents.reminder.label.text()


def test_how_a_figure_is_computed_and_who_is_missing_is_told_by_mouse_and_by_ear(
    page: CohortPage,
) -> None:
    table = page.contents.table
    name, central = table.item(SURVIVAL, 0), table.item(SURVIVAL, 2)
    assert name is not None
    assert central is not None
    assert "Kaplan–Meier" in name.toolTip()
    assert "Died in the whole time: 4" in central.toolTip()
    said = str(central.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Survival at 1 year, Central: 43 % (")
    assert "Died" in str(central.data(Qt.ItemDataRole.AccessibleDescriptionRole))


def test_the_filter_narrows_at_once_and_is_remembered(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    assert not page.filter.reset_button.isEnabled()
    page.filter.site.set_value(SiteClass.PERIPHERAL)
    settled(qtbot, window)
    assert page.contents.patients.text() == f"{EACH} patients"
    assert page.filter.reset_button.isEnabled()
    window.set_language("fr")
    settled(qtbot, window)
    again = window.workspace.pages.currentWidget()
    assert isinstance(again, CohortPage)
    assert again is not page
    assert again.filter.site.value() is SiteClass.PERIPHERAL
    assert again.answer is not None
    assert again.answer.cohort.everyone.patients == EACH
    again.filter.reset()
    settled(qtbot, window)
    assert again.answer.cohort.filter == Filter()
    window.set_language("en")
    settled(qtbot, window)


def test_therapies_are_offered_with_their_patients(page: CohortPage) -> None:
    texts = [page.filter.therapy.itemText(i) for i in range(page.filter.therapy.count())]
    assert texts == ["any therapy", f"Sodium thiosulfate, intravenous ({2 * EACH})"]


def test_a_filter_that_leaves_nobody_says_which_part_does_and_offers_the_way_back(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    page.filter.set_value(
        filter_of(cause=Cause(Aetiology.CALCINOSIS), site_class=SiteClass.CENTRAL)
    )
    settled(qtbot, window)
    assert face(page) == NOBODY
    buttons = page.nobody.findChildren(QPushButton)
    assert [button.text().strip() for button in buttons] == [
        f"Without “calcinosis cutis”: {EACH} patients",
        "Reset the filter",
    ]
    buttons[0].click()
    settled(qtbot, window)
    assert face(page) == CONTENTS
    assert page.filter.value() == filter_of(site_class=SiteClass.CENTRAL)


def test_a_clinic_without_patients_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window)
    assert face(page) == NOBODY
    assert page.nobody.title.text() == "No patients yet"


def test_a_day_that_is_none_and_a_period_that_ends_first_ask_nothing(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    page.filter.from_on.setText("31/02/2024")
    assert page.filter.value() is None
    assert "not a day" in page.filter.error.text()
    page.filter.from_on.set_date(FIRST_ON)
    page.filter.to_on.set_date(FIRST_ON - dt.timedelta(days=1))
    assert page.filter.value() is None
    assert "ends before it begins" in page.filter.error.text()
    page.filter.to_on.set_date(FIRST_ON)
    settled(qtbot, window)
    assert page.filter.error.text() == ""
    assert page.contents.patients.text() == f"{2 * EACH} patients"


def test_a_day_being_typed_is_no_slip_until_it_is_left(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    field = page.filter.from_on
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    qtbot.keyClicks(field, "31/0")
    assert not page.filter.error.isVisible()
    page.filter.cause.setFocus()
    assert page.filter.error.isVisible()
    assert "not a day" in page.filter.error.text()
    field.clear()
    settled(qtbot, window)
    assert not page.filter.error.isVisible()


def test_a_group_under_5_is_flagged_in_words(
    clinic: Clinic, qtbot: QtBot, window: MainWindow
) -> None:
    clinic.write(lambda w: [add_patient(w, n, SiteClass.CENTRAL, dies=False) for n in range(4)])
    page = opened(qtbot, window)
    assert page.contents.few.isVisible()
    assert "Fewer than 5 patients" in page.contents.few.label.text()
    assert "fewer than 5" in cell(page, SURVIVAL, 1)
    assert "%" not in cell(page, SURVIVAL, 1)
    assert page.contents.figure.is_empty()
    assert not page.contents.save_figure.isEnabled()


def test_it_follows_the_record(
    page: CohortPage, patients: list[Stored[Patient]], qtbot: QtBot, window: MainWindow
) -> None:
    window.workspace.acts.do(lambda w: w.delete(Patient, patients[0].id), text="bin")
    settled(qtbot, window)
    assert page.contents.patients.text() == f"{2 * EACH - 1} patients"
    window.run("undo")
    settled(qtbot, window)
    assert page.contents.patients.text() == f"{2 * EACH} patients"


def test_only_the_last_of_several_filters_is_answered(
    page: CohortPage, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Filter] = []
    show = page.contents.show_answer
    monkeypatch.setattr(
        page.contents, "show_answer", lambda a: (shown.append(a.cohort.filter), show(a))
    )
    for cause in CAUSES:
        page.filter.cause.set_value(cause)
    page.filter.cause.set_value(None)
    settled(qtbot, window)
    assert shown == [Filter()]
    assert page.contents.patients.text() == f"{2 * EACH} patients"


def test_what_takes_long_shows_it_and_can_be_stopped_and_begun_again(
    page: CohortPage, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, read = Event(), type(window.clinic).read

    def slow(self: Clinic, question: Any) -> Any:
        go.wait(20)
        return read(self, question)

    monkeypatch.setattr(type(window.clinic), "read", slow)
    try:
        page.refresh()
        qtbot.waitUntil(page.working.isVisible)
        assert page.working.bar.isVisible()
        page.working.cancel.click()
        assert face(page) == NOTHING
        assert page.working.retry.isVisible()
    finally:
        go.set()
    settled(qtbot, window)
    assert face(page) == NOTHING
    page.working.retry.click()
    settled(qtbot, window)
    assert face(page) == CONTENTS
    assert not page.working.isVisible()


def test_a_clinic_that_cannot_be_read_is_said_and_shows_no_figures(
    page: CohortPage, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Clinic, _question: Any) -> Any:
        raise StoreError("store.io")

    monkeypatch.setattr(type(window.clinic), "read", refuse)
    page.refresh()
    settled(qtbot, window)
    assert "disk did not answer" in page.banner.label.text()
    assert face(page) == NOTHING


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, None])
def test_a_count_opens_its_patients_and_one_of_them_the_page(
    page: CohortPage, patients: list[Stored[Patient]], qtbot: QtBot, window: MainWindow, key: Any
) -> None:
    table = page.contents.table
    table.setFocus()
    table.setCurrentCell(0, 3)
    if key is None:
        table.cellDoubleClicked.emit(0, 3)
    else:
        qtbot.keyClick(table, key)
    (dialog,) = dialogs()
    settled(qtbot, window)
    assert dialog.model.rowCount() == EACH
    shown = [dialog.model.index(row, 0).data() for row in range(EACH)]
    assert shown == sorted(f"Family{n}, Marie" for n in range(EACH, 2 * EACH))
    dialog.table.selectRow(2)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert window.workspace.patient_id in {one.id for one in patients[EACH:]}
    assert window.workspace.pages.currentWidget() is window.workspace.patient_page


def test_the_count_above_opens_everyone(page: CohortPage, qtbot: QtBot, window: MainWindow) -> None:
    page.contents.patients.click()
    (dialog,) = dialogs()
    settled(qtbot, window)
    assert dialog.model.rowCount() == 2 * EACH
    assert dialog.heading.text() == f"All · {2 * EACH} patients"


def test_closing_goes_back_to_the_start(page: CohortPage, window: MainWindow) -> None:
    page.closed.emit()
    assert window.workspace.pages.currentWidget() is window.workspace.start


def test_arrows_bring_their_row_into_sight(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1280, 700)
    table = page.contents.table
    qtbot.waitUntil(table.isVisible)
    table.setFocus()
    table.setCurrentCell(0, 1)
    for _row in range(table.rowCount() - 1):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    last = table.visualItemRect(table.item(table.rowCount() - 1, 1)).center()
    shown = page.area.viewport().rect()
    assert table.currentRow() == table.rowCount() - 1
    assert shown.contains(table.viewport().mapTo(page.area.viewport(), last))


def test_an_answer_after_the_window_was_locked_is_nobodys(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    page.contents.patients.click()
    page.refresh()
    window.run("lock")
    settled(qtbot, window)
    assert window.workspace is None
    assert not dialogs()
