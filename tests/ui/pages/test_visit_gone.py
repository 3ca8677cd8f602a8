"""A visit that is deleted or moved under the chart: the click says so, nothing new is begun."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import open_patient, settled
from ui.chart_view import ChartView
from ui.main_window import MainWindow
from woundtrack.records import Visit
from woundtrack.report.chart_hits import Opens
from woundtrack.store.clinic import Clinic, Writer

Act = Callable[[Writer, int, int], object]


def deleted(writer: Writer, visit_id: int, _other_id: int) -> object:
    return writer.delete(Visit, visit_id)


def moved(writer: Writer, visit_id: int, other_id: int) -> object:
    return writer.move_visit(visit_id, other_id)


@pytest.mark.parametrize("act", [deleted, moved])
def test_a_visit_gone_under_the_chart_is_said_and_the_chart_read_again(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, act: Act
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    page = window.workspace.patient_page
    (visit,) = page.view.history.visits  # type: ignore[union-attr]
    chart: ChartView = page.chart
    assert any(spot.hit.opens is Opens.VISIT for spot in chart.chart().spots)  # type: ignore[union-attr]
    clinic.write(lambda w: act(w, visit.id, ward.other.id))

    with qtbot.waitSignal(page.loaded):
        page.visit_requested.emit(visit.id)
    settled(qtbot, window)
    assert not window.workspace.on_visit
    assert "not in the clinic any more" in window.workspace.message.label.text()
    assert page.view.history.visits == ()  # type: ignore[union-attr]
    assert not any(spot.hit.opens is Opens.VISIT for spot in chart.chart().spots)  # type: ignore[union-attr]


def test_undoing_the_deletion_puts_the_visit_back_into_the_chart(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    page, acts = window.workspace.patient_page, window.workspace.acts
    (visit,) = page.view.history.visits  # type: ignore[union-attr]
    with qtbot.waitSignal(page.loaded):
        acts.do(lambda w: w.delete(Visit, visit.id), text="visit to the bin")
    assert page.view.history.visits == ()  # type: ignore[union-attr]
    with qtbot.waitSignal(page.loaded):
        acts.undo()
    assert [each.id for each in page.view.history.visits] == [visit.id]  # type: ignore[union-attr]
    assert any(spot.hit.opens is Opens.VISIT for spot in page.chart.chart().spots)  # type: ignore[union-attr]
