"""Drawing outlines by clicks, freehand, with holes and brushes, each undone and redone."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ui.photo_editor.editor import Tool
from woundtrack.outline.rings import area_px2, outline_contains
from woundtrack.outline.types import Outline

SQUARE = ((200.0, 150.0), (500.0, 150.0), (500.0, 450.0), (200.0, 450.0))
FAR = ((600.0, 100.0), (700.0, 100.0), (700.0, 200.0), (600.0, 200.0))


def assert_undo_and_redo(hands, before: Outline) -> None:
    """The last change goes and comes back by the keys, and both are announced."""
    after = hands.outline
    assert after != before
    assert hands.changes[-1] == (1, after)
    hands.key(Qt.Key.Key_Z, control=True)
    assert hands.outline == before
    assert hands.changes[-1] == (1, before)
    hands.key(Qt.Key.Key_Z, control=True, shift=True)
    assert hands.outline == after
    assert hands.changes[-1] == (1, after)


class TestPolygon:
    def test_clicks_closed_at_the_first_point(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        for x, y in SQUARE:
            hands.click(x, y)
        assert hands.changes == []
        hands.click(*SQUARE[0])
        assert area_px2(hands.outline) == pytest.approx(90_000, rel=0.02)
        assert len(hands.outline.rings[0]) == 4
        assert_undo_and_redo(hands, Outline())

    def test_enter_closes_backspace_takes_back_escape_gives_up(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        for x, y in (*SQUARE[:3], (300, 500), SQUARE[3]):
            hands.click(x, y)
        hands.key(Qt.Key.Key_Backspace)
        hands.key(Qt.Key.Key_Backspace)
        hands.click(*SQUARE[3])
        hands.key(Qt.Key.Key_Return)
        assert len(hands.outline.rings[0]) == 4
        hands.click(*FAR[0])
        hands.click(*FAR[1])
        hands.key(Qt.Key.Key_Escape)
        hands.key(Qt.Key.Key_Return)
        assert len(hands.changes) == 1

    def test_undo_takes_back_single_points_first(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        for x, y in SQUARE:
            hands.click(x, y)
        hands.key(Qt.Key.Key_Z, control=True)
        hands.key(Qt.Key.Key_Y, control=True)
        hands.key(Qt.Key.Key_Z, control=True)
        hands.key(Qt.Key.Key_Return)
        assert len(hands.outline.rings[0]) == 3

    def test_two_points_are_refused_and_kept(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        hands.click(*SQUARE[0])
        hands.click(*SQUARE[1])
        hands.key(Qt.Key.Key_Return)
        assert "three points" in hands.editor.message()
        hands.click(*SQUARE[2])
        hands.key(Qt.Key.Key_Return)
        assert len(hands.outline.rings[0]) == 3

    def test_a_crossing_edge_is_refused_marked_and_nothing_is_lost(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        for x, y in SQUARE[:3]:
            hands.click(x, y)
        hands.click(350, 50)
        assert "crosses itself" in hands.editor.message()
        crossings = hands.editor._session.crossings
        assert crossings[0] == pytest.approx((388, 150), abs=3)
        hands.click(*SQUARE[3])
        assert hands.editor.message() == ""
        hands.key(Qt.Key.Key_Return)
        assert area_px2(hands.outline) == pytest.approx(90_000, rel=0.02)

    def test_a_second_ring_is_added_and_drawing_over_replaces(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.POLYGON)
        for x, y in (*FAR, FAR[0]):
            hands.click(x, y)
        assert len(hands.outline.rings) == 2
        for x, y in ((250, 200), (450, 200), (450, 400), (250, 400), (250, 200)):
            hands.click(x, y)
        assert len(hands.outline.rings) == 2
        assert area_px2(hands.outline) == pytest.approx(40_000 + 10_000, rel=0.03)

    def test_dragging_draws_freehand(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        ring = hands.ellipse(60)
        hands.drag([*ring, ring[0]])
        truth = area_px2(Outline((hands.ellipse(),)))
        assert area_px2(hands.outline) == pytest.approx(truth, rel=0.02)

    def test_points_stay_inside_the_photo(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        hands.canvas.pan_by(200, 150)
        for x, y in ((-40, -40), (300, -40), (300, 300), (-40, 300)):
            hands.click(x, y)
        hands.key(Qt.Key.Key_Return)
        assert min(min(p) for p in hands.outline.rings[0]) == -0.5

    def test_no_lesion_chosen_is_told(self, make_hands):
        hands = make_hands(active=None)
        hands.editor.set_tool(Tool.POLYGON)
        hands.click(*SQUARE[0])
        assert "lesion" in hands.editor.message()


class TestTrace:
    def test_closes_itself_on_release(self, hands):
        hands.editor.set_tool(Tool.TRACE)
        hands.drag(hands.ellipse(120)[:-4])
        truth = area_px2(Outline((hands.ellipse(),)))
        assert area_px2(hands.outline) == pytest.approx(truth, rel=0.01)
        assert len(hands.outline.rings[0]) < 100
        assert_undo_and_redo(hands, Outline())

    def test_a_figure_of_eight_is_refused_and_nothing_is_lost(self, make_hands):
        hands = make_hands({1: Outline((FAR,))})
        hands.editor.set_tool(Tool.TRACE)
        turn = np.linspace(0.3, 2 * np.pi + 0.3, 100)
        hands.drag([(350 + 150 * np.cos(t), 350 + 80 * np.sin(2 * t)) for t in turn])
        assert "crosses itself" in hands.editor.message()
        assert hands.editor._session.crossings[0] == pytest.approx((350, 350), abs=3)
        assert hands.outline == Outline((FAR,))
        assert hands.changes == []
        hands.key(Qt.Key.Key_Escape)
        assert hands.editor.message() == ""

    def test_from_edge_to_edge_mends_a_section(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.TRACE)
        hands.drag([(500, 200), (530, 250), (540, 300), (530, 350), (500, 400)])
        assert outline_contains(hands.outline, (525, 300))
        assert set(SQUARE) <= set(hands.outline.rings[0])
        assert_undo_and_redo(hands, Outline((SQUARE,)))

    def test_a_slip_of_the_hand_draws_nothing(self, hands):
        hands.editor.set_tool(Tool.TRACE)
        hands.click(300, 300)
        hands.drag([(300, 300), (303, 302)])
        assert hands.changes == []


class TestHole:
    def test_cut_inside_and_undone(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.HOLE)
        for x, y in ((300, 250), (400, 250), (400, 350), (300, 350), (300, 250)):
            hands.click(x, y)
        assert len(hands.outline.rings) == 2
        assert area_px2(hands.outline) == pytest.approx(80_000, rel=0.02)
        assert_undo_and_redo(hands, Outline((SQUARE,)))

    def test_beside_the_wound_is_refused(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.HOLE)
        for x, y in (*FAR, FAR[0]):
            hands.click(x, y)
        assert "inside the wound" in hands.editor.message()
        assert hands.outline == Outline((SQUARE,))


class TestBrush:
    def test_painting_and_wiping(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.drag([(490, 300), (520, 300), (550, 300)])
        assert outline_contains(hands.outline, (540, 300))
        assert set(SQUARE) <= set(hands.outline.rings[0])
        assert_undo_and_redo(hands, Outline((SQUARE,)))
        painted = hands.outline
        hands.editor.set_tool(Tool.BRUSH_ERASE)
        hands.drag([(300, 300), (350, 300)])
        assert not outline_contains(hands.outline, (320, 300))
        assert_undo_and_redo(hands, painted)

    def test_shift_turns_the_brush_round(self, make_hands):
        hands = make_hands({1: Outline((SQUARE,))})
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.drag([(300, 300), (350, 300)], shift=True)
        assert area_px2(hands.outline) < 90_000

    def test_brackets_set_the_size(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(300, 300)
        small = area_px2(hands.outline)
        hands.key(Qt.Key.Key_Z, control=True)
        hands.key(Qt.Key.Key_BracketRight)
        hands.click(300, 300)
        assert area_px2(hands.outline) == pytest.approx(small * 1.25**2, rel=0.02)
        hands.key(Qt.Key.Key_BracketLeft)

    def test_paint_stays_inside_the_photo(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(2, 300)
        assert min(x for x, _y in hands.outline.rings[0]) == -0.5

    def test_wiping_everything_leaves_an_empty_outline(self, make_hands):
        hands = make_hands({1: Outline((((300.0, 300.0), (305.0, 300.0), (300.0, 305.0)),))})
        hands.editor.set_tool(Tool.BRUSH_ERASE)
        hands.click(302, 302)
        assert hands.changes == [(1, Outline())]


def test_centre_of_the_ellipse_is_in_the_traced_wound(hands):
    hands.editor.set_tool(Tool.TRACE)
    hands.drag(hands.ellipse(90))
    assert outline_contains(hands.outline, hands.centre)
