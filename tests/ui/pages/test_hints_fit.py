"""What the line under the photo says to do is seen whole in a window of 1280 px."""

import numpy as np
import pytest

from ui import theme
from ui.pages.visit.editor_step import panel_width
from ui.pages.visit.photo_rail import ICON
from ui.photo_editor.click_tool import ClickTool
from ui.photo_editor.editor import PhotoEditor, Tool
from woundtrack import words
from woundtrack.outline.tissue.types import Tissue
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


def test_each_tool_says_what_to_do_with_it(qapp, editor: PhotoEditor) -> None:
    cut = []
    for tool in Tool:
        editor.set_tool(tool)
        qapp.processEvents()  # the line is laid out anew
        cut += [] if is_whole(editor) else [tool]
    assert cut == []


def test_it_goes_on_to_say_how_clicks_are_mended(qapp, editor: PhotoEditor, monkeypatch) -> None:
    editor.set_tool(Tool.CLICK)
    first = editor.status.message.text()
    monkeypatch.setattr(ClickTool, "_live", lambda _tool: True)
    editor.canvas.session.changed.emit()
    assert editor.status.message.text() != first
    qapp.processEvents()
    assert is_whole(editor)


def test_whichever_tissue_is_on_the_brush(qapp, editor: PhotoEditor) -> None:
    editor.set_tool(Tool.TISSUE)
    cut = []
    for tissue in Tissue:
        editor.tissue.choose(tissue)
        qapp.processEvents()
        cut += [] if is_whole(editor) else [tissue]
    assert cut == []
