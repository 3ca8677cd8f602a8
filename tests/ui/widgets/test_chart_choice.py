"""The chooser offers what was measured, shows it at once, and is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.histories import history_of
from tests.report.charts import day, lab
from ui.chart_view import ChartView
from ui.settings import Settings
from ui.widgets.chart_choice import ChartChooser, add_chooser
from woundtrack.records import PatientHistory
from woundtrack.report.chart_choice import USUAL, AreaScale, ChartChoice


@pytest.fixture
def history() -> PatientHistory:
    """Areas, scores and six laboratory series."""
    units = {"crp": "mg/L", "albumin": "g/L", "fibrinogen": "g/L", "pth": "pg/mL"}
    labs = [lab(i, day(i), key, 30.0, unit) for i, (key, unit) in enumerate(units.items(), 1)]
    labs.append(lab(9, day(9), "other", 3.0, "nmol/L", name="Vitamin K"))
    return replace(history_of([2.0, 1.5, 1.0], bwat=[40, 38, 30]), labs=tuple(labs))  # type: ignore[arg-type]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def view(qtbot: QtBot, history: PatientHistory, settings: Settings) -> ChartView:
    """A shown chart with its chooser."""
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.chooser = add_chooser(made, settings)  # type: ignore[attr-defined]
    made.set_history(history, 1)
    made.show()
    return made


@pytest.fixture
def chooser(view: ChartView) -> ChartChooser:
    found = view.findChild(ChartChooser)
    assert isinstance(found, ChartChooser)
    return found


def ticked(chooser: ChartChooser) -> list[str]:
    return [key for key, box in chooser.sheet.boxes.items() if box.isChecked()]


def test_what_was_measured_is_offered_and_the_usual_ticked(chooser: ChartChooser) -> None:
    assert ticked(chooser) == ["area", "bwat"]
    assert "lab:crp" in chooser.sheet.boxes
    assert "push" not in chooser.sheet.boxes


def test_a_tick_is_shown_at_once_and_remembered(
    view: ChartView, chooser: ChartChooser, settings: Settings
) -> None:
    chooser.sheet.boxes["lab:crp"].click()
    chart = view.chart()
    assert chart is not None
    assert any("C-reactive protein" in label.text for label in chart.labels)
    assert settings.chart_choice.series == (*USUAL.series, "lab:crp")


def test_the_axis_of_the_area_is_chosen_beside_it(
    view: ChartView, chooser: ChartChooser, settings: Settings
) -> None:
    chooser.scale.setCurrentIndex(2)
    assert view.choice().area_scale is AreaScale.PERCENT
    assert settings.chart_choice.area_scale is AreaScale.PERCENT
    chooser.sheet.boxes["area"].click()
    assert not chooser.scale.isVisibleTo(chooser)


def test_no_more_than_can_be_shown_is_offered_and_this_is_said(chooser: ChartChooser) -> None:
    for key in ("pain_nrs", "lab:crp", "lab:albumin"):
        chooser.sheet.boxes[key].click()
    assert not chooser.sheet.boxes["lab:pth"].isEnabled()
    assert chooser.sheet.boxes["bwat_cua"].isEnabled()
    assert chooser.sheet.full.isVisibleTo(chooser.sheet)
    chooser.sheet.boxes["lab:crp"].click()
    assert chooser.sheet.boxes["lab:pth"].isEnabled()


def test_series_that_this_patient_does_not_have_stay_chosen(
    view: ChartView, chooser: ChartChooser, settings: Settings
) -> None:
    chooser.sheet.boxes["lab:crp"].click()
    view.set_history(history_of([2.0, 1.0]), 1)
    assert ticked(chooser) == ["area"]
    chooser.sheet.boxes["pain_nrs"].click()
    assert "lab:crp" in settings.chart_choice.series


def test_a_value_that_the_clinic_named_is_not_written_to_the_settings(
    chooser: ChartChooser, settings: Settings
) -> None:
    (own,) = [key for key in chooser.sheet.boxes if "vitamin k" in key]
    chooser.sheet.boxes[own].click()
    assert own in chooser.choice().series
    assert own not in settings.chart_choice.series


@pytest.mark.parametrize(("series", "scale"), [("", ""), ("area,nonsense", "cubic")])
def test_settings_of_another_version_are_no_harm(
    settings: Settings, series: str, scale: str
) -> None:
    settings._store.setValue("view/chart_series", series)
    settings._store.setValue("view/chart_area", scale)
    assert settings.chart_choice.area_scale is AreaScale.LINEAR
    assert "area" in settings.chart_choice.series


def test_the_sheet_is_reached_and_left_by_keys(
    qtbot: QtBot, view: ChartView, chooser: ChartChooser
) -> None:
    qtbot.waitUntil(chooser.button.isVisible)
    chooser.button.setFocus()
    qtbot.keyClick(chooser.button, Qt.Key.Key_Space)
    qtbot.waitUntil(chooser.sheet.isVisible)
    first = chooser.sheet.boxes["area"]
    qtbot.waitUntil(lambda: chooser.sheet.focusWidget() is first)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert chooser.sheet.focusWidget() is chooser.sheet.boxes["bwat"]
    qtbot.keyClick(chooser.sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not chooser.sheet.isVisible())
    assert QApplication.activePopupWidget() is None


def test_without_anything_to_choose_there_is_no_chooser(
    view: ChartView, chooser: ChartChooser
) -> None:
    view.set_history(history_of([]), None)
    assert not chooser.isVisibleTo(view)
    assert ChartChooser(choice=ChartChoice(("bwat",))).choice().series == ("bwat",)
