"""A correction of a confirmed visit outlives a crash, and is in no chart until it is confirmed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.healing.series import series_of
from woundtrack.outline.types import Outline
from woundtrack.records import Assessment, LesionMeasurement, PatientHistory
from woundtrack.scale.manual import from_two_points
from woundtrack.store.types import PendingCorrection

TODAY = dt.date(2026, 3, 17)
SQUARE = Outline((((220.0, 140.0), (420.0, 140.0), (420.0, 340.0), (220.0, 340.0)),))
LARGER = Outline((((200.0, 120.0), (440.0, 120.0), (440.0, 360.0), (200.0, 360.0)),))
Open = Callable[..., VisitPage]


@pytest.fixture
def confirmed(
    qtbot: QtBot,
    open_page: Open,
    ward: object,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
) -> VisitPage:
    """A confirmed visit: lesion A measured 4 cm² in one photo, pain 5."""
    page = open_page(ward.patient.id)  # type: ignore[attr-defined]
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos), timeout=20_000)
    qtbot.waitUntil(lambda: not page.desk.run.running)
    session = page.session
    cell = (session.state.photos[0].id, lesion_id)
    session.set_lesion_in_photo(*cell, True)
    session.set_scale(
        cell[0],
        from_two_points(
            (100.0, 400.0),
            (300.0, 400.0),
            distance_mm=20.0,
            photo=session.state.photos[0].value.photo,
        ),
    )
    session.set_outline(cell, SQUARE)
    session.set_assessment(lesion_id, replace(session.state.assessment(lesion_id), pain_nrs=5))
    settled(qtbot, page)
    session.confirm()
    qtbot.waitUntil(lambda: session.state.confirmed)
    return page


def settled(qtbot: QtBot, page: VisitPage) -> None:
    """Whatever is to be written is written."""
    flushed: list[int] = []
    page.flush(lambda: flushed.append(1))
    qtbot.waitUntil(lambda: bool(flushed), timeout=20_000)


def correct(page: VisitPage, lesion_id: int) -> tuple[int, int]:
    """Correct pain to 8 and the outline to 5.76 cm²; confirm nothing."""
    session = page.session
    session.start_correction()
    cell = (session.state.photos[0].id, lesion_id)
    session.set_outline(cell, LARGER)
    session.set_assessment(lesion_id, replace(session.state.assessment(lesion_id), pain_nrs=8))
    return cell


def history(page: VisitPage) -> PatientHistory:
    patient_id = page.session.state.patient.id
    return page.session.clinic.read(lambda reader: reader.history(patient_id))


def kept(page: VisitPage, visit_id: int) -> PendingCorrection | None:
    return page.session.clinic.read(lambda reader: reader.correction(visit_id))


def test_after_a_crash_the_correction_is_there_again_and_no_chart_has_seen_it(
    qtbot: QtBot, confirmed: VisitPage, open_page: Open, ward: object
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    before = series_of(history(confirmed), lesion_id=lesion_id)
    cell = correct(confirmed, lesion_id)
    visit_id = confirmed.session.state.visit.id
    qtbot.waitUntil(lambda: kept(confirmed, visit_id) is not None, timeout=10_000)
    settled(qtbot, confirmed)
    assert series_of(history(confirmed), lesion_id=lesion_id) == before

    # Nobody confirmed, nobody left the page: another process opens the visit after the crash.
    again = open_page(ward.patient.id, visit_id)  # type: ignore[attr-defined]
    state = again.session.state
    assert state.correcting
    assert state.outline(cell) == LARGER
    assert state.assessment(lesion_id).pain_nrs == 8
    assert again.correction.isVisible()
    assert "Anne Roy" in again.correction.label.text()
    qtbot.waitUntil(
        lambda: state.measurement(cell).measurement.area_cm2 == pytest.approx(5.76, abs=0.01)
    )

    again.show_step(Step.CONFIRM)
    again.confirm_step.reason.setText("edge seen better")
    with qtbot.waitSignal(again.session.confirmed):
        again.confirm_step.button.click()
    assert kept(again, visit_id) is None
    assert not again.correction.isVisible()
    (_first, point) = series_of(history(again), lesion_id=lesion_id).points
    assert point.area_cm2 == pytest.approx(5.76, abs=0.01)
    assert point.pain_nrs == 8


def test_a_discarded_correction_is_gone_from_the_store_too(
    qtbot: QtBot, confirmed: VisitPage, open_page: Open, ward: object
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    cell = correct(confirmed, lesion_id)
    visit_id = confirmed.session.state.visit.id
    confirmed.close_visit()
    assert confirmed.correction.isVisible()
    confirmed.correction.discard.click()
    qtbot.waitUntil(
        lambda: bool(confirmed.session.state and not confirmed.session.state.correcting)
    )
    qtbot.waitUntil(lambda: kept(confirmed, visit_id) is None)
    settled(qtbot, confirmed)
    assert kept(confirmed, visit_id) is None
    assert open_page(ward.patient.id, visit_id).session.state.outline(cell) == SQUARE  # type: ignore[attr-defined]


def test_a_correction_may_be_left_for_later(
    qtbot: QtBot, confirmed: VisitPage, open_page: Open, ward: object
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    correct(confirmed, lesion_id)
    visit_id = confirmed.session.state.visit.id
    confirmed.close_visit()
    with qtbot.waitSignal(confirmed.closed):
        confirmed.correction.leave.click()
    assert kept(confirmed, visit_id) is not None
    again = open_page(ward.patient.id, visit_id)  # type: ignore[attr-defined]
    assert again.session.state.assessment(lesion_id).pain_nrs == 8


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(
    qtbot: QtBot, confirmed: VisitPage, open_page: Open, ward: object
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    cell = correct(confirmed, lesion_id)
    state = confirmed.session.state
    settled(qtbot, confirmed)
    stored = state.stored["assessment", lesion_id, 0]
    confirmed.session.clinic.write(
        lambda w: w.revise(stored, replace(stored.value, pain_nrs=2), reason="from the paper")
    )
    again = open_page(ward.patient.id, state.visit.id)  # type: ignore[attr-defined]
    assert again.session.state.assessment(lesion_id).pain_nrs == 2
    assert again.session.state.outline(cell) == LARGER
    assert "left out" in again.correction.label.text()


def test_a_corrected_outline_is_a_new_revision_of_the_assessment_too(
    qtbot: QtBot, confirmed: VisitPage, ward: object
) -> None:
    """The report prints the assessment's revision: it must not stand still when the area moves."""
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    session = confirmed.session
    cell = (session.state.photos[0].id, lesion_id)
    before = session.state.stored["assessment", lesion_id, 0]
    session.start_correction()
    session.set_outline(cell, LARGER)
    settled(qtbot, confirmed)
    with qtbot.waitSignal(session.confirmed):
        session.confirm(reason="edge seen better")
    after = session.state.stored["assessment", lesion_id, 0]
    assert after.revision == before.revision + 1
    measured = session.clinic.read(
        lambda r: r.revisions(LesionMeasurement, after.value.measurement_id)
    )
    assert after.value.measurement_revision == measured[-1].revision
    older = session.clinic.read(lambda r: r.revisions(Assessment, after.id))[-2]
    was = {one.revision: one for one in measured}[older.value.measurement_revision]
    assert was.value.measurement.area_cm2 == pytest.approx(4.0, abs=0.01)


