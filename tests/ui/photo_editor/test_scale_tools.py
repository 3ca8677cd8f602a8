"""Two points, four corners and the head arrow, with magnifier, dragging and nudging."""

import pytest
from PySide6.QtCore import QPointF, Qt

from ui.photo_editor import loupe
from ui.photo_editor.editor import Tool
from ui.photo_editor.tools import Pointer
from woundtrack.scale.types import Scale, ScaleMethod


@pytest.fixture
def told(hands):
    told = []
    hands.editor.points_chosen.connect(lambda _tool, points: told.append(points))
    return told


def test_two_points_are_told_and_may_be_dragged_and_nudged(hands, told):
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.click(100, 500, alt=True)
    assert told == []
    hands.click(600, 520, alt=True)
    assert len(told) == 1
    assert told[0][0] == pytest.approx((100, 500), abs=0.6)
    assert told[0][1] == pytest.approx((600, 520), abs=0.6)
    hands.drag([(100, 500), (110, 490), (120, 480)], alt=True)
    assert told[-1][0] == pytest.approx((120, 480), abs=1.2)
    hands.key(Qt.Key.Key_Right)
    step = 1 / hands.canvas.view.zoom
    assert told[-1][1][0] == pytest.approx(told[-2][1][0] + step)
    hands.click(300, 100, alt=True)
    assert told[3:] == [()], "a new first point is not a scale yet"


def test_four_corners_are_told_in_their_order(hands, told):
    hands.editor.set_tool(Tool.FOUR_POINTS)
    corners = [(100, 100), (300, 110), (310, 240), (90, 230)]
    for x, y in corners:
        hands.click(x, y, alt=True)
    assert len(told) == 1
    for point, corner in zip(told[0], corners, strict=True):
        assert point == pytest.approx(corner, abs=0.6)


def test_backspace_takes_a_point_back_and_escape_all(hands, told):
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.click(100, 500, alt=True)
    hands.key(Qt.Key.Key_Backspace)
    hands.click(200, 500, alt=True)
    hands.key(Qt.Key.Key_Escape)
    hands.click(300, 500, alt=True)
    hands.click(400, 500, alt=True)
    assert len(told) == 1
    assert told[0][0][0] == pytest.approx(300, abs=0.6)


def test_the_marks_of_a_scale_are_taken_up_to_be_dragged(hands, told):
    marks = ((100.0, 500.0), (600.0, 520.0))
    flat = ((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0))
    hands.editor.set_scale(Scale(ScaleMethod.TWO_POINTS, flat, 0.01, marks_px=marks))
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.drag([(600, 520), (620, 520), (650, 520)], alt=True)
    assert told[0][0] == marks[0]
    assert told[0][1] == pytest.approx((650, 520), abs=1)


def test_points_taken_back_are_told_as_none(hands, told):
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.click(100, 500, alt=True)
    assert told == [], "nothing was told yet that could be taken back"
    for take_back in (
        lambda: hands.key(Qt.Key.Key_Backspace),
        lambda: hands.key(Qt.Key.Key_Escape),
        lambda: hands.click(300, 300, alt=True),  # a third click begins anew
        lambda: hands.editor.set_tool(Tool.PAN),
    ):
        hands.editor.set_tool(Tool.TWO_POINTS)
        while len(hands.canvas.tool.points) < 2:
            hands.click(100 + 400 * len(hands.canvas.tool.points), 500, alt=True)
        assert len(told[-1]) == 2
        take_back()
        assert told[-1] == ()


def test_reading_only_sets_no_points(hands, told):
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.editor.set_read_only(True)
    hands.click(100, 500, alt=True)
    hands.click(600, 520, alt=True)
    assert told == []


def test_the_magnifier_is_there_while_points_are_set(hands):
    hands.editor.set_tool(Tool.TWO_POINTS)
    hands.click(100, 500, alt=True)
    assert hands.canvas.tool.magnified_px() == pytest.approx((100, 500), abs=0.6)
    hands.editor.set_tool(Tool.PAN)
    assert hands.canvas.tool.magnified_px() is None


@pytest.mark.parametrize("zoom", [0.05, 0.5, 1.0, 6.0, 20.0, 64.0])
def test_the_magnifier_shows_at_least_four_times_as_large(zoom):
    assert loupe.loupe_zoom(zoom) >= 4 * zoom


