"""The steps after the import: form by keyboard, drafts that outlive a crash, one confirmation."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit.findings import lesion_lines
from ui.pages.visit.scale_rows import TwoPointsRow
from ui.pages.visit.scale_ways import Way
from ui.pages.visit_page import VisitPage
from ui.photo_editor.tools import Tool
from ui.widgets.quantity import QuantityField
from woundtrack.outline.types import Outline
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    PhotoScale,
    SizeMethod,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import ScaleMethod

TODAY = dt.date(2026, 3, 17)
LAST_SCORES = (2, 3, 2, 1, 3, 3, 4, 3, 2, 1, 2, 3, 4)
SQUARE = Outline((((220.0, 140.0), (420.0, 140.0), (420.0, 340.0), (220.0, 340.0)),))
Open = Callable[..., VisitPage]


@pytest.fixture
def page(open_page: Open, ward: object) -> VisitPage:
    return open_page(ward.patient.id)  # type: ignore[attr-defined]


@pytest.fixture
def with_photo(
    qtbot: QtBot,
    page: VisitPage,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    ward: object,
) -> VisitPage:
    """A visit with one photo of lesion A."""
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos), timeout=20_000)
    qtbot.waitUntil(lambda: not page.desk.run.running)
    photo_id = page.session.state.photos[0].id
    page.session.set_lesion_in_photo(photo_id, ward.lesions[0].id, True)  # type: ignore[attr-defined]
    saved(qtbot, page)
    return page


def saved(qtbot: QtBot, page: VisitPage) -> None:
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=20_000)
    page.refresh()


def keys(qtbot: QtBot, text: str) -> None:
    """Type where the keyboard is."""
    for letter in text:
        target = QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if letter == "\n":
            qtbot.keyClick(target, Qt.Key.Key_Return)
        else:
            qtbot.keyClicks(target, letter)


def assessments(page: VisitPage, *, visit_id: int | None = None) -> list[Assessment]:
    visit_id = visit_id or page.session.state.visit.id
    found = page.session.clinic.read(lambda reader: reader.find(Assessment, visit_id=visit_id))
    return [each.value for each in found]


def two_points(qtbot: QtBot, page: VisitPage, photo_id: int) -> QuantityField:
    """Click two points in a photo; the field that asks for the mm between them."""
    page.show_step(Step.SCALE, photo_id)
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id), timeout=20_000)
    page.editor_step.editor.set_tool(Tool.TWO_POINTS)
    points = ((100.0, 400.0), (300.0, 400.0))
    page.editor_step.editor.points_chosen.emit(Tool.TWO_POINTS, points)
    row = page.editor_step.scale_panel.points[Tool.TWO_POINTS]
    assert isinstance(row, TwoPointsRow)
    return row.distance


def scale_and_outline(qtbot: QtBot, page: VisitPage) -> tuple[int, int]:
    """Give the photo a scale by two clicks, 10 px a mm, and its lesion a 2 × 2 cm square."""
    (cell,) = page.session.state.cells()
    field = two_points(qtbot, page, cell[0])
    field.setText("20")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.state.scale(cell[0]) is not None)
    page.session.set_outline(cell, SQUARE)
    saved(qtbot, page)
    return cell


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
    assert assessments(page)[0].bwat.scores[0] == 3


def test_thirteen_digits_fill_the_form_and_enter_goes_on(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    keys(qtbot, "3221334321234")
    first, second = (lesion.id for lesion in ward.lesions)  # type: ignore[attr-defined]
    assert page.session.state.assessment(first).bwat.scores == (
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
    assert page.session.state.assessment(page.form.lesion_id).bwat.scores[2] is None


def test_same_as_last_time_copies_the_form_but_not_pain_nor_size(
    qtbot: QtBot, page: VisitPage, ward: object
) -> None:
    page.session.set_date(TODAY)
    page.show_step(Step.FORM)
    assert "10 Mar 2026" in page.form.same.text()
    keys(qtbot, "=")
    copied = page.session.state.assessment(ward.lesions[0].id)  # type: ignore[attr-defined]
    assert copied.bwat.scores == LAST_SCORES
    assert copied.bwat.shape == "round"
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


def test_two_clicks_and_mm_make_the_scale_and_the_measurement(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    assert page.session.state.scale(cell[0]).method is ScaleMethod.TWO_POINTS
    measured = page.session.state.measurement(cell).measurement
    assert measured.area_cm2 == pytest.approx(4.0, rel=1e-6)
    stored = page.session.clinic.read(lambda reader: reader.find(LesionMeasurement))
    assert [each.value.confirmed for each in stored] == [False]
    page.show_step(Step.OUTLINE, cell[0])
    card = page.editor_step.measure_panel.card(cell[1])
    qtbot.waitUntil(lambda: card.area.text().startswith("4.0"))
    assert "two clicks" in page.editor_step.scale_panel.line.text()


def test_a_wrong_mm_is_refused_in_the_page(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    (cell,) = page.session.state.cells()
    qtbot.keyClick(two_points(qtbot, page, cell[0]), Qt.Key.Key_Return)
    assert page.editor_step.scale_panel.trial_error.text().endswith(".")
    assert page.session.state.scale(cell[0]) is None


def test_no_scale_on_purpose_is_kept_and_scored_as_not_measured(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    (cell,) = page.session.state.cells()
    page.show_step(Step.SCALE, cell[0])
    page.editor_step.scale_panel.ways.buttons[Way.NONE].click()
    page.session.set_outline(cell, SQUARE)
    saved(qtbot, page)
    assert not checks.report(page.session.state, Step.SCALE).missing
    scales = page.session.clinic.read(lambda reader: reader.find(PhotoScale))
    assert [each.value.scale for each in scales] == [None]
    page.session.confirm()
    qtbot.waitUntil(lambda: page.session.state.confirmed)
    (assessment,) = assessments(page)
    assert assessment.size_method is SizeMethod.NOT_MEASURED
    assert assessment.measurement_id is None


def test_taking_the_scale_away_takes_the_measurement_away(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    page.session.set_scale(cell[0], None)
    saved(qtbot, page)
    assert page.session.state.measurement(cell) is None
    assert not page.session.clinic.read(lambda reader: reader.find(LesionMeasurement))
    (assessment,) = assessments(page)
    assert assessment.size_method is SizeMethod.NOT_MEASURED


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
    assert state.assessment(cell[1]).bwat.scores[:3] == (2, 2, None)
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
    assert assessments(page)[0].bwat.scores[0] is None, "nothing is written before"
    page.confirm_step.reason.setText("typing slip")
    with qtbot.waitSignal(page.session.confirmed):
        page.confirm_step.button.click()
    after = page.session.state.stored["assessment", cell[1], 0]
    assert after.value.bwat.scores[0] == 4
    assert after.revision > before.revision
    assert after.reason == "typing slip"
    revisions = page.session.clinic.read(lambda reader: reader.revisions(Assessment, after.id))
    assert revisions[-2].value.bwat.scores[0] is None


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
    assert assessments(page)[0].bwat.scores[0] == 3


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


def test_closed_and_outlined_contradict_and_block(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    scale_and_outline(qtbot, page)
    page.show_step(Step.FORM)
    page.form.bedside.closed.setChecked(True)
    page.show_step(Step.CONFIRM)
    assert checks.contradictions(page.session.state)
    assert not page.confirm_step.button.isEnabled()


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


def test_what_is_missing_is_named_and_does_not_block(qtbot: QtBot, with_photo: VisitPage) -> None:
    page = with_photo
    page.show_step(Step.CONFIRM)
    reports = {step: checks.report(page.session.state, step) for step in Step}
    assert reports[Step.SCALE].missing == ("the scale of photo 1",)
    assert reports[Step.OUTLINE].missing == ("the outline of A in photo 1",)
    assert reports[Step.FORM].missing == ("13 items of the form of A",)
    assert page.confirm_step.button.isEnabled()


def test_the_surest_photo_counts_unless_a_person_chooses(
    qtbot: QtBot,
    with_photo: VisitPage,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    ward: object,
) -> None:
    page = with_photo
    first = scale_and_outline(qtbot, page)
    at = dt.datetime(2026, 3, 17, 9, 45)  # noqa: DTZ001
    page.import_files([camera("b.jpg", painted(at, seed=2))])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2, timeout=20_000)
    second = (page.session.state.photos[1].id, first[1])
    page.session.set_lesion_in_photo(*second, True)
    page.session.set_scale(second[0], page.session.state.scale(first[0]))
    big = Outline((((100.0, 60.0), (500.0, 60.0), (500.0, 420.0), (100.0, 420.0)),))
    page.session.set_outline(second, big)
    saved(qtbot, page)
    assert checks.counting_cell(page.session.state, first[1]) == second
    page.session.choose(first[1], first[0])
    saved(qtbot, page)
    (assessment,) = assessments(page)
    counting = page.session.state.stored["measurement", *first]
    assert assessment.measurement_id == counting.id


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
