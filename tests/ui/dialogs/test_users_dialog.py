"""Users get another name: who comes with imported records may have the one that is here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.clinics import add_user
from ui.background import Background
from ui.dialogs.given_passphrase_dialog import GivenPassphraseDialog
from ui.dialogs.recovery_key_dialog import RecoveryKeyDialog
from ui.dialogs.users_dialog import UsersDialog
from woundtrack.records import User
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic, users_by_recovery_key
from woundtrack.store.keyring import load_keyring
from woundtrack.store.keys import CHEAP

WORDS = "of the users dialog"


@pytest.fixture
def own(tmp_path: Path) -> Clinic:
    """A clinic with one administrator."""
    folder = tmp_path / "own"
    create_clinic(folder, clinic_name="Own", user_name="Ann", passphrase=WORDS, cost=CHEAP)
    return open_clinic(folder, user_name="Ann", passphrase=WORDS)


@pytest.fixture
def shown(qtbot: QtBot, own: Clinic, background: Background) -> Iterator[UsersDialog]:
    """The dialog, with the administrator and Bo."""
    own.write(lambda w: add_user(w, "Bo", WORDS))
    dialog = UsersDialog(own, background)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    yield dialog
    qtbot.waitUntil(lambda: not background.is_busy())
    own.close()


def said(dialog: UsersDialog, row: int) -> str:
    """What the last column says of a user."""
    return dialog.table.item(row, 2).text()


def test_buttons_say_what_they_do_to_the_user_chosen(shown: UsersDialog) -> None:
    assert not shown._reset.isEnabled()
    shown.table.selectRow(0)
    assert shown._role.text() == "Make a clinician"
    shown.table.selectRow(1)
    assert shown._role.text() == "Make an administrator"
    assert shown._reset.isEnabled()


def test_one_user_at_a_time_is_chosen(shown: UsersDialog) -> None:
    shown.table.selectRow(0)
    QTest.keyPress(shown.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(shown.table, Qt.Key.Key_Down)
    assert [index.row() for index in shown.table.selectionModel().selectedRows()] == [1]


def test_a_given_passphrase_is_proposed_and_to_be_replaced(
    qtbot: QtBot, shown: UsersDialog, own: Clinic
) -> None:
    shown.table.selectRow(1)
    shown._reset.click()
    (asking,) = shown.findChildren(GivenPassphraseDialog)
    asking.passphrase.line.setText("weak")
    asking.save_button.click()
    qtbot.waitUntil(lambda: bool(asking.form.error_of("passphrase")))
    asking.passphrase.propose.click()
    given = asking.passphrase.text()
    assert asking.passphrase.line.echoMode() == asking.passphrase.line.EchoMode.Normal
    asking.save_button.click()
    qtbot.waitUntil(lambda: "replaced" in said(shown, 1))
    own.close()
    new = "chosen by Bo alone"
    open_clinic(own.folder, user_name="Bo", passphrase=given, new_passphrase=new).close()


def test_who_leaves_is_let_in_again_with_a_new_passphrase(
    qtbot: QtBot, shown: UsersDialog, own: Clinic
) -> None:
    shown.table.selectRow(1)
    shown._switch.click()
    (box,) = shown.findChildren(QMessageBox)
    assert "Bo" in box.text()
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: said(shown, 1) == "no")
    assert shown._switch.text() == "Let in again…"
    assert not shown._reset.isEnabled()
    shown._switch.click()
    (asking,) = shown.findChildren(GivenPassphraseDialog)
    asking.passphrase.propose.click()
    asking.save_button.click()
    qtbot.waitUntil(lambda: "replaced" in said(shown, 1))
    assert own.read(lambda r: r.find(User, name="Bo"))[0].value.active


def test_a_new_recovery_key_counts_once_it_was_typed_back(
    qtbot: QtBot, shown: UsersDialog, own: Clinic
) -> None:
    before = load_keyring(own.folder).recovery
    shown._recovery.click()
    (dialog,) = shown.findChildren(RecoveryKeyDialog)
    key = dialog.steps.key
    dialog.steps.kept.click()
    dialog.steps.proof.setText("not this")
    dialog.steps.finish_button.click()
    assert dialog.steps.form.error_of("proof")
    assert load_keyring(own.folder).recovery == before
    dialog.steps.proof.setText(key.lower())
    dialog.steps.finish_button.click()
    qtbot.waitUntil(lambda: load_keyring(own.folder).recovery != before)
    found = users_by_recovery_key(own.folder, recovery_key=key)
    assert [one.value.name for one in found] == ["Ann", "Bo"]


def test_a_renamed_user_signs_in_with_the_new_name(
    qtbot: QtBot, own: Clinic, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = UsersDialog(own, background)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.table.selectRow(0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_rest, **_named: ("Ann  Roy ", True))
    dialog._rename.click()
    qtbot.waitUntil(lambda: own.read(lambda r: r.find(User))[0].value.name == "Ann Roy")
    qtbot.waitUntil(lambda: not background.is_busy())
    own.close()
    again = open_clinic(own.folder, user_name="ann roy", passphrase=WORDS)
    assert again.user.value.name == "Ann Roy"
    again.close()
