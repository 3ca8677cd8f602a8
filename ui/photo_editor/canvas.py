"""The photo in its view: zooming, panning, and handing the pointer and keys to the tool.

The photo, the grid and the scale marks are painted once into a pixmap of the view's size and
again only when the view changes; outlines are painted over it each time.
"""

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from ui import theme
from ui.photo_editor import captions, geometry, ground, painting
from ui.photo_editor.geometry import View
from ui.photo_editor.keys import KeyMap
from ui.photo_editor.levels import PhotoLevels
from ui.photo_editor.loupe import paint_loupe
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, PanTool, Tool, pointer_of
from woundtrack.words import _

WHEEL_STEP = 1.25
"""Zoom for one notch of the wheel."""
CLICK_WITHIN_PX = 4.0
"""A press that moved less than this is a click, not a drag."""


class Canvas(QWidget):
    """Shows one photo with what is drawn over it. All points handed on are px of the photo."""

    view_changed = Signal()
    pointer_moved = Signal(object)
    """The point of the photo under the pointer, or None."""

    def __init__(self, session: Session, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tool: BaseTool = PanTool(session)
        self._keys = keys
        self._levels: PhotoLevels | None = None
        self._ground = ground.Ground()
        self._fits = True
        self._pan_from: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._space = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(_("Photo"))
        self.grabGesture(Qt.GestureType.PinchGesture)
        session.changed.connect(self._refresh)
        session.ground_changed.connect(self._refresh_ground)

    # -- the view

    @property
    def view(self) -> View:
        """Where the photo lies in the widget."""
        return self.session.view

    def size_view(self) -> tuple[float, float]:
        """The widget's size in view px."""
        return (float(self.width()), float(self.height()))

    def set_view(self, view: View, *, fits: bool = False) -> None:
        """Show the photo so, as far as some of it stays in sight."""
        self._fits = fits
        if self._levels is not None:
            view = geometry.kept_in_sight(view, photo=self._levels.size_px, size=self.size_view())
        if view != self.session.view:
            self.session.view = view
            self.view_changed.emit()
        self.update()

    def fit(self) -> None:
        """Show the whole photo, and keep showing it whole when the widget's size changes."""
        self.set_view(self._fitted(), fits=True)

    def show_actual_pixels(self) -> None:
        """Show one pixel of the photo as one pixel of the screen, the middle where it was."""
        self.zoom_by(1.0 / self.devicePixelRatioF() / self.view.zoom)

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom, with what lies under `anchor` (else the middle) staying there."""
        if self._levels is None:
            return
        at = QPointF(self.width() / 2, self.height() / 2) if anchor is None else anchor
        least = min(self._fitted().zoom * 0.5, 1.0)
        self.set_view(
            geometry.zoomed_at(self.view, anchor=(at.x(), at.y()), factor=factor, least=least)
        )

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift the photo by view px."""
        self.set_view(geometry.panned(self.view, by=(dx, dy)))

    def set_tool(self, tool: BaseTool) -> None:
        """Give pointer and keys to another tool."""
        self.tool.cancel()
        self.tool.leave()
        self.tool = tool
        self.tool.begin()
        self._refresh()

    def picture(self, width_px: int) -> QImage:
        """The whole photo with what is drawn over it, so many px wide; empty without a photo."""
        if self._levels is None:
            return QImage()
        return ground.picture(self._levels, self.session.scene, width_px=width_px)

    # -- painting

    def paintEvent(self, _event: QtGui.QPaintEvent) -> None:
        painter = QPainter(self)
        if self._levels is None:
            ground.paint_empty(painter, self.rect())
            return
        scene = self.session.scene(
            self.view, self.size_view(), fill=self.tool.fill, axes=self.tool.shows_axes
        )
        painter.drawPixmap(0, 0, self._ground.pixmap(self._levels, scene, self.devicePixelRatioF()))
        ground.paint_over(painter, scene)
        self.tool.paint(painter)
        painting.paint_crossings(painter, scene)
        magnified = self.tool.magnified_px()
        if magnified is not None and self._pan_from is None:
            paint_loupe(painter, self._levels, view=self.view, size=scene.size, at=magnified)
        if self.hasFocus():
            painter.setPen(QColor(theme.tokens().accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _refresh(self) -> None:
        self._show_cursor()
        self.update()

    def _refresh_ground(self) -> None:
        pixels = self.session.pixels
        if pixels is None:
            self._levels = None
        elif self._levels is None or not self._levels.shows(pixels):
            self._levels = PhotoLevels(pixels)
            self.fit()
        self._ground.forget()
        self._refresh()

    def _fitted(self) -> View:
        photo = self._levels.size_px if self._levels else (1, 1)
        return geometry.fitted(photo=photo, view=self.size_view())

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        self.session.view_size = self.size_view()
        if self._levels is None:
            return
        if self._fits:
            self.fit()
            return
        old = event.oldSize()
        self.pan_by((self.width() - old.width()) / 2, (self.height() - old.height()) / 2)

    # -- pointer

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        if self._levels is None:
            return
        pointer = pointer_of(event, self.view)
        left = event.button() == Qt.MouseButton.LeftButton
        pans = event.button() == Qt.MouseButton.MiddleButton or (
            left and (self._space or self.tool.kind is Tool.PAN)
        )
        self._pressed_at = event.position() if left else None
        if left and self._chooses_by_label(event.position()):
            self._pressed_at = None
        elif pans:
            self._pan_from = event.position()
        elif left:
            self.tool.pointer = pointer
            self.tool.press(pointer)
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        # Quick clicks along an edge must each count, also those Qt takes for double ones.
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        pointer = pointer_of(event, self.view)
        self.tool.pointer = pointer
        self.pointer_moved.emit(pointer.at_px)
        if self._pan_from is not None:
            by = event.position() - self._pan_from
            self._pan_from = event.position()
            self.pan_by(by.x(), by.y())
        elif self._levels is not None:
            self.tool.move(pointer)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent) -> None:
        pointer = pointer_of(event, self.view)
        pressed_at, self._pressed_at = self._pressed_at, None
        panned, self._pan_from = self._pan_from is not None, None
        self._show_cursor()
        if pressed_at is None or event.button() != Qt.MouseButton.LeftButton:
            return
        away = (event.position() - pressed_at).manhattanLength()
        if not panned or (self.tool.kind is Tool.PAN and away <= CLICK_WITHIN_PX):
            self.tool.pointer = pointer
            self.tool.release(pointer)

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        self.tool.secondary()
        event.accept()

    def leaveEvent(self, _event: QEvent) -> None:
        self.tool.leave()
        self.pointer_moved.emit(None)
        self.update()

    def enterEvent(self, _event: QtGui.QEnterEvent) -> None:
        self._show_cursor()

    def wheelEvent(self, event: QtGui.QWheelEvent) -> None:
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        if not self.tool.wheel(notches, shift=bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )):  # fmt: skip
            self.zoom_by(WHEEL_STEP**notches, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QtGui.QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch)
                event.accept(pinch)
                return True
        elif isinstance(event, QtGui.QKeyEvent) and self._claims(event):
            # With the photo in focus its own keys come before those of the window's menus.
            event.accept()
            return True
        return super().event(event)

    def _claims(self, event: QtGui.QKeyEvent) -> bool:
        """Whether a key, about to become a shortcut of the window, is the photo's own."""
        return event.type() == QEvent.Type.ShortcutOverride and self._keys.wants(event)

    def _pinch(self, pinch: QPinchGesture) -> None:
        """Zoom and pan with two fingers; the gesture's points are on the screen."""
        if pinch.state() == Qt.GestureState.GestureStarted and self._pressed_at is not None:
            self._pressed_at = None
            self.tool.interrupt()
        by = pinch.centerPoint() - pinch.lastCenterPoint()
        if not pinch.lastCenterPoint().isNull():
            self.pan_by(by.x(), by.y())
        self.zoom_by(pinch.scaleFactor(), self.mapFromGlobal(pinch.centerPoint()))

    # -- keys

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif self._levels is None or not self._keys.press(self, event):
            event.ignore()

    def keyReleaseEvent(self, event: QtGui.QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)
        self._refresh()

    def _chooses_by_label(self, at: QPointF) -> bool:
        """Whether the press is on the label of another lesion, which is then chosen."""
        scene = self.session.scene(self.view, self.size_view())
        for lesion in scene.lesions:
            rect = captions.label_rect(scene, lesion)
            if rect is not None and rect.contains(at) and not lesion.active:
                self.session.activate(lesion.key)
                return True
        return False

    def _show_cursor(self) -> None:
        if self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.tool.is_waiting():
            self.setCursor(Qt.CursorShape.BusyCursor)
        elif self.session.read_only and self.tool.kind is not Tool.PAN:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        else:
            self.setCursor(self.tool.cursor)
