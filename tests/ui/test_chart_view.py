"""The chart in the window: the same picture as in print, and the visit one clicks."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tests.histories import FIRST_ON, PATIENT, history_of, second_lesion, stored
from tests.report.charts import day, event, lab, use
from ui import chart_painting
from ui.chart_canvas import MARGIN_PX
from ui.chart_view import ChartView
from woundtrack.context.types import EventKind
from woundtrack.records import PatientHistory
from woundtrack.report import chart_pdf
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_choice import AreaScale, ChartChoice
from woundtrack.report.chart_data import chart_data
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_types import Chart, Mark, Shape, Spot
from woundtrack.therapy.types import TherapySession

RADII = [2.6, 2.5, "bedside", 2.2, "none", 1.7, 0.6, "closed"]
WIDTH, HEIGHT, TIMES = 640, 400, 4


@pytest.fixture
def history() -> PatientHistory:
    """Eight visits of every kind."""
    return history_of(RADII, bwat=[44, 42, 40, None, 36, 30, 20, 13])


@pytest.fixture
def view(qtbot: QtBot, history: PatientHistory) -> ChartView:
    """A shown chart of lesion 1."""
    widget = ChartView()
    qtbot.addWidget(widget)
    widget.resize(720, 340)
    widget.set_history(history, 1)
    widget.show()
    return widget


def with_context(history: PatientHistory) -> PatientHistory:
    """The same with all that stands beside a wound, and death after it."""
    lesion = history.lesions[0]
    parted = replace(lesion.value, became_ids=(1,), became_on=day(60))
    return replace(
        history,
        patient=stored(replace(PATIENT, died_on=day(70)), 1),
        lesions=(replace(lesion, value=parted), *history.lesions[1:]),
        labs=(lab(1, day(0), "crp", 60.0, "mg/L"), lab(2, day(30), "crp", 20.0, "mg/L")),
        analgesics=(
            use(1, "oxycodone", day(0), day(30), route="oral", dose=10.0, unit="mg",
                times_a_day=2.0),
            use(2, "other", day(10), day(20), name="Nefopam"),
        ),
        events=(
            event(1, EventKind.BIOPSY, day(3)),
            event(2, EventKind.INFECTION, day(20), until_on=day(30)),
        ),
        sessions=tuple(
            stored(TherapySession(2, day(36 + 3 * i)), i) for i in range(1, 4)
        ),
    )  # type: ignore[arg-type]  # fmt: skip


def shown(view: ChartView) -> Chart:
    chart = view.chart()
    assert chart is not None
    return chart


def place_of(mark: Mark | Spot) -> QPoint:
    return QPoint(round(mark.x) + MARGIN_PX, round(mark.y) + MARGIN_PX)


def in_print(chart: Chart) -> QImage:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(chart.width, chart.height))
    chart_pdf.paint(canvas, chart, left=0, bottom=0, palette=chart_pdf.PRINT_PALETTE)
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    pixels = document[0].render(scale=TIMES, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()


def in_window(chart: Chart) -> QImage:
    image = QImage(WIDTH * TIMES, HEIGHT * TIMES, QImage.Format.Format_RGB888)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.scale(TIMES, TIMES)
    chart_painting.paint(painter, chart, colours=chart_pdf.PRINT_PALETTE)
    painter.end()
    return image


def close(a: QColor, b: QColor) -> bool:
    return all(abs(p - q) <= 6 for p, q in zip(a.getRgb(), b.getRgb(), strict=True))


@pytest.fixture
def chart(qapp: QApplication, history: PatientHistory) -> Chart:
    """Two lesions in five panes, with laboratory, analgesics, events, sessions and a parting."""
    full = with_context(second_lesion(history, [1.2, 1.3]))
    choice = ChartChoice(("area", "bwat", "pain_nrs", "lab:crp", "ome"), AreaScale.LOG)
    return chart_of(chart_data(full), choice=choice, width=WIDTH, height=HEIGHT, text_size=8)


def test_window_and_print_put_every_mark_and_band_at_the_chart_s_place(chart: Chart) -> None:
    images = in_print(chart), in_window(chart)
    size = (WIDTH * TIMES, HEIGHT * TIMES)
    assert [(image.width(), image.height()) for image in images] == [size, size]
    palette = chart_pdf.PRINT_PALETTE
    covered = [(mark.x, mark.y) for mark in chart.marks]
    for mark in chart.marks:
        if sum(abs(mark.x - x) + abs(mark.y - y) < 8 for x, y in covered) > 1:
            continue  # one mark over another
        solid = mark.filled or mark.shape is Shape.CROSS
        colour = QColor(palette.get(mark.colour, mark.colour) if solid else palette["surface"])
        for image in images:
            found = image.pixelColor(round(mark.x * TIMES), round(mark.y * TIMES))
            assert close(found, colour), mark
    for band in chart.bands:
        x = round((band.rect.left + 1.5) * TIMES)
        for image in images:
            edge = image.pixelColor(x, round(band.rect.top * TIMES))
            assert close(edge, QColor(band.colour))


def test_window_and_print_are_the_same_picture_but_for_the_text(
    chart: Chart, history: PatientHistory
) -> None:
    usual = chart_of(chart_data(history), width=WIDTH, height=HEIGHT, text_size=10)
    for one in (chart, usual):
        printed, painted = in_print(one), in_window(one)
        wrong = total = 0
        for plot in (axis.plot for axis in one.axes if axis.side == "left"):
            assert plot is not None
            for y in range(round(plot.top) * TIMES, round(plot.bottom) * TIMES, 3):
                for x in range(round(plot.left) * TIMES + 8, round(plot.right) * TIMES - 8, 3):
                    total += 1
                    a = printed.pixelColor(x, y).lightness()
                    wrong += abs(a - painted.pixelColor(x, y).lightness()) > 64
        assert wrong / total < 0.002


def test_a_click_on_a_point_opens_its_visit(view: ChartView, qtbot: QtBot) -> None:
    spot = shown(view).spots[0]
    with qtbot.waitSignal(view.visit_chosen) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place_of(spot))
    assert caught.args == [spot.hit.id]


@pytest.mark.parametrize(
    ("opens", "signal", "args"),
    [
        (Opens.COURSE, "course_chosen", [1]),
        (Opens.EVENT, "event_chosen", [1]),
        (Opens.LABS, "labs_chosen", [FIRST_ON]),
        (Opens.ANALGESICS, "analgesics_chosen", [FIRST_ON]),
        (Opens.LESION, "lesion_chosen", [1]),
        (Opens.PATIENT, "patient_chosen", [1]),
    ],
)
def test_a_click_opens_what_lies_there(
    view: ChartView, qtbot: QtBot, history: PatientHistory, opens: Opens, signal: str, args: object
) -> None:
    view.resize(900, 560)
    view.set_choice(ChartChoice(("area", "lab:crp", "ome")))
    view.set_history(with_context(history), 1)
    spot = next(spot for spot in shown(view).spots if spot.hit.opens is opens)
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place_of(spot))
    assert caught.args == args


def test_hovering_tells_values(view: ChartView) -> None:
    spot = shown(view).spots[0]
    QTest.mouseMove(view, place_of(spot))
    QTest.mouseMove(view, place_of(spot) + QPoint(1, 0))
    assert "cm²" in view.accessibleDescription()
    assert "BWAT 44" in view.accessibleDescription()
    assert not view.grab().isNull()


def test_a_drag_moves_and_does_not_open(view: ChartView, qtbot: QtBot) -> None:
    view.zoom(3)
    before = shown(view).window
    with qtbot.assertNotEmitted(view.visit_chosen):
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
        for x in (380, 360, 340):
            QTest.mouseMove(view, QPoint(x, 100))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(340, 100))
    after = shown(view).window
    assert after[0] > before[0]
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])


def test_zoom_keeps_the_day_under_the_cursor(view: ChartView) -> None:
    def day_at(x: float) -> float:
        chart = shown(view)
        share = (x - MARGIN_PX - chart.plot.left) / (chart.plot.right - chart.plot.left)
        return chart.window[0] + share * (chart.window[1] - chart.window[0])

    before = day_at(300)
    view.zoom(2, at_x=300)
    assert day_at(300) == pytest.approx(before, abs=1e-6)


def test_where_the_page_scrolls_the_wheel_is_the_page_s_and_zooms_with_ctrl(
    qtbot: QtBot, history: PatientHistory
) -> None:
    page = QScrollArea()
    qtbot.addWidget(page)
    view = ChartView()
    view.set_history(history, 1)
    view.setMinimumHeight(600)
    page.setWidget(view)
    page.setWidgetResizable(True)
    page.resize(500, 300)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    whole = shown(view).window
    turn(view, Qt.KeyboardModifier.NoModifier)
    assert shown(view).window == whole
    turn(view, Qt.KeyboardModifier.ControlModifier)
    assert shown(view).window != whole
    page.resize(500, 700)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)
    view.show_all()
    turn(view, Qt.KeyboardModifier.NoModifier)
    assert shown(view).window != whole


def turn(view: ChartView, keys: Qt.KeyboardModifier) -> None:
    """One step of the wheel, up."""
    at, buttons = QPointF(200, 100), Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, event)


def test_a_double_click_shows_everything_again(view: ChartView, qtbot: QtBot) -> None:
    whole = shown(view).window
    view.zoom(4)
    assert shown(view).window != whole
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert shown(view).window == whole


def test_zooming_out_stops_at_everything(view: ChartView) -> None:
    whole = shown(view).window
    view.zoom(0.1)
    assert shown(view).window == whole


def test_arrows_walk_and_enter_opens(view: ChartView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.visit_chosen) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [2]


def test_down_goes_from_the_curve_to_the_therapies_and_enter_opens_one(
    view: ChartView, qtbot: QtBot
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    for _lane in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert "Sodium thiosulfate" in view.accessibleDescription()
    with qtbot.waitSignal(view.course_chosen) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [1]


def test_another_choice_is_another_chart_of_the_same_period(view: ChartView) -> None:
    view.zoom(3)
    before = shown(view)
    view.set_choice(ChartChoice(("area",), AreaScale.PERCENT))
    after = shown(view)
    assert after.window == pytest.approx(before.window)
    assert len([axis for axis in after.axes if axis.side == "left"]) == 1


def test_more_panes_ask_for_more_height(view: ChartView, history: PatientHistory) -> None:
    view.set_history(with_context(history), 1)
    view.set_choice(ChartChoice(("area",)))
    low = view.minimumHeight()
    view.set_choice(ChartChoice(("area", "bwat", "pain_nrs", "lab:crp", "ome")))
    assert low < view.minimumHeight() <= 700


def test_a_new_revision_of_the_same_patient_keeps_the_zoom(
    view: ChartView, history: PatientHistory
) -> None:
    view.zoom(3)
    zoomed = shown(view).window
    view.set_history(history, 1)
    assert shown(view).window == pytest.approx(zoomed)
    view.set_history(history, None)
    assert shown(view).window != pytest.approx(zoomed)


def test_a_visit_that_goes_while_it_is_pointed_at_is_pointed_at_no_more(
    view: ChartView, qtbot: QtBot, history: PatientHistory
) -> None:
    QTest.mouseMove(view, place_of(shown(view).spots[-1]))
    for _key in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    gone = replace(history, visits=history.visits[3:], assessments=history.assessments[3:])
    view.set_history(gone, 1)
    with qtbot.assertNotEmitted(view.visit_chosen):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.visit_chosen) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [4]


def test_empty_states_paint(qtbot: QtBot) -> None:
    widget = ChartView()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    assert not widget.grab().isNull()
    widget.set_history(history_of([]), None)
    assert shown(widget).empty
    assert not widget.grab().isNull()
    widget.set_history(None)
    assert widget.chart() is None
