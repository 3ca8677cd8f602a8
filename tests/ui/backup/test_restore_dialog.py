"""A clinic is brought back beside the one there is, compared, and put in place when told so."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.clinics import a_patient
from tests.ui.conftest import PASSPHRASE, USER
from tests.ui.windows import dialogs, settled
from ui.background import Background
from ui.backup import restore_dialog
from ui.backup.restore_dialog import DONE, SUMMARY, WHICH, WHO, RestoreDialog
from ui.main_window import MainWindow
from ui.pages.sign_in_page import SignInPage
from woundtrack.backup.folder import backups_in
from woundtrack.backup.making import back_up
from woundtrack.records import Patient
from woundtrack.store.clinic import Clinic, open_clinic


@pytest.fixture
def folder(photographed: Clinic, stick: Path) -> Path:
    """A closed clinic, of which there is a backup and to which one patient came since."""
    assert back_up(photographed, stick) is not None
    photographed.write(lambda w: w.add(a_patient()))
    photographed.close()
    return photographed.folder


def shown(qtbot: QtBot, background: Background, folder: Path | None, stick: Path) -> RestoreDialog:
    made = RestoreDialog(background, clinic_folder=folder, target=stick)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.which.table.chosen() is not None)
    return made


def signed(dialog: RestoreDialog, passphrase: str = PASSPHRASE) -> None:
    dialog.go_on()
    assert dialog.stack.currentIndex() == WHO
    dialog.who.user_name.setText(USER)
    dialog.who.passphrase.line.setText(passphrase)
    dialog.go_on()


def patients(folder: Path) -> int:
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    try:
        return len(clinic.read(lambda r: r.find(Patient)))
    finally:
        clinic.close()


def beside(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.parent.iterdir() if each.name != "stick")


def test_it_takes_the_clinics_place_and_the_old_one_is_kept(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    dialog, told = shown(qtbot, background, folder, stick), []
    dialog.settled.connect(told.append)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    assert "1 photo" in dialog.summary.text.text()
    assert dialog.summary.differs.text().startswith("1 later change, recorded on")
    assert "give up 1 change" in dialog.summary.put.text()
    assert dialog.who.passphrase.text() == ""
    assert patients(folder) == 1  # nothing happened to it yet
    dialog.summary.put.click()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == DONE)
    assert told == [folder]
    (aside,) = folder.parent.glob("clinic-before-*")
    assert str(aside) in dialog.told.text()
    assert patients(folder) == 0
    assert patients(aside) == 1


def test_it_cannot_be_left_while_it_takes_the_place(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    dialog.summary.put.click()
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog.cancel.isEnabled()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == DONE)
    assert dialog.cancel.isEnabled()
    assert patients(folder) == 0


@pytest.mark.parametrize("leave", [RestoreDialog.step_back, RestoreDialog.reject])
def test_stopped_at_the_last_moment_it_leaves_nothing(
    qtbot: QtBot,
    background: Background,
    folder: Path,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    leave: Callable[[RestoreDialog], None],
) -> None:
    compared, go_on = Event(), Event()

    def slow(*_what: object) -> None:
        compared.set()
        go_on.wait(5)

    monkeypatch.setattr(restore_dialog, "parted_from", slow)
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    qtbot.waitUntil(compared.is_set)
    leave(dialog)
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert list(folder.parent.glob("clinic*")) == [folder]


def test_it_may_stay_beside_as_a_second_clinic(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    dialog, told = shown(qtbot, background, folder, stick), []
    dialog.settled.connect(told.append)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    dialog.summary.keep.click()
    second = folder.with_name("clinic-restored")
    assert str(second) in dialog.told.text()
    assert not told
    dialog.next.click()
    assert told == [second]
    assert (patients(folder), patients(second)) == (1, 0)


def test_given_up_at_the_end_it_leaves_nothing(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    before = beside(folder)
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    dialog.cancel.click()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert beside(folder) == before
    assert patients(folder) == 1


def test_given_up_half_way_it_leaves_nothing(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    before = beside(folder)
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    dialog.cancel.click()
    assert dialog.stack.currentIndex() == WHO
    qtbot.waitUntil(lambda: not background.is_busy())
    assert beside(folder) == before
    assert dialog.stack.currentIndex() == WHO


def test_a_wrong_passphrase_is_said_at_its_field(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog, "something else")
    qtbot.waitUntil(lambda: bool(dialog.who.form.error_of("passphrase")))
    assert dialog.stack.currentIndex() == WHO
    dialog.who.use_key(True)
    dialog.go_on()
    assert dialog.who.form.error_of("recovery_key")
    dialog.who.key.setText("not a key")
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == WHO and not background.is_busy())
    assert dialog.who.form.error_of("recovery_key")


def test_a_clinic_that_is_gone_comes_back_where_it_was(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    shutil.rmtree(folder)
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    assert not dialog.who.place.isHidden()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == DONE)
    assert str(folder) in dialog.told.text()
    assert patients(folder) == 0


def test_a_damaged_one_is_replaced_and_kept(
    qtbot: QtBot, background: Background, folder: Path, stick: Path
) -> None:
    (folder / "clinic.json").write_text("{", encoding="utf-8")
    (folder / "clinic.db").write_bytes(b"no database" * 500)
    dialog = shown(qtbot, background, folder, stick)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    assert "cannot be read" in dialog.summary.differs.text()
    dialog.summary.put.click()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == DONE)
    assert patients(folder) == 0


def test_a_folder_without_backups_says_so(
    qtbot: QtBot, background: Background, folder: Path, stick: Path, tmp_path: Path
) -> None:
    dialog = shown(qtbot, background, folder, stick)
    (tmp_path / "empty").mkdir()
    dialog.which.target.set_folder(tmp_path / "empty")
    qtbot.waitUntil(lambda: bool(dialog.which.form.error_of("target")))
    assert not dialog.next.isEnabled()
    inside = backups_in(stick)[0].path.parent.parent
    dialog.which.target.set_folder(inside)  # the folder within is understood, too
    qtbot.waitUntil(dialog.next.isEnabled)
    assert dialog.stack.currentIndex() == WHICH


def test_from_the_window_it_locks_first_and_ends_at_the_sign_in(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, stick: Path
) -> None:
    back_up(clinic, stick)
    window.backups._close_and_restore(clinic.folder, stick, None)
    settled(qtbot, window)
    assert clinic._closed
    (dialog,) = dialogs()
    qtbot.waitUntil(lambda: dialog.which.table.chosen() is not None)
    signed(dialog)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == SUMMARY)
    dialog.summary.put.click()
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == DONE)
    dialog.next.click()
    settled(qtbot, window)
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    assert page.folder == clinic.folder
    page.who.set_text(USER)
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: window.clinic is not None)
    assert not window.clinic.read_only
