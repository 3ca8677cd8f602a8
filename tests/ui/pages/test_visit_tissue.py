"""The wound bed in a visit: proposed, repainted, kept through edits, confirmed, undone."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.steps import SQUARE, saved, scale_and_outline
from ui.pages.visit import tissue_desk
from ui.pages.visit.checks import Step
from ui.pages.visit.tissue_keeper import map_of
from ui.photo_editor.editor import Tool
from ui.settings import Settings
from woundtrack.errors import OutlineError
from woundtrack.outline.tissue.paint import blank_map, repainted, rest_painted
from woundtrack.outline.tissue.propose import map_window
from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Light
from woundtrack.records import LesionMeasurement, PhotoOutline

PROPOSE = "woundtrack.outline.tissue.propose.propose_tissue"
WIDER = Outline((((200.0, 140.0), (480.0, 140.0), (480.0, 340.0), (200.0, 340.0)),))
ELSEWHERE = Outline((((450.0, 360.0), (560.0, 360.0), (560.0, 440.0), (450.0, 440.0)),))


def proposed_for(outline: Outline) -> TissueMap:
    """Slough in the left tenth, granulation in the rest."""
    window = map_window(outline)
    cells = np.full((window.height, window.width), Tissue.GRANULATION, np.uint8)
    cells[:, : window.width // 10] = Tissue.SLOUGH
    sds = ((Tissue.SLOUGH, 0.05), (Tissue.GRANULATION, 0.06))
    return TissueMap(window, png_of(cells), "tissue-1 test", Light.RULER, sds)


@pytest.fixture
def network(monkeypatch, tmp_path):
    """A network that answers at once; its list says what was asked."""
    asked = []

    def propose_tissue(_pixels, outline, *, correction, scale, with_callus):
        assert (correction.light, with_callus) == (Light.ASSUMED, False)
        assert scale is not None
        asked.append((outline, with_callus))
        return proposed_for(outline)

    monkeypatch.setattr(PROPOSE, propose_tissue)
    monkeypatch.setattr(tissue_desk, "tissue_file", lambda: tmp_path)
    return asked


@pytest.fixture
def bed(qtbot, with_photo, network):
    """The outline step of a visit with an outlined, measured wound."""
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.show_step(Step.OUTLINE, cell[0])
    qtbot.waitUntil(lambda: page.editor_step.tissue_panel.isVisible(), timeout=20_000)
    return page


def propose(qtbot, page) -> tuple[int, int]:
    (cell,) = page.session.state.cells()
    panel = page.editor_step.tissue_panel
    panel.propose.click()
    qtbot.waitUntil(lambda: map_of(page.session.state, cell) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: panel.figures[Tissue.GRANULATION].text() != "", timeout=10_000)
    saved(qtbot, page)
    return cell


def test_a_proposal_shows_how_much_how_surely_and_with_what_caution(qtbot, bed, network):
    cell = propose(qtbot, bed)
    panel = bed.editor_step.tissue_panel
    assert panel.figures[Tissue.SLOUGH].text().startswith("10 % (0–20 %)")
    assert panel.figures[Tissue.CALLUS].text() == ""
    assert "foot ulcers" in panel.caution.text()
    assert panel.caution.isVisible()
    assert "ruler" in panel.light.text()
    assert network == [(SQUARE, False)]
    bed.editor_step.editor.undo()
    assert map_of(bed.session.state, cell) is None


def test_it_is_stored_with_its_outline_and_confirmed_with_the_visit(qtbot, bed, open_page, ward):
    cell = propose(qtbot, bed)
    with qtbot.waitSignal(bed.session.confirmed, timeout=20_000):
        bed.session.confirm()
    (stored,) = bed.session.clinic.read(lambda r: r.find(PhotoOutline))
    assert stored.value.confirmed
    assert stored.value.tissue == proposed_for(SQUARE)
    later = open_page(ward.patient.id, bed.session.state.visit.id)
    later.show_step(Step.OUTLINE, cell[0])
    panel = later.editor_step.tissue_panel
    qtbot.waitUntil(lambda: "10 % (" in panel.figures[Tissue.SLOUGH].text(), timeout=20_000)
    assert not panel.propose.isVisible()
    assert not panel.remove.isVisible()
    assert later.editor_step.editor.tissue.map_of(cell[1]) == stored.value.tissue


def test_a_correction_of_the_map_is_a_revision_of_its_outline_and_of_what_it_measured(qtbot, bed):
    cell = propose(qtbot, bed)
    session = bed.session
    with qtbot.waitSignal(session.confirmed, timeout=20_000):
        session.confirm()
    session.tissue.put(cell, None)
    assert map_of(session.state, cell) == proposed_for(SQUARE)  # locked: nothing changes
    session.start_correction()
    painted = rest_painted(blank_map(SQUARE), SQUARE, tissue=Tissue.NECROSIS)
    bed.editor_step.editor.tissue.replace(cell[1], painted, text="paint")
    qtbot.waitUntil(lambda: session.tissue.bed(cell) is not None, timeout=10_000)
    (outline,) = session.clinic.read(lambda r: r.find(PhotoOutline))
    assert outline.value.tissue == proposed_for(SQUARE)  # until it is confirmed
    with qtbot.waitSignal(session.confirmed, timeout=20_000):
        session.confirm(reason="eschar")
    (outline,) = session.clinic.read(lambda r: r.find(PhotoOutline))
    (measured,) = session.clinic.read(lambda r: r.find(LesionMeasurement))
    assert outline.value.tissue == painted
    assert outline.value.outline == SQUARE
    assert (outline.revision, outline.reason) == (measured.value.outline_revision, "eschar")


def test_painting_makes_it_the_person_s_own_without_an_interval(qtbot, bed):
    cell = propose(qtbot, bed)
    panel, editor = bed.editor_step.tissue_panel, bed.editor_step.editor
    panel._names[Tissue.NECROSIS].click()
    assert editor.tool() is Tool.TISSUE
    canvas = editor.canvas
    at = canvas.view.to_view((320.0, 240.0))
    place = canvas.rect().topLeft() + type(canvas.rect().topLeft())(round(at[0]), round(at[1]))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert map_of(bed.session.state, cell).repainted
    qtbot.waitUntil(lambda: panel.figures[Tissue.NECROSIS].text() != "", timeout=10_000)
    assert "(" not in panel.figures[Tissue.GRANULATION].text()
    assert "painted by hand" in panel.light.text()


def test_a_map_by_hand_without_the_network(qtbot, bed, monkeypatch):
    monkeypatch.setattr(tissue_desk, "tissue_file", lambda: None)
    bed.editor_step.tissue_desk.refresh()
    panel = bed.editor_step.tissue_panel
    assert not panel.propose.isEnabled()
    assert "not installed" in panel.told.text()
    panel._names[Tissue.GRANULATION].click()
    assert panel.rest.isVisible()
    panel.rest.click()
    qtbot.waitUntil(lambda: panel.figures[Tissue.GRANULATION].text() == "100 %", timeout=10_000)
    assert not panel.rest.isVisible()
    assert not panel.caution.isVisible()
    panel.remove.click()
    (cell,) = bed.session.state.cells()
    assert map_of(bed.session.state, cell) is None


def test_an_edited_outline_has_its_proposal_made_again_unless_a_person_painted(qtbot, bed, network):
    cell = propose(qtbot, bed)
    bed.session.set_outline(cell, WIDER)
    qtbot.waitUntil(lambda: network[-1][0] == WIDER, timeout=10_000)
    qtbot.waitUntil(lambda: map_of(bed.session.state, cell) == proposed_for(WIDER))
    painted = rest_painted(
        TissueMap(map_window(WIDER), png_of(proposed_for(WIDER).cells * 0), "x", Light.ASSUMED),
        WIDER,
        tissue=Tissue.OTHER,
    )
    bed.session.tissue.put(cell, painted)
    asked = len(network)
    taller = Outline((((200.0, 100.0), (480.0, 100.0), (480.0, 340.0), (200.0, 340.0)),))
    bed.session.set_outline(cell, taller)
    panel = bed.editor_step.tissue_panel
    qtbot.waitUntil(lambda: "no tissue yet" in panel.told.text(), timeout=10_000)
    assert len(network) == asked
    panel.propose.click()  # fills the gap and leaves what was painted
    qtbot.waitUntil(lambda: panel.figures[Tissue.GRANULATION].text() == "15 %", timeout=10_000)
    assert panel.figures[Tissue.OTHER].text() == "83 %"


def test_what_was_painted_a_moment_ago_is_left_too(qtbot, bed, network):
    (cell,) = bed.session.state.cells()
    stroke = [(280.0, 200.0), (360.0, 280.0)]
    painted = repainted(
        blank_map(SQUARE), SQUARE, stroke_px=stroke, radius_px=12.0, tissue=Tissue.NECROSIS
    )
    bed.editor_step.editor.tissue.replace(cell[1], painted, text="paint")
    bed.editor_step.tissue_panel.propose.click()  # before it is known to have gaps
    qtbot.waitUntil(lambda: map_of(bed.session.state, cell) != painted, timeout=10_000)
    filled = map_of(bed.session.state, cell)
    assert (filled.cells[painted.cells == Tissue.NECROSIS] == Tissue.NECROSIS).all()
    assert filled.repainted


def test_a_map_of_another_bed_is_set_aside_and_undo_brings_it_back(qtbot, bed):
    cell = propose(qtbot, bed)
    known = map_of(bed.session.state, cell)
    bed.editor_step.refresh()
    bed.editor_step.editor.replace_outline(cell[1], ELSEWHERE)
    assert map_of(bed.session.state, cell) is None
    panel = bed.editor_step.tissue_panel
    qtbot.waitUntil(lambda: "another outline" in panel.told.text(), timeout=10_000)
    bed.editor_step.editor.undo()
    assert map_of(bed.session.state, cell) == known


def test_undo_reaches_the_map_in_the_scale_step_too(qtbot, bed):
    cell = propose(qtbot, bed)
    known = map_of(bed.session.state, cell)
    bed.show_step(Step.SCALE, cell[0])
    bed.editor_step.editor.undo()
    assert map_of(bed.session.state, cell) is None
    bed.editor_step.editor.redo()
    bed.show_step(Step.OUTLINE, cell[0])
    assert map_of(bed.session.state, cell) == known
    assert bed.editor_step.editor.tissue.map_of(cell[1]) == known


def test_with_every_outline_is_remembered_and_asks_once(qtbot, bed, network, monkeypatch, tmp_path):
    step, (cell,) = bed.editor_step, bed.session.state.cells()
    step.tissue_desk._settings = settings = Settings(tmp_path / "settings.ini")
    step.tissue_panel.always.click()
    qtbot.waitUntil(lambda: map_of(bed.session.state, cell) is not None, timeout=10_000)
    assert settings.last(tissue_desk.REMEMBERED) == tissue_desk.ALWAYS
    step.editor.tissue.replace(cell[1], None, text="off")
    saved(qtbot, bed)
    assert map_of(bed.session.state, cell) is None
    assert len(network) == 1


def test_a_failure_stands_in_the_panel_and_cancel_drops_the_answer(qtbot, bed, monkeypatch):
    def refuse(*_, **__):
        raise OutlineError("outline.tissue_unreadable")

    def break_down(*_, **__):
        raise ValueError("no sentence for this")

    step, (cell,) = bed.editor_step, bed.session.state.cells()
    panel, going = step.tissue_panel, Event()
    for failure, told in ((refuse, "cannot be read"), (break_down, "did not work")):
        monkeypatch.setattr(PROPOSE, failure)
        panel.propose.click()
        qtbot.waitUntil(lambda: told in panel.told.text(), timeout=10_000)  # noqa: B023
        assert panel.propose.isVisible()
    monkeypatch.setattr(PROPOSE, lambda *_, **__: (going.wait(10), proposed_for(SQUARE))[1])
    panel.propose.click()
    assert panel.stop.isVisible()
    panel.stop.click()
    going.set()
    qtbot.waitUntil(lambda: not bed.session.background.is_busy(), timeout=10_000)
    assert map_of(bed.session.state, cell) is None
    assert panel.propose.isVisible()
