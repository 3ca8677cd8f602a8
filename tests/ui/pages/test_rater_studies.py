"""Rater studies in the window: made, traced blinded, and what they say."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.rater_steps import add_photos, add_rater, add_study, box, trace_all
from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.models.rater_study import results_of
from ui.pages.rater_study.page import RaterStudyPage
from ui.pages.rater_study.photo_choice import spread_over
from ui.pages.rater_study.tracing import BY_HAND, KEY, bare_photo
from ui.pages.visit.analysis import pixels_of
from ui.photo_editor.editor import Tool
from woundtrack.errors import MeasureError
from woundtrack.raters.course import Task
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace
from woundtrack.records import Stored, VisitPhoto
from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic


@pytest.fixture
def photos(clinic: Clinic, ward: Ward, painted: Callable[..., bytes]) -> list[Stored[VisitPhoto]]:
    return add_photos(clinic, ward, painted, count=12)


@pytest.fixture
def other(clinic: Clinic) -> int:
    return add_rater(clinic)


@pytest.fixture
def study(
    clinic: Clinic, photos: list[Stored[VisitPhoto]], other: int
) -> tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]]:
    return add_study(clinic, photos, (clinic.user.id, other))


@pytest.fixture
def page(qtbot: QtBot, photos: object, other: int, window: MainWindow) -> RaterStudyPage:
    """The rater studies in the main window."""
    del photos, other
    return opened(qtbot, window)


def opened(qtbot: QtBot, window: MainWindow) -> RaterStudyPage:
    window.run("rater_studies")
    settled(qtbot, window)
    page: RaterStudyPage = window.workspace.pages.currentWidget()
    assert isinstance(page, RaterStudyPage)
    return page


def mine(clinic: Clinic, study_id: int) -> list[Stored[RaterTrace]]:
    return clinic.read(lambda r: r.study_traces(study_id, rater_id=clinic.user.id))


def draw(page: RaterStudyPage, side_px: float = 120.0) -> None:
    assert page.tracing.editor is not None
    page.tracing.editor.replace_outline(KEY, box(side_px))


def on_show(page: RaterStudyPage) -> bool:
    editor = page.tracing.editor
    return editor is not None and KEY in editor.outlines()


def test_an_empty_list_says_what_a_study_is_and_the_published_figure(page: RaterStudyPage) -> None:
    assert page.list.cards.count() == 1
    assert "3.2 % of the area, the published figure" in page.list.value.text()
    assert page.list.published.isHidden()


def test_a_new_study_is_made_in_one_act_that_undo_takes_back(
    qtbot: QtBot, clinic: Clinic, window: MainWindow, page: RaterStudyPage
) -> None:
    page.list.new_button.click()
    settled(qtbot, window)
    new = page.new
    assert new.photos.list.count() == 12
    assert new.raters.count() == 2
    new.create_study()
    assert new.form.error_of("photos")
    new.photos.number.setValue(10)
    new.photos.choose_spread()
    new.create_study()
    settled(qtbot, window)
    assert new.form.error_of("name")
    new.name.setText("Autumn")
    new.twice.setChecked(True)
    new.create_study()
    settled(qtbot, window)
    (made,) = clinic.read(lambda r: r.find(RaterStudy))
    assert (made.value.name, made.value.rounds, len(made.value.rater_ids)) == ("Autumn", 2, 2)
    assert len(clinic.read(lambda r: r.find(RaterPhoto, study_id=made.id))) == 10
    assert not page.list.isHidden()
    window.run("undo")
    settled(qtbot, window)
    assert clinic.read(lambda r: r.find(RaterStudy)) == []


def test_the_form_can_be_opened_again_once_its_pictures_are_there(
    qtbot: QtBot, window: MainWindow, page: RaterStudyPage
) -> None:
    for _time in range(2):
        page.show_new()
        settled(qtbot, window)
        assert page.new.photos.list.count() == 12
        assert page.new.photos.chosen() == ()
        assert not page.new.photos.list.item(11).icon().isNull()
        page.new.photos.choose_spread()


def test_tracing_is_blinded_and_each_tracing_is_saved_when_it_is_confirmed(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    window: MainWindow,
) -> None:
    made, _photos = study
    page = opened(qtbot, window)
    page.show_tracing(made.id)
    qtbot.waitUntil(lambda: on_show(page))
    settled(qtbot, window)
    editor = page.tracing.editor
    assert editor is not None
    assert not editor.outlines()[KEY].rings  # no earlier outline, no proposal
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
    assert not editor.outlines()[KEY].rings


def test_by_keyboard_and_mouse_alone_a_ring_under_way_is_closed_by_confirming(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    window: MainWindow,
) -> None:
    page = opened(qtbot, window)
    page.show_tracing(study[0].id)
    qtbot.waitUntil(lambda: on_show(page))
    settled(qtbot, window)
    assert page.tracing.editor is not None
    canvas = page.tracing.editor.canvas
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
    assert page.tracing.where.text() == "Photo 2 of 12"


def test_who_comes_back_goes_on_where_they_stopped(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    window: MainWindow,
) -> None:
    made, photos = study
    trace_all(clinic, photos[:7], clinic.user.id)
    page = opened(qtbot, window)
    page.show_tracing(made.id)
    qtbot.waitUntil(lambda: on_show(page))
    assert page.tracing.where.text() == "Photo 8 of 12"
    first = page.tracing.task
    draw(page)
    page.tracing.left.emit()
    assert not window.workspace.patients.isHidden()
    page.show_tracing(made.id)
    settled(qtbot, window)
    assert page.tracing.task == first
    assert page.tracing.editor is not None
    assert page.tracing.editor.outlines()[KEY] == box(120.0)  # what was drawn is still there
    page.tracing.put_off()
    settled(qtbot, window)
    assert page.tracing.task != first
    assert page.tracing.where.text() == "Photo 8 of 12"


def test_undo_opens_the_last_photo_again_once_nothing_is_drawn(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    window: MainWindow,
) -> None:
    made, _photos = study
    page = opened(qtbot, window)
    page.show_tracing(made.id)
    qtbot.waitUntil(lambda: on_show(page))
    first = page.tracing.task
    draw(page)
    page.tracing.confirm()
    qtbot.waitUntil(lambda: page.tracing.task != first)
    settled(qtbot, window)
    draw(page)
    window.run("undo")  # of the outline being drawn
    assert page.tracing.editor is not None
    assert not page.tracing.editor.outlines()[KEY].rings
    assert len(mine(clinic, made.id)) == 1
    window.run("undo")  # of the tracing confirmed before
    settled(qtbot, window)
    qtbot.waitUntil(lambda: page.tracing.task == first)
    assert mine(clinic, made.id) == []


def test_a_rater_with_photos_left_sees_no_results(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    other: int,
    window: MainWindow,
) -> None:
    made, photos = study
    trace_all(clinic, photos, other)
    with pytest.raises(MeasureError) as caught:
        clinic.read(lambda r: results_of(r, made.id, clinic.user.id))
    assert caught.value.code == "raters.not_finished"
    page = opened(qtbot, window)
    page.show_results(made.id)
    settled(qtbot, window)
    assert "photos to trace" in page.banner.label.text()
    assert page.results.results is None


def test_results_say_how_far_raters_agree_and_are_saved_without_a_patient_s_name(
    qtbot: QtBot,
    clinic: Clinic,
    study: tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]],
    other: int,
    window: MainWindow,
    tmp_path: Path,
) -> None:
    made, photos = study
    for rater in (clinic.user.id, other):
        trace_all(clinic, photos, rater)
    page = opened(qtbot, window)
    page.show_results(made.id)
    settled(qtbot, window)
    view = page.results
    assert not view.isHidden()
    cells = [view.figures.item(row, 1).text() for row in range(view.figures.rowCount())]
    assert cells[0] == "2, 12"
    assert "% (" in cells[1]
    assert view.figures.item(0, 2).text() == "–"
    assert view.pairs.item(0, 0).text() == "Anne Roy – Ben Sand"
    assert "20 photos" in view.own.text()  # 12 are too few for the clinic's own figure
    assert view.adopt_button.isHidden()
    assert view.results is not None
    shares = [share for _name, share in view.results.hardest]
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)
    page.save_table(tmp_path / "out.csv", view.results)
    settled(qtbot, window)
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 25
    assert lines[0].startswith("photo,rater,round,area_cm2")
    assert "Lefèvre" not in "".join(lines)
    (entry, *_) = clinic.read(lambda r: r.journal(kind="rater_study"))
    assert entry.action == "exported"


def test_the_clinic_s_own_value_is_used_and_taken_back(
    qtbot: QtBot,
    clinic: Clinic,
    ward: Ward,
    painted: Callable[..., bytes],
    other: int,
    window: MainWindow,
) -> None:
    made, photos = add_study(
        clinic, add_photos(clinic, ward, painted, count=20), (clinic.user.id, other)
    )
    for rater in (clinic.user.id, other):
        trace_all(clinic, photos, rater)
    page = opened(qtbot, window)
    page.show_results(made.id)
    settled(qtbot, window)
    assert not page.results.adopt_button.isHidden()
    page.results.adopt_button.click()
    settled(qtbot, window)
    own = clinic.read(lambda r: r.retrace_value())
    assert own is not None
    assert (own.value.raters, own.value.photos) == (2, 20)
    assert own.reason == "Autumn"
    assert page.results.adopt_button.isHidden()
    for key, there in (("undo", False), ("redo", True)):
        window.run(key)
        settled(qtbot, window)
        assert (clinic.read(lambda r: r.retrace_value()) is not None) is there
        assert page.results.adopt_button.isHidden() is there
    page.show_list()
    settled(qtbot, window)
    assert "2 raters, 20 photos), this clinic’s own" in page.list.value.text()
    page.list.published.click()
    settled(qtbot, window)
    assert clinic.read(lambda r: r.retrace_value()) is None
    window.run("undo")
    settled(qtbot, window)
    assert clinic.read(lambda r: r.retrace_value()) is not None


def test_photos_are_spread_over_sizes(clinic: Clinic, photos: list[Stored[VisitPhoto]]) -> None:
    offered = clinic.read(lambda r: r.traceable_photos())
    ids = [one.id for one in photos]  # of growing areas
    assert spread_over(offered, count=4) == [ids[0], ids[3], ids[6], ids[9]]
    assert sorted(spread_over(offered, count=99)) == ids


def test_no_tool_proposes_where_no_proposal_is_shown() -> None:
    assert not {Tool.CLICK, Tool.BOX} & set(BY_HAND)


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


def test_between_two_rounds_the_rater_is_told_to_wait(
    qtbot: QtBot,
    clinic: Clinic,
    photos: list[Stored[VisitPhoto]],
    window: MainWindow,
) -> None:
    made, traced = add_study(clinic, photos, (clinic.user.id,), rounds=2)
    trace_all(clinic, traced, clinic.user.id)
    page = opened(qtbot, window)
    page.show_tracing(made.id)
    qtbot.waitUntil(lambda: on_show(page))
    assert page.tracing.where.text() == "Photo 13 of 24, round 2 of 2"
    assert "a week or more" in page.tracing.banner.label.text()
    draw(page)
    page.tracing.confirm()
    settled(qtbot, window)
    assert page.tracing.banner.isHidden()
