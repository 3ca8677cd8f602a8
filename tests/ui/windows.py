"""Working in the main window, for its tests."""

from typing import Any

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.sign_in_page import SignInPage


def dialogs() -> list[Any]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def dialog(qtbot: QtBot, window: MainWindow, key: str) -> Any:
    window.run(key)
    qtbot.waitUntil(lambda: bool(dialogs()))
    return dialogs()[0]


def open_patient(qtbot: QtBot, window: MainWindow, patient_id: int) -> None:
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        window.workspace.open_patient(patient_id)


def names(window: MainWindow) -> list[str]:
    return [row.patient.family_name for row in window.workspace.patients.model.rows()]


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.background.is_busy())


def sign_in(qtbot: QtBot, window: MainWindow, name: str, passphrase: str) -> None:
    """Sign in by a typed name, at the window's sign-in page."""
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    page.who.set_text(name)
    page.passphrase.line.setText(passphrase)
    page.sign_in()
    qtbot.waitUntil(lambda: window.workspace is not None)
