"""What a new user does in the window, step by step, waiting for what a person would see."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.set_up_page import SetUpPage
from ui.pages.sign_in_page import SignInPage
from ui.pages.visit.checks import Step
from ui.photo_editor.editor import Tool
from woundtrack import words
from woundtrack.measure.types import Measurement
from woundtrack.records import BodyView, Patient, SizeMethod
from woundtrack.report.chart_hits import VisitHit
from woundtrack.report.raster import page_pixels, page_texts

USER, PASSPHRASE = "Jo Weber", "four words that fit"

TAKEN = dt.datetime(2026, 3, 17, 9, 30)  # noqa: DTZ001 (a camera's own clock)

CALF, OTHER_CALF = (BodyView.BACK, 0.42, 0.78), (BodyView.BACK, 0.58, 0.78)

SCORES = "3221334321234"

TOTAL = sum(map(int, SCORES))

WAIT_MS = 60_000
"""Some steps take a second or two; this is only for a machine that does much else."""

Point = tuple[float, float]


def dialogs() -> list[Any]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def dialog(qtbot: QtBot, name: str) -> Any:
    """The dialog of this class, once it is there."""
    qtbot.waitUntil(lambda: [type(each).__name__ for each in dialogs()] == [name])
    return dialogs()[0]


def act(qtbot: QtBot, window: MainWindow, key: str, name: str) -> Any:
    """A menu entry, and the dialog it opens."""
    assert window.actions_[key].isEnabled()
    window.actions_[key].trigger()
    return dialog(qtbot, name)


def click(qtbot: QtBot, widget: QWidget, at: QPoint | None = None) -> None:
    qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled())
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint()
    )


def type_text(text: str) -> None:
    """Keys where the keyboard is; a line break is Enter."""
    for letter in text:
        target = QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if letter == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(target, letter)


def drop(widget: QWidget, paths: Sequence[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    widget.dropEvent(QDropEvent(QPointF(300, 300), copy, data, button, plain))  # type: ignore[attr-defined]


def in_view(window: MainWindow, point_px: Point) -> QPoint:
    canvas = window.workspace.visit_page.editor_step.editor.canvas
    at = canvas.view.to_view(point_px)
    return (at if isinstance(at, QPointF) else QPointF(*at)).toPoint()


def drag(window: MainWindow, points_px: Sequence[Point]) -> None:
    """Press, move along points of the photo, let go."""
    canvas = window.workspace.visit_page.editor_step.editor.canvas
    places = [in_view(window, point) for point in points_px]
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, left, plain, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, left, plain, places[-1])


def set_up(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """A new clinic; its recovery key is asked back before it opens, its backups can wait."""
    welcome = window.centralWidget()
    assert isinstance(welcome, SignInPage)
    (create,) = (
        each
        for each in welcome.findChildren(QPushButton)
        if each.isVisible() and each.text() == "Create a new clinic…"
    )
    click(qtbot, create)
    page = window.centralWidget()
    assert isinstance(page, SetUpPage)
    for line, text in (
        (page.clinic_name, "South ward"),
        (page.folder, str(folder)),
        (page.user_name, USER),
        (page.new.first.line, PASSPHRASE),
        (page.new.again.line, PASSPHRASE),
    ):
        line.selectAll()
        QTest.keyClicks(line, text)
    click(qtbot, page.button)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1, timeout=WAIT_MS)
    key = page.steps.key_label.text()
    click(qtbot, page.steps.kept)
    QTest.keyClicks(page.steps.proof, key)
    click(qtbot, page.steps.finish_button)
    click(qtbot, page.backups.later)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)


def sign_in(qtbot: QtBot, window: MainWindow) -> None:
    """Lock, and come back with name and passphrase."""
    window.actions_["lock"].trigger()
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    assert page.who.text() == USER
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    click(qtbot, page.button)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)


def add_patient(qtbot: QtBot, window: MainWindow) -> Patient:
    form = act(qtbot, window, "new_patient", "PatientDialog")
    for line, text in (
        (form.hospital_number, "H-77"),
        (form.birth_name, "Garnier"),
        (form.first_names, "Odile"),
        (form.birth_date, "2/3/1951"),
    ):
        QTest.keyClicks(line, text)
    click(qtbot, form.save_button)
    page = window.workspace.patient_page
    qtbot.waitUntil(lambda: page.view is not None and not dialogs(), timeout=WAIT_MS)
    assert "Garnier" in page.title.text()
    patient: Patient = page.view.history.patient.value
    return patient


def add_lesion(qtbot: QtBot, window: MainWindow, place: tuple[BodyView, float, float]) -> int:
    """Click the body map, keep what the dialog proposes."""
    page = window.workspace.patient_page
    before = len(page.view.lesions)
    click(qtbot, page.body, page.body.point_px(*place).toPoint())
    form = dialog(qtbot, "LesionDialog")
    assert form.site.value() == "calf"
    click(qtbot, form.save_button)
    qtbot.waitUntil(lambda: len(page.view.lesions) > before and not dialogs(), timeout=WAIT_MS)
    lesion: int = page.view.lesions[-1].id
    return lesion


def drop_on_patient(qtbot: QtBot, window: MainWindow, paths: Sequence[Path]) -> Any:
    """The photos dropped on the patient's page open today's visit."""
    window.activateWindow()  # no window manager gives the front back when a dialog goes
    qtbot.waitUntil(window.isActiveWindow)
    drop(window.workspace.patient_page, paths)
    page = window.workspace.visit_page
    qtbot.waitUntil(
        lambda: page.session.state is not None and page.desk.progress[0] == len(paths),
        timeout=WAIT_MS,
    )
    assert window.workspace.on_visit
    return page


def say_which(qtbot: QtBot, page: Any, photo_id: int, letters: str) -> None:
    """Say which wounds a photo shows: their letters, typed on its card."""
    qtbot.waitUntil(lambda: page.photos.card(photo_id) is not None)
    card = page.photos.card(photo_id)
    qtbot.waitUntil(card.isVisible)
    card.setFocus()
    type_text(letters)
    assert len(page.session.state.cells(photo_id)) == len(letters)


def shown(qtbot: QtBot, page: Any, photo_id: int) -> None:
    """The photo's pixels are there, and the program has proposed what it can."""
    waits = page.session.album.proposals.is_waiting
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not waits(photo_id), timeout=WAIT_MS)


