"""Rater studies in the window: made, and what they say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.rater_study.conftest import Study
from tests.ui.pages.rater_study.steps import add_photos, add_study, in_front, opened, trace_all
from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.models.rater_study import results_of
from ui.pages.rater_study.page import RaterStudyPage
from ui.pages.rater_study.photo_choice import spread_over
from woundtrack.errors import MeasureError
from woundtrack.raters.types import RaterPhoto, RaterStudy
from woundtrack.records import Stored, VisitPhoto
from woundtrack.store.clinic import Clinic


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


def test_a_rater_with_photos_left_sees_no_results(
    qtbot: QtBot,
    clinic: Clinic,
    study: Study,
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
    study: Study,
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
    window.run("larger")
    qtbot.waitUntil(lambda: in_front(window).results.results is not None)
    window.run("usual")
    qtbot.waitUntil(lambda: in_front(window).results.results is not None)
    page = in_front(window)
    view = page.results
    assert not view.isHidden()
    assert view.results is not None
    page.save_table(tmp_path / "out.csv", view.results)
    settled(qtbot, window)
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 25
    assert lines[0].startswith("photo,rater,round,area_cm2")
    assert "Lefèvre" not in "".join(lines)
    (entry, *_) = clinic.read(lambda r: r.journal(kind="rater_study"))
    assert entry.action == "exported"
    page.save_table(tmp_path / "nowhere" / "out.csv", view.results)
    settled(qtbot, window)
    assert "not there any more" in page.banner.label.text()


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
