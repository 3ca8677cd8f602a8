"""Instruments beside the Bates-Jensen form: chosen once, drawn by one form, proposed, kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import assessments, choose, keys, saved, scale_and_outline
from ui.pages.visit.checks import Step
from ui.pages.visit.findings import lesion_lines
from ui.pages.visit.instrument_choice import PAIN_VAS, REMEMBERED, WOUND_QOL, InstrumentChoice
from ui.pages.visit.instrument_form import OWN_TRANSLATION, InstrumentForm
from ui.pages.visit_page import VisitPage
from ui.settings import Settings
from woundtrack import words
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.instruments.forms import form_of, scores_of, total_of
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.records import Assessment, SizeMethod


def noted(page: VisitPage) -> Assessment:
    return page.session.state.assessment(page.form.lesion_id)


def test_what_is_ticked_is_remembered_on_this_account(qtbot: QtBot, tmp_path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    choice = InstrumentChoice(settings)
    qtbot.addWidget(choice)
    assert choice.chosen == (BWAT.key,)
    for key in (PUSH.key, WOUND_QOL):
        choice.actions_by_key[key].setChecked(True)
    choice.actions_by_key[BWAT.key].setChecked(False)
    again = InstrumentChoice(settings)
    qtbot.addWidget(again)
    assert again.chosen == (PUSH.key, WOUND_QOL)
    for key in again.chosen:
        again.actions_by_key[key].setChecked(False)
    assert settings.last(REMEMBERED), "none at all is an answer too"
    none = InstrumentChoice(settings)
    qtbot.addWidget(none)
    assert none.chosen == ()


def test_several_instruments_are_ticked_in_one_go(qtbot: QtBot) -> None:
    choice = InstrumentChoice()
    qtbot.addWidget(choice)
    menu = choice.menu()
    menu.popup(choice.mapToGlobal(choice.rect().bottomLeft()))
    for key in (PUSH.key, REVPWAT.key):
        place = menu.actionGeometry(choice.actions_by_key[key]).center()
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert choice.chosen == (BWAT.key, PUSH.key, REVPWAT.key)
    menu.setActiveAction(choice.actions_by_key[BWAT.key])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert choice.chosen == (PUSH.key, REVPWAT.key)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_the_many_sizes_of_push_need_no_more_room_than_another_item(
    qtbot: QtBot, dated: VisitPage
) -> None:
    form = choose(dated, BWAT.key)
    usual = form.panel.sizeHint().height()
    choose(dated, PUSH.key)
    shown = [button for button in form.panel.options if not button.isHidden()]
    assert len(shown) == len(PUSH.items[0].options) == 11
    assert form.panel.sizeHint().height() <= usual


def test_the_keyboard_runs_from_one_form_into_the_next(qtbot: QtBot, dated: VisitPage) -> None:
    form = choose(dated, BWAT.key, PUSH.key, REVPWAT.key)
    assert len(form.rows) == 13 + 3 + 8
    keys(qtbot, "3221334321234" + "1012" + "22222222")
    assert total_of(noted(dated), BWAT) == 33
    assert total_of(noted(dated), BWAT_CUA) == 21
    assert scores_of(noted(dated), PUSH) == (10, 1, 2)
    assert total_of(noted(dated), REVPWAT) == 16
    assert form.panel.total.text() == "16", "of the form that was filled in last"
    assert "PUSH 13, of 0 to 17" in form.panel.more.text()
    assert "BWAT 33, moderate severity" in form.panel.more.text()
    saved(qtbot, dated)
    (kept,) = assessments(dated)
    assert [each.instrument for each in kept.forms] == ["bwat", "push", "revpwat"]


def test_the_next_wound_s_form_begins_where_it_is_seen(qtbot: QtBot, dated: VisitPage) -> None:
    form = choose(dated, BWAT.key, PUSH.key, REVPWAT.key)
    keys(qtbot, "3221334321234" + "1012" + "22222222")
    assert form.rows[0].visibleRegion().isEmpty(), "scrolled down to the last item"
    assert form.next_lesion()
    assert form.rows[0].hasFocus()
    qtbot.waitUntil(lambda: not form.rows[0].visibleRegion().isEmpty())
    assert form.bedside.pain.accessibleName() == "Pain, 0 to 10"
    assert form.patient.pain.accessibleName() == "Pain in general, 0 to 10"


def test_an_incomplete_form_is_kept_and_shows_no_total(qtbot: QtBot, dated: VisitPage) -> None:
    form = choose(dated, PUSH.key)
    keys(qtbot, "82")
    saved(qtbot, dated)
    (kept,) = assessments(dated)
    assert scores_of(kept, PUSH) == (8, 2, None)
    assert form.panel.total.text() == "–"
    assert form.panel.band.text() == "1 item missing"
    assert "1 item of the form of A" in dated.foot.missing.text()
    lines = [text for text, _role in lesion_lines(dated.session.state, dated.form.lesion_id)]
    assert "PUSH not complete" in lines
    form.rows[2].setFocus()
    keys(qtbot, "3")
    lines = [text for text, _role in lesion_lines(dated.session.state, dated.form.lesion_id)]
    assert "PUSH 13 of 17" in lines


def test_what_is_answered_is_shown_though_it_is_no_longer_ticked(
    qtbot: QtBot, dated: VisitPage
) -> None:
    choose(dated, BWAT.key, PUSH.key)
    dated.form.rows[13].answer(4)
    form = choose(dated, BWAT.key)
    assert [each.instrument for each in form.column.shown] == [BWAT, PUSH]
    form.rows[13].answer(None)
    form.refresh()
    assert [each.instrument for each in form.column.shown] == [BWAT]


def test_without_any_instrument_the_bedside_is_left(dated: VisitPage) -> None:
    form = choose(dated)
    assert form.rows == []
    assert form.bedside.pain.hasFocus()
    assert not form.panel.isVisible()


def test_one_item_as_last_time_by_one_key(qtbot: QtBot, dated: VisitPage) -> None:
    form = choose(dated, BWAT.key)
    assert [row.value for row in form.rows] == [None] * 13, "nothing is carried over by itself"
    assert form.rows[1].previous == 3
    assert "10 Mar 2026" in form.column.forms[BWAT.key].last.text()
    form.rows[1].setFocus()
    keys(qtbot, "=2")
    assert scores_of(noted(dated), BWAT)[:4] == (None, 3, 2, None)
    assert form.rows[3].hasFocus()


def test_push_wants_head_to_toe_and_takes_no_other_size(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    form = choose(page, BWAT.key, PUSH.key)
    area = form.rows[13]
    assert form.rows[0].proposed == 2, "longest × widest is there"
    assert area.proposed is None
    assert "needs head to toe" in area.proposal_note
    photo = page.session.state.photo(cell[0])
    page.session.state.photos = [replace(photo, value=replace(photo.value, head_angle_deg=45.0))]
    form.refresh()
    # A square of 2 × 2 cm, seen along its diagonal, is 2.83 × 2.83 cm: 8.0 cm².
    assert area.proposed == 7
    assert "2.8 × 2.8 cm" in area.proposal_note
    area.setFocus()
    keys(qtbot, " ")
    kept = form_of(noted(page), PUSH)
    assert kept.scores[0] == 7
    assert kept.size_cm == pytest.approx((2.828, 2.828), abs=1e-3)
    area.answer(8)
    assert form_of(noted(page), PUSH).size_cm is None, "another score has another reason"
    for field, text in ((form.bedside.head_to_toe, "3.7"), (form.bedside.left_right, "3,1")):
        field.setFocus()
        keys(qtbot, text)
    form.refresh()
    assert (noted(page).head_to_toe_cm, noted(page).left_right_cm) == (3.7, 3.1)
    assert noted(page).length_cm is None
    assert area.proposed == 8, "the ruler on the patient goes before the photo"


def test_push_takes_over_from_bwat_what_has_one_answer_and_asks_the_rest(
    qtbot: QtBot, dated: VisitPage
) -> None:
    form = choose(dated, BWAT.key, PUSH.key)
    form.rows[0].setFocus()
    keys(qtbot, "3221554223234")
    form.refresh()
    exudate, tissue = form.rows[14:16]
    assert (exudate.proposed, tissue.proposed) == (None, 4), "moist only: none or light?"
    form.rows[7].answer(4)
    form.rows[4].answer(3)
    form.refresh()
    assert (exudate.proposed, tissue.proposed) == (2, None), "beneath slough there may be eschar"
    assert (exudate.value, tissue.value) == (None, None)


def test_a_closed_wound_is_proposed_as_0_throughout(dated: VisitPage) -> None:
    form = choose(dated, PUSH.key)
    form.bedside.closed.setChecked(True)
    form.refresh()
    assert noted(dated).size_method is SizeMethod.CLOSED
    assert [row.proposed for row in form.rows] == [0, 0, 0]


def test_revpwat_s_size_is_left_open_where_area_and_product_differ(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    scale_and_outline(qtbot, with_photo)
    row = choose(with_photo, REVPWAT.key).rows[0]
    # 4.0 cm² and 2.83 × 2.83 = 8.0 cm² both lie in 2 to 10.
    assert row.proposed == 2
    state = with_photo.session.state
    key = next(key for key in state.values if key[0] == "measurement")
    taken = state.values[key]
    small = replace(taken.measurement, area_cm2=1.9)
    state.values[key] = replace(taken, measurement=small)
    with_photo.form.refresh()
    assert row.proposed is None
    assert "leave it open" in row.proposal_note


def test_a_size_0_contradicts_an_outline_on_any_form(qtbot: QtBot, with_photo: VisitPage) -> None:
    scale_and_outline(qtbot, with_photo)
    choose(with_photo, PUSH.key).rows[0].answer(0)
    with_photo.show_step(Step.CONFIRM)
    texts = [label.text() for label in with_photo.confirm_step.findChildren(QLabel)]
    assert any("has size 0 on the form but an outline" in text for text in texts)


def test_the_two_scales_of_pain_are_kept_apart(qtbot: QtBot, dated: VisitPage) -> None:
    form = choose(dated, BWAT.key)
    assert not form.bedside.line.isVisibleTo(form)
    form = choose(dated, BWAT.key, PAIN_VAS)
    form.bedside.line.setFocus()
    keys(qtbot, "64")
    assert (noted(dated).pain_vas_mm, noted(dated).pain_nrs) == (64, None)
    form.bedside.pain.answer(7)
    assert (noted(dated).pain_vas_mm, noted(dated).pain_nrs) == (64, 7)
    form.bedside.line.setText("")
    form.bedside.line.setFocus()
    keys(qtbot, "101")
    assert not form.bedside.line.is_valid()
    assert noted(dated).pain_vas_mm is None, "neither 101 nor the 10 it began with"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_form_credits_its_authors_and_says_whose_translation_it_is(
    qtbot: QtBot, language: str
) -> None:
    words.set_language(language)
    for instrument in (BWAT, PUSH, REVPWAT):
        form = InstrumentForm(instrument)
        qtbot.addWidget(form)
        assert words._(instrument.credit) in form.about.text()
        own = words._(OWN_TRANSLATION) in form.about.text()
        assert own == (language == "fr")


def test_what_no_print_confirms_of_bwat_cua_is_said_beneath_its_answers(qtbot: QtBot) -> None:
    form = InstrumentForm(BWAT)
    qtbot.addWidget(form)
    said = form.about.text()
    assert "BWAT-CUA: Items 5 to 12" in said
    assert "hardness and granulation are not" in said
    assert "not confirmed, PMC8073812" in said
