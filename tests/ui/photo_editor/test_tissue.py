"""Tissues by hand: inside the outline only, undone with everything else, seen as they are."""

import pytest
from PySide6.QtCore import Qt

from ui.photo_editor import tissue_painting
from ui.photo_editor.editor import Tool
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.paint import blank_map, rest_painted
from woundtrack.outline.tissue.types import Tissue
from woundtrack.outline.types import Outline

ELSEWHERE = ((60.0, 60.0), (140.0, 60.0), (140.0, 140.0), (60.0, 140.0))


@pytest.fixture
def bed(make_hands):
    """Hands with an outlined wound whose maps are listed."""
    hands = make_hands()
    outlines = {1: Outline((hands.ellipse(),)), 2: Outline((ELSEWHERE,))}
    hands.editor.set_outlines(outlines, labels={1: "A", 2: "B"}, active=1)
    hands.maps = []
    hands.editor.tissue.changed.connect(lambda key, map_: hands.maps.append((key, map_)))
    return hands


def part(hands, tissue: Tissue) -> float:
    parts = fractions(hands.editor.tissue.map_of(1), hands.outline, None)
    return next(each.fraction for each in parts if each.tissue is tissue)


def test_a_map_is_made_by_hand_alone_and_every_stroke_can_be_undone(bed):
    editor, (x, y) = bed.editor, bed.centre
    editor.set_tool(Tool.TISSUE)
    bed.key(Qt.Key.Key_1)
    bed.click(x, y)
    (key, first), layer = bed.maps[-1], editor.tissue
    assert key == 1
    assert first.repainted
    assert set(first.cells.ravel().tolist()) == {0, Tissue.SLOUGH}
    bed.key(Qt.Key.Key_4)
    bed.drag([(x - 60, y), (x + 60, y)])
    assert Tissue.NECROSIS in bed.maps[-1][1].cells
    editor.undo()
    assert layer.map_of(1) == first
    editor.undo()
    assert layer.map_of(1) is None
    assert bed.maps[-1] == (1, None)
    editor.redo()
    assert layer.map_of(1) == first


def test_painting_goes_no_further_than_the_outline_and_changes_it_not(bed):
    editor, (x, y) = bed.editor, bed.centre
    before = bed.outline
    editor.tissue.set_maps({1: rest_painted(blank_map(before), before, tissue=Tissue.SLOUGH)})
    editor.set_tool(Tool.TISSUE)
    editor.tissue.choose(Tissue.GRANULATION)
    bed.drag([(x + 60, y), (x + 160, y)])
    assert 0.02 < part(bed, Tissue.GRANULATION) < 0.3
    corner = bed.maps[-1][1].cells[:3, :3]
    assert (corner == 0).all()
    assert bed.outline == before
    assert not bed.changes


def test_without_an_outline_nothing_is_painted_and_the_line_says_why(make_hands):
    hands = make_hands()
    hands.editor.set_tool(Tool.TISSUE)
    hands.click(400, 300)
    assert hands.editor.tissue.map_of(1) is None
    assert "Outline the wound first" in hands.editor.message()


def test_escape_gives_a_stroke_up_and_reading_only_paints_nothing(bed):
    editor, (x, y) = bed.editor, bed.centre
    editor.set_tool(Tool.TISSUE)
    bed.qtbot.mousePress(bed.canvas, Qt.MouseButton.LeftButton, pos=bed.at(x, y))
    bed.key(Qt.Key.Key_Escape)
    bed.qtbot.mouseRelease(bed.canvas, Qt.MouseButton.LeftButton, pos=bed.at(x, y))
    editor.set_read_only(True)
    editor.set_tool(Tool.TISSUE)
    assert editor.tool() is Tool.PAN
    assert not bed.maps


def test_a_stroke_stays_with_the_lesion_it_began_in(bed):
    (x, y) = bed.centre
    bed.editor.set_tool(Tool.TISSUE)
    bed.drag([(x - 40, y), (x + 40, y)], between=lambda: bed.key(Qt.Key.Key_N))
    assert bed.editor.tissue.map_of(2) is None
    assert [key for key, _map in bed.maps] in ([1], [])


def test_tissues_are_seen_in_the_photo_until_they_are_hidden(bed):
    editor, outline = bed.editor, bed.outline
    editor.tissue.set_maps({1: rest_painted(blank_map(outline), outline, tissue=Tissue.CALLUS)})
    with_tissue = editor.render_to_image(400)
    bed.key(Qt.Key.Key_Y)
    without = editor.render_to_image(400)
    x, y = (round(each / 2) for each in bed.centre)
    assert with_tissue.pixelColor(x, y).blue() > without.pixelColor(x, y).blue() + 20
    assert with_tissue.pixelColor(20, 20) == without.pixelColor(20, 20)
    editor.set_tool(Tool.TISSUE)  # what is painted must be seen
    assert editor.render_to_image(400).pixelColor(x, y) == with_tissue.pixelColor(x, y)


def test_every_tissue_has_a_colour_and_a_pattern_of_its_own(qapp):
    seen = {
        bytes(tissue_painting.swatch(tissue, side_px=24, ratio=1.0).toImage().constBits())
        for tissue in Tissue
    }
    assert len(seen) == len(Tissue)
    tiles = tissue_painting._tiles()[1:]
    lines = {(tile[..., 3] == tissue_painting.LINE_ALPHA).tobytes() for tile in tiles}
    assert len(lines) == len(Tissue)
