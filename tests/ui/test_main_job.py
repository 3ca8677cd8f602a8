"""The main job as a new user does it: from an empty computer to the PDF, through the real widgets.

Each step waits for what a person would see, and every figure is read off the window or the PDF.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.background import Background
from ui.main_window import MainWindow
from ui.pages.set_up_page import SetUpPage
from ui.pages.sign_in_page import SignInPage
from ui.pages.visit.checks import Step
from ui.pages.visit.scale_ways import Way
from ui.photo_editor.editor import Tool
from ui.settings import Settings
from woundtrack import words
from woundtrack.measure.types import Measurement
from woundtrack.records import Assessment, BodyView, Lesion, Patient, SizeMethod
from woundtrack.report.raster import page_pixels, page_texts
from woundtrack.scale.types import ScaleMethod
from woundtrack.store import keys, opening

USER, PASSPHRASE = "Jo Weber", "four words that fit"
TAKEN = dt.datetime(2026, 3, 17, 9, 30)  # noqa: DTZ001 (a camera's own clock)
CALF, OTHER_CALF = (BodyView.BACK, 0.42, 0.78), (BodyView.BACK, 0.58, 0.78)
SCORES = "3221334321234"
TOTAL = sum(map(int, SCORES))
WAIT_MS = 60_000
"""Some steps take a second or two; this is only for a machine that does much else."""

Point = tuple[float, float]


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window of a computer that has no clinic yet."""
    monkeypatch.setattr(opening.keys, "tuned_cost", lambda: keys.CHEAP)
    theme.apply(qapp, choice="light")
    errors: list[Exception] = []
    made = MainWindow(
        settings=Settings(tmp_path / "settings.ini"),
        background=Background(on_error=errors.append),
    )
    made.resize(1366, 768)
    made.show()
    yield made
    for each in dialogs():
        each.reject()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    if errors:
        raise errors[0]


# -- what a hand does


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


# -- the steps of the job


def set_up(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """A new clinic; its recovery key is asked back before it opens."""
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
        (page.passphrase.line, PASSPHRASE),
        (page.again.line, PASSPHRASE),
    ):
        line.selectAll()
        QTest.keyClicks(line, text)
    click(qtbot, page.button)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1, timeout=WAIT_MS)
    key = page.key_label.text()
    click(qtbot, page.kept)
    QTest.keyClicks(page.proof, key)
    click(qtbot, page.finish_button)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)


def sign_in(qtbot: QtBot, window: MainWindow) -> None:
    """Lock, and come back with name and passphrase."""
    window.actions_["lock"].trigger()
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    assert page.user_name.text() == USER
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


# -- the painted photo


