"""What the line under the photo says to do is seen whole in a window of 1280 px."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ui import theme
from ui.pages.visit.editor_step import panel_width
from ui.pages.visit.photo_rail import ICON
from ui.photo_editor.click_tool import ClickTool
from ui.photo_editor.editor import PhotoEditor, Tool
from woundtrack import words
from woundtrack.outline.tissue.types import NAMES, Tissue
from woundtrack.photo.types import Photo

ROOM_PX = 1280 - (ICON.width() + theme.grid(5))
"""Of the window, beside the rail with the photos; the panel takes its part of it."""


@pytest.fixture(params=words.LANGUAGES)
def editor(request, qtbot, qapp, background):
    """An editor as wide as beside a visit's panel."""
    theme.apply(qapp, choice="light")
    words.set_language(request.param)
    made = PhotoEditor(background)
    qtbot.addWidget(made)
    made.resize(ROOM_PX - panel_width(), 600)
    made.set_photo(np.zeros((60, 80, 3), np.uint8), Photo(80, 60, "image/png", 1))
    made.set_outlines({}, labels={1: "A"}, active=1)
    made.show()
    qtbot.waitExposed(made)
    yield made
    words.set_language("en")


def is_whole(editor: PhotoEditor) -> bool:
    line = editor.status.message
    assert line.text()
    return line.fontMetrics().horizontalAdvance(line.text()) <= line.width()


@pytest.mark.parametrize("tool", Tool)
def test_a_tool_says_what_to_do_with_it(qtbot, editor: PhotoEditor, tool: Tool) -> None:
    editor.set_tool(tool)
    qtbot.waitUntil(lambda: is_whole(editor), timeout=1000)


def test_it_goes_on_to_say_how_clicks_are_mended(qtbot, editor: PhotoEditor, monkeypatch) -> None:
    editor.set_tool(Tool.CLICK)
    first = editor.status.message.text()
    monkeypatch.setattr(ClickTool, "_live", lambda _tool: True)
    editor.canvas.session.changed.emit()
    assert editor.status.message.text() != first
    qtbot.waitUntil(lambda: is_whole(editor), timeout=1000)


@pytest.mark.parametrize("tissue", NAMES)
def test_whichever_tissue_is_on_the_brush(qtbot, editor: PhotoEditor, tissue: Tissue) -> None:
    editor.set_tool(Tool.TISSUE)
    qtbot.keyClick(editor.canvas, Qt.Key(Qt.Key.Key_0 + tissue))
    qtbot.waitUntil(lambda: is_whole(editor), timeout=1000)