def choose_tool(page: Any, tool: Tool) -> None:
    page.editor_step.editor.set_tool(tool)
    assert page.editor_step.editor.tool() is tool


def measured(qtbot: QtBot, page: Any, cell: tuple[int, int]) -> Measurement:
    """What a lesion measures in a photo, once it is measured and the panel shows it."""
    state = page.session.state
    qtbot.waitUntil(
        lambda: state.measurement(cell) is not None and not page.session.saver.pending,
        timeout=WAIT_MS,
    )
    measurement: Measurement = state.measurement(cell).measurement
    card = page.editor_step.measure_panel.card(cell[1])
    qtbot.waitUntil(lambda: card.area.text() == as_shown(measurement))
    return measurement


def as_shown(measurement: Measurement) -> str:
    """The area as window and report write it."""
    return words.area(measurement.area_cm2, measurement.area_cm2_sd)


def fill_forms(qtbot: QtBot, page: Any, lesions: Sequence[int]) -> None:
    """Thirteen digits and Enter for each lesion."""
    assert page.step is Step.FORM
    for lesion_id in lesions:
        assert page.form.lesion_id == lesion_id
        type_text(SCORES)
        qtbot.waitUntil(lambda: page.form.panel.total.text() == str(TOTAL))
        type_text("\n")
    assert page.step is Step.CONFIRM


def confirm(qtbot: QtBot, window: MainWindow, page: Any) -> None:
    """One button makes it the record; back on the patient's page."""
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=WAIT_MS)
    with qtbot.waitSignal(page.session.confirmed, timeout=WAIT_MS):
        click(qtbot, page.confirm_step.button)
    click(qtbot, page.header.back)
    patient_page = window.workspace.patient_page
    qtbot.waitUntil(lambda: not window.workspace.on_visit)
    qtbot.waitUntil(lambda: bool(patient_page.view.history.measurements), timeout=WAIT_MS)


def add_therapy(qtbot: QtBot, window: MainWindow, since: str) -> None:
    form = act(qtbot, window, "new_therapy", "TherapyDialog")
    form.therapy.lineEdit().selectAll()
    QTest.keyClicks(form.therapy.lineEdit(), "Sodium thiosulfate, intravenous")
    form.therapy.lineEdit().editingFinished.emit()
    form.start_on.selectAll()
    QTest.keyClicks(form.start_on, since)
    click(qtbot, form.save_button)
    page = window.workspace.patient_page
    qtbot.waitUntil(lambda: bool(page.view.history.courses) and not dialogs(), timeout=WAIT_MS)


def chart_of(window: MainWindow, lesion_id: int) -> Any:
    """The chart as it is drawn with this lesion chosen."""
    page = window.workspace.patient_page
    page.choose_lesion(lesion_id)
    chart = page.chart.chart()
    assert not chart.empty
    return chart


def methods_in(chart: Any, *, lane: int) -> list[SizeMethod]:
    """How the size was taken at each visit that stands in a lane; the first lane is the area's."""
    return [
        spot.hit.point.method
        for spot in chart.spots
        if spot.lane == lane and isinstance(spot.hit, VisitHit)
    ]


def report(qtbot: QtBot, window: MainWindow, path: Path) -> bytes:
    """Preview the report, save it, and read the file back."""
    form = act(qtbot, window, "report", "ReportDialog")
    form.desk.ask_path = lambda name: str(path)
    qtbot.waitUntil(form.save_button.isEnabled, timeout=WAIT_MS)
    click(qtbot, form.save_button)
    qtbot.waitUntil(lambda: form.banner.isVisible(), timeout=WAIT_MS)
    click(qtbot, form.close_button)
    return path.read_bytes()


def assert_printed(data: bytes, *, name: str, measured: Sequence[Measurement]) -> None:
    """The PDF says who, how large and which score, and its first page is not blank."""
    text = " ".join(page_texts(data))
    assert name in text
    for each in measured:
        assert as_shown(each) in text
    assert "BWAT" in text
    assert str(TOTAL) in text
    pixels = page_pixels(data, page=0, dots_per_inch=40)
    assert pixels.min() < 100 < pixels.max()
