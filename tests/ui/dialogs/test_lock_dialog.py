"""Idle minutes: an account's own choice, within what the administrator lets anyone choose."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs.lock_dialog import LockDialog
from ui.pages.notices import Notices
from ui.settings import Settings
from woundtrack.store.clinic import Clinic


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "own.ini")


def shown(
    qtbot: QtBot, settings: Settings, background: Background, clinic: Clinic | None
) -> LockDialog:
    dialog = LockDialog(settings, background, clinic=clinic)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not background.is_busy())
    return dialog


def test_five_minutes_unless_someone_chooses(settings: Settings) -> None:
    assert settings.lock_minutes == 5
    for chosen, kept in ((1, 1), (60, 60), (90, 60), (0, 1)):
        settings.lock_minutes = chosen
        assert settings.lock_minutes == kept


def test_before_anyone_is_signed_in_only_the_own_choice_is_asked(
    qtbot: QtBot, settings: Settings, background: Background
) -> None:
    dialog = shown(qtbot, settings, background, None)
    assert not dialog.most.isVisible()
    dialog.minutes.setValue(12)
    dialog.save()
    assert settings.lock_minutes == 12


def test_an_administrator_sets_the_most_for_everyone(
    qtbot: QtBot, settings: Settings, background: Background, clinic: Clinic
) -> None:
    dialog = shown(qtbot, settings, background, clinic)
    assert dialog.most.value() == 15
    dialog.minutes.setValue(14)
    dialog.most.setValue(3)
    assert dialog.minutes.value() == 3
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert clinic.read(lambda r: r.most_lock_minutes()) == 3
    assert settings.lock_minutes == 3
    assert "set" in [line.action for line in clinic.read(lambda r: r.journal())]


def test_an_administrator_says_that_an_older_key_file_may_stay(
    qtbot: QtBot, background: Background, clinic: Clinic
) -> None:
    clinic.keyring_alarm = "store.keyring_older"
    notices = Notices(clinic, background)
    qtbot.addWidget(notices)
    notices.show()
    assert notices.keyring is not None
    notices.keyring.buttons[0].click()
    qtbot.waitUntil(notices.keyring.isHidden)
    assert clinic.keyring_alarm == ""
    assert "keyring_accepted" in [line.action for line in clinic.read(lambda r: r.journal())]