def test_a_photo_added_to_a_confirmed_day_names_the_way_to_measure_it(
    qtbot: QtBot,
    confirmed: VisitPage,
    open_page: Open,
    ward: object,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
) -> None:
    lesion_id = ward.lesions[0].id  # type: ignore[attr-defined]
    day = confirmed.session.state.on
    page = open_page(ward.patient.id)  # type: ignore[attr-defined]
    page.session.state.on = day  # as a photo of that day says
    page.import_files([camera("late.jpg", painted(seed=7))])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2)
    qtbot.waitUntil(lambda: not page.desk.run.running)
    state = page.session.state
    assert state.locked
    late = next(photo.id for photo in state.photos if not state.cells(photo.id))
    qtbot.waitUntil(lambda: "Correct…" in page.photos.hint.text())
    step = page.editor_step
    for mode in (Step.SCALE, Step.OUTLINE):
        page.show_step(mode, late)
        qtbot.waitUntil(lambda: step.shows(late))
        assert "Correct…" in step.remark.text()
        assert step.remark.isVisible()
        assert not step.scale_panel.check.isVisible(), "it would invite to set a scale"
    page.show_step(Step.OUTLINE, state.photos[0].id)
    qtbot.waitUntil(lambda: step.shows(state.photos[0].id))
    assert not step.remark.isVisible(), "this one is measured"
    page.session.start_correction()
    page.show_step(Step.OUTLINE, late)
    qtbot.waitUntil(lambda: not step.remark.isVisible())
    page.session.set_lesion_in_photo(late, lesion_id, True)
    qtbot.waitUntil(lambda: step.measure_panel.card(lesion_id) is not None)
    assert not page.photos.hint.text()
