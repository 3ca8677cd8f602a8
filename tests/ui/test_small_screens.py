"""A dialog is never larger than the screen that it opens on."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.small_screens import fit_screen


@pytest.fixture
def fitted(qapp: QApplication) -> Iterator[QApplication]:
    """The application as it is run."""
    qapp.focusWindowChanged.connect(fit_screen)
    yield qapp
    qapp.focusWindowChanged.disconnect(fit_screen)


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """A window that dialogs belong to."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_dialog_is_made_as_small_as_its_screen(
    fitted: QApplication, owner: QWidget, qtbot: QtBot
) -> None:
    dialog = QDialog(owner)
    room = dialog.screen().availableGeometry()
    dialog.resize(room.width() + 100, 200)
    dialog.show()
    qtbot.waitUntil(lambda: room.contains(dialog.frameGeometry()))
    assert dialog.height() == 200
    assert fitted.activeWindow() is dialog


def test_a_dialog_that_fits_stays_as_it_is(
    fitted: QApplication, owner: QWidget, qtbot: QtBot
) -> None:
    dialog = QDialog(owner)
    dialog.resize(300, 200)
    dialog.show()
    qtbot.waitUntil(lambda: fitted.activeWindow() is dialog)
    assert (dialog.width(), dialog.height()) == (300, 200)
