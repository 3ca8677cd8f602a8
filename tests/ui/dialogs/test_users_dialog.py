"""Users get another name: who comes with imported records may have the one that is here."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs.users_dialog import UsersDialog
from woundtrack.records import User
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

WORDS = "of the users dialog"


@pytest.fixture
def own(tmp_path: Path) -> Clinic:
    """A clinic with one administrator."""
    folder = tmp_path / "own"
    create_clinic(folder, clinic_name="Own", user_name="Ann", passphrase=WORDS, cost=CHEAP)
    return open_clinic(folder, user_name="Ann", passphrase=WORDS)


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
