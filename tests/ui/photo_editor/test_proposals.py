"""Outlines proposed from a click or a box: right, undoable, and dropped when outdated."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ui.photo_editor.editor import Tool
from woundtrack.errors import OutlineError
from woundtrack.outline.masks import mask_from_rings
from woundtrack.outline.rings import outline_contains
from woundtrack.outline.types import Outline, OutlineSource

FAR = ((620.0, 30.0), (700.0, 30.0), (700.0, 90.0), (620.0, 90.0))
BOX = [(270, 210), (400, 300), (530, 390)]


def dice(one, other) -> float:
    """Overlap of two outlines: 1 is the same, 0 apart."""
    a, b = (mask_from_rings(rings, width_px=800, height_px=600) > 0.5 for rings in (one, other))
    return 2 * np.count_nonzero(a & b) / (np.count_nonzero(a) + np.count_nonzero(b))


def test_a_loose_box_proposes_the_ellipse_and_is_undone(hands, qtbot):
    hands.editor.set_tool(Tool.BOX)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.drag(BOX)
    assert dice(hands.outline.rings, (hands.ellipse(),)) > 0.9
    assert hands.outline.source is OutlineSource.BOX
    proposed = hands.outline
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == Outline()
    hands.key(Qt.Key.Key_Z, control=True, shift=True)
    assert hands.outline == proposed


def test_a_click_proposes_the_ellipse_and_keeps_other_parts(make_hands, qtbot):
    hands = make_hands({1: Outline((FAR,))})
    hands.editor.set_tool(Tool.CLICK)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.click(*hands.centre)
    assert outline_contains(hands.outline, (660, 60))
    kept = [ring for ring in hands.outline.rings if set(ring) != set(FAR)]
    assert dice(kept, (hands.ellipse(),)) > 0.9


def test_the_person_is_told_while_it_looks(hands, qtbot):
    hands.editor.set_tool(Tool.BOX)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.drag(BOX)
        assert "Looking" in hands.editor.message()
        assert hands.canvas.tool.is_waiting()
    assert "mend" in hands.editor.message()
    assert not hands.canvas.tool.is_waiting()


def test_a_failed_proposal_is_told_and_changes_nothing(make_hands, qtbot, monkeypatch):
    def refuse(_pixels, _box):
        raise OutlineError("outline.nothing_found")

    hands = make_hands({1: Outline((FAR,))})
    monkeypatch.setattr("woundtrack.outline.propose.propose_from_box", refuse)
    hands.editor.set_tool(Tool.BOX)
    with qtbot.waitSignal(hands.editor.proposal_failed, timeout=10_000) as told:
        hands.drag(BOX)
    assert told.args[0].code == "outline.nothing_found"
    assert "No wound" in hands.editor.message()
    assert hands.outline == Outline((FAR,))


def test_a_proposal_that_breaks_down_ends_the_looking(hands, qtbot, monkeypatch):
    def break_down(_pixels, _box):
        raise ValueError("no sentence for this")

    monkeypatch.setattr("woundtrack.outline.propose.propose_from_box", break_down)
    hands.editor.set_tool(Tool.BOX)
    with qtbot.waitSignal(hands.editor.proposal_failed, timeout=10_000) as told:
        hands.drag(BOX)
    assert told.args[0].code == "ui.proposal_failed"
    assert not hands.canvas.tool.is_waiting()


@pytest.mark.parametrize("meanwhile", ["escape", "photo", "lesion"])
def test_an_answer_to_a_question_no_longer_asked_is_dropped(
    hands, qtbot, background, wound_pixels, meanwhile
):
    hands.editor.set_tool(Tool.BOX)
    hands.drag(BOX)
    if meanwhile == "escape":
        hands.key(Qt.Key.Key_Escape)
    elif meanwhile == "photo":
        from woundtrack.photo.types import Photo

        hands.editor.set_photo(wound_pixels.copy(), Photo(800, 600, "image/png", 1))
        hands.editor.set_outlines({}, labels={1: "A"}, active=1)
    else:
        hands.key(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    assert hands.changes == []


def test_a_slip_of_the_hand_asks_nothing(hands, background, qtbot):
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    hands.editor.set_tool(Tool.BOX)
    hands.drag([(300, 300), (302, 301)])
    assert not background.is_busy()


def test_shift_click_first_is_told_what_to_do(hands):
    hands.editor.set_tool(Tool.CLICK)
    hands.click(300, 300, shift=True)
    assert "first" in hands.editor.message()
