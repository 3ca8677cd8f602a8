"""Small pictures on the plane of a comparison, and hands and eyes for its canvas."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.compare.canvas import CompareCanvas
from ui.compare.picture import Picture, PlaneImage, image_of
from woundtrack.compare.sheet import Sheet

SKIN = ((200, 160, 140), (190, 170, 120), (170, 180, 150), (150, 150, 190))
WOUND = (150, 30, 40)
SQUARE_MM = 10.0
SIZE = (900, 500)
"""The canvas under test, in px."""


def square(side_mm: float = SQUARE_MM, *, at: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """A square's ring about a point."""
    half = side_mm / 2
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    return corners + at


def sheet(number: int = 0, *, mm_per_px: float = 0.2, in_mm: bool = True) -> Sheet:
    """60 × 40 mm of skin about (0, 0), BGRA, with a square wound of 10 mm in the middle."""
    width, height = round(60 / mm_per_px), round(40 / mm_per_px)
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = SKIN[number][::-1]
    x = (np.arange(width) + 0.5) * mm_per_px - 30
    y = (np.arange(height) + 0.5) * mm_per_px - 20
    inside = (np.abs(x) < SQUARE_MM / 2)[None] & (np.abs(y) < SQUARE_MM / 2)[:, None]
    pixels[inside, :3] = WOUND[::-1]
    return Sheet(pixels, -30.0, -20.0, mm_per_px, in_mm)


def image(number: int = 0, *, mm_per_px: float = 0.2, in_mm: bool = True) -> PlaneImage:
    """The same, ready to be painted."""
    return image_of(sheet(number, mm_per_px=mm_per_px, in_mm=in_mm))


def picture(number: int = 0, *, mm_per_px: float = 0.2, in_mm: bool = True, **more) -> Picture:
    """A picture of it, with the outline of its wound."""
    given = {"rings_mm": (square(),), "title": f"{number + 1} March 2026", **more}
    return Picture(image=image(number, mm_per_px=mm_per_px, in_mm=in_mm), **given)


def colour(canvas: CompareCanvas, at_mm: tuple[float, float], pane: int = 0) -> tuple[int, ...]:
    """What is painted at a point of the plane."""
    return pixel(canvas.grab().toImage(), place(canvas, at_mm, pane))


def pixel(shown: QImage, at: QPoint) -> tuple[int, ...]:
    found = QColor(shown.pixel(at))
    return found.red(), found.green(), found.blue()


def place(canvas: CompareCanvas, at_mm: tuple[float, float], pane: int = 0) -> QPoint:
    scene = canvas.scene()
    return QPointF(*scene.view.to_view(at_mm, scene.panes[pane].box)).toPoint()


def send(canvas, kind, at: QPoint, buttons=Qt.MouseButton.LeftButton) -> None:
    event = QMouseEvent(kind, QPointF(at), QPointF(canvas.mapToGlobal(at)), Qt.MouseButton.NoButton,
                        buttons, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(canvas, event)


def drag(qtbot, canvas, start: QPoint, *stops: QPoint) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for stop in stops:
        send(canvas, QEvent.Type.MouseMove, stop)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=stops[-1])


def wheel(canvas, at: QPoint, notches: int) -> None:
    event = QWheelEvent(QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(),
                        QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(canvas, event)
