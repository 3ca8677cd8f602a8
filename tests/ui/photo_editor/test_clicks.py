"""Clicks on what is wound and what is not: all are heeded, shown, and taken back one by one."""

import pytest
from PySide6.QtCore import Qt

from ui.photo_editor.editor import Tool
from woundtrack.errors import OutlineError
from woundtrack.outline.propose import Proposal
from woundtrack.outline.rings import area_px2, outline_contains
from woundtrack.outline.types import Outline, OutlineSource


def square(side: float) -> Outline:
    ring = ((300.0, 200.0), (300.0 + side, 200.0), (300.0 + side, 200.0 + side),
            (300.0, 200.0 + side))  # fmt: skip
    return Outline((ring,), OutlineSource.CLICK)


@pytest.fixture
def clicking(hands, monkeypatch):
    """The tool with an answer that grows by each click; what was asked is kept."""
    asked = []

    def propose(_self, clicks, *, before=None):
        asked.append((clicks, before))
        if clicks[-1].x > 700:
            raise OutlineError("outline.nothing_found")
        return Proposal(square(20.0 * len(clicks)))

    monkeypatch.setattr("woundtrack.outline.proposer.Proposer.propose", propose)
    hands.editor.set_tool(Tool.CLICK)
    return hands, asked


def click(qtbot, hands, x, y, *, shift=False):
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.click(x, y, shift=shift)


def test_every_click_is_heeded_with_those_before_it(clicking, qtbot):
    hands, asked = clicking
    click(qtbot, hands, 400, 300)
    click(qtbot, hands, 450, 320)
    click(qtbot, hands, 500, 300, shift=True)
    told = [(c.positive, round(c.x / 10), round(c.y / 10)) for c in asked[-1][0]]
    assert told == [(True, 40, 30), (True, 45, 32), (False, 50, 30)]
    assert asked[-1][1] == Outline()
    assert area_px2(hands.outline) == 3600


def test_backspace_takes_a_click_back_with_its_outline_and_redo_gives_it_again(clicking, qtbot):
    hands, _asked = clicking
    click(qtbot, hands, 400, 300)
    click(qtbot, hands, 450, 320)
    hands.key(Qt.Key.Key_Backspace)
    assert area_px2(hands.outline) == 400
    assert len(hands.canvas.tool.clicks) == 1
    hands.key(Qt.Key.Key_Z, control=True, shift=True)
    assert area_px2(hands.outline) == 1600
    assert len(hands.canvas.tool.clicks) == 2
    hands.key(Qt.Key.Key_Z, control=True)
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == Outline()
    assert hands.canvas.tool.clicks == ()


def test_escape_starts_anew_from_the_outline_as_it_is(clicking, qtbot):
    hands, asked = clicking
    click(qtbot, hands, 400, 300)
    click(qtbot, hands, 410, 300)
    drawn = hands.outline
    hands.key(Qt.Key.Key_Escape)
    assert hands.outline == drawn
    click(qtbot, hands, 420, 300)
    assert len(asked[-1][0]) == 1
    assert asked[-1][1] == drawn


def test_another_change_or_lesion_starts_anew(clicking, qtbot):
    hands, asked = clicking
    click(qtbot, hands, 400, 300)
    hands.editor.replace_outline(1, square(100.0))
    click(qtbot, hands, 410, 300)
    assert (len(asked[-1][0]), asked[-1][1]) == (1, square(100.0))
    hands.key(Qt.Key.Key_N)
    click(qtbot, hands, 420, 300)
    assert (len(asked[-1][0]), asked[-1][1]) == (1, Outline())
    assert set(hands.editor.outlines()) == {1, 2}


def test_a_click_that_finds_nothing_is_not_kept(clicking, qtbot):
    hands, asked = clicking
    click(qtbot, hands, 400, 300)
    with qtbot.waitSignal(hands.editor.proposal_failed, timeout=10_000):
        hands.click(750, 300)
    assert len(hands.canvas.tool.clicks) == 1
    click(qtbot, hands, 410, 300)
    assert len(asked[-1][0]) == 2


def test_an_unforeseen_failure_is_told_and_ends_the_looking(clicking, qtbot, monkeypatch):
    hands, _asked = clicking

    def break_down(_self, _clicks, *, before=None):
        raise ValueError("no sentence for this")

    monkeypatch.setattr("woundtrack.outline.proposer.Proposer.propose", break_down)
    with qtbot.waitSignal(hands.editor.proposal_failed, timeout=10_000) as told:
        hands.click(400, 300)
    assert told.args[0].code == "ui.proposal_failed"
    assert not hands.canvas.tool.is_waiting()
    assert hands.canvas.tool.clicks == ()
    assert "by hand" in hands.editor.message()


def test_shift_click_mends_an_outline_that_is_there(clicking, qtbot):
    hands, asked = clicking
    hands.editor.replace_outline(1, square(100.0))
    click(qtbot, hands, 350, 250, shift=True)
    assert asked[-1][1] == square(100.0)
    assert not asked[-1][0][0].positive


def test_marks_are_painted(clicking, qtbot):
    hands, _asked = clicking
    click(qtbot, hands, 400, 300)
    plain = hands.canvas.grab().toImage()
    hands.key(Qt.Key.Key_Escape)
    at = hands.at(400, 300)
    assert plain.pixelColor(at) != hands.canvas.grab().toImage().pixelColor(at)


def test_without_the_network_two_clicks_make_two_parts(make_hands, qtbot, monkeypatch):
    import numpy as np

    monkeypatch.setenv("WOUNDTRACK_OUTLINE_MODEL", "nothing.onnx")
    y, x = np.mgrid[0:600, 0:800]
    wound = (np.hypot(x - 250, y - 300) < 60) | (np.hypot(x - 550, y - 300) < 60)
    pixels = np.where(wound[..., None], (40, 30, 160), (140, 170, 215)).astype(np.uint8)
    hands = make_hands(pixels=pixels)
    hands.editor.set_tool(Tool.CLICK)
    click(qtbot, hands, 250, 300)
    click(qtbot, hands, 550, 300)
    assert outline_contains(hands.outline, (250, 300))
    assert outline_contains(hands.outline, (550, 300))
    assert not outline_contains(hands.outline, (400, 300))
