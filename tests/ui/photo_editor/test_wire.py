"""Following the edge between clicks: prepared on workers, undone point by point, closed."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ui.photo_editor.editor import Tool
from woundtrack.outline.rings import area_px2
from woundtrack.outline.types import Outline, OutlineSource

TRUE_AREA_PX2 = np.pi * 105.0 * 70.0


@pytest.fixture
def tracing(hands, qtbot):
    """The tool in hand, and the part in sight made ready."""
    hands.editor.set_tool(Tool.WIRE)
    tool = hands.canvas.tool
    qtbot.waitUntil(lambda: tool._wire is not None, timeout=10_000)
    return hands, tool


def on_edge(hands, count: int, *, beside: float = 0.0) -> list[tuple[float, float]]:
    """Points on the ellipse's edge, or so many px outside it."""
    ring = np.array(hands.ellipse(count))
    away = ring - np.array(hands.centre)
    return [tuple(p) for p in ring + away / np.hypot(*away.T)[:, None] * beside]


def test_four_clicks_beside_the_edge_outline_the_ellipse(tracing, qtbot):
    hands, _tool = tracing
    for point in on_edge(hands, 4, beside=3.0):
        hands.click(*point)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.key(Qt.Key.Key_Return)
    assert area_px2(hands.outline) == pytest.approx(TRUE_AREA_PX2, rel=0.005)
    assert hands.outline.source is OutlineSource.WIRE
    assert len(hands.outline.rings[0]) < 90
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == Outline()


def test_a_click_on_the_first_point_closes(tracing, qtbot):
    hands, tool = tracing
    points = on_edge(hands, 4)
    for point in points:
        hands.click(*point)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.click(*points[0])
    assert not tool.knots


def test_control_draws_straight(tracing, qtbot):
    hands, tool = tracing
    qtbot.mouseClick(hands.canvas, Qt.MouseButton.LeftButton, pos=hands.at(400, 230))
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(hands.canvas, Qt.MouseButton.LeftButton, held, hands.at(400, 370))
    assert len(tool._drawn()) == 2
    assert tool.knots[1].at_px == pytest.approx((400, 370), abs=0.7)


def test_backspace_and_undo_take_points_back_and_redo_gives_them_again(tracing):
    hands, tool = tracing
    for point in on_edge(hands, 4):
        hands.click(*point)
    hands.key(Qt.Key.Key_Backspace)
    hands.key(Qt.Key.Key_Z, control=True)
    assert len(tool.knots) == 2
    hands.key(Qt.Key.Key_Y, control=True)
    assert len(tool.knots) == 3
    hands.key(Qt.Key.Key_Escape)
    assert not tool.knots
    assert hands.changes == []


def test_two_clicks_without_an_edge_enclose_nothing(tracing, qtbot):
    hands, tool = tracing
    hands.click(60, 60)
    hands.click(160, 60)
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tool.is_waiting(), timeout=10_000)
    assert hands.changes == []
    assert hands.editor.message()


def test_the_way_under_the_pointer_is_looked_up_within_a_frame(tracing, qtbot):
    hands, tool = tracing
    points = on_edge(hands, 24)
    hands.click(*points[0])
    qtbot.waitUntil(lambda: bool(tool._anchors), timeout=10_000)
    took = []
    for point in points[1:9]:
        hands.hover(*point)
        start = time.perf_counter()
        tool._ahead(tool.pointer)
        took.append(time.perf_counter() - start)
    assert len(tool._ahead(tool.pointer)) > 50
    # A busy machine may stop us now and then: what counts is the usual time.
    assert sorted(took)[2] < 0.016


def test_another_photo_forgets_the_line(tracing, wound_pixels):
    from woundtrack.photo.types import Photo

    hands, tool = tracing
    hands.click(*on_edge(hands, 4)[0])
    hands.editor.set_photo(wound_pixels.copy(), Photo(800, 600, "image/png", 1))
    assert not tool.knots
    plain = np.full_like(wound_pixels, 150)
    hands.editor.set_photo(plain, Photo(800, 600, "image/png", 1))
    hands.editor.set_outlines({}, labels={1: "A"}, active=1)
    beside = on_edge(hands, 4, beside=3.0)[0]
    hands.click(*beside)
    # Not drawn onto the edge of the photo before.
    assert tool.knots[0].at_px == pytest.approx(beside, abs=0.8)


@pytest.mark.parametrize("broken", ["live_wire", "LiveWire.anchored"])
def test_where_the_edge_cannot_be_followed_lines_are_straight(hands, qtbot, monkeypatch, broken):
    def break_down(*_args, **_named):
        raise ValueError("no sentence for this")

    monkeypatch.setattr(f"woundtrack.outline.wire.{broken}", break_down)
    said = []
    hands.editor._session.told.connect(lambda sentence, _refused: said.append(sentence))
    hands.editor.set_tool(Tool.WIRE)
    for point in on_edge(hands, 4):
        hands.click(*point)
        qtbot.waitUntil(lambda: not hands.editor._session.background.is_busy(), timeout=10_000)
    assert any("did not work" in sentence for sentence in said)
    with qtbot.waitSignal(hands.editor.outline_changed, timeout=10_000):
        hands.key(Qt.Key.Key_Return)
    assert len(hands.outline.rings[0]) == 4
    assert not hands.canvas.tool.knots
