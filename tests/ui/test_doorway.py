"""Coming in by a list, switching, locking, waiting after wrong passphrases."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.clinics import add_user
from tests.ui.conftest import PASSPHRASE, USER, Ward
from tests.ui.windows import open_patient, settled, sign_in
from ui.background import Background
from ui.blanking import blank_screen
from ui.dialogs.patient_dialog import PatientDialog
from ui.main_window import MainWindow
from ui.pages.sign_in_page import OWN, SIGN_IN, SignInPage
from ui.settings import Settings
from woundtrack.records import Role, User
from woundtrack.store.attempts import Attempts
from woundtrack.store.clinic import Clinic, local_now, open_clinic
from woundtrack.store.keyring import load_keyring
from woundtrack.store.remembered import Remembered

NURSE, WORDS = "Bea Lind", "the own one of a nurse"


class Kept:
    """An account's credential store, in memory."""

    def __init__(self) -> None:
        self.all: dict[str, Remembered] = {}

    def recall(self, clinic_uuid: str) -> Remembered | None:
        return self.all.get(clinic_uuid)

    def remember(self, clinic_uuid: str, kept: Remembered) -> bool:
        self.all[clinic_uuid] = kept
        return True


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    """A closed clinic with a nurse beside the administrator."""
    clinic.write(lambda w: add_user(w, NURSE, WORDS))
    clinic.close()
    return clinic.folder


@pytest.fixture
def kept(folder: Path) -> Kept:
    """What the account remembers after the nurse signed in here."""
    clinic = open_clinic(folder, user_name=NURSE, passphrase=WORDS)
    made = Kept()
    made.remember(load_keyring(folder).clinic_uuid, Remembered(clinic.names_key, clinic.user.uuid))
    clinic.close()
    return made


@pytest.fixture
def page(qtbot: QtBot, background: Background, folder: Path, kept: Kept) -> Iterator[SignInPage]:
    made = SignInPage(background=background, folder=folder, credentials=kept)
    qtbot.addWidget(made)
    made.show()
    opened: list[Clinic] = []
    made.signed_in.connect(opened.append)
    made.opened = opened  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: made.who.is_list)
    yield made
    for clinic in opened:
        clinic.close()


def shown(page: SignInPage) -> list[str]:
    """The names in the list."""
    return [page.who.list.item(row).text() for row in range(page.who.list.count())]


def test_the_list_shows_the_last_one_first_and_asks_for_the_passphrase(
    qtbot: QtBot, page: SignInPage
) -> None:
    assert shown(page) == [NURSE, USER]
    assert page.who.text() == NURSE
    qtbot.keyClicks(page.passphrase.line, WORDS)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.opened))
    assert page.opened[0].user.value.name == NURSE


def test_another_is_chosen_with_the_keyboard(qtbot: QtBot, page: SignInPage) -> None:
    page.who.setFocus()
    qtbot.keyClick(page.who.list, Qt.Key.Key_Down)
    assert page.who.text() == USER
    qtbot.keyClick(page.who.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.passphrase.line.hasFocus)


def test_a_name_that_is_not_in_the_list_can_be_typed(qtbot: QtBot, page: SignInPage) -> None:
    page.who.other.click()
    assert not page.who.is_list
    qtbot.keyClicks(page.user_name, USER.upper())
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: bool(page.opened))
    assert page.opened[0].user.value.name == USER


def test_the_list_leaves_what_is_being_typed(
    qtbot: QtBot, background: Background, folder: Path, kept: Kept
) -> None:
    page = SignInPage(background=background, folder=folder, credentials=kept)
    qtbot.addWidget(page)
    page.show()
    page.user_name.setText("Somebody")
    qtbot.waitUntil(lambda: page.who.list.count() == 2)
    assert page.who.text() == "Somebody"
    assert not page.who.is_list


def test_who_has_left_is_not_in_the_list(qtbot: QtBot, page: SignInPage, folder: Path) -> None:
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    nurse = clinic.read(lambda r: r.find(User, name=NURSE))[0]
    clinic.write(lambda w: w.revise(nurse, replace(nurse.value, active=False)))
    clinic.close()
    page.show_folder(folder)
    qtbot.waitUntil(lambda: shown(page) == [USER])
    assert page.who.text() != NURSE


def test_wrong_passphrases_are_counted_down(qtbot: QtBot, page: SignInPage, folder: Path) -> None:
    uuid = load_keyring(folder).owner_of(NURSE)
    attempts = Attempts(folder, clock=local_now)
    for _ in range(3):
        attempts.failed(str(uuid))
    page.passphrase.line.setText("a guess")
    page.sign_in()
    qtbot.waitUntil(lambda: "0:0" in page.form.error_of("passphrase"))
    assert not page.passphrase.isEnabled()
    assert not page.button.isEnabled()
    page.who.list.setCurrentRow(1)  # another person need not wait
    assert page.passphrase.isEnabled()
    page.who.list.setCurrentRow(0)
    assert not page.passphrase.isEnabled()
    page.patience.end()
    qtbot.waitUntil(page.passphrase.isEnabled)
    assert page.form.error_of("passphrase") == ""
    assert page.button.isEnabled()


