"""What the tissue map offers to the form: proposed, explained, never filled in by itself."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.steps import SQUARE, scale_and_outline, scores
from ui.pages.visit.checks import Step
from ui.pages.visit.tissue_offers import TISSUE_ITEMS
from woundtrack.instruments import bwat
from woundtrack.outline.tissue.propose import map_window
from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.photo.colour_cast import Light

NECROSIS_ROW, GRANULATION_ROW = TISSUE_ITEMS


def a_map(slough_part: float, *, sd: float = 0.04, repainted: bool = False) -> TissueMap:
    window = map_window(SQUARE)
    cells = np.full((window.height, window.width), Tissue.GRANULATION, np.uint8)
    cells[:, : round(window.width * slough_part)] = Tissue.SLOUGH
    sds = ((Tissue.SLOUGH, sd), (Tissue.GRANULATION, sd))
    return TissueMap(window, png_of(cells), "test", Light.CARD, sds, repainted)


@pytest.fixture
def form(qtbot, with_photo):
    """The form of a measured lesion, and how to give it a map."""
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)

    def show(tissue_map: TissueMap | None):
        page.session.tissue.put(cell, tissue_map)
        if tissue_map is not None:
            qtbot.waitUntil(lambda: page.session.tissue.bed(cell) is not None, timeout=10_000)
        page.form.refresh()
        return page

    return show


def test_amounts_are_offered_with_their_reason_and_nothing_is_filled_in(qtbot, form):
    page = form(a_map(0.1))
    rows = page.form.rows
    assert [rows[at].proposed for at in TISSUE_ITEMS] == [2, 2]
    assert [row.value for row in rows] == [None] * 13
    assert "tissue map" in rows[NECROSIS_ROW].proposal_note
    assert "add eschar" in rows[NECROSIS_ROW].toolTip()
    assert "Eschar may be drawn as slough" in rows[NECROSIS_ROW].toolTip()
    assert "bright red" in rows[GRANULATION_ROW].toolTip()
    rows[GRANULATION_ROW].setFocus()
    qtbot.keyClick(rows[GRANULATION_ROW], Qt.Key.Key_Space)
    (cell,) = page.session.state.cells()
    assert scores(page.session.state.assessment(cell[1]))[GRANULATION_ROW] == 2


@pytest.mark.parametrize(
    ("tissue_map", "why"),
    [
        (a_map(0.25), "too near the limit"),
        (a_map(0.1, sd=0.27), "too near the limit"),
        (a_map(0.1, repainted=True), "corrected by hand"),
    ],
)
def test_where_the_amount_is_not_sure_none_is_offered_and_the_tip_says_why(form, tissue_map, why):
    row = form(tissue_map).form.rows[NECROSIS_ROW]
    assert row.proposed is None
    assert why in row.toolTip()


def test_without_a_map_nothing_is_said(form):
    row = form(None).form.rows[NECROSIS_ROW]
    assert row.proposed is None
    assert row.toolTip() == ""


def test_the_rows_are_those_of_the_amounts():
    keys = [bwat.BWAT.items[at].key for at in TISSUE_ITEMS]
    assert keys == ["necrosis_amount", "granulation"]
    assert [at + 1 for at in TISSUE_ITEMS] == [6, 12]
