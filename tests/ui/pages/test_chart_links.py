"""What the patient's chart shows is opened from it, by a click or by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, TODAY, Ward
from tests.ui.windows import dialogs, open_patient, settled
from ui.chart_canvas import MARGIN_PX
from ui.chart_view import ChartView
from ui.main_window import MainWindow
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.records import TherapyCourse
from woundtrack.report.chart_choice import ChartChoice
from woundtrack.report.chart_hits import Opens
from woundtrack.store.clinic import Clinic
from woundtrack.therapy.types import TherapySession


@pytest.fixture
def chart(qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward) -> ChartView:
    """The chart of a patient with a course, a session, an event, a result and an analgesic."""
    who = ward.patient.id

    def act(writer: Any) -> None:
        course = writer.add(TherapyCourse(who, "sts_iv", "", LAST_WEEK, dose=25.0, unit="g"))
        writer.add(TherapySession(course.id, TODAY, 25.0, "g", 60.0))
        writer.add(ClinicalEvent(who, EventKind.BIOPSY, LAST_WEEK, finding="confirmed"))
        writer.add(LabResult(who, LAST_WEEK, "crp", 60.0, "mg/L"))
        writer.add(AnalgesicUse(who, "paracetamol", LAST_WEEK))

    clinic.write(act)
    open_patient(qtbot, window, who)
    settled(qtbot, window)
    found: ChartView = window.workspace.patient_page.chart
    found.set_choice(ChartChoice(("area", "lab:crp", "ome")))
    return found


def point_at(qtbot: QtBot, chart: ChartView, opens: Opens) -> None:
    """Click the first thing of this kind."""
    shown = chart.chart()
    assert shown is not None
    spot = next(spot for spot in shown.spots if spot.hit.opens is opens)
    place = QPoint(round(spot.x) + MARGIN_PX, round(spot.y) + MARGIN_PX)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize(
    ("opens", "name"),
    [
        (Opens.COURSE, "TherapyDialog"),
        (Opens.SESSIONS, "SessionsDialog"),
        (Opens.EVENT, "EventDialog"),
        (Opens.LABS, "LabsDialog"),
    ],
)
def test_a_click_opens_the_dialog_of_what_lies_there(
    qtbot: QtBot, chart: ChartView, opens: Opens, name: str
) -> None:
    point_at(qtbot, chart, opens)
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert type(dialogs()[0]).__name__ == name


def test_analgesics_turn_to_their_list(qtbot: QtBot, window: MainWindow, chart: ChartView) -> None:
    point_at(qtbot, chart, Opens.ANALGESICS)
    card = window.workspace.patient_page.healing
    qtbot.waitUntil(card.analgesics.isVisible)
    assert dialogs() == []


def test_a_visit_opens_by_keys(qtbot: QtBot, window: MainWindow, chart: ChartView) -> None:
    qtbot.waitUntil(chart.isVisible)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.on_visit)
    settled(qtbot, window)
    assert dialogs() == []


@pytest.mark.parametrize(
    ("opens", "face"),
    [
        (Opens.EVENT, lambda card: card.events),
        (Opens.LABS, lambda card: card.labs),
    ],
)
def test_where_nothing_may_be_written_the_lists_are_shown(
    qtbot: QtBot,
    window: MainWindow,
    chart: ChartView,
    monkeypatch: pytest.MonkeyPatch,
    opens: Opens,
    face: Callable[[Any], Any],
) -> None:
    monkeypatch.setattr(window.workspace.clinic, "read_only", True)
    point_at(qtbot, chart, opens)
    card = window.workspace.patient_page.healing
    qtbot.waitUntil(face(card).isVisible)
    assert dialogs() == []


def test_the_report_shows_what_the_screen_shows(
    qtbot: QtBot, window: MainWindow, chart: ChartView
) -> None:
    chosen = chart.choice()
    window.run("report")
    qtbot.waitUntil(lambda: bool(dialogs()))
    report = dialogs()[0]
    qtbot.waitUntil(lambda: bool(report.pdf()))
    assert report.options().chart == chosen
    report.form.chart.sheet.boxes["lab:crp"].click()
    assert "lab:crp" not in report.options().chart.series
    qtbot.waitUntil(lambda: bool(report.pdf()))
    settled(qtbot, window)
    assert chart.choice() == chosen
