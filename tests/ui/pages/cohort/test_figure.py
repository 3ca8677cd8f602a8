"""The cohort's curves in the window: chosen, read by mouse and by keys, never cut."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.windows import settled
from ui import theme
from ui.main_window import MainWindow
from ui.pages.cohort.figure_view import MARGIN_PX
from ui.pages.cohort.page import CohortPage
from woundtrack.report.cohort_figure import Event


def test_what_is_drawn_is_chosen(page: CohortPage) -> None:
    contents = page.contents
    figure = contents.figure.figure()
    assert figure is not None
    assert [group.key for group in figure.groups] == ["central", "peripheral"]
    contents.by_site.set_value(False)
    contents.counted.set_value(Event.CLOSURE)
    contents.whole.set_value(True)
    figure = contents.figure.figure()
    assert figure is not None
    assert [group.key for group in figure.groups] == ["all"]
    assert figure.groups[0].curve.shares[0] == 0.0
    assert figure.span_days == 378


def test_the_mouse_reads_the_day_under_it(page: CohortPage, qtbot: QtBot) -> None:
    view = page.contents.figure
    page.area.ensureWidgetVisible(view, 0, 2000)
    figure = view.figure()
    assert figure is not None
    at = QPoint(round(figure.x(101)) + MARGIN_PX, round(figure.y(0.5)) + MARGIN_PX)
    qtbot.mouseMove(view, at)
    qtbot.waitUntil(lambda: page.contents.reading.text().startswith("Day 10"))
    assert "Peripheral 100 %" in page.contents.reading.text()
    assert view.accessibleDescription() == page.contents.reading.text()
    qtbot.mouseMove(view, QPoint(2, 2))
    qtbot.waitUntil(lambda: "Point at the figure" in page.contents.reading.text())


def test_keys_read_step_by_step(page: CohortPage, qtbot: QtBot) -> None:
    view = page.contents.figure
    qtbot.waitUntil(view.isVisible)
    days: list[float | None] = []
    view.day_pointed.connect(days.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End,
                Qt.Key.Key_Right, Qt.Key.Key_Home):  # fmt: skip
        qtbot.keyClick(view, key)
    assert days == [0.0, 100.0, 0.0, 365.0, 0.0]
    assert page.contents.reading.text().startswith("Day 0: Central 100 %")


def test_the_page_is_not_wider_than_a_small_window_and_no_figure_is_cut(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1100, 700)
    settled(qtbot, window)
    table = page.contents.table
    qtbot.waitUntil(lambda: table.horizontalHeader().length() <= table.width())
    metrics = table.fontMetrics()
    for row in range(table.rowCount()):
        for column in range(1, table.columnCount()):
            item = table.item(row, column)
            for line in item.text().split("\n") if item else ():
                assert metrics.horizontalAdvance(line) < table.columnWidth(column), line
            if item:
                lines = item.text().count("\n") + 1
                assert lines * metrics.lineSpacing() <= table.rowHeight(row), item.text()


def test_every_letter_size_leaves_the_plot_its_height(
    page: CohortPage, qtbot: QtBot, window: MainWindow
) -> None:
    del page
    window.set_zoom(theme.ZOOMS[-1])
    settled(qtbot, window)
    again = window.workspace.pages.currentWidget()
    figure = again.contents.figure.figure()
    assert figure is not None
    assert figure.plot.bottom - figure.plot.top > 8 * figure.text_size
    assert figure.plot.right - figure.plot.left > 20 * figure.text_size
    window.set_zoom(1.0)
    settled(qtbot, window)
