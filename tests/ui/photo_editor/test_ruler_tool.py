"""The ruler tool shows what was read, reads along a drawn line, and gives each step back."""

import pytest
from PySide6.QtCore import Qt

from ui.photo_editor.editor import Tool
from ui.photo_editor.ruler_look import look_at
from ui.photo_editor.ruler_tool import RulerTool
from ui.photo_editor.ticks import ticks_of_scale
from woundtrack.scale.ruler import RulerReading, read_ruler
from woundtrack.scale.types import Scale, ScaleMethod

FLAT = ((0.125, 0.0, 0.0), (0.0, 0.125, 0.0), (0.0, 0.0, 1.0))


@pytest.fixture
def over(make_hands, ruled, qtbot):
    """The ruler tool in hand over a photo of a ruler whose unit cannot be told."""
    hands = make_hands(pixels=ruled(even=True))
    hands.looks = []
    hands.editor.ruler_looked.connect(hands.looks.append)
    hands.editor.set_tool(Tool.RULER)
    assert hands.canvas.tool.is_waiting()
    qtbot.waitUntil(lambda: len(hands.looks) == 1, timeout=20_000)
    return hands


def ruler_tool(hands) -> RulerTool:
    tool = hands.canvas.tool
    assert isinstance(tool, RulerTool)
    return tool


def test_the_graduations_found_are_shown_with_handles_on_the_outermost(over):
    (look,) = over.looks
    assert [len(ticks) for ticks in look.ticks] == [101]
    assert look.steps == 100
    # Both ends of even graduations lie on a line: either may be taken for their feet.
    (first, at_first), (last, at_last) = sorted(look.ends_px)
    assert (first, last) == pytest.approx((99.5, 899.5), abs=1.0)
    assert min(abs(at_first - 400), abs(at_first - 440)) < 1.5
    assert at_last == pytest.approx(at_first, abs=1.5)
    assert not over.canvas.tool.is_waiting()


def test_an_end_dragged_along_the_row_lands_on_a_graduation_and_is_undone(over, qtbot):
    end = max(over.looks[0].ends_px)
    over.drag([end, (700, 405), (581.5, 408)])
    assert len(over.looks) == 2, "no new reading is needed on the same row"
    assert over.looks[1].steps == 60
    assert max(over.looks[1].ends_px)[0] == pytest.approx(579.5, abs=0.3)
    over.editor.undo()
    assert over.looks[-1].steps == 100
    over.editor.redo()
    assert over.looks[-1].steps == 60


def test_arrow_keys_move_the_chosen_end_by_one_graduation(over):
    start, end = over.looks[0].ends_px
    inward = Qt.Key.Key_Left if end[0] > start[0] else Qt.Key.Key_Right
    outward = Qt.Key.Key_Right if end[0] > start[0] else Qt.Key.Key_Left
    over.key(inward)
    over.key(inward)
    assert over.looks[-1].steps == 98
    over.key(Qt.Key.Key_Home)
    over.key(outward)
    assert over.looks[-1].steps == 97


def test_a_drawn_line_is_read_along_in_the_background(over, qtbot):
    over.drag([(140, 420), (300, 425), (620, 422)])
    assert over.canvas.tool.is_waiting()
    qtbot.waitUntil(lambda: len(over.looks) == 2, timeout=20_000)
    look = over.looks[1]
    assert look.steps == 60, "its ends lie on the graduations nearest to the line's"
    assert len(look.ticks[0]) == 101


def test_where_there_is_nothing_the_line_stays_and_the_page_says_so(over, qtbot):
    over.drag([(150, 570), (300, 571), (600, 572)])
    qtbot.waitUntil(lambda: len(over.looks) == 2, timeout=20_000)
    assert over.looks[1].ticks == ()
    assert "No marks" in over.editor.message()
    assert over.looks[1].ends_px[0] == pytest.approx((150, 570), abs=1)
    assert over.editor.undo_stack().isClean()
    over.editor.undo()
    assert over.looks[-1].steps == 100
    assert "No marks" not in over.editor.message(), "what is shown again has marks"


def test_an_answer_for_a_photo_no_longer_shown_is_dropped(over, qtbot, ruled):
    over.drag([(140, 420), (300, 425), (620, 422)])
    over.editor.set_photo(ruled(even=False), ruler_tool(over).session.photo)
    qtbot.wait(30)
    qtbot.waitUntil(lambda: not ruler_tool(over).session.background.is_busy(), timeout=20_000)
    assert len(over.looks) == 1


def test_a_click_chooses_the_nearest_edge(over, ruled):
    tool = ruler_tool(over)
    edge = over.looks[0].reading.edges[0]
    two = look_at(RulerReading((edge, edge), None, None))
    tool._show(two)
    over.editor.choose_edge(1)
    assert over.looks[-1].place == 1
    over.editor.choose_edge(2)
    assert over.looks[-1].place == 0, "counted round"
    over.click(500, 410)
    assert over.looks[-1].place == 0


def test_the_magnifier_is_there_at_handles_and_while_a_line_is_drawn(over):
    over.click(*over.looks[0].ends_px[0])
    assert over.canvas.tool.magnified_px() is not None
    over.click(500, 200)
    assert over.canvas.tool.magnified_px() is None


def test_enter_and_escape_are_only_for_a_scale_on_trial(over):
    said = []
    over.editor.scale_accepted.connect(lambda: said.append("accepted"))
    over.editor.scale_dropped.connect(lambda: said.append("dropped"))
    over.key(Qt.Key.Key_Return)
    assert said == []
    over.editor.set_trial(Scale(ScaleMethod.RULER, FLAT, 0.01))
    over.key(Qt.Key.Key_Return)
    over.key(Qt.Key.Key_Escape)
    assert said == ["accepted", "dropped"]


def test_the_marks_of_a_rulers_scale_are_its_graduations_tall_ones_apart(ruled, make_hands):
    hands = make_hands(pixels=ruled())
    scale = read_ruler(ruled(), hands.canvas.session.photo).scale
    ticks = ticks_of_scale(scale)
    assert len(ticks) == 101
    tall = sorted(round((tick.base_px[0] - 99.5) / 8) for tick in ticks if tick.tall)
    assert tall == list(range(0, 101, 5))
    assert ticks_of_scale(Scale(ScaleMethod.CARD, FLAT, 0.01, marks_px=((1.0, 1.0),) * 4)) == ()
