"""The Visit menu goes through the steps, corrects, leaves, and shows the photo's own tools."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import open_patient
from ui.main_window import MainWindow
from ui.pages.visit.checks import Step


def shown(window: MainWindow) -> list[str]:
    window.actions_.photo_menu.aboutToShow.emit()
    return [action.text() for action in window.actions_.photo_menu.actions()]


def test_steps_by_menu_and_by_key(qtbot: QtBot, window: MainWindow, ward: Ward) -> None:
    open_patient(qtbot, window, ward.patient.id)
    assert not window.actions_["step_4"].isEnabled()
    window.workspace.new_visit()
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    assert window.actions_["step_4"].isEnabled()
    window.actions_["step_4"].trigger()
    assert page.step is Step.FORM
    qtbot.keyClick(page, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert page.step is Step.CONFIRM
    window.actions_["correct_visit"].trigger()
    assert "not confirmed" in window.statusBar().currentMessage()
    window.actions_["leave_visit"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.on_visit)
    assert not window.actions_["step_4"].isEnabled()


def test_the_photos_tools_stand_in_the_menu_with_their_keys(
    qtbot: QtBot,
    window: MainWindow,
    ward: Ward,
    tmp_path: Path,
    painted: Callable[..., bytes],
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    assert shown(window) == ["No photo is shown"]
    path = tmp_path / "a.jpg"
    path.write_bytes(painted(seed=1))
    window.workspace.import_files([path])
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.photos), timeout=20_000)
    window.actions_["step_3"].trigger()
    qtbot.waitUntil(lambda: page.editor_step.shows(page.session.state.photos[0].id), timeout=20_000)
    texts = shown(window)
    assert {"Trace freehand", "Direction of the head", "Fit the photo", "Undo"} <= set(texts)
    window.actions_.photo_menu.actions()[texts.index("Trace freehand")].trigger()
    assert page.editor_step.editor.tool().value == "trace"
    window.lock()
    assert shown(window) == ["No photo is shown"]
