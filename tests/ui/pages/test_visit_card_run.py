"""A card of a run that nobody checked: its line is asked for where the card is used."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.pages.visit import proposals
from ui.pages.visit.analysis import analyse
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.records import CardRun, PhotoScale
from woundtrack.store.clinic import Clinic

Open = Callable[..., VisitPage]
Paint = Callable[..., bytes]


@pytest.fixture
def page(
    qtbot: QtBot,
    open_page: Open,
    ward: object,
    camera: Callable[[str, bytes], Path],
    with_card: Paint,
    monkeypatch: pytest.MonkeyPatch,
) -> VisitPage:
    """A visit with one photo whose card is of run 1, at the scale step."""
    monkeypatch.setattr(proposals, "analyse", analyse)
    patient = ward.patient  # type: ignore[attr-defined]
    made = open_page(patient.id)
    made.import_files([camera("card.jpg", with_card(patient.value.code))])
    qtbot.waitUntil(lambda: bool(made.session.state.photos), timeout=20_000)
    photo_id = made.session.state.photos[0].id
    qtbot.waitUntil(lambda: made.session.state.scale(photo_id) is not None, timeout=20_000)
    made.show_step(Step.SCALE, photo_id)
    made.refresh()
    return made


def measure_line(qtbot: QtBot, page: VisitPage, text: str) -> None:
    row = page.editor_step.scale_panel.run_row
    assert row.isVisibleTo(page)
    row.length.setText(text)
    qtbot.keyClick(row.length, Qt.Key.Key_Return)


def runs(clinic: Clinic) -> list[CardRun]:
    return [run.value for run in clinic.read(lambda reader: reader.find(CardRun))]


def test_the_measured_line_is_stored_and_the_scale_follows_it(
    qtbot: QtBot, page: VisitPage, clinic: Clinic
) -> None:
    state, panel = page.session.state, page.editor_step.scale_panel
    photo_id = state.photos[0].id
    before = state.scale(photo_id)
    assert before.warnings == ("scale.run_unchecked",)
    assert "1" in panel.run_row.question.text()
    measure_line(qtbot, page, "99")
    qtbot.waitUntil(lambda: not state.scale(photo_id).warnings)
    ratio = state.scale(photo_id).mm_per_px_at((900, 700)) / before.mm_per_px_at((900, 700))
    assert ratio == pytest.approx(0.99)
    assert runs(clinic) == [CardRun(1, "", 99.0, True)]
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=20_000)
    (kept,) = clinic.read(lambda reader: reader.find(PhotoScale))
    assert kept.value.scale == state.scale(photo_id)
    qtbot.waitUntil(lambda: not panel.run_row.isVisibleTo(page))


def test_a_card_that_is_not_true_to_size_gives_no_scale(
    qtbot: QtBot, page: VisitPage, clinic: Clinic
) -> None:
    state = page.session.state
    photo_id = state.photos[0].id
    measure_line(qtbot, page, "95")
    qtbot.waitUntil(lambda: state.photo_scale(photo_id) is None)
    qtbot.waitUntil(lambda: "refused" in page.editor_step.scale_panel.refusal.label.text())
    assert runs(clinic) == [CardRun(1, "", 95.0, False)]


@pytest.mark.parametrize("text", ["", "10", "abc"])
def test_what_cannot_be_that_line_is_asked_again(
    qtbot: QtBot, page: VisitPage, clinic: Clinic, text: str
) -> None:
    measure_line(qtbot, page, text)
    assert "millimetres" in page.editor_step.scale_panel.run_row.error.text()
    assert runs(clinic) == []


def test_a_run_of_this_clinic_is_the_one_that_is_checked(
    qtbot: QtBot, page: VisitPage, clinic: Clinic, background: Background
) -> None:
    clinic.write(lambda writer: writer.next_card_run("letter"))
    measure_line(qtbot, page, "100,4")
    qtbot.waitUntil(lambda: not page.session.state.scale(page.session.state.photos[0].id).warnings)
    assert runs(clinic) == [CardRun(1, "letter", 100.4, True)]
