"""An editor that offers only some of its tools."""

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.photo_editor.editor import PhotoEditor, Tool
from woundtrack.photo.types import Photo


def test_a_tool_that_is_not_offered_has_no_button_no_key_and_is_not_taken(
    qtbot: QtBot, background: Background
) -> None:
    editor = PhotoEditor(background, tools=(Tool.TRACE, Tool.VERTEX))
    qtbot.addWidget(editor)
    editor.resize(600, 500)
    editor.show()
    editor.set_photo(np.zeros((80, 100, 3), np.uint8), Photo(100, 80, "image/png", 1))
    names = {action.objectName() for action in editor.actions()}
    assert {"editor.trace", "editor.vertex", "editor.pan"} <= names
    assert not {"editor.click", "editor.ruler", "editor.head"} & names
    qtbot.keyClick(editor.canvas, Qt.Key.Key_F)
    assert editor.tool() is Tool.TRACE
    qtbot.keyClick(editor.canvas, Qt.Key.Key_C)
    assert editor.tool() is Tool.TRACE
    editor.set_tool(Tool.CLICK)
    assert editor.tool() is Tool.PAN
