"""The whole clinic is checked from the window, and what is wrong is named there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.background import Background
from ui.dialogs.check_dialog import CheckDialog
from woundtrack.store.clinic import Clinic


@pytest.fixture
def dialog(qtbot: QtBot, clinic: Clinic, ward: Ward, background: Background) -> CheckDialog:
    del ward
    made = CheckDialog(clinic, background)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_sound_clinic_is_said_to_be_sound(qtbot: QtBot, dialog: CheckDialog) -> None:
    dialog.start_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.banner.label.text().startswith("All is sound: ")
    assert not dialog.findings.isVisible()
    assert not dialog.progress.isVisible()


def test_what_is_wrong_is_listed(qtbot: QtBot, dialog: CheckDialog, clinic: Clinic) -> None:
    for statement in (
        "DROP TRIGGER journal_not_removed",
        "DELETE FROM journal WHERE id = 3",
        "UPDATE patient SET sex = 'neither' WHERE id = 1",
    ):
        clinic.write(lambda w, s=statement: w._connection.execute(s))
    dialog.start_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.banner.label.text() == "2 problems found."
    told = [dialog.findings.item(row).text() for row in range(dialog.findings.count())]
    assert "entry 3 is missing" in told[0]
    assert "(patient)" in told[1]


def test_closing_stops_the_check(qtbot: QtBot, dialog: CheckDialog, background: Background) -> None:
    dialog.start_button.click()
    dialog.reject()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert not dialog.banner.isVisible()
