"""The last visit's outline as a beginning: offered, undone, refused, given up."""

import datetime as dt
from threading import Event

import pytest

from tests.ui.pages.steps import SQUARE, saved, scale_and_outline
from ui.pages.visit.checks import Step
from ui.pages.visit.convention import ConventionPanel
from ui.pages.visit.earlier import earlier_outline
from ui.settings import Settings
from woundtrack.errors import OutlineError
from woundtrack.outline.rings import centroid
from woundtrack.outline.types import Outline, OutlineSource

LATER = dt.date(2026, 3, 24)
CARRIED = Outline((((230.0, 150.0), (430.0, 150.0), (430.0, 350.0)),), OutlineSource.CARRIED)


@pytest.fixture
def later_visit(qtbot, with_photo, open_page, camera, painted, ward):
    """A photo of lesion A a week after a confirmed visit that outlined it."""
    first = with_photo
    scale_and_outline(qtbot, first)
    with qtbot.waitSignal(first.session.confirmed, timeout=20_000):
        first.session.confirm()
    page = open_page(ward.patient.id)
    page.session.set_date(LATER, today=LATER)
    page.import_files([camera("b.jpg", painted(seed=2))])
    qtbot.waitUntil(lambda: bool(page.desk.questions() or page.session.state.photos),
                    timeout=20_000)  # fmt: skip
    for question in page.desk.questions():
        page.desk.accept(question, on=LATER)
    qtbot.waitUntil(lambda: bool(page.session.state.photos), timeout=20_000)
    photo_id = page.session.state.photos[0].id
    page.session.set_lesion_in_photo(photo_id, ward.lesions[0].id, True)
    saved(qtbot, page)
    page.show_step(Step.OUTLINE, photo_id)
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id), timeout=20_000)
    page.editor_step.refresh()
    return page


def test_it_is_offered_and_found_is_a_proposal_that_undo_takes_back(
    qtbot, later_visit, monkeypatch
):
    page = later_visit
    row = page.editor_step.carry
    assert row.isVisible()
    (cell,) = page.session.state.cells()
    earlier = earlier_outline(page.session.history, page.session.state, cell[1])
    assert earlier is not None
    assert centroid(earlier.outline) == pytest.approx(centroid(SQUARE))
    monkeypatch.setattr(
        "ui.pages.visit.carry_row.carried_over", lambda *_, **__: lambda _c: CARRIED
    )
    row.button.click()
    qtbot.waitUntil(lambda: page.session.state.outline(cell) == CARRIED, timeout=10_000)
    assert "Carried over" in row.told.text()
    page.editor_step.editor.undo()
    assert page.session.state.outline(cell) is None


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (OutlineError("outline.not_alike"), "could not be carried over"),
        (ValueError("no sentence for this"), "did not work on this photo"),
    ],
)
def test_a_refusal_stands_beside_the_button_and_changes_nothing(
    qtbot, later_visit, monkeypatch, failure, told
):
    def refuse(_cancelled):
        raise failure

    page = later_visit
    monkeypatch.setattr("ui.pages.visit.carry_row.carried_over", lambda *_, **__: refuse)
    row = page.editor_step.carry
    row.button.click()
    qtbot.waitUntil(lambda: told in row.told.text(), timeout=10_000)
    assert row.button.isVisible()
    assert page.session.state.outline(page.session.state.cells()[0]) is None


def test_cancel_gives_up_and_drops_the_answer(qtbot, later_visit, monkeypatch, background):
    going, asked = Event(), []

    def slow(cancelled):
        going.wait(10)
        asked.append(cancelled())
        return CARRIED

    page = later_visit
    monkeypatch.setattr("ui.pages.visit.carry_row.carried_over", lambda *_, **__: slow)
    row = page.editor_step.carry
    row.button.click()
    assert row.is_looking()
    assert row.stop.isVisible()
    row.stop.click()
    going.set()
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    assert asked == [True]
    assert not row.is_looking()
    assert page.session.state.outline(page.session.state.cells()[0]) is None


def test_what_comes_while_the_form_is_shown_was_seen_by_nobody(qtbot, later_visit, monkeypatch):
    going, page = Event(), later_visit

    def slow(_cancelled):
        going.wait(10)
        return CARRIED

    monkeypatch.setattr("ui.pages.visit.carry_row.carried_over", lambda *_, **__: slow)
    (cell,) = page.session.state.cells()
    page.editor_step.carry.button.click()
    page.show_step(Step.FORM)
    going.set()
    qtbot.waitUntil(lambda: page.session.state.outline(cell) == CARRIED, timeout=10_000)
    assert cell not in page.session.state.seen
    page.show_step(Step.OUTLINE, cell[0])
    assert cell in page.session.state.seen


def test_nothing_is_offered_at_a_first_visit_or_in_the_scale_step(qtbot, with_photo, later_visit):
    assert not with_photo.editor_step.carry.isVisibleTo(with_photo.editor_step)
    photo_id = later_visit.session.state.photos[0].id
    later_visit.show_step(Step.SCALE, photo_id)
    qtbot.waitUntil(lambda: not later_visit.editor_step.carry.isVisible())


def test_what_belongs_inside_stays_folded_for_whoever_folded_it(qtbot, tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    panel = ConventionPanel(settings)
    qtbot.addWidget(panel)
    assert panel.is_open()
    panel.title.click()
    assert not panel.is_open()
    again = ConventionPanel(settings)
    qtbot.addWidget(again)
    assert not again.is_open()
    again.title.click()
    assert ConventionPanel(settings).is_open()


def test_what_a_proposal_warns_of_stands_beside_it_until_a_person_draws(qtbot, later_visit):
    page = later_visit
    (cell,) = page.session.state.cells()
    remark = page.editor_step.remark
    for source in (OutlineSource.MODEL, OutlineSource.CLICK):  # clicks mend it, and no more
        page.session.set_outline(cell, Outline(SQUARE.rings, source, "network 0123456789ab"))
        qtbot.waitUntil(remark.isVisible)
        assert "learned on foot ulcers" in remark.text()
    unsure = Outline(SQUARE.rings, OutlineSource.CLICK, "network 0123456789ab", 1.6)
    page.session.set_outline(cell, unsure)
    qtbot.waitUntil(lambda: "hardly sure" in remark.text())
    page.session.set_outline(cell, SQUARE)
    qtbot.waitUntil(lambda: not remark.isVisible())
    assert page.session.state.outline(cell) == SQUARE


def test_an_outline_by_colours_says_so_and_why_where_the_network_is_missing(qtbot, later_visit):
    page = later_visit
    (cell,) = page.session.state.cells()
    warnings, remark = page.session.state.outline_warnings, page.editor_step.remark
    warnings[cell[0]] = ("outline.learned_on_feet",)
    page.session.set_outline(cell, Outline(SQUARE.rings, OutlineSource.BOX, "colours"))
    qtbot.waitUntil(lambda: "by colours alone" in remark.text())
    assert "learned" not in remark.text()
    warnings[cell[0]] = ("outline.no_network",)
    page.editor_step.refresh()
    assert "not installed" in remark.text()


def test_where_nothing_is_proposed_no_proposal_is_spoken_of(qtbot, later_visit):
    page = later_visit
    (cell,) = page.session.state.cells()
    page.session.state.outline_warnings[cell[0]] = ("outline.learned_on_feet",)
    page.editor_step.refresh()
    assert page.session.state.outline(cell) is None
    assert not page.editor_step.remark.isVisible()
