"""What is answered before the chosen day's visit is read goes on top of it and erases nothing."""

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import TODAY
from ui.pages.visit.checks import Step
from ui.pages.visit.form_step import FormStep
from ui.pages.visit_page import VisitPage
from woundtrack.instruments.bwat import BWAT
from woundtrack.records import Stored, Visit, WoundQol

MISTYPED, CONFIRMED_ON = dt.date(2026, 3, 12), dt.date(2026, 3, 10)
QUALITY = WoundQol(14, 2.25)


def stored(page: VisitPage, ward: Ward, on: dt.date) -> Stored[Visit]:
    found = page.session.clinic.read(lambda r: r.find(Visit, patient_id=ward.patient.id, on=on))
    return found[0]


def revisions(page: VisitPage, ward: Ward, on: dt.date) -> list[object]:
    visit = stored(page, ward, on)
    return page.session.clinic.read(lambda r: r.revisions(Visit, visit.id))


def answered(page: VisitPage, ward: Ward, on: dt.date) -> None:
    """The store has pain on the line and quality of life on that day; the page does not know."""

    def act(writer) -> None:
        known = writer.find(Visit, patient_id=ward.patient.id, on=on)
        visit = known[0] if known else writer.add(Visit(ward.patient.id, on))
        value = Visit(ward.patient.id, on, None, 58, QUALITY, visit.value.note)
        writer.revise(visit, value)

    page.session.clinic.write(act)


def says(value: Visit) -> tuple[int | None, int | None, WoundQol | None]:
    return value.general_pain_nrs, value.general_pain_vas_mm, value.wound_qol


@pytest.fixture
def form(qtbot: QtBot, page: VisitPage) -> FormStep:
    """The form of a new visit whose day was mistyped, so that it can be answered already."""
    page.form.choice.actions_by_key[BWAT.key].setChecked(True)
    page.show_step(Step.FORM)
    page.session.set_date(MISTYPED)
    qtbot.waitUntil(page.form.patient.isEnabled)
    assert page.session.state.visit is None
    return page.form


def test_one_answer_before_a_draft_is_read_leaves_its_others(
    qtbot: QtBot, page: VisitPage, ward: Ward, form: FormStep
) -> None:
    answered(page, ward, TODAY)
    page.session.set_date(TODAY)
    assert page.session.state.visit is None, "not read yet"
    form.patient.pain.answer(6)
    qtbot.waitUntil(lambda: stored(page, ward, TODAY).value.general_pain_nrs == 6)
    assert says(stored(page, ward, TODAY).value) == (6, 58, QUALITY)
    qtbot.waitUntil(lambda: page.session.state.visit == stored(page, ward, TODAY))
    form.refresh()
    assert says(form.patient.taken_into(page.session.state.visit.value)) == (6, 58, QUALITY)


def test_an_answer_kept_while_the_day_is_read_leaves_its_others(
    qtbot: QtBot, page: VisitPage, ward: Ward, form: FormStep
) -> None:
    answered(page, ward, TODAY)
    page.session.set_date(TODAY)
    form.patient.pain.answer(6)
    page.show_step(Step.PHOTOS)  # keeps at once
    qtbot.waitUntil(lambda: stored(page, ward, TODAY).value.general_pain_nrs == 6)
    assert says(stored(page, ward, TODAY).value) == (6, 58, QUALITY)
    qtbot.waitUntil(lambda: page.session.state.visit == stored(page, ward, TODAY))


def test_an_answer_before_a_confirmed_visit_is_read_is_a_correction_of_it(
    qtbot: QtBot, page: VisitPage, ward: Ward, form: FormStep
) -> None:
    answered(page, ward, CONFIRMED_ON)
    before = stored(page, ward, CONFIRMED_ON)
    page.session.set_date(CONFIRMED_ON)
    form.patient.pain.answer(6)
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.correcting))
    assert says(page.session.state.asked) == (6, 58, QUALITY)
    visit_id = page.session.state.visit.id
    qtbot.waitUntil(lambda: page.session.clinic.read(lambda r: r.correction(visit_id)) is not None)
    kept = page.session.clinic.read(lambda r: r.correction(visit_id))
    assert says(kept.correction.visit) == (6, 58, QUALITY)
    form.refresh()
    assert form.patient.pain.value == 6
    assert stored(page, ward, CONFIRMED_ON) == before, "until it is confirmed"


def test_an_answer_that_is_kept_before_a_confirmed_visit_is_read_does_not_change_it(
    qtbot: QtBot, page: VisitPage, ward: Ward, form: FormStep
) -> None:
    answered(page, ward, CONFIRMED_ON)
    before = stored(page, ward, CONFIRMED_ON)
    page.session.set_date(CONFIRMED_ON)
    form.patient.pain.answer(6)
    page.show_step(Step.PHOTOS)
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.correcting))
    qtbot.waitUntil(lambda: not page.session.background.is_busy())
    assert says(page.session.state.asked) == (6, 58, QUALITY)
    assert stored(page, ward, CONFIRMED_ON) == before


def test_an_answer_taken_back_while_it_is_being_kept_is_taken_back(
    qtbot: QtBot, page: VisitPage, ward: Ward, form: FormStep
) -> None:
    form.patient.pain.answer(6)
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    qtbot.waitUntil(lambda: not page.session.background.is_busy())
    form.patient.pain.answer(7)
    page.show_step(Step.PHOTOS)  # keeps at once, in the background
    form.patient.pain.answer(6)
    qtbot.waitUntil(lambda: len(revisions(page, ward, MISTYPED)) == 4)
    qtbot.waitUntil(lambda: not page.session.background.is_busy())
    assert stored(page, ward, MISTYPED).value.general_pain_nrs == 6
