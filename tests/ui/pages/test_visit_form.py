"""The form by keyboard: digits, last time’s answers, proposals, bedside findings, closure."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import (
    LAST_SCORES,
    TODAY,
    assessments,
    keys,
    saved,
    scale_and_outline,
    scores,
)
from ui.pages.visit.checks import Step
from ui.pages.visit.findings import lesion_lines
from ui.pages.visit_page import VisitPage
from woundtrack.records import (
    Lesion,
    SizeMethod,
)


def test_without_a_date_nothing_is_assumed_and_today_is_one_click(
    qtbot: QtBot, page: VisitPage
) -> None:
    assert page.session.state.on is None
    assert "the date of the visit" in page.foot.missing.text()
    page.show_step(Step.FORM)
    keys(qtbot, "3")
    assert page.session.state.visit is None
    page.header.today_button.click()
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    assert page.session.state.visit.value.on == TODAY
    assert scores(assessments(page)[0])[0] == 3


def test_thirteen_digits_fill_the_form_and_enter_goes_on(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    keys(qtbot, "3221334321234")
    first, second = (lesion.id for lesion in ward.lesions)  # type: ignore[attr-defined]
    assert scores(page.session.state.assessment(first)) == (
        3, 2, 2, 1, 3, 3, 4, 3, 2, 1, 2, 3, 4,
    )  # fmt: skip
    qtbot.waitUntil(lambda: page.form.panel.total.text() == "33")
    assert page.form.panel.band.text() == "moderate severity"
    assert "BWAT-CUA 21" in page.form.panel.more.text()
    keys(qtbot, "\n")
    assert page.form.lesion_id == second
    keys(qtbot, "\n")
    assert page.step is Step.CONFIRM


def test_a_digit_the_item_does_not_know_is_not_taken(qtbot: QtBot, page: VisitPage) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    page.form.rows[5].setFocus()
    keys(qtbot, "09")
    assert page.form.rows[5].value is None
    assert page.form.rows[5].hasFocus()
    keys(qtbot, "4")
    assert page.form.rows[5].value == 4
    assert page.form.rows[6].hasFocus()


def test_backspace_and_a_second_click_take_an_answer_back(qtbot: QtBot, page: VisitPage) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    row = page.form.rows[2]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.cell_centre(4).center())
    assert row.value == 4
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert row.value is None
    assert scores(page.session.state.assessment(page.form.lesion_id))[2] is None


def test_the_rest_as_last_time_copies_what_is_open_but_neither_pain_nor_size(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    assert "10 Mar 2026" in page.form.same.text()
    page.form.rows[2].answer(5)
    page.form.same.click()
    copied = page.session.state.assessment(ward.lesions[0].id)  # type: ignore[attr-defined]
    assert scores(copied) == (None, LAST_SCORES[1], 5, *LAST_SCORES[3:])
    assert copied.shape == "round"
    assert page.form.rows[0].hasFocus()
    assert copied.dressing == "alginate"
    assert copied.pain_nrs is None
    assert copied.length_cm is None


def test_item_1_is_proposed_from_longest_by_widest_and_never_forced(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    row = page.form.rows[0]
    # A square of 2 × 2 cm: its area is 4 cm², but its longest × widest is its diagonals' 8 cm².
    assert row.proposed == 2
    assert "2.8 × 2.8 cm" in row.proposal_note
    assert row.value is None
    keys(qtbot, "5")
    assert row.value == 5


def test_bedside_findings_are_kept(qtbot: QtBot, page: VisitPage, ward: object) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    bedside = page.form.bedside
    bedside.pain.setFocus()
    keys(qtbot, "10")
    for field, text in ((bedside.length, "4,2"), (bedside.width_cm, "3.1"), (bedside.depth, "0,5")):
        field.setFocus()
        keys(qtbot, text)
    bedside.undermining.add_button.click()
    for field, text in zip(bedside.undermining._lines[0], ("1.5", "11", "2"), strict=True):
        field.setFocus()
        keys(qtbot, text)
    bedside.signs["odour"].setChecked(True)
    bedside.dressing.setFocus()
    keys(qtbot, "foam")
    saved(qtbot, page)
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    (kept,) = assessments(page)
    assert (kept.pain_nrs, kept.length_cm, kept.width_cm, kept.depth_cm) == (10, 4.2, 3.1, 0.5)
    assert kept.size_method is SizeMethod.BEDSIDE
    assert (kept.undermining[0].from_hour, kept.undermining[0].to_hour) == (11, 2)
    assert kept.infection_signs == ("odour",)
    assert kept.dressing == "foam"
    assert page.form.rows[0].proposed == 2


def test_a_slip_in_one_wound_s_number_is_neither_kept_nor_shown_at_the_next(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    length = page.form.bedside.length
    length.setFocus()
    keys(qtbot, "450")
    first, second = (lesion.id for lesion in ward.lesions)  # type: ignore[attr-defined]
    assert page.session.state.assessment(first).length_cm is None, "neither 450 nor 45"
    page.form.tabs.setCurrentIndex(1)
    assert page.form.lesion_id == second
    assert length.text() == ""
    assert page.session.state.assessment(second).length_cm is None


def test_closure_is_dated_when_it_is_confirmed(qtbot: QtBot, page: VisitPage, ward: object) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    page.form.bedside.closed.setChecked(True)
    qtbot.waitUntil(lambda: page.session.state.visit is not None)
    saved(qtbot, page)
    said = [text for text, _role in lesion_lines(page.session.state, ward.lesions[0].id)]  # type: ignore[attr-defined]
    assert said[:2] == [
        "Closed",
        "First seen closed on 17 Mar 2026. A visit from 31 Mar 2026 on that finds it closed too "
        "confirms the closure.",
    ]
    page.session.confirm()
    qtbot.waitUntil(lambda: page.session.state.confirmed)
    (assessment,) = assessments(page)
    assert assessment.size_method is SizeMethod.CLOSED
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    lesion = page.session.clinic.read(lambda reader: reader.get(Lesion, lesion_id))
    assert lesion.value.closed_on == TODAY

    page.session.start_correction()
    noted = page.session.state.assessment(lesion_id)
    page.session.set_assessment(lesion_id, replace(noted, size_method=SizeMethod.NOT_MEASURED))
    said = [text for text, _role in lesion_lines(page.session.state, lesion_id)]
    assert "Seen closed on 17 Mar 2026; confirming takes this closure back." in said
    page.session.set_assessment(
        lesion_id, replace(page.session.state.assessment(lesion_id), pain_nrs=2)
    )
    with qtbot.waitSignal(page.session.confirmed):
        page.session.confirm(reason="not closed after all")
    lesion = page.session.clinic.read(lambda reader: reader.get(Lesion, lesion_id))
    assert lesion.value.closed_on is None
