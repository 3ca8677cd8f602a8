"""The patient page tells in the background how the chosen lesion healed by therapy."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QToolTip
from pytestqt.qtbot import QtBot

from tests.histories import FIRST_ON, history_of, second_lesion, stored
from ui import theme
from ui.background import Background
from ui.models.patient_view import view_of
from ui.pages.patient_page import PatientPage
from ui.settings import Settings
from ui.widgets.healing_panel import HealingPanel
from ui.widgets.phase_table import DIFFERENCE, RATE
from woundtrack.healing.by_therapy import REMINDER
from woundtrack.records import PatientHistory, TherapyCourse
from woundtrack.report import healing_text as model
from woundtrack.store.clinic import Clinic
from woundtrack.therapy.catalogue import OTHER

COURSE = TherapyCourse(1, OTHER, "Rheopheresis", FIRST_ON + dt.timedelta(weeks=3))


def history(*courses: TherapyCourse) -> PatientHistory:
    """Lesion A at eight weekly visits, lesion B at the first two of them."""
    made = second_lesion(history_of([2.6, 2.5, 2.55, 2.2, 2.0, 1.9, 1.6, 1.5]), [1.0, 0.9])
    return replace(made, courses=tuple(stored(each, n) for n, each in enumerate(courses, 1)))


@pytest.fixture
def page(
    qtbot: QtBot, clinic: Clinic, background: Background, tmp_path: object
) -> Iterator[PatientPage]:
    settings = Settings(tmp_path / "settings.ini")  # type: ignore[operator]
    made = PatientPage(clinic, background, settings=settings)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not background.is_busy())


@pytest.fixture
def panel(qtbot: QtBot, page: PatientPage) -> HealingPanel:
    """That of lesion A under one therapy, looked at."""
    page.show_view(view_of(history(COURSE)), lesion_id=1)
    page.healing.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.healing.by_therapy.shown is not None)
    return page.healing.by_therapy


def texts(panel: HealingPanel, row: int) -> list[str]:
    items = [panel.table.item(row, column) for column in range(panel.table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_nothing_is_worked_out_before_it_is_looked_at(
    qtbot: QtBot, page: PatientPage, background: Background
) -> None:
    page.show_view(view_of(history(COURSE)), lesion_id=1)
    qtbot.waitUntil(lambda: not background.is_busy())
    assert page.chart.isVisible()
    assert page.healing.by_therapy.shown is None


def test_the_tab_is_reached_by_keys_and_shows_phases_and_the_reminder(
    qtbot: QtBot, page: PatientPage
) -> None:
    page.show_view(view_of(history(COURSE)), lesion_id=1)
    assert page.healing.tabs.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(page.healing.tabs, Qt.Key.Key_Right)
    panel = page.healing.by_therapy
    assert panel.isVisible()
    assert not page.chart.isVisible()
    assert panel.say.text() == "Working it out…"
    qtbot.waitUntil(lambda: panel.table.isVisible())
    assert [texts(panel, row)[0] for row in range(4)] == [
        "Rheopheresis", "Before", "During", "After",
    ]  # fmt: skip
    assert texts(panel, 1)[1] == "21 days, 4 visits\n3 Mar 2026 to 24 Mar 2026"
    assert panel.caution.isVisible()
    assert panel.caution.label.text() == REMINDER
    assert not panel.say.isVisible()
    assert not page.no_photos.isVisible()
    assert not page.strip.isVisible()
    qtbot.keyClick(page.healing.tabs, Qt.Key.Key_Left)
    assert page.chart.isVisible()
    assert page.no_photos.isVisible() or page.strip.isVisible()
    assert not panel.caution.isVisible()


def test_the_reminder_does_not_scroll_away(panel: HealingPanel) -> None:
    assert not panel.isAncestorOf(panel.caution)
    above = panel.visibleRegion().boundingRect()
    assert panel.caution.mapTo(panel.window(), panel.caution.rect().topLeft()).y() >= (
        panel.mapTo(panel.window(), above.bottomLeft()).y()
    )


def test_a_screen_reader_hears_therapy_phase_and_column_of_each_figure(
    panel: HealingPanel,
) -> None:
    item = panel.table.item(2, DIFFERENCE)
    said = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Rheopheresis, During, Against before (95 % interval): ")
    assert "times what the rate before" in item.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert panel.table.accessibleName() == "Healing by therapy"
    cell = panel.figures.itemAt(0).widget()
    assert cell.accessibleName().startswith("Rate over all visits: ")
    assert cell.accessibleDescription().startswith("ln area: ")
    assert cell.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_arrows_show_what_a_figure_rests_on(qtbot: QtBot, panel: HealingPanel) -> None:
    panel.activateWindow()
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    panel.table.setCurrentCell(2, RATE - 1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    assert QToolTip.text() == panel.table.item(2, RATE).toolTip()
    qtbot.keyClick(panel.table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not panel.table


@pytest.mark.parametrize("width", [560, 760, 1000, 1400])
def test_no_figure_is_cut_however_narrow_the_page_is(
    qtbot: QtBot, page: PatientPage, panel: HealingPanel, width: int
) -> None:
    whole_at(qtbot, page, panel, width)
    assert panel.table.rowCount() > 2


def whole_at(qtbot: QtBot, page: PatientPage, panel: HealingPanel, width: int) -> None:
    """All figures of a page so wide are seen whole; what never is, is told."""
    page.resize(width, 760)
    qtbot.waitUntil(lambda: page.width() == max(width, page.minimumSizeHint().width()))
    table, row = panel.table, 2
    frame = table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, table) + 1
    padding = 6

    def fits() -> None:
        for column, text in enumerate(texts(panel, row)):
            widest = max(table.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
            assert table.columnWidth(column) >= widest + 2 * (frame + padding)
        for number in range(panel.figures.count()):
            assert panel.figures.itemAt(number).geometry().right() < panel.width()
        assert panel.visibleRegion().boundingRect().width() == panel.width()
        rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
        assert table.viewport().height() >= rows

    qtbot.waitUntil(fits)  # columns follow the letters, height the width a moment later


def test_another_lesion_clears_what_was_told_and_is_told_itself(
    qtbot: QtBot, page: PatientPage, panel: HealingPanel
) -> None:
    page.choose_lesion(2)
    assert panel.shown is None
    assert panel.table.rowCount() == 0
    assert not panel.caution.isVisible()
    qtbot.waitUntil(lambda: panel.shown is not None)
    assert panel.figures.itemAt(0).widget().accessibleName().endswith("3 measured visits.")


def test_an_answer_to_a_question_no_longer_asked_is_dropped(
    qtbot: QtBot,
    page: PatientPage,
    panel: HealingPanel,
    background: Background,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: Callable[..., model.HealingView] = model.healing_view
    go_on, threads = threading.Event(), []

    def slow_for_b(given: PatientHistory, *, lesion_id: int) -> model.HealingView:
        threads.append(threading.current_thread())
        if lesion_id == 2:
            go_on.wait(10)
        return told(given, lesion_id=lesion_id)

    monkeypatch.setattr(model, "healing_view", slow_for_b)
    page.choose_lesion(2)
    page.choose_lesion(1)
    qtbot.waitUntil(lambda: panel.shown is not None)
    shown = panel.shown
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert panel.shown is shown
    assert threading.main_thread() not in threads


def test_a_course_that_is_taken_away_takes_its_rates_with_it(
    qtbot: QtBot, page: PatientPage, panel: HealingPanel
) -> None:
    page.show_view(view_of(history()), lesion_id=1)
    qtbot.waitUntil(lambda: panel.say.text().startswith("No therapy noted."))
    assert panel.table.rowCount() == 0
    assert not panel.table.isVisible()
    assert not panel.caution.isVisible()


def test_reading_again_what_did_not_change_leaves_the_focus(
    qtbot: QtBot, page: PatientPage, panel: HealingPanel
) -> None:
    item = panel.table.item(2, RATE)
    page.show_view(view_of(history(COURSE)), lesion_id=1)
    qtbot.waitUntil(lambda: not panel.say.isVisible())
    assert panel.table.item(2, RATE) is item


def test_without_a_lesion_it_asks_for_one(qtbot: QtBot, page: PatientPage) -> None:
    page.show_view(view_of(replace(history_of([]), lesions=())))
    page.healing.tabs.setCurrentIndex(1)
    panel = page.healing.by_therapy
    assert panel.say.text() == "Choose a lesion to see how it heals."
    assert panel.figures.count() == 0


def test_an_answer_after_the_page_is_gone_is_nobodys(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, go_on = model.healing_view, threading.Event()

    def slow(given: PatientHistory, *, lesion_id: int) -> model.HealingView:
        go_on.wait(10)
        return told(given, lesion_id=lesion_id)

    monkeypatch.setattr(model, "healing_view", slow)
    panel = HealingPanel(background)
    panel.show()
    panel.set_history(history(COURSE), 1)
    panel.caution.deleteLater()
    panel.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(panel))
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert panel.shown is None


def test_larger_text_is_not_cut(
    qtbot: QtBot, page: PatientPage, panel: HealingPanel, qapp: QApplication
) -> None:
    before = panel.table.height()
    theme.apply(qapp, choice="light", zoom=1.5)
    try:
        qtbot.waitUntil(lambda: panel.table.height() > before)
        whole_at(qtbot, page, panel, 1000)
        assert panel.table.height() > before
    finally:
        theme.apply(qapp, choice="light")
