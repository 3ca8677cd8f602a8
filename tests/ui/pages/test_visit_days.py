"""The visit’s day, and what becomes of photos when another visit has it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import (
    TODAY,
    assessments,
    keys,
    saved,
    scores,
)
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.records import (
    Assessment,
    PhotoScale,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Reader

Open = Callable[..., VisitPage]


def test_a_future_date_is_refused_in_the_page_and_nothing_is_lost(
    qtbot: QtBot, page: VisitPage
) -> None:
    page.show_step(Step.FORM)
    keys(qtbot, "3")
    page.header.day.setText("18/03/2099")
    page.header.day.editingFinished.emit()
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.label.text().endswith(".")
    assert page.session.state.visit is None
    assert page.form.rows[0].value == 3
    page.header.today_button.click()
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    assert scores(assessments(page)[0])[0] == 3


def test_a_date_before_birth_is_refused(qtbot: QtBot, page: VisitPage) -> None:
    page.show_step(Step.FORM)
    keys(qtbot, "3")
    page.header.day.setText("02/05/1958")
    page.header.day.editingFinished.emit()
    qtbot.waitUntil(page.error.isVisible)
    assert page.session.state.visit is None


def test_a_day_that_has_a_visit_opens_that_visit(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.show_step(Step.FORM)
    page.header.day.setText("10/03/2026")
    page.header.day.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.visit))
    assert page.session.state.visit.value.on == dt.date(2026, 3, 10)
    assert page.session.state.confirmed
    visits = page.session.clinic.read(lambda reader: reader.find(Visit))
    assert len(visits) == 1


def test_what_was_typed_just_before_leaving_is_kept_though_the_visit_was_no_record_yet(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.show_step(Step.FORM)
    page.session.set_date(TODAY)
    page.form.rows[0].answer(3)
    assert page.session.state.visit is None
    page.open_visit(ward.other.id, None)  # type: ignore[attr-defined]

    def noted() -> list[Assessment]:
        def read(reader: Reader) -> list[Assessment]:
            (visit,) = reader.find(Visit, on=TODAY) or (None,)
            found = reader.find(Assessment, visit_id=visit.id) if visit else []
            return [each.value for each in found]

        return page.session.clinic.read(read)

    qtbot.waitUntil(lambda: bool(noted()))
    assert [scores(each)[0] for each in noted()] == [3]


def test_files_dropped_while_another_visit_is_saved_go_into_the_new_one(
    qtbot: QtBot,
    with_photo: VisitPage,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    ward: object,
) -> None:
    page = with_photo
    first = page.session.state.visit.id
    page.session.set_scale(page.session.state.photos[0].id, None)  # still to be saved
    page.open_visit(ward.other.id, None)  # type: ignore[attr-defined]
    page.import_files([camera("other.jpg", painted(seed=9))])
    other = ward.other.id  # type: ignore[attr-defined]
    qtbot.waitUntil(
        lambda: bool(
            page.session.state
            and page.session.state.patient.id == other
            and page.session.state.photos
        ),
        timeout=20_000,
    )
    photos = page.session.clinic.read(lambda reader: reader.find(VisitPhoto, visit_id=first))
    assert len(photos) == 1
    scales = page.session.clinic.read(lambda reader: reader.find(PhotoScale))
    assert len(scales) == 1


def test_photos_of_a_day_with_a_confirmed_visit_join_it_as_a_correction(
    qtbot: QtBot,
    page: VisitPage,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
) -> None:
    at = dt.datetime(2026, 3, 10, 9)  # noqa: DTZ001
    page.import_files([camera("late.jpg", painted(at, seed=1))])
    qtbot.waitUntil(
        lambda: bool(page.session.state.visit and page.session.state.photos), timeout=20_000
    )
    state = page.session.state
    assert state.visit.value.on == dt.date(2026, 3, 10)
    assert state.confirmed
    assert len(page.session.clinic.read(lambda reader: reader.find(Visit))) == 1


def test_where_another_process_writes_one_may_only_look(
    qtbot: QtBot,
    open_page: Open,
    ward: object,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    clinic: object,
) -> None:
    monkeypatch.setattr(clinic, "read_only", True)
    page = open_page(ward.patient.id)  # type: ignore[attr-defined]
    page.import_files([camera("a.jpg", painted(seed=1))])
    assert page.error.isVisible()
    assert not page.desk.lines
    page.show_step(Step.FORM)
    keys(qtbot, "3")
    assert page.form.rows[0].value is None
    assert not page.session.saver.pending
    assert not page.header.correct.isVisible()
