"""What is asked of the patient, pain in general and quality of life: kept with the visit."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import TODAY, choose, keys, saved
from ui.pages.visit.checks import Step
from ui.pages.visit.findings import patient_lines
from ui.pages.visit.instrument_choice import PAIN_VAS, WOUND_QOL
from ui.pages.visit_page import VisitPage
from woundtrack.errors import StoreError
from woundtrack.instruments.bwat import BWAT
from woundtrack.records import Stored, Visit, WoundQol


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
