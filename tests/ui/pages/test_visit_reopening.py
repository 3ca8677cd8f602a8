"""Which wounds a visit offers: closed ones are called back, parted ones only until they parted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, TODAY, Ward
from tests.ui.pages.steps import saved
from ui.pages.visit.checks import Step, not_seen_today
from ui.pages.visit.findings import lesion_lines
from ui.pages.visit_page import VisitPage
from woundtrack.records import Lesion, LesionStatus, SizeMethod, Stored
from woundtrack.store.clinic import Clinic

CLOSED_ON = dt.date(2026, 3, 1)
OpenPage = Callable[..., VisitPage]


def change(clinic: Clinic, lesion: Stored[Lesion], **fields: object) -> None:
    clinic.write(lambda w: w.revise(lesion, replace(lesion.value, **fields)))  # type: ignore[arg-type]


def letters(page: VisitPage) -> str:
    return "".join(lesion.value.label for lesion in page.session.state.lesions)


@pytest.fixture
def healed(clinic: Clinic, ward: Ward) -> Ward:
    """Lesion B was closed, and the closure confirmed."""
    change(
        clinic,
        ward.lesions[1],
        status=LesionStatus.CLOSED,
        closed_on=CLOSED_ON,
        closure_confirmed_on=dt.date(2026, 3, 15),
    )
    return ward


def call_back(qtbot: QtBot, page: VisitPage) -> None:
    """Click the link, and the wound in its menu."""
    page.show_step(Step.FORM)
    qtbot.waitUntil(page.header.reopen.isVisible)
    qtbot.mouseClick(page.header.reopen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.header.resting.isVisible)
    (action,) = page.header.resting.actions()
    assert action.text() == "Lesion B: right calf, closed 1 Mar 2026"
    action.trigger()
    page.header.resting.hide()


def test_a_closed_wound_is_not_asked_about_but_can_be_called_back(
    qtbot: QtBot, open_page: OpenPage, healed: Ward
) -> None:
    page = open_page(healed.patient.id)
    assert letters(page) == "A"
    assert not_seen_today(page.session.state) == ["A"]
    call_back(qtbot, page)
    assert letters(page) == "AB"
    qtbot.waitUntil(lambda: page.form.tabs.count() == 2)
    qtbot.waitUntil(page.header.reopen.isHidden)


def test_a_called_wound_seen_open_takes_its_closure_back_when_confirmed(
    qtbot: QtBot, open_page: OpenPage, healed: Ward, clinic: Clinic
) -> None:
    page = open_page(healed.patient.id)
    page.session.set_date(TODAY)
    call_back(qtbot, page)
    lesion_id = healed.lesions[1].id
    noted = page.session.state.assessment(lesion_id)
    sized = replace(noted, size_method=SizeMethod.BEDSIDE, length_cm=1.0, width_cm=0.5)
    page.session.set_assessment(lesion_id, sized)
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    said = [text for text, _role in lesion_lines(page.session.state, lesion_id)]
    assert "Seen closed on 1 Mar 2026; confirming records that it is open again." in said
    with qtbot.waitSignal(page.session.confirmed):
        page.session.confirm()
    lesion = clinic.read(lambda r: r.get(Lesion, lesion_id)).value
    assert (lesion.status, lesion.closed_on) == (LesionStatus.OPEN, None)


def test_in_a_confirmed_visit_nothing_is_called_back(
    qtbot: QtBot, open_page: OpenPage, clinic: Clinic, ward: Ward
) -> None:
    third = clinic.write(
        lambda w: w.add(
            replace(ward.lesions[0].value, label="C", status=LesionStatus.CLOSED, closed_on=None)
        )
    )
    visit_id = clinic.read(lambda r: r.history(ward.patient.id)).visits[0].id
    page = open_page(ward.patient.id, visit_id)
    qtbot.waitUntil(lambda: page.session.state.confirmed)
    assert third.id in [lesion.id for lesion in page.session.state.resting]
    assert page.header.reopen.isHidden()
    page.session.start_correction()
    qtbot.waitUntil(page.header.reopen.isVisible)


def test_a_parted_wound_is_offered_until_the_day_it_parted(
    qtbot: QtBot, open_page: OpenPage, clinic: Clinic, ward: Ward
) -> None:
    whole = ward.lesions[0]
    part = clinic.write(lambda w: w.add(replace(whole.value, label="C")))
    change(clinic, whole, became_ids=(part.id,), became_on=TODAY)
    page = open_page(ward.patient.id)
    assert letters(page) == "BC"
    assert not page.session.state.resting
    page.session.set_date(LAST_WEEK + dt.timedelta(days=2), today=TODAY)
    page.session.set_assessment(
        ward.lesions[1].id, replace(page.session.state.assessment(ward.lesions[1].id), pain_nrs=1)
    )
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    qtbot.waitUntil(lambda: letters(page) == "AB")


def test_the_card_of_a_closed_wound_calls_it_back(
    qtbot: QtBot,
    open_page: OpenPage,
    healed: Ward,
    camera: Callable[[str, bytes], Path],
    with_card: Callable[..., bytes],
) -> None:
    page = open_page(healed.patient.id)
    page.import_files([camera("b.jpg", with_card(healed.patient.value.code, lesion="B"))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    qtbot.waitUntil(lambda: letters(page) == "AB")
    assert [cell[1] for cell in page.session.state.cells()] == [healed.lesions[1].id]


def test_a_wound_lost_sight_of_and_seen_again_is_open(
    qtbot: QtBot, open_page: OpenPage, clinic: Clinic, ward: Ward
) -> None:
    change(clinic, ward.lesions[1], status=LesionStatus.LOST)
    lesion_id = ward.lesions[1].id
    page = open_page(ward.patient.id)
    page.session.set_date(TODAY)
    page.session.call(lesion_id)
    noted = page.session.state.assessment(lesion_id)
    page.session.set_assessment(lesion_id, replace(noted, pain_nrs=2))
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    said = [text for text, _role in lesion_lines(page.session.state, lesion_id)]
    assert "Was lost to follow-up; confirming records that it is open." in said
    with qtbot.waitSignal(page.session.confirmed):
        page.session.confirm()
    assert clinic.read(lambda r: r.get(Lesion, lesion_id)).value.status is LesionStatus.OPEN


def test_an_older_visit_entered_late_does_not_find_a_lost_wound_again(
    qtbot: QtBot, open_page: OpenPage, clinic: Clinic, ward: Ward
) -> None:
    change(clinic, ward.lesions[1], status=LesionStatus.LOST)
    lesion_id = ward.lesions[1].id
    page = open_page(ward.patient.id)
    page.session.set_date(LAST_WEEK - dt.timedelta(days=7), today=TODAY)
    page.session.call(lesion_id)
    noted = page.session.state.assessment(lesion_id)
    page.session.set_assessment(lesion_id, replace(noted, pain_nrs=2))
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    with qtbot.waitSignal(page.session.confirmed):
        page.session.confirm()
    assert clinic.read(lambda r: r.get(Lesion, lesion_id)).value.status is LesionStatus.LOST
