"""Instruments beside the Bates-Jensen form: chosen once, drawn by one form, proposed, kept."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import TODAY, assessments, keys, saved, scale_and_outline
from ui.pages.visit.checks import Step
from ui.pages.visit.findings import lesion_lines, patient_lines
from ui.pages.visit.form_step import FormStep
from ui.pages.visit.instrument_choice import PAIN_VAS, REMEMBERED, WOUND_QOL, InstrumentChoice
from ui.pages.visit.instrument_form import OWN_TRANSLATION, InstrumentForm
from ui.pages.visit_page import VisitPage
from ui.settings import Settings
from woundtrack import words
from woundtrack.errors import StoreError
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.instruments.forms import form_of, scores_of, total_of
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.records import Assessment, SizeMethod, Stored, Visit, WoundQol


def choose(page: VisitPage, *keys_: str) -> FormStep:
    """The form with these instruments ticked and no others."""
    for key, action in page.form.choice.actions_by_key.items():
        action.setChecked(key in keys_)
    page.show_step(Step.FORM)
    return page.form


def noted(page: VisitPage) -> Assessment:
    return page.session.state.assessment(page.form.lesion_id)


@pytest.fixture
def dated(page: VisitPage) -> VisitPage:
    """A new visit of today."""
    page.session.set_date(TODAY)
    return page


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


def test_what_is_asked_of_the_patient_is_kept_with_the_visit(
    qtbot: QtBot, dated: VisitPage
) -> None:
    form = choose(dated, PAIN_VAS, WOUND_QOL)
    form.patient.pain.answer(6)
    form.patient.line.setFocus()
    keys(qtbot, "58")
    form.patient.items.set_value("14")
    form.patient.mean.setFocus()
    keys(qtbot, "2.25")

    def kept() -> Visit | None:
        visit = dated.session.state.visit
        if visit is None:
            return None
        return dated.session.clinic.read(lambda reader: reader.get(Visit, visit.id)).value

    assert kept() is None, "half a number is no revision"
    qtbot.waitUntil(lambda: bool(kept() and kept().wound_qol == WoundQol(14, 2.25)))
    visit_id = dated.session.state.visit.id
    revisions = dated.session.clinic.read(lambda reader: reader.revisions(Visit, visit_id))
    assert len(revisions) <= 2, "made, and answered"
    assert (kept().general_pain_nrs, kept().general_pain_vas_mm) == (6, 58)
    qtbot.waitUntil(lambda: dated.session.state.visit.value == kept())
    assert patient_lines(dated.session.state) == [
        "General pain, 0 to 10 · 6",
        "General pain, 0 to 100 mm · 58",
        "Wound-QoL · 2.25 (14 questions)",
    ], "read once more before it is confirmed"
    form.patient.mean.setText("")
    form.patient.mean.setFocus()
    keys(qtbot, "4.5")
    assert not form.patient.mean.is_valid()


def test_answers_given_just_before_leaving_go_to_the_visit_they_were_given_at(
    qtbot: QtBot, dated: VisitPage, ward: Ward
) -> None:
    form = choose(dated, BWAT.key)
    form.patient.pain.answer(6)
    dated.open_visit(ward.other.id, None, on=TODAY)
    qtbot.waitUntil(lambda: dated.session.state is not None)
    dated.show_step(Step.FORM)

    def visits(patient_id: int) -> list[Visit]:
        found = dated.session.clinic.read(lambda r: r.find(Visit, patient_id=patient_id))
        return [each.value for each in found if each.value.on == TODAY]

    qtbot.waitUntil(lambda: [each.general_pain_nrs for each in visits(ward.patient.id)] == [6])
    form.refresh()
    assert form.patient.pain.value is None
    assert visits(ward.other.id) == []


def test_answers_that_could_not_be_kept_stay_on_the_page_and_are_kept_later(
    qtbot: QtBot, dated: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, clinic = choose(dated, BWAT.key), dated.session.clinic
    write = clinic.write

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise StoreError("store.in_use", writer="Ward 2")

    monkeypatch.setattr(clinic, "write", refuse)
    with qtbot.waitSignal(dated.session.failed):
        form.patient.pain.answer(6)
    form.refresh()
    assert form.patient.pain.value == 6
    monkeypatch.setattr(clinic, "write", write)
    form.patient.line.setText("58")
    form.patient.line.textEdited.emit("58")

    def stored() -> Visit | None:
        visit = dated.session.state.visit
        return visit.value if visit else None

    qtbot.waitUntil(lambda: bool(stored() and stored().general_pain_vas_mm == 58))
    assert stored().general_pain_nrs == 6


@pytest.fixture
def corrected(qtbot: QtBot, dated: VisitPage) -> VisitPage:
    """A confirmed visit with pain 6 in general, of which a correction says 4."""
    form = choose(dated, BWAT.key)
    form.rows[0].answer(3)
    form.patient.pain.answer(6)
    saved(qtbot, dated)
    qtbot.waitUntil(lambda: dated.session.state.visit.value.general_pain_nrs == 6)
    with qtbot.waitSignal(dated.session.confirmed):
        dated.session.confirm()
    qtbot.waitUntil(lambda: not form.patient.isEnabled())
    dated.session.start_correction()
    qtbot.waitUntil(form.patient.isEnabled)
    form.patient.pain.answer(4)
    visit_id = dated.session.state.visit.id
    qtbot.waitUntil(lambda: dated.session.clinic.read(lambda r: r.correction(visit_id)) is not None)
    return dated


def visit_in_store(page: VisitPage) -> Stored[Visit]:
    visit_id = page.session.state.visit.id
    return page.session.clinic.read(lambda reader: reader.get(Visit, visit_id))


def test_a_confirmed_visit_s_answers_are_corrected_when_the_correction_is_confirmed(
    qtbot: QtBot, corrected: VisitPage
) -> None:
    page = corrected
    assert visit_in_store(page).value.general_pain_nrs == 6
    assert page.form.patient.pain.value == 4
    with qtbot.waitSignal(page.session.confirmed):
        page.session.confirm(reason="Misheard")
    latest = visit_in_store(page)
    assert (latest.value.general_pain_nrs, latest.reason) == (4, "Misheard")
    assert page.session.state.visit == latest
    page.form.refresh()
    assert page.form.patient.pain.value == 4


def test_a_discarded_correction_takes_the_patient_s_answers_back(
    qtbot: QtBot, corrected: VisitPage
) -> None:
    page, before = corrected, visit_in_store(corrected)
    page.close_visit()
    page.correction.discard.click()
    qtbot.waitUntil(lambda: bool(page.session.state and not page.session.state.correcting))
    page.form.refresh()
    assert page.form.patient.pain.value == 6
    assert visit_in_store(page) == before


def test_corrected_answers_wait_in_the_store_to_be_confirmed(
    qtbot: QtBot, corrected: VisitPage, ward: Ward
) -> None:
    page, visit_id = corrected, corrected.session.state.visit.id
    page.close_visit()
    page.correction.leave.click()
    page.open_visit(ward.patient.id, visit_id)
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.correcting))
    page.form.refresh()
    assert page.form.patient.pain.value == 4
    assert visit_in_store(page).value.general_pain_nrs == 6


def test_without_a_date_the_patient_is_not_asked(page: VisitPage) -> None:
    form = choose(page, BWAT.key)
    assert not form.patient.isEnabled()


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
