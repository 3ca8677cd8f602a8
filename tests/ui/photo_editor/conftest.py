"""A photo editor on the screen, showing a synthetic photo of a red ellipse on skin."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.background import Background
from ui.photo_editor.editor import PhotoEditor
from woundtrack.outline.types import Outline, PointPx
from woundtrack.photo.types import Photo

WIDTH_PX, HEIGHT_PX = 800, 600
CENTRE = (400.0, 300.0)
AXES = (105.0, 70.0)


def ellipse_ring(count: int = 90) -> tuple[PointPx, ...]:
    """The true edge of the red ellipse."""
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return tuple(
        (float(CENTRE[0] + AXES[0] * np.cos(a)), float(CENTRE[1] + AXES[1] * np.sin(a)))
        for a in angles
    )


@pytest.fixture(scope="session")
def wound_pixels() -> np.ndarray:
    """A red ellipse on skin with a little noise, (600, 800, 3), BGR."""
    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX]
    inside = ((x - CENTRE[0]) / AXES[0]) ** 2 + ((y - CENTRE[1]) / AXES[1]) ** 2 < 1
    colours = np.where(inside[..., None], (40, 30, 160), (140, 170, 215))
    noise = np.random.default_rng(1).normal(0, 5, colours.shape)
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


class Hands:
    """Drives the editor as a person does, in px of the photo."""

    def __init__(self, qtbot, editor: PhotoEditor) -> None:
        self.centre = CENTRE
        self.ellipse = ellipse_ring
        self.qtbot = qtbot
        self.editor = editor
        self.canvas = editor.canvas
        self.changes: list[tuple[int, Outline]] = []
        editor.outline_changed.connect(lambda key, outline: self.changes.append((key, outline)))

    def at(self, x: float, y: float) -> QPoint:
        """The view's pixel over a point of the photo."""
        place = self.canvas.view.to_view((x, y))
        return QPoint(round(place[0]), round(place[1]))

    def click(self, x, y, *, shift=False, alt=False, button=Qt.MouseButton.LeftButton) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        if alt:
            held |= Qt.KeyboardModifier.AltModifier
        self.qtbot.mouseClick(self.canvas, button, held, self.at(x, y))

    def hover(self, x, y) -> None:
        """Move the pointer without a button."""
        move(self.canvas, self.at(x, y), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)

    def drag(
        self,
        points,
        *,
        button=Qt.MouseButton.LeftButton,
        shift=False,
        control=False,
        alt=False,
        between=lambda: None,
    ) -> None:
        held = Qt.KeyboardModifier.NoModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        if control:
            held |= Qt.KeyboardModifier.ControlModifier
        if alt:
            held |= Qt.KeyboardModifier.AltModifier
        places = [self.at(x, y) for x, y in points]
        self.qtbot.mousePress(self.canvas, button, held, places[0])
        for place in places[1:]:
            move(self.canvas, place, button, held)
            between()
        self.qtbot.mouseRelease(self.canvas, button, held, places[-1])

    def key(self, key, *, control=False, shift=False) -> None:
        held = Qt.KeyboardModifier.NoModifier
        if control:
            held |= Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        self.qtbot.keyClick(self.canvas, key, held)

    @property
    def outline(self) -> Outline:
        """The active lesion's outline."""
        return self.editor.outlines().get(self.editor.active_lesion(), Outline())


def move(widget, place: QPoint, button, held) -> None:
    """A mouse move with a button and keys down, which QTest cannot send."""
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton, button, held,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.fixture
def background(qtbot) -> Iterator[Background]:
    def fail(error: Exception) -> None:
        raise error

    made = Background(on_error=fail)
    yield made
    made.close()


@pytest.fixture
def make_hands(qtbot, background, wound_pixels) -> Callable[..., Hands]:
    def make(outlines=None, *, active=1, pixels=wound_pixels) -> Hands:
        height, width = pixels.shape[:2]
        editor = PhotoEditor(background)
        qtbot.addWidget(editor)
        editor.resize(900, 640)
        editor.set_photo(pixels, Photo(width, height, "image/png", 1))
        editor.set_outlines(outlines or {}, labels={1: "A", 2: "B"}, active=active)
        editor.show()
        qtbot.waitExposed(editor)
        editor.canvas.setFocus()
        return Hands(qtbot, editor)

    return make


@pytest.fixture
def hands(make_hands) -> Hands:
    """An editor with lesions A and B, A active, and nothing drawn yet."""
    return make_hands()
