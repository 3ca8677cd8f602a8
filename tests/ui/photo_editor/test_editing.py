"""Points moved, inserted and deleted; rings moved; each undone and redone; faults refused."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from ui.photo_editor.editor import Tool
from woundtrack.outline.rings import area_px2
from woundtrack.outline.types import Outline

SQUARE = ((200.0, 150.0), (500.0, 150.0), (500.0, 450.0), (200.0, 450.0))
ELLIPSE = [
    (400 + 105 * math.cos(math.radians(a)), 300 + 70 * math.sin(math.radians(a)))
    for a in range(0, 360, 4)
]
HOLE = ((250.0, 200.0), (300.0, 200.0), (300.0, 250.0), (250.0, 250.0))


@pytest.fixture
def hands(make_hands):
    made = make_hands({1: Outline((SQUARE, HOLE))})
    made.editor.set_tool(Tool.VERTEX)
    return made


def assert_undo_and_redo(hands) -> None:
    before, after = Outline((SQUARE, HOLE)), hands.outline
    assert after != before
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == before
    hands.key(Qt.Key.Key_Y, control=True)
    assert hands.outline == after
    assert [outline for _key, outline in hands.changes[-3:]] == [after, before, after]


def test_a_point_is_dragged(hands):
    hands.drag([(500, 450), (540, 470), (560, 500)])
    assert hands.outline.rings[0][2] == pytest.approx((560, 500), abs=1)
    assert hands.outline.rings[0][:2] == SQUARE[:2]
    assert len(hands.changes) == 1
    assert_undo_and_redo(hands)


def test_an_edge_dragged_gets_a_point(hands):
    hands.drag([(350, 150), (350, 120), (350, 100)])
    assert len(hands.outline.rings[0]) == 5
    assert hands.outline.rings[0][1] == pytest.approx((350, 100), abs=1)
    assert_undo_and_redo(hands)


def test_an_edge_clicked_gets_a_point_on_it(hands):
    hands.click(350, 151)
    assert hands.outline.rings[0][1] == pytest.approx((350, 150), abs=0.6)
    assert area_px2(hands.outline) == pytest.approx(87_500)


def test_delete_removes_the_chosen_point(hands):
    hands.click(500, 450)
    assert hands.changes == []
    hands.key(Qt.Key.Key_Delete)
    assert hands.outline.rings[0] == (*SQUARE[:2], SQUARE[3])
    assert_undo_and_redo(hands)


def test_right_click_removes_a_point(hands):
    hands.click(500, 450)
    place = hands.at(500, 450)
    QApplication.sendEvent(
        hands.canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
    )
    assert len(hands.outline.rings[0]) == 3


def test_a_ring_of_three_keeps_its_points(hands):
    hands.click(500, 450)
    hands.key(Qt.Key.Key_Delete)
    hands.click(500, 150)
    hands.key(Qt.Key.Key_Delete)
    assert len(hands.outline.rings[0]) == 3
    assert "three points" in hands.editor.message()


def test_a_box_chooses_points_and_arrows_nudge_them_as_one_step(hands):
    hands.drag([(520, 100), (480, 300), (470, 480)])
    for _ in range(3):
        hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Right, shift=True)
    step = 13 / hands.canvas.view.zoom
    assert hands.outline.rings[0][1] == pytest.approx((500 + step, 150))
    assert hands.outline.rings[0][2] == pytest.approx((500 + step, 450))
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == Outline((SQUARE, HOLE))


def test_nudging_after_undo_forgets_points_that_are_gone(hands):
    hands.click(350, 151)
    hands.key(Qt.Key.Key_Z, control=True)
    hands.drag([(520, 100), (300, 300), (150, 480)])
    hands.click(350, 151)
    hands.key(Qt.Key.Key_Z, control=True)
    hands.key(Qt.Key.Key_Right)
    assert len(hands.outline.rings[0]) == 4


def test_control_moves_a_ring_with_its_hole(hands):
    hands.drag([(220, 300), (230, 310), (240, 320)], control=True)
    assert hands.outline.rings[0][0] == pytest.approx((220, 170), abs=1)
    assert hands.outline.rings[1][0] == pytest.approx((270, 220), abs=1)
    assert_undo_and_redo(hands)


def test_a_crossing_move_is_refused_marked_and_nothing_changes(hands):
    hands.drag([(500, 450), (300, 350), (100, 300)])
    assert "crosses itself" in hands.editor.message()
    assert hands.editor._session.crossings
    assert hands.outline == Outline((SQUARE, HOLE))
    assert hands.changes == []
    hands.click(350, 151)
    assert hands.editor.message() == ""


def test_an_unsound_outline_may_be_mended(make_hands):
    bow = ((200.0, 150.0), (500.0, 450.0), (500.0, 150.0), (200.0, 450.0))
    hands = make_hands({1: Outline((bow,))})
    hands.editor.set_tool(Tool.VERTEX)
    hands.drag([(200, 450), (350, 100), (350, 60)])
    hands.drag([(500, 450), (360, 450), (240, 420)])
    assert hands.editor.message() == ""
    assert len(hands.changes) == 2


def test_control_moves_a_hole_alone(hands):
    hands.drag([(250, 200), (260, 210), (270, 220)], control=True)
    assert hands.outline.rings[0] == SQUARE
    assert hands.outline.rings[1][2] == pytest.approx((320, 270), abs=1)


def test_deleting_inside_a_hole_fills_it(hands):
    hands.click(275, 225)
    hands.key(Qt.Key.Key_Delete)
    assert hands.outline == Outline((SQUARE,))


def test_reading_only_changes_nothing(hands):
    hands.editor.set_read_only(True)
    assert hands.editor.tool() is Tool.PAN
    hands.editor.set_tool(Tool.VERTEX)
    assert hands.editor.tool() is Tool.PAN
    hands.drag([(500, 450), (540, 470), (560, 500)])
    hands.key(Qt.Key.Key_Delete)
    assert hands.changes == []
    hands.editor.set_read_only(False)
    hands.editor.set_tool(Tool.VERTEX)
    assert hands.editor.tool() is Tool.VERTEX


def test_nudges_of_other_points_are_another_step(hands):
    hands.click(500, 450)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Right)
    once = hands.outline
    hands.click(500, 150)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == once


def test_alt_and_a_drag_wipe_points_off_and_a_ring_keeps_three(make_hands):
    hands = make_hands({1: Outline((tuple(ELLIPSE),))})
    hands.editor.set_tool(Tool.VERTEX)
    top = sorted(point for point in ELLIPSE if point[1] < 290)
    hands.drag(top, alt=True)
    left = hands.outline.rings[0]
    assert len(left) < 60
    assert set(left) < set(ELLIPSE)
    hands.key(Qt.Key.Key_Z, control=True)
    assert len(hands.outline.rings[0]) == 90
    small = ((100.0, 100.0), (110.0, 100.0), (105.0, 108.0))
    hands.editor.replace_outline(1, Outline((small,)))
    hands.drag([(100, 100), (110, 104)], alt=True)
    assert hands.outline.rings == (small,)
