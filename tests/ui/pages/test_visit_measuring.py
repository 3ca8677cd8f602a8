"""From a scale and an outline to the measurement that counts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import (
    SQUARE,
    assessments,
    saved,
    scale_and_outline,
    two_points,
)
from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit.scale_ways import Way
from ui.pages.visit_page import VisitPage
from woundtrack.outline.edit import move_points
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.pipeline import measured as measured_in
from woundtrack.records import (
    LesionMeasurement,
    PhotoOutline,
    PhotoScale,
    SizeMethod,
)
from woundtrack.scale.types import ScaleMethod


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


def test_the_areas_doubt_is_the_networks_until_a_person_changes_the_outline(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page = with_photo
    cell = scale_and_outline(qtbot, page)
    sure = replace(page.session.state.scale(cell[0]), relative_sd=0.0, shifts=())
    page.session.set_scale(cell[0], sure)
    told = Outline(SQUARE.rings, OutlineSource.MODEL, "network 0123", 0.09)
    page.session.set_outline(cell, told, by_person=False)
    saved(qtbot, page)
    clinic = page.session.clinic
    (kept,) = clinic.read(lambda reader: reader.find(PhotoOutline))
    assert kept.value.outline == told
    (stored,) = clinic.read(lambda reader: reader.find(LesionMeasurement))
    measured = stored.value.measurement
    assert measured.area_cm2_sd / measured.area_cm2 == pytest.approx(0.09)

    page.session.set_outline(cell, move_points(told, ring=0, indices={0}, by_px=(1.0, 0.0)))
    saved(qtbot, page)
    (stored,) = clinic.read(lambda reader: reader.find(LesionMeasurement))
    pixels = page.session.pixels.get(cell[0])
    edited = page.session.state.outline(cell)
    wanted = measured_in(pixels, edited, sure).area_cm2_sd
    assert edited.relative_area_sd is None
    assert stored.value.measurement.area_cm2_sd == pytest.approx(wanted)


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
    page.session.set_outline(second, replace(SQUARE, relative_area_sd=1e-3))
    saved(qtbot, page)
    assert checks.counting_cell(page.session.state, first[1]) == second
    page.session.choose(first[1], first[0])
    saved(qtbot, page)
    (assessment,) = assessments(page)
    counting = page.session.state.stored["measurement", *first]
    assert assessment.measurement_id == counting.id