@pytest.fixture
def begun(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> tuple[Patient, int, int]:
    """A clinic, signed in, with a patient and two lesions put on the body map."""
    set_up(qtbot, window, tmp_path / "clinic")
    sign_in(qtbot, window)
    patient = add_patient(qtbot, window)
    return patient, add_lesion(qtbot, window, CALF), add_lesion(qtbot, window, OTHER_CALF)


def painted_photo(code: str) -> tuple[bytes, list[list[Point]], list[float]]:
    """A photo of two wounds beside the card: bytes, the true edges in px, the areas in cm²."""
    from dataclasses import replace

    from woundtrack.demo.people import people
    from woundtrack.demo.printed_card import card_picture
    from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph

    one = people(TAKEN.date())[0]
    wound = replace(one.lesions[0].wound, tissue=one.lesions[0].last_tissue)
    wounds = (wound.scaled(0.75), replace(wound, turn_deg=75.0).scaled(0.5))
    card = card_picture(CANVAS_PX_PER_MM, code=code, run=1)
    placed = ((wounds[0], (105.0, 80.0)), (wounds[1], (165.0, 80.0)))
    scene = Scene(placed, one.skin_bgr, Camera(tilt_deg=9.0), card=card)
    data, edges = photograph(scene, taken_at=TAKEN)
    areas = [_area(each.edge_mm()) / 100 for each in wounds]
    return data, [[(float(x), float(y)) for x, y in edge] for edge in edges], areas


def _area(ring: Any) -> float:
    """Shoelace."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs((x * (y[[*range(1, len(y)), 0]]) - y * x[[*range(1, len(x)), 0]]).sum()) / 2)


def test_from_an_empty_computer_to_the_pdf_with_the_printed_card(
    qtbot: QtBot, window: MainWindow, begun: tuple[Patient, int, int], tmp_path: Path
) -> None:
    patient, lesion_a, lesion_b = begun
    data, edges, areas = painted_photo(patient.code)
    photo = tmp_path / "DSC_0001.JPG"
    photo.write_bytes(data)
    page = drop_on_patient(qtbot, window, [photo])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 1, timeout=WAIT_MS)
    state = page.session.state
    photo_id = state.photos[0].id
    assert state.on == TAKEN.date()  # as the camera says; nothing was asked

    say_which(qtbot, page, photo_id, "AB")
    type_text("\n")
    assert page.step is Step.OUTLINE
    shown(qtbot, page, photo_id)
    qtbot.waitUntil(lambda: state.scale(photo_id) is not None, timeout=WAIT_MS)
    assert state.scale(photo_id).method is ScaleMethod.CARD

    # Wound A by a click, where the program has not proposed it already.
    step = page.editor_step
    click(qtbot, step.measure_panel.card(lesion_a))
    if state.outline((photo_id, lesion_a)) is None:
        qtbot.waitUntil(lambda: step.editor.tool() is Tool.CLICK)  # at hand without asking
        middle = (sum(x for x, _y in edges[0]) / 360, sum(y for _x, y in edges[0]) / 360)
        click(qtbot, step.editor.canvas, in_view(window, middle))
    size_a = measured(qtbot, page, (photo_id, lesion_a))
    assert size_a.area_cm2 == pytest.approx(areas[0], rel=0.1)

    # Wound B drawn by hand.
    click(qtbot, step.measure_panel.card(lesion_b))
    choose_tool(page, Tool.TRACE)
    drag(window, [*edges[1][::4], edges[1][0]])
    size_b = measured(qtbot, page, (photo_id, lesion_b))
    assert size_b.area_cm2 == pytest.approx(areas[1], rel=0.03)

    click(qtbot, page.foot.button)
    fill_forms(qtbot, page, [lesion_a, lesion_b])
    confirm(qtbot, window, page)
    kept = window.clinic.read(lambda reader: reader.find(Assessment))
    assert [each.value.size_method for each in kept] == [SizeMethod.TRACED] * 2
    assert all(each.value.confirmed for each in kept)

    add_therapy(qtbot, window, "1/3/2026")
    patient_page = window.workspace.patient_page
    assert patient_page.view.lesions[0].figure == as_shown(size_a)
    for lesion_id in (lesion_a, lesion_b):
        chart = chart_of(window, lesion_id)
        assert [mark.method for mark in chart.marks if mark.method] == [SizeMethod.TRACED]
        assert [mark for mark in chart.marks if mark.method is None]  # the BWAT total
        assert len(chart.bands) == 1

    pdf = report(qtbot, window, tmp_path / "report.pdf")
    assert_printed(pdf, name="Garnier", measured=[size_a, size_b])


# -- real photos


@pytest.mark.real_photos
def test_the_same_way_on_a_photo_with_a_ruler_and_a_small_one_without_a_date(
    qtbot: QtBot,
    window: MainWindow,
    begun: tuple[Patient, int, int],
    real_photos: Path,
    tmp_path: Path,
) -> None:
    ruled = real_photos / "phantoms" / "003.jpg"
    small = real_photos / "rulers" / "uwm-bigdata_wound-segmentation" / "train_0509.png"
    for each in (ruled, small):
        if not each.is_file():
            pytest.skip(f"{each.name} is not among the real photos here")
    truth = json.loads(ruled.with_suffix(".json").read_text())
    _patient, lesion_a, lesion_b = begun
    page = drop_on_patient(qtbot, window, [ruled, small])

    # The small one carries no date: it is asked for, in the page, and typed.
    qtbot.waitUntil(lambda: page.desk.waiting == 1 and bool(page.photos.panel.banners))
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 1, timeout=WAIT_MS)
    assert page.session.state.on == dt.date(2026, 4, 12)
    (banner,) = page.photos.panel.banners
    assert small.name in banner.label.text()
    click(qtbot, banner.buttons[0])  # on that day, as this visit
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2, timeout=WAIT_MS)
    state = page.session.state
    first, second = (
        next(photo.id for photo in state.photos if photo.value.photo.width_px == width)
        for width in (3264, 512)
    )
    say_which(qtbot, page, first, "A")
    say_which(qtbot, page, second, "B")
    assert set(state.cells()) == {(first, lesion_a), (second, lesion_b)}

    # The ruler is read by the program; the outline is drawn along the painted edge.
    page.show_step(Step.OUTLINE, first)
    shown(qtbot, page, first)
    qtbot.waitUntil(lambda: state.scale(first) is not None, timeout=WAIT_MS)
    assert state.scale(first).method is ScaleMethod.RULER
    rings = json.loads((ruled.parent / "003.outline.json").read_text())
    if (page.session.state.outline((first, lesion_a)) or None) is not None:
        page.editor_step.editor.undo()
    choose_tool(page, Tool.TRACE)
    ring = [(float(x), float(y)) for x, y in _first_ring(rings)]
    drag(window, [*ring[:: max(1, len(ring) // 150)], ring[0]])
    size_a = measured(qtbot, page, (first, lesion_a))
    assert size_a.area_cm2 == pytest.approx(truth["area_mm2"] / 100, rel=0.03)

    # The small one: two clicks on its ruler, 30 mm apart, and a loose box round the wound.
    page.show_step(Step.SCALE, second)
    shown(qtbot, page, second)
    panel, canvas = page.editor_step.scale_panel, page.editor_step.editor.canvas
    click(qtbot, panel.ways.buttons[Way.TWO_POINTS])
    for point in ((262.21, 13.58), (336.0, 0.73)):
        click(qtbot, canvas, in_view(window, point))
    qtbot.waitUntil(panel.points[Tool.TWO_POINTS].isVisible)
    type_text("30\n")
    qtbot.waitUntil(lambda: state.scale(second) is not None)
    assert state.scale(second).method is ScaleMethod.TWO_POINTS
    page.show_step(Step.OUTLINE, second)
    choose_tool(page, Tool.BOX)
    drag(window, [(120.0, 195.0), (180.0, 220.0), (258.0, 262.0)])
    size_b = measured(qtbot, page, (second, lesion_b))
    assert 1.0 < size_b.area_cm2 < 12.0

    page.go_on()
    fill_forms(qtbot, page, [lesion_a, lesion_b])
    confirm(qtbot, window, page)
    add_therapy(qtbot, window, "1/4/2026")
    assert window.workspace.patient_page.view.lesions[0].figure == as_shown(size_a)
    chart = chart_of(window, lesion_a)
    assert [mark.method for mark in chart.marks if mark.method] == [SizeMethod.TRACED]
    assert len(chart.bands) == 1
    pdf = report(qtbot, window, tmp_path / "report.pdf")
    assert_printed(pdf, name="Garnier", measured=[size_a, size_b])
    assert len(window.clinic.read(lambda reader: reader.find(Lesion))) == 2


def _first_ring(kept: Any) -> Any:
    """The first ring of a file of rings, with or without a key around them."""
    rings = kept.get("rings", kept) if isinstance(kept, dict) else kept
    return rings[0]