@pytest.mark.parametrize("tool", [Tool.TWO_POINTS, Tool.FOUR_POINTS, Tool.DOT, Tool.SQUARE])
def test_every_tool_that_sets_points_has_the_magnifier_and_its_crosshair_is_the_point(hands, tool):
    hands.editor.set_tool(tool)
    hands.hover(250, 520)
    magnified = hands.canvas.tool.magnified_px()
    hands.click(250, 520)
    assert hands.canvas.tool.points == [pytest.approx(magnified, abs=0.6)]


class TestSnapping:
    def test_a_click_beside_a_stroke_lands_on_it_unless_alt_is_held(self, make_hands, ruled):
        hands = make_hands(pixels=ruled(even=True))
        hands.editor.set_tool(Tool.TWO_POINTS)
        tool = hands.canvas.tool
        hands.click(182, 420)
        assert tool.points[0][0] == pytest.approx(179.5, abs=0.3)
        hands.click(582, 420, alt=True)
        assert tool.points[1][0] == pytest.approx(582, abs=0.6)

    def test_where_it_would_land_is_shown_before_the_click(self, make_hands, ruled):
        hands = make_hands(pixels=ruled(even=True))
        hands.editor.set_tool(Tool.TWO_POINTS)
        hands.hover(182, 420)
        assert hands.canvas.tool.magnified_px()[0] == pytest.approx(179.5, abs=0.3)

    def test_zoomed_in_it_pulls_no_farther_than_a_few_pixels_of_the_screen(self, make_hands, ruled):
        hands = make_hands(pixels=ruled(even=True))
        hands.canvas.zoom_by(10.0)
        hands.editor.set_tool(Tool.TWO_POINTS)
        at = hands.canvas.view.to_photo((300.0, 300.0))
        near = hands.canvas.tool.placed(Pointer(at, QPointF(300, 300)))
        moved = ((near[0] - at[0]) ** 2 + (near[1] - at[1]) ** 2) ** 0.5 * hands.canvas.view.zoom
        assert moved <= 10.0


@pytest.mark.parametrize(("tool", "at"), [(Tool.DOT, (800, 150)), (Tool.SQUARE, (620, 150))])
def test_one_click_says_where_a_coin_or_square_is(make_hands, ruled, tool, at):
    hands = make_hands(pixels=ruled())
    chosen = []
    hands.editor.points_chosen.connect(lambda kind, points: chosen.append((kind, points)))
    hands.editor.set_tool(tool)
    hands.click(*at)
    assert chosen[0][0] is tool
    assert chosen[0][1][0] == pytest.approx(at, abs=1)


@pytest.mark.parametrize("at", [(5, 5), (895, 5), (5, 595), (895, 595), (450, 300)])
def test_the_magnifier_stays_in_the_view_and_off_the_point(at):
    rect = loupe.loupe_rect(QPointF(*at), (900.0, 600.0))
    assert rect.left() >= 0
    assert rect.right() <= 900
    assert rect.top() >= 0
    assert rect.bottom() <= 600
    assert not rect.contains(QPointF(*at))


class TestHead:
    def test_the_arrow_is_dragged_towards_the_head(self, hands, qtbot):
        hands.editor.set_tool(Tool.HEAD)
        with qtbot.waitSignal(hands.editor.head_angle_changed) as told:
            hands.drag([(400, 300), (450, 300), (500, 300)])
        assert told.args[0] == pytest.approx(90, abs=1)

    def test_turning_it_again_is_undone_and_redone(self, hands):
        told = []
        hands.editor.head_angle_changed.connect(told.append)
        hands.editor.set_head_angle(45.0)
        assert told == []
        hands.editor.set_tool(Tool.HEAD)
        hands.drag([(400, 300), (400, 250), (400, 200)])
        hands.key(Qt.Key.Key_Z, control=True)
        hands.key(Qt.Key.Key_Y, control=True)
        assert told == [pytest.approx(0, abs=1), 45.0, pytest.approx(0, abs=1)]

    def test_a_click_is_no_arrow(self, hands):
        told = []
        hands.editor.head_angle_changed.connect(told.append)
        hands.editor.set_tool(Tool.HEAD)
        hands.click(400, 300)
        assert told == []
