"""The arrow towards the head comes along from the last visit as a question, never by itself."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.outline.types import Outline
from woundtrack.records import PhotoOutline, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Writer

LAST_WEEK = dt.date(2026, 3, 10)
ANGLE_DEG = 40.0
Open = Callable[..., VisitPage]


@pytest.fixture
def photographed(clinic: Clinic, ward: object, painted: Callable[..., bytes]) -> None:
    """Last week's photo of lesion A has an arrow; an older one has another."""

    def act(writer: Writer) -> None:
        from woundtrack.photo.read import photo_facts

        lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
        patient_id = ward.patient.id  # type: ignore[attr-defined]
        last = writer.find(Visit, on=LAST_WEEK)[0]
        older = writer.add(Visit(patient_id, LAST_WEEK - dt.timedelta(days=7)))
        for seed, visit, angle_deg in ((7, last, ANGLE_DEG), (8, older, 300.0)):
            data = painted(seed=seed)
            kept = writer.import_photo(data, photo_facts(data), b"thumb")
            photo = writer.add(
                VisitPhoto(visit.id, kept.vault_name, kept.photo, head_angle_deg=angle_deg)
            )
            writer.add(PhotoOutline(photo.id, lesion_id, Outline(), confirmed=False))

    clinic.write(act)


@pytest.fixture
def page(
    qtbot: QtBot,
    photographed: None,
    open_page: Open,
    ward: object,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
) -> VisitPage:
    """A new visit with one photo of lesion A, shown in the outline step."""
    made = open_page(ward.patient.id)  # type: ignore[attr-defined]
    made.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(made.session.state.photos), timeout=20_000)
    photo_id = made.session.state.photos[0].id
    made.session.set_lesion_in_photo(photo_id, ward.lesions[0].id, True)  # type: ignore[attr-defined]
    made.show_step(Step.OUTLINE, photo_id)
    qtbot.waitUntil(lambda: made.editor_step.shows(photo_id), timeout=20_000)
    qtbot.waitUntil(made.editor_step.head.isVisible)
    return made


def stored_angle(page: VisitPage) -> float | None:
    photo_id = page.session.state.photos[0].id
    return page.session.clinic.read(lambda r: r.get(VisitPhoto, photo_id)).value.head_angle_deg


def test_the_last_visits_arrow_is_asked_about_and_kept_on_a_click(
    qtbot: QtBot, page: VisitPage
) -> None:
    head = page.editor_step.head
    assert head.label.text() == "Is the head there, as on 10 Mar 2026?"
    scene = page.editor_step.editor._session
    assert (scene.head_angle_deg, scene.head_proposed) == (ANGLE_DEG, True)
    assert stored_angle(page) is None, "a proposal is not the record's"
    head.button.click()
    qtbot.waitUntil(lambda: stored_angle(page) == ANGLE_DEG)
    qtbot.waitUntil(lambda: not head.isVisible())
    assert (scene.head_angle_deg, scene.head_proposed) == (ANGLE_DEG, False)


def test_an_arrow_drawn_by_hand_stands_for_the_proposed_one(qtbot: QtBot, page: VisitPage) -> None:
    page.editor_step.editor._session.turn_head(181.0)
    qtbot.waitUntil(lambda: stored_angle(page) == 181.0)
    qtbot.waitUntil(lambda: not page.editor_step.head.isVisible())
    scene = page.editor_step.editor._session
    assert (scene.head_angle_deg, scene.head_proposed) == (181.0, False)


def test_another_lesions_arrow_is_not_proposed(qtbot: QtBot, page: VisitPage, ward: object) -> None:
    photo_id = page.session.state.photos[0].id
    first, second = (lesion.id for lesion in ward.lesions)  # type: ignore[attr-defined]
    page.session.set_lesion_in_photo(photo_id, first, False)
    page.session.set_lesion_in_photo(photo_id, second, True)
    qtbot.waitUntil(lambda: not page.editor_step.head.isVisible())
    assert stored_angle(page) is None
    assert not page.editor_step.editor._session.head_proposed


def test_confirming_the_visit_does_not_make_the_question_an_answer(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    noted = page.session.state.assessment(lesion_id)
    page.session.set_assessment(lesion_id, replace(noted, pain_nrs=1))
    with qtbot.waitSignal(page.session.confirmed, timeout=20_000):
        page.session.confirm()
    assert stored_angle(page) is None