def test_a_given_passphrase_is_replaced_in_the_card(
    qtbot: QtBot, page: SignInPage, folder: Path
) -> None:
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    clinic.write(lambda w: w.add_user("New Nurse", Role.CLINICIAN, "given by someone else"))
    clinic.close()
    page.who.set_text("New Nurse")
    page.passphrase.line.setText("given by someone else")
    page.sign_in()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == OWN)
    for first, again in (("given by someone else",) * 2, ("weak", "weak"), (WORDS, "other")):
        page.own.new.first.line.setText(first)
        page.own.new.again.line.setText(again)
        page.own.button.click()
        field = "again" if first != again else "passphrase"
        qtbot.waitUntil(lambda field=field: bool(page.own.form.error_of(field)))
    page.own.new.again.line.setText(WORDS)
    page.own.button.click()
    qtbot.waitUntil(lambda: bool(page.opened))
    assert page.opened[0].user.value.name == "New Nurse"


def texts_on_screen() -> str:
    """All that can be read now, titles as well."""
    found = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            found.append(window.windowTitle())
            for part in [window, *window.findChildren(QWidget)]:
                if part.isVisible() and hasattr(part, "text") and callable(part.text):
                    found.append(str(part.text()))
            found += [a.text() for menu in window.findChildren(QMenu) for a in menu.actions()]
    return "\n".join(found)


def test_locking_leaves_nothing_of_a_patient_on_the_screen(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    name = ward.patient.value.birth_name
    for key in ("edit_patient", "report", "bin", "guide"):
        window.run(key)
    own = QLabel(name)  # a window that is no dialog
    qtbot.addWidget(own)
    own.show()
    window.say(f"Visit of {name}")
    window._name_undo(f"patient {name}", "")
    assert name in texts_on_screen()
    window.run("lock")
    visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert visible == [window]
    assert name not in texts_on_screen()
    settled(qtbot, window)


def test_a_dialog_in_its_own_loop_ends_with_the_lock(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtCore import QTimer

    dialog = QDialog(window)
    QTimer.singleShot(0, lambda: blank_screen(window))
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


def test_another_user_takes_over_with_the_same_patient(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    clinic.write(lambda w: add_user(w, NURSE, WORDS))
    open_patient(qtbot, window, ward.patient.id)
    window.run("switch_user")
    page = window.centralWidget()
    qtbot.waitUntil(lambda: page.who.is_list)
    qtbot.waitUntil(page.who.list.hasFocus)
    assert shown(page) == [USER, NURSE]
    sign_in(qtbot, window, NURSE, WORDS)
    assert window.clinic.user.value.name == NURSE
    assert not window.clinic.read_only
    assert window.workspace.patient_id == ward.patient.id


def test_a_visit_that_was_begun_waits_while_others_sign_in(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    clinic.write(lambda w: add_user(w, NURSE, WORDS))
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    day = dt.date(2026, 3, 17)
    window.workspace.visit_page.session.set_date(day, today=day)
    settled(qtbot, window)
    for name, words in ((NURSE, WORDS), (USER, PASSPHRASE)):
        window.run("switch_user")
        settled(qtbot, window)
        sign_in(qtbot, window, name, words)
        settled(qtbot, window)
    assert window.workspace.on_visit
    assert window.workspace.visit_on == day


def test_the_same_person_comes_back_to_the_visit_with_what_was_not_saved(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    window.workspace.visit_page.session.set_date(dt.date(2026, 3, 17), today=dt.date(2026, 3, 17))
    settled(qtbot, window)
    window._door.idle.timeout.emit()
    settled(qtbot, window)
    sign_in(qtbot, window, USER, PASSPHRASE)
    settled(qtbot, window)
    assert window.workspace.on_visit
    assert window.workspace.visit_on == dt.date(2026, 3, 17)


def test_what_locking_took_with_a_dialog_is_told_to_who_typed_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.run("guide")
    window.run("new_patient")
    (form,) = [one for one in window.findChildren(PatientDialog) if one.isVisible()]
    qtbot.keyClicks(form.birth_name, "Garnier")
    title = form.windowTitle()
    window.run("lock")
    settled(qtbot, window)
    sign_in(qtbot, window, USER, PASSPHRASE)
    said = window.workspace.message.label.text()
    assert f"“{title}”" in said
    assert "Garnier" not in said


def test_the_window_remembers_who_is_here_for_next_time(
    qtbot: QtBot, background: Background, folder: Path, tmp_path: Path
) -> None:
    kept = Kept()
    window = MainWindow(
        settings=Settings(tmp_path / "own.ini"),
        background=background,
        folder=folder,
        credentials=kept,
    )
    qtbot.addWidget(window)
    window.show()
    page = window.centralWidget()
    settled(qtbot, window)
    assert not page.who.is_list
    sign_in(qtbot, window, NURSE, WORDS)
    settled(qtbot, window)
    assert list(kept.all) == [load_keyring(folder).clinic_uuid]
    assert [one.last_user for one in kept.all.values()] == [window.clinic.user.uuid]
    assert USER not in (tmp_path / "own.ini").read_text() if (tmp_path / "own.ini").exists() else 1
    window.close()


def test_the_clinic_says_how_late_it_may_lock(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.lock_minutes = 40
    window.clinic.write(lambda w: w.set_most_lock_minutes(3))
    window._door.restart_idle()
    qtbot.waitUntil(lambda: window._door.idle._timer.interval() == 3 * 60_000)
    assert window.settings.lock_minutes == 40


def test_a_computer_that_slept_shows_nothing_when_it_wakes(
    qtbot: QtBot, window: MainWindow
) -> None:
    idle = window._door.idle
    idle._last_s -= 3600
    with qtbot.waitSignal(idle.timeout):
        idle._look.timeout.emit()
    assert isinstance(window.centralWidget(), SignInPage)
    assert window.centralWidget().stack.currentIndex() == SIGN_IN
    settled(qtbot, window)
