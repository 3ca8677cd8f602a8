"""A clinic's file that was double-clicked on macOS."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from tests.clinics import PASSPHRASE, USER
from ui.background import Background
from ui.opened_files import OpenedFiles
from ui.pages.sign_in_page import SignInPage
from woundtrack.store import keys
from woundtrack.store.clinic import create_clinic


def test_the_sign_in_page_goes_on_with_its_clinic(
    qtbot: QtBot, qapp: QApplication, background: Background, tmp_path: Path
) -> None:
    folder = tmp_path / "clinic"
    create_clinic(
        folder, clinic_name="South", user_name=USER, passphrase=PASSPHRASE, cost=keys.CHEAP
    )
    window = QMainWindow()
    qtbot.addWidget(window)
    page = SignInPage(background=background, folder=None)
    window.setCentralWidget(page)
    files = OpenedFiles(qapp, window)
    opened = QFileOpenEvent(QUrl.fromLocalFile(str(folder / "clinic.json")))
    assert files.eventFilter(qapp, opened)
    assert page.folder == folder
    window.setCentralWidget(QLabel("a patient"))
    assert files.eventFilter(qapp, opened)
    assert isinstance(window.centralWidget(), QLabel)
    qapp.removeEventFilter(files)
