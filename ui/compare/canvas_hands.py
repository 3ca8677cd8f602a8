"""The pointer and keys of the comparison's canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from ui.compare.canvas_scene import Hit, Pick, hit
from ui.compare.picture import Mode
from ui.photo_editor.canvas import CLICK_WITHIN_PX, WHEEL_STEP
from ui.photo_editor.keys import PAN_FAR_PX, PAN_PX
from ui.photo_editor.tools import ARROWS

if TYPE_CHECKING:
    from ui.compare.canvas import CompareCanvas

STEP, LONG_STEP = 0.02, 0.1
"""What one key moves the swipe line or the fade by."""
NUDGE_PX, LONG_NUDGE_PX = 1.0, 16.0
"""What an arrow moves the cross by while points are picked."""


class Hands:
    """Turns what pointer and keys do into calls of the canvas."""

    def __init__(self, canvas: "CompareCanvas") -> None:
        self._canvas = canvas
        self._from: QPointF | None = None
        self._pressed: QPointF | None = None
        self._line = False

    # -- pointer

    def press(self, event: QMouseEvent) -> None:
        """Take the swipe line, or begin to pan; a click is known when it ends."""
        left = event.button() == Qt.MouseButton.LeftButton
        if not left and event.button() != Qt.MouseButton.MiddleButton:
            return
        found = self._hit(event.position())
        if left and found.line:
            self._line = True
        elif found.pane is not None:
            self._from = event.position()
            self._pressed = event.position() if left else None
        self.show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """Drag the swipe line or what is shown; else move the cross."""
        canvas, at = self._canvas, event.position()
        if self._line:
            box = canvas.scene().panes[0].box
            canvas.set_swipe((at.x() - box.left) / box.width)
            return
        if self._from is not None:
            by, self._from = at - self._from, at
            if not self._is_click(at):
                self._pressed = None
                canvas.pan_by(by.x(), by.y())
            return
        found = self._hit(at)
        canvas.set_line_taken(found.line)
        if self._picks():
            canvas.set_pick(None if found.pane is None else Pick(found.pane, found.at_mm))
        self.show_cursor()

    def release(self, event: QMouseEvent) -> None:
        """End a drag; a press that did not move puts a point while points are picked."""
        clicked = self._is_click(event.position())
        self._from, self._pressed, self._line = None, None, False
        if clicked and self._picks():
            found = self._hit(event.position())
            if found.pane is not None:
                self._canvas.set_pick(Pick(found.pane, found.at_mm))
                self._put()
        self.show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        """Fit what is shown; while points are picked each of two quick clicks counts."""
        if self._picks() or self._hit(event.position()).line:
            self.press(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._canvas.fit()

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self._canvas.set_line_taken(False)
        self._canvas.set_pick(None)

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        found = self._hit(event.position())
        if found.pane is not None:
            self._canvas.zoom_by(WHEEL_STEP**notches, event.position(), pane=found.pane)
        event.accept()

    def gesture(self, event: QEvent) -> bool:
        """Zoom and pan with two fingers."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._zoom_at(1.0 + event.value(), event.position())
            return True
        if not isinstance(event, QGestureEvent):
            return False
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        by = pinch.centerPoint() - pinch.lastCenterPoint()
        if not pinch.lastCenterPoint().isNull():
            self._canvas.pan_by(by.x(), by.y())
        middle = self._canvas.mapFromGlobal(pinch.centerPoint())
        self._zoom_at(pinch.scaleFactor(), QPointF(middle))
        self._from = self._pressed = None
        event.accept(pinch)
        return True

    def show_cursor(self) -> None:
        """The cursor that says what a press would do."""
        canvas = self._canvas
        if canvas.scene().line_taken:
            canvas.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._from is not None and self._pressed is None:
            canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._picks():
            canvas.setCursor(Qt.CursorShape.CrossCursor)
        else:
            canvas.setCursor(Qt.CursorShape.OpenHandCursor)

    # -- keys

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it means nothing here."""
        canvas, key, typed = self._canvas, event.key(), event.text()
        if typed in ("+", "="):
            self._zoom_at(WHEEL_STEP, self._pick_px())
        elif typed in ("-", "\N{MINUS SIGN}"):
            self._zoom_at(1 / WHEEL_STEP, self._pick_px())
        elif typed == "0":
            canvas.fit()
        elif key == Qt.Key.Key_Space and canvas.mode is Mode.BLINK:
            canvas.blink.set_running(not canvas.blink.running)
        elif self._picks() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._put()
        elif self._picks() and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._to_pane(1 if key == Qt.Key.Key_PageDown else -1)
        elif (step := ARROWS.get(Qt.Key(key))) is not None:
            self._arrow(step, event.modifiers())
        else:
            return False
        return True

    def _arrow(self, step: tuple[float, float], held: Qt.KeyboardModifier) -> None:
        canvas, far = self._canvas, bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.ControlModifier:
            part = (step[0] - step[1]) * (LONG_STEP if far else STEP)
            if canvas.mode is Mode.SWIPE:
                canvas.set_swipe(canvas.swipe + part)
            elif canvas.mode is Mode.FADE:
                canvas.set_fade(canvas.fade + part)
            elif canvas.mode is Mode.BLINK:
                canvas.blink.set_running(False)
                canvas.show_other()
        elif self._picks():
            self._nudge(step, LONG_NUDGE_PX if far else NUDGE_PX)
        else:
            length = PAN_FAR_PX if far else PAN_PX
            canvas.pan_by(-step[0] * length, -step[1] * length)

    # -- points

    def _picks(self) -> bool:
        return self._canvas.picking and self._canvas.mode is Mode.SIDE_BY_SIDE

    def _put(self) -> None:
        scene = self._canvas.scene()
        pick = scene.pick
        if pick is None:
            self._to_pane(0)
        elif scene.pictures[pick.pane].image is not None:
            self._canvas.point_picked.emit(pick.pane, *pick.at_mm)

    def _to_pane(self, by: int) -> None:
        """Put the cross into another pane, at the same place; at first into the first's middle."""
        scene = self._canvas.scene()
        if scene.pick is None and scene.panes:
            self._canvas.set_pick(Pick(0, scene.view.middle_mm))
        elif scene.pick is not None:
            pane = (scene.pick.pane + by) % len(scene.panes)
            self._canvas.set_pick(Pick(pane, scene.pick.at_mm))

    def _nudge(self, step: tuple[float, float], length_px: float) -> None:
        """Move the cross; near the pane's edge what is shown moves instead."""
        canvas, scene = self._canvas, self._canvas.scene()
        if scene.pick is None:
            self._to_pane(0)
            return
        (x, y), mm = scene.pick.at_mm, length_px * canvas.mm_per_px
        moved = (x + step[0] * mm, y + step[1] * mm)
        canvas.set_pick(Pick(scene.pick.pane, moved))
        box = scene.panes[scene.pick.pane].box
        if not box.has(scene.view.to_view(moved, box)):
            canvas.pan_by(-step[0] * box.width / 3, -step[1] * box.height / 3)

    def _pick_px(self) -> QPointF | None:
        scene = self._canvas.scene()
        if scene.pick is None:
            return None
        return QPointF(*scene.view.to_view(scene.pick.at_mm, scene.panes[scene.pick.pane].box))

    # -- helpers

    def _hit(self, at: QPointF) -> Hit:
        return hit(self._canvas.scene(), (at.x(), at.y()))

    def _zoom_at(self, factor: float, at: QPointF | None) -> None:
        pane = None if at is None else self._hit(at).pane
        self._canvas.zoom_by(factor, None if pane is None else at, pane=pane or 0)

    def _is_click(self, at: QPointF) -> bool:
        """Whether the pointer, still at about its press, dragged nothing."""
        pressed = self._pressed
        return pressed is not None and (at - pressed).manhattanLength() <= CLICK_WITHIN_PX
