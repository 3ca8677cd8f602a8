"""The bar of a usual visit: two wounds, three photos with the card, forms as last time.

After the drop it takes at most 12 clicks and 35 keys through the real widgets, and no dialog
stands in the way. Scale and outlines are really found in painted photos.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.steps import scores
from ui.background import Background
from ui.pages.visit.checks import Step
from ui.pages.visit_page import VisitPage
from woundtrack.demo.scene import Camera
from woundtrack.records import Assessment, SizeMethod
from woundtrack.store.clinic import Clinic

TODAY = dt.date(2026, 3, 17)
WOUND_MM = (125.0, 78.0)
MOST_CLICKS = 12
MOST_KEYS = 35
WAIT_MS = 120_000
"""Finding a wound takes some seconds a photo; this is only for a machine that does much else."""


class Counter(QObject):
    """Counts what a person does, and every window that is not the page."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks = 0
        self.keys = 0
        self.dialogs: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_modal = isinstance(watched, QWidget) and watched.isModal()
        if event.type() == QEvent.Type.Show and (isinstance(watched, QDialog) or is_modal):
            self.dialogs.append(type(watched).__name__)
        return False

    def press(self, key: Qt.Key) -> None:
        """One key where the keyboard is."""
        self.keys += 1
        target = QApplication.focusWidget()
        assert isinstance(target, QWidget)
        QTest.keyClick(target, key)

    def type(self, text: str) -> None:
        """Some keys, each where the keyboard is then."""
        for letter in text:
            self.keys += 1
            target = QApplication.focusWidget()
            assert isinstance(target, QWidget)
            QTest.keyClicks(target, letter)


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    made = Counter()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic, background: Background, ward: object) -> VisitPage:
    made = VisitPage(clinic, background, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.open_visit(ward.patient.id, None)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: made.session.state is not None)
    return made


def drop_three(page: VisitPage, folder: Path, code: str, with_card: Callable[..., bytes]) -> None:
    """Lesion A twice and lesion B once, each beside a card that names it."""
    urls = []
    for number, (label, minute) in enumerate((("A", 30), ("B", 31), ("A", 32)), 1):
        path = folder / f"IMG_{number}.jpg"
        path.write_bytes(with_card(code, lesion=label, minute=minute, seed=number))
        urls.append(QUrl.fromLocalFile(str(path)))
    data = QMimeData()
    data.setUrls(urls)
    where, copy = QPointF(300, 300), Qt.DropAction.CopyAction
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(where, copy, data, button, plain))


def proposed(page: VisitPage) -> bool:
    """Whether the program has proposed all it can."""
    state = page.session.state
    scaled = all(state.scale(photo.id) for photo in state.photos)
    idle = page.session.album.proposals.count == 0 and not page.session.saver.pending
    return len(state.cells()) == 3 and scaled and idle


def click_wound(page: VisitPage, number: int) -> None:
    """Click the wound in the middle, as one does where the program saw none."""
    view = page.editor_step.editor.canvas.view
    at = Camera(tilt_deg=6.0 + number, azimuth_deg=40.0 * number).plane_to_photo()
    x, y, w = at @ (*WOUND_MM, 1.0)
    point = view.to_view((x / w, y / w))
    canvas = page.editor_step.editor.canvas
    place = QPointF(*point).toPoint() if isinstance(point, tuple) else point.toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def accept_photo(qtbot: QtBot, page: VisitPage, counter: Counter, number: int) -> None:
    """Look at a photo, click the wound if it has no outline yet, and accept."""
    step, state = page.editor_step, page.session.state
    photo_id = state.photos[number - 1].id
    qtbot.waitUntil(lambda: step.shows(photo_id), timeout=WAIT_MS)
    (cell,) = state.cells(photo_id)
    if state.outline(cell) is None:
        counter.clicks += 1
        click_wound(page, number)
    qtbot.waitUntil(lambda: state.measurement(cell) is not None, timeout=WAIT_MS)
    counter.press(Qt.Key.Key_Return)


def test_a_usual_visit_takes_few_clicks_and_keys_and_no_dialog(
    qtbot: QtBot,
    page: VisitPage,
    counter: Counter,
    ward: object,
    with_card: Callable[..., bytes],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    lesion_a, lesion_b = ward.lesions  # type: ignore[attr-defined]
    drop_three(page, tmp_path, ward.patient.value.code, with_card)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: proposed(page), timeout=WAIT_MS)

    counter.press(Qt.Key.Key_Return)
    for number in (1, 2, 3):  # glance at the grid and the outline of each photo
        assert page.step is Step.OUTLINE
        accept_photo(qtbot, page, counter, number)
    assert page.step is Step.FORM
    for lesion in (lesion_a, lesion_b):
        assert page.form.lesion_id == lesion.id
        counter.clicks += 1
        QTest.mouseClick(page.form.same, Qt.MouseButton.LeftButton)
        counter.press(Qt.Key.Key_Space)  # the size that today's photo proposes
        counter.press(Qt.Key.Key_Return)
    assert page.step is Step.CONFIRM
    qtbot.waitUntil(lambda: not page.session.saver.pending)
    with qtbot.waitSignal(page.session.confirmed):
        counter.press(Qt.Key.Key_Return)

    for name in ("clicks", "keys"):  # for benchmarks/routine_visit.py
        record_property(name, getattr(counter, name))
    record_property("dialogs", len(counter.dialogs))
    assert counter.clicks <= MOST_CLICKS
    assert counter.keys <= MOST_KEYS
    assert counter.dialogs == []
    visit_id = page.session.state.visit.id
    kept = page.session.clinic.read(lambda reader: reader.find(Assessment, visit_id=visit_id))
    assert len(kept) == 2
    for stored in kept:
        assert stored.value.confirmed
        assert stored.value.size_method is SizeMethod.TRACED
        assert None not in scores(stored.value)


def test_thirteen_digits_for_each_wound_stay_within_the_bar_too(
    qtbot: QtBot, page: VisitPage, counter: Counter, ward: object
) -> None:
    page.session.set_date(TODAY)
    qtbot.waitUntil(lambda: page.session.state.on == TODAY)
    page.setFocus()
    for _step in range(1):  # no photo today: from the photos straight to the form
        counter.press(Qt.Key.Key_Return)
    for _lesion in range(2):
        counter.type("2321334321234")
        counter.press(Qt.Key.Key_Return)
    assert page.step is Step.CONFIRM
    qtbot.waitUntil(lambda: bool(page.session.state.visit) and not page.session.saver.pending)
    with qtbot.waitSignal(page.session.confirmed):
        counter.press(Qt.Key.Key_Return)
    # With three photos there are four Enters more: import accepted, and one a photo.
    assert counter.keys + 3 <= MOST_KEYS
    assert counter.dialogs == []
