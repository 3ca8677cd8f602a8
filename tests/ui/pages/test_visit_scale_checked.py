"""A scale is checked against what the program reads in the photo, and doubted where they differ."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import two_points
from ui.pages.visit import circumstances
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.errors import ScaleError
from woundtrack.records import PhotoScale
from woundtrack.scale.choose import checked
from woundtrack.scale.types import Matrix3, Scale, ScaleMethod

MARKS = ((100.0, 400.0), (300.0, 400.0))


def flat(mm_per_px: float) -> Matrix3:
    return ((mm_per_px, 0.0, 0.0), (0.0, mm_per_px, 0.0), (0.0, 0.0, 1.0))


READ = Scale(ScaleMethod.RULER, flat(0.125), 0.002, marks_px=MARKS)
CARD = Scale(ScaleMethod.CARD, flat(0.15), 0.002, marks_px=MARKS)


@pytest.fixture
def photo_id(qtbot: QtBot, with_photo: VisitPage, monkeypatch: pytest.MonkeyPatch) -> int:
    """A photo in the scale step in which the program can read a ruler, 8 px a mm."""
    monkeypatch.setattr(circumstances, "read_alone", lambda _pixels, _photo: (READ,))
    state = with_photo.session.state
    shown = state.photos[0].id
    with_photo.show_step(Step.SCALE, shown)
    qtbot.waitUntil(lambda: with_photo.editor_step.shows(shown))
    state.scale_problems.clear()
    return shown


@pytest.fixture
def said(qtbot: QtBot, with_photo: VisitPage) -> Callable[[str], None]:
    """Waits until the panel says this of the scale."""

    def wait(text: str) -> None:
        notes = with_photo.editor_step.scale_panel.notes
        qtbot.waitUntil(lambda: text in notes.text(), timeout=20_000)

    return wait


def test_a_scale_that_a_ruler_disagrees_with_is_doubted_as_on_the_command_line(
    with_photo: VisitPage, photo_id: int, said: Callable[[str], None]
) -> None:
    with_photo.session.set_scale(photo_id, CARD)
    said("give different lengths")
    assert with_photo.session.state.scale(photo_id) == checked(CARD, [READ])
    assert with_photo.session.state.scale(photo_id).relative_sd > 0.1


def test_a_scale_that_agrees_stays_as_it_is(
    qtbot: QtBot, with_photo: VisitPage, photo_id: int, said: Callable[[str], None]
) -> None:
    with_photo.session.set_scale(photo_id, CARD)
    said("give different lengths")
    agreeing = replace(CARD, homography_px_to_mm=READ.homography_px_to_mm)
    with_photo.session.set_scale(photo_id, agreeing)
    notes = with_photo.editor_step.scale_panel.notes
    qtbot.waitUntil(lambda: "give different lengths" not in notes.text())
    assert with_photo.session.state.scale(photo_id) == agreeing


def test_a_unit_named_against_what_the_program_reads_is_told(
    with_photo: VisitPage, photo_id: int, said: Callable[[str], None]
) -> None:
    named = replace(READ, homography_px_to_mm=flat(0.25), warnings=("scale.unit_named",))
    with_photo.session.set_scale(photo_id, named)
    said("Read by the program alone")
    assert with_photo.session.state.scale(photo_id) == checked(named, [READ])


def test_a_confirmed_scale_is_told_of_and_stays_as_it_is(
    with_photo: VisitPage, photo_id: int, said: Callable[[str], None]
) -> None:
    decided = PhotoScale(photo_id, CARD, confirmed=True)
    with_photo.session.saver._timer.setInterval(60_000)  # saved, it would be a draft
    with_photo.session.put_scale(photo_id, decided)
    said("give different lengths")
    assert with_photo.session.state.photo_scale(photo_id) == decided


def test_two_clicks_are_refused_where_the_ruler_was_refused_for_its_tilt(
    qtbot: QtBot, with_photo: VisitPage, photo_id: int
) -> None:
    state = with_photo.session.state
    state.scale_problems[photo_id] = ScaleError("scale.tilt_beyond", tilt_deg=45)
    field = two_points(qtbot, with_photo, photo_id)
    qtbot.keyClicks(field, "20")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    panel = with_photo.editor_step.scale_panel
    qtbot.waitUntil(lambda: "tilted by 45°" in panel.trial_error.text(), timeout=20_000)
    assert state.photo_scale(photo_id) is None
    assert not panel.accept.isEnabled()
