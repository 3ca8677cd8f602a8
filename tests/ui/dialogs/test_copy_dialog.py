"""The clinic is copied to a place of the person's choice; a stopped copy leaves nothing."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.clinics import a_photo
from ui.background import Background
from ui.dialogs.copy_dialog import CopyDialog
from woundtrack.store.clinic import Clinic, clinic_info

NOW = dt.datetime(2026, 3, 17, 9, 0)  # noqa: DTZ001


@pytest.fixture
def dialog(qtbot: QtBot, clinic: Clinic, background: Background, tmp_path: Path) -> CopyDialog:
    made = CopyDialog(clinic, background, now=lambda: NOW)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    (tmp_path / "disk").mkdir()
    made.ask_folder = lambda: str(tmp_path / "disk")
    made.show()
    return made


def test_a_copy_lies_in_a_new_folder_of_today(
    qtbot: QtBot, dialog: CopyDialog, clinic: Clinic, tmp_path: Path
) -> None:
    taken = tmp_path / "disk" / "woundtrack-2026-03-17"
    taken.mkdir()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "read back" in dialog.text.text(), timeout=10_000)
    target = tmp_path / "disk" / "woundtrack-2026-03-17-2"
    assert str(target) in dialog.text.text()
    assert clinic_info(target).clinic_name == clinic.clinic_name
    assert not dialog.progress.isVisible()
    assert list(taken.iterdir()) == []


def test_nothing_is_copied_where_no_place_is_chosen(dialog: CopyDialog, tmp_path: Path) -> None:
    dialog.ask_folder = lambda: ""
    dialog.start_button.click()
    assert dialog.start_button.isEnabled()
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_refusal_stands_in_the_dialog(qtbot: QtBot, dialog: CopyDialog, clinic: Clinic) -> None:
    dialog.ask_folder = lambda: str(clinic.folder)
    dialog.start_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.start_button.isEnabled()


def test_cancel_stops_the_copy_and_leaves_nothing(
    qtbot: QtBot,
    dialog: CopyDialog,
    background: Background,
    clinic: Clinic,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from woundtrack.store import copying

    begun, go_on = threading.Event(), threading.Event()
    fill = copying._fill

    def slowly(*args: object) -> object:
        begun.set()
        go_on.wait(10)
        return fill(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_fill", slowly)
    data = b"one photo"
    clinic.write(lambda w: w.import_photo(data, a_photo(data), b"thumb"))
    dialog.start_button.click()
    qtbot.waitUntil(begun.is_set)
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    assert list((tmp_path / "disk").iterdir()) == []
