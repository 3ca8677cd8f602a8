"""The journal's page: newest first, by filters, checked, exported, one step from the patient."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import settled
from ui.actions import Needs
from ui.main_window import MainWindow
from ui.models.journal_table import DID, ENTRY, PATIENT, REASON, WHAT, WHO
from ui.pages.journal.page import PAGE, JournalPage
from woundtrack.errors import StoreError
from woundtrack.export.journal import export_journal
from woundtrack.records import Lesion, Role
from woundtrack.store.clinic import Clinic
from woundtrack.store.journal_pages import JournalFilter


def opened(qtbot: QtBot, window: MainWindow) -> JournalPage:
    window.run("journal")
    settled(qtbot, window)
    page = window.workspace.pages.currentWidget()
    assert isinstance(page, JournalPage)
    return page


@pytest.fixture
def page(qtbot: QtBot, ward: Ward, window: MainWindow) -> JournalPage:
    """The journal in the main window."""
    del ward
    return opened(qtbot, window)


def column(page: JournalPage, number: int) -> list[str]:
    model = page.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_newest_first_with_who_and_whose(page: JournalPage, ward: Ward, clinic: Clinic) -> None:
    numbers = [int(text) for text in column(page, ENTRY)]
    assert numbers == sorted(numbers, reverse=True)
    assert clinic.user.value.name in column(page, WHO)
    assert set(column(page, PATIENT)) == {
        "", ward.patient.value.code, ward.other.value.code,
    }  # fmt: skip
    assert ward.patient.value.family_name not in str(page.model.lines)


def test_each_filter_narrows(
    qtbot: QtBot, page: JournalPage, ward: Ward, window: MainWindow
) -> None:
    page.filter.code.setText(ward.other.value.code.lower())
    page.filter.code.editingFinished.emit()
    settled(qtbot, window)
    assert set(column(page, PATIENT)) == {ward.other.value.code}
    page.filter.reset_button.click()
    page.filter.kind.set_value("lesion")
    settled(qtbot, window)
    assert set(column(page, WHAT)) == {"lesion"}
    page.filter.action.set_value("signed_in")
    settled(qtbot, window)
    assert column(page, DID) == []
    page.filter.kind.set_value(None)
    settled(qtbot, window)
    assert set(column(page, DID)) == {"signed in"}
    page.filter.to_on.set_date(dt.date(2020, 1, 1))
    settled(qtbot, window)
    assert column(page, DID) == []
    page.filter.from_on.set_date(dt.date(2021, 1, 1))
    assert not page.filter.error.isHidden()
    page.filter.reset_button.click()
    settled(qtbot, window)
    assert page.filter.error.isHidden()
    assert len(column(page, DID)) == page.model.rowCount() > 5


def test_a_code_that_nobody_has_is_said(
    qtbot: QtBot, page: JournalPage, window: MainWindow
) -> None:
    page.filter.code.setText("ZZZZ")
    page.filter.code.editingFinished.emit()
    settled(qtbot, window)
    assert page.banner.label.text() == "No patient has this code."
    assert page.model.rowCount() == 0


def test_older_entries_come_as_one_scrolls(
    qtbot: QtBot, page: JournalPage, clinic: Clinic, window: MainWindow
) -> None:
    clinic.write(lambda w: [w.note("viewed", "cohort", None) for _ in range(2 * PAGE)])
    page.refresh()
    settled(qtbot, window)
    assert page.model.rowCount() == PAGE
    qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert page.model.rowCount() == 2 * PAGE
    numbers = [line.entry.id for line in page.model.lines]
    assert numbers == list(range(numbers[0], numbers[0] - 2 * PAGE, -1))


def test_the_check_says_that_it_is_whole_or_what_is_not(
    qtbot: QtBot, page: JournalPage, clinic: Clinic, window: MainWindow
) -> None:
    page.work.check.button.click()
    settled(qtbot, window)
    assert page.banner.label.text().startswith("The journal is whole: ")
    clinic.write(lambda w: w._connection.execute("DROP TRIGGER journal_kept"))
    clinic.write(lambda w: w._connection.execute("UPDATE journal SET reason = 'x' WHERE id = 2"))
    page.work.check.button.click()
    settled(qtbot, window)
    assert "entry 2, dated " in page.banner.label.text()
    assert page.work.check.button.isVisible()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_asked_for_is_exported_and_that_is_an_entry(
    qtbot: QtBot, page: JournalPage, clinic: Clinic, window: MainWindow, tmp_path: Path, ending: str
) -> None:
    page.filter.kind.set_value("lesion")
    settled(qtbot, window)
    shown, target = column(page, ENTRY), tmp_path / f"out.{ending}"
    page.work.ask_file = lambda _name: str(target)
    page.work.export.button.click()
    settled(qtbot, window)
    assert page.banner.label.text() == f"Saved as out.{ending}"
    if ending == "csv":
        rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
        assert [row[0] for row in rows[1:]] == shown
    else:
        assert target.read_bytes().startswith(b"PK")
    (last,) = clinic.read(lambda r: r.journal(limit=1))
    assert (last.action, last.kind, last.reason) == ("exported", "journal", str(len(shown)))


def test_an_entry_opens_its_patient_unless_that_lies_in_the_bin(
    qtbot: QtBot, page: JournalPage, ward: Ward, clinic: Clinic, window: MainWindow
) -> None:
    clinic.write(lambda w: w.delete(Lesion, ward.lesions[1].id))
    page.filter.kind.set_value("lesion")
    settled(qtbot, window)
    ids = [line.entry.record_id for line in page.model.lines]
    page.table.activated.emit(page.model.index(ids.index(ward.lesions[1].id), 0))
    assert "Bin" in page.banner.label.text()
    page.table.selectRow(ids.index(ward.lesions[0].id))
    page.table.setFocus()
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.workspace.patient_id == ward.patient.id


def test_an_entry_of_a_visit_opens_that_visit(
    qtbot: QtBot, page: JournalPage, ward: Ward, window: MainWindow
) -> None:
    page.filter.kind.set_value("assessment")
    settled(qtbot, window)
    line = page.model.lines[0]
    page.table.activated.emit(page.model.index(0, 0))
    settled(qtbot, window)
    assert window.workspace.on_visit
    assert window.workspace.visit_id == line.visit_id
    assert window.workspace.patient_id == ward.patient.id


def test_a_setting_is_called_by_words(qtbot: QtBot, window: MainWindow, clinic: Clinic) -> None:
    clinic.write(lambda w: w.set_most_lock_minutes(10))
    page = opened(qtbot, window)
    assert "lock time of the clinic" in column(page, REASON)


def test_looking_at_the_journal_is_an_entry(page: JournalPage, clinic: Clinic) -> None:
    del page
    lines = clinic.read(lambda r: r.journal(kind="journal"))
    assert [line.action for line in lines] == ["viewed"]


def test_it_is_for_administrators_alone(
    clinic: Clinic, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.actions_["journal"].isEnabled()
    window.actions_.offer(Needs.CLINIC | Needs.WRITING)
    assert not window.actions_["journal"].isEnabled()
    clinician = replace(clinic.user, value=replace(clinic.user.value, role=Role.CLINICIAN))
    monkeypatch.setattr(clinic, "user", clinician)
    with pytest.raises(StoreError) as refused:
        export_journal(clinic, tmp_path / "out.csv", JournalFilter())
    assert refused.value.code == "store.not_allowed"
    assert not (tmp_path / "out.csv").exists()
