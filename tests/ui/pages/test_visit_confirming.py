"""Drafts that outlive a crash, one act of confirmation, corrections with their reason."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import (
    SQUARE,
    TODAY,
    assessments,
    keys,
    saved,
    scale_and_outline,
    scores,
)
from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.records import (
    Assessment,
    LesionMeasurement,
    SizeMethod,
)

Open = Callable[..., VisitPage]


def test_drafts_survive_closing_without_confirming(
    qtbot: QtBot, with_photo: VisitPage, open_page: Open, ward: object
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    keys(qtbot, "22")
    visit_id = page.session.state.visit.id
    with qtbot.waitSignal(page.closed):
        page.close_visit()
    again = open_page(ward.patient.id, visit_id)  # type: ignore[attr-defined]
    state = again.session.state
    assert not state.confirmed
    assert state.outline(cell) == SQUARE
    assert state.measurement(cell).measurement.area_cm2 == pytest.approx(4.0)
    assert scores(state.assessment(cell[1]))[:3] == (2, 2, None)
    assert again.step is Step.PHOTOS


def test_confirming_is_one_act_of_the_signed_in_person(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    keys(qtbot, "3221334321234")
    page.show_step(Step.CONFIRM)
    saved(qtbot, page)
    assert "Anne Roy" in page.confirm_step.button.text()
    with qtbot.waitSignal(page.session.confirmed):
        page.confirm_step.button.click()
    clinic = page.session.clinic
    (assessment,) = assessments(page)
    assert assessment.confirmed
    assert assessment.size_method is SizeMethod.TRACED
    stored = clinic.read(lambda reader: reader.get(LesionMeasurement, assessment.measurement_id))
    assert stored.value.confirmed
    assert stored.user_id == clinic.user.id
    kinds = [stored.value for stored in page.session.state.stored.values()]
    assert all(value.confirmed for value in kinds)
    outline = page.session.state.stored["outline", *cell]
    assert stored.value.outline_revision == outline.revision
    qtbot.waitUntil(lambda: page.header.correct.isVisible())
    assert page.header.status.text() == "confirmed visit"


def test_confirming_before_the_visit_has_its_record_loses_nothing(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    session, lesion_id = page.session, ward.lesions[0].id  # type: ignore[attr-defined]
    session.set_date(TODAY)
    noted = session.state.assessment(lesion_id)
    session.set_assessment(lesion_id, replace(noted, pain_nrs=4))
    assert session.state.visit is None
    with qtbot.waitSignal(session.confirmed):
        session.confirm()
    assert [(each.pain_nrs, each.confirmed) for each in assessments(page)] == [(4, True)]


def test_a_confirmed_visit_is_changed_only_as_a_correction_with_a_reason(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.session.confirm()
    qtbot.waitUntil(lambda: page.session.state.confirmed)
    before = page.session.state.stored["assessment", cell[1], 0]
    pain = page.session.state.assessment(cell[1])
    page.session.set_assessment(cell[1], pain)
    page.show_step(Step.FORM)
    keys(qtbot, "5")
    assert page.form.rows[0].value is None, "a confirmed form does not take keys"

    qtbot.waitUntil(lambda: page.header.correct.isVisible())
    page.header.correct.click()
    qtbot.waitUntil(lambda: not page.form.rows[0].read_only)
    page.form.rows[0].setFocus()
    keys(qtbot, "4")
    page.show_step(Step.CONFIRM)
    assert not page.confirm_step.button.isEnabled(), "a correction needs its reason"
    assert scores(assessments(page)[0])[0] is None, "nothing is written before"
    page.confirm_step.reason.setText("typing slip")
    with qtbot.waitSignal(page.session.confirmed):
        page.confirm_step.button.click()
    after = page.session.state.stored["assessment", cell[1], 0]
    assert scores(after.value)[0] == 4
    assert after.revision > before.revision
    assert after.reason == "typing slip"
    revisions = page.session.clinic.read(lambda reader: reader.revisions(Assessment, after.id))
    assert scores(revisions[-2].value)[0] is None


def test_leaving_an_unconfirmed_correction_asks_in_the_page(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    page.session.set_date(TODAY)
    scale_and_outline(qtbot, page)
    page.session.confirm()
    qtbot.waitUntil(lambda: page.session.state.confirmed)
    page.session.start_correction()
    page.show_step(Step.FORM)
    keys(qtbot, "1")
    closed: list[object] = []
    page.closed.connect(lambda: closed.append(1))
    page.close_visit()
    assert not closed
    assert page.correction.isVisible()
    page.correction.discard.click()
    qtbot.waitUntil(lambda: bool(page.session.state and not page.session.state.correcting))
    assert page.session.state.confirmed


def test_closed_and_outlined_contradict_and_block(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    page.form.bedside.closed.setChecked(True)
    page.show_step(Step.CONFIRM)
    assert checks.contradictions(page.session.state)
    assert not page.confirm_step.button.isEnabled()


def test_what_is_missing_is_named_and_does_not_block(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    page.show_step(Step.CONFIRM)
    reports = {step: checks.report(page.session.state, step) for step in Step}
    assert reports[Step.SCALE].missing == ("the scale of photo 1",)
    assert reports[Step.OUTLINE].missing == ("the outline of A in photo 1",)
    assert reports[Step.FORM].missing == ("13 items of the form of A",)
    assert page.confirm_step.button.isEnabled()
