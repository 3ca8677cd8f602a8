"""Tracing a study's photos: blinded, saved one by one, and nothing drawn is lost."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE
from tests.ui.pages.rater_study.conftest import Study
from tests.ui.pages.rater_study.steps import (
    add_study,
    box,
    draw,
    drawn,
    in_front,
    mine,
    on_show,
    trace_all,
    tracing_of,
)
from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.pages.rater_study.page import RaterStudyPage
from ui.pages.rater_study.tracing import BY_HAND, bare_photo
from ui.pages.visit.analysis import pixels_of
from ui.photo_editor.editor import Tool
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.raters.course import Task
from woundtrack.raters.types import RaterPhoto
from woundtrack.records import Stored, VisitPhoto
from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic


def test_tracing_is_blinded_and_each_tracing_is_saved_when_it_is_confirmed(
    qtbot: QtBot,
    clinic: Clinic,
    study: Study,
    window: MainWindow,
    tracing: RaterStudyPage,
) -> None:
    page, (made, _photos) = tracing, study
    editor = page.tracing.editor
    assert editor is not None
    assert not drawn(page).rings  # no earlier outline, no proposal
    assert editor.tool() is Tool.TRACE
    offered = {action.objectName() for action in editor.actions()}
    assert not {"editor.click", "editor.box", "editor.ruler", "editor.head"} & offered
    assert window.workspace.patients.isHidden()
    assert window.workspace.view is None
    assert page.tracing.where.text() == "Photo 1 of 12"
    page.tracing.confirm()
    settled(qtbot, window)
    assert "Draw around the wound" in page.tracing.banner.label.text()
    assert mine(clinic, made.id) == []
    draw(page)
    assert not editor._session.measurements  # no area while one traces
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(mine(clinic, made.id)) == 1)
    settled(qtbot, window)
    (kept,) = mine(clinic, made.id)
    assert kept.value.outline == box(120.0)
    assert kept.value.measurement.area_cm2 == pytest.approx(1.44, rel=1e-3)
    assert page.tracing.where.text() == "Photo 2 of 12"
    assert not drawn(page).rings


def test_by_keyboard_and_mouse_alone_a_ring_under_way_is_closed_by_confirming(
    qtbot: QtBot, clinic: Clinic, study: Study, window: MainWindow, tracing: RaterStudyPage
) -> None:
    assert tracing.tracing.editor is not None
    canvas = tracing.tracing.editor.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    corners = ((220.0, 140.0), (420.0, 150.0), (320.0, 340.0))
    for corner in corners:
        x, y = canvas.view.to_view(corner)
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    qtbot.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(mine(clinic, study[0].id)) == 1)
    settled(qtbot, window)
    (ring,) = mine(clinic, study[0].id)[0].value.outline.rings
    assert np.allclose(sorted(ring), sorted(corners), atol=1.0)
    assert tracing.tracing.where.text() == "Photo 2 of 12"


def test_who_comes_back_goes_on_where_they_stopped(
    qtbot: QtBot, clinic: Clinic, study: Study, window: MainWindow
) -> None:
    made, photos = study
    trace_all(clinic, photos[:7], clinic.user.id)
    page = tracing_of(qtbot, window, made.id)
    assert page.tracing.where.text() == "Photo 8 of 12"
    first = page.tracing.task
    draw(page)
    page.tracing.left.emit()
    assert not window.workspace.patients.isHidden()
    page.show_tracing(made.id)
    settled(qtbot, window)
    assert page.tracing.task == first
    assert drawn(page) == box(120.0)
    page.tracing.put_off()
    settled(qtbot, window)
    assert page.tracing.task != first
    assert page.tracing.where.text() == "Photo 8 of 12"


@pytest.mark.parametrize("act", ["language_fr", "larger"])
def test_pages_made_anew_keep_what_was_drawn_on_a_photo(
    qtbot: QtBot,
    clinic: Clinic,
    study: Study,
    window: MainWindow,
    tracing: RaterStudyPage,
    act: str,
) -> None:
    task = tracing.tracing.task
    draw(tracing)
    window.run(act)
    qtbot.waitUntil(lambda: in_front(window) is not tracing and on_show(in_front(window)))
    page = in_front(window)
    assert page.is_tracing
    assert page.tracing.task == task
    assert drawn(page) == box(120.0)
    assert window.workspace.patients.isHidden()
    window.run("usual" if act == "larger" else "language_en")
    settled(qtbot, window)
    page = in_front(window)
    qtbot.waitUntil(lambda: on_show(page))
    assert mine(clinic, study[0].id) == []
    page.tracing.confirm()
    settled(qtbot, window)
    (kept,) = mine(clinic, study[0].id)
    assert kept.value.outline == box(120.0)
    assert not drawn(page).rings  # of the next photo


def test_a_window_that_locks_keeps_what_was_drawn_on_a_photo(
    qtbot: QtBot, study: Study, window: MainWindow, tracing: RaterStudyPage
) -> None:
    task = tracing.tracing.task
    draw(tracing)
    window.run("lock")
    settled(qtbot, window)
    gate = window.centralWidget()
    gate.passphrase.line.setText(PASSPHRASE)
    gate.sign_in()
    qtbot.waitUntil(lambda: window.workspace is not None)
    settled(qtbot, window)
    page = tracing_of(qtbot, window, study[0].id)
    assert page.tracing.task == task
    assert drawn(page) == box(120.0)


def test_a_drawing_that_cannot_be_kept_is_said_and_tried_again(
    qtbot: QtBot,
    clinic: Clinic,
    window: MainWindow,
    tracing: RaterStudyPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object) -> None:
        raise StoreError("store.disk_full")

    task, left = tracing.tracing.task, []
    assert task is not None
    with monkeypatch.context() as patched:
        patched.setattr(clinic, "write", full)
        draw(tracing)
        tracing.flush(lambda: left.append(task))
        settled(qtbot, window)
    assert left == [task]
    assert explain(StoreError("store.disk_full")) in tracing.tracing.banner.label.text()
    tracing.flush(lambda: left.append(task))
    settled(qtbot, window)
    kept = clinic.read(lambda r: r.drawing(task.photo.id, rater_id=clinic.user.id, round_=1))
    assert kept == box(120.0)


def test_what_was_drawn_on_a_photo_put_off_is_there_when_it_comes_again(
    qtbot: QtBot, clinic: Clinic, study: Study, window: MainWindow
) -> None:
    trace_all(clinic, study[1][:10], clinic.user.id)
    page = tracing_of(qtbot, window, study[0].id)
    draw(page)
    page.tracing.put_off()
    settled(qtbot, window)
    assert not drawn(page).rings
    page.tracing.put_off()
    settled(qtbot, window)
    assert drawn(page) == box(120.0)
    page.tracing.put_off()
    settled(qtbot, window)
    assert not drawn(page).rings


def test_undo_opens_the_last_photo_again_once_nothing_is_drawn(
    qtbot: QtBot, clinic: Clinic, study: Study, window: MainWindow, tracing: RaterStudyPage
) -> None:
    page, (made, _photos) = tracing, study
    first = page.tracing.task
    draw(page)
    page.tracing.confirm()
    qtbot.waitUntil(lambda: page.tracing.task != first)
    settled(qtbot, window)
    draw(page)
    window.run("undo")  # of the outline being drawn
    assert not drawn(page).rings
    assert len(mine(clinic, made.id)) == 1
    window.run("undo")  # of the tracing confirmed before
    settled(qtbot, window)
    qtbot.waitUntil(lambda: page.tracing.task == first)
    assert mine(clinic, made.id) == []


def test_no_tool_proposes_where_no_proposal_is_shown() -> None:
    assert not {Tool.CLICK, Tool.BOX, Tool.WIRE} & set(BY_HAND)


def test_the_card_with_the_patient_s_code_is_painted_over(
    clinic: Clinic, photos: list[Stored[VisitPhoto]]
) -> None:
    mm_per_px = 0.4  # the card's upper left corner lies on the photo's
    matrix = ((mm_per_px, 0.0, 0.0), (0.0, mm_per_px, 0.0), (0.0, 0.0, 1.0))
    card = Scale(ScaleMethod.CARD, matrix, relative_sd=0.01)
    value = RaterPhoto(1, photos[0].id, card)
    task = Task(Stored(1, "u", 1, value, photos[0].at_utc, 1), 1, done=False)
    _photo, pixels = pixels_of(clinic, photos[0].value)
    shot = bare_photo(clinic, task, with_proposal=False)
    inside = slice(2, int(HEIGHT_MM / mm_per_px) - 2), slice(2, int(WIDTH_MM / mm_per_px) - 2)
    assert np.ptp(pixels[inside].reshape(-1, 3), axis=0).max() > 0
    assert np.ptp(shot.pixels[inside].reshape(-1, 3), axis=0).max() == 0
    assert (shot.pixels[300:] == pixels[300:]).all()
    assert shot.outline.rings == ()


def test_a_proposal_that_breaks_down_leaves_a_bare_photo(
    clinic: Clinic, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_pixels: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("woundtrack.outline.propose.propose", broken)
    shot = bare_photo(clinic, Task(study[1][0], 1, done=False), with_proposal=True)
    assert shot.outline.rings == ()


def test_between_two_rounds_the_rater_is_told_to_wait(
    qtbot: QtBot, clinic: Clinic, photos: list[Stored[VisitPhoto]], window: MainWindow
) -> None:
    made, traced = add_study(clinic, photos, (clinic.user.id,), rounds=2)
    trace_all(clinic, traced, clinic.user.id)
    page = tracing_of(qtbot, window, made.id)
    assert page.tracing.where.text() == "Photo 13 of 24, round 2 of 2"
    assert "a week or more" in page.tracing.banner.label.text()
    draw(page)
    page.tracing.confirm()
    settled(qtbot, window)
    assert page.tracing.banner.isHidden()
