"""The comparison's canvas: photos of one wound side by side, or over each other.

It knows pictures on a plane, neither the store nor how they were aligned. What is shown is one
frozen `Scene`; the pointer and keys are in `canvas_hands`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGestureEvent, QWidget

from ui import theme
from ui.compare import canvas_geometry as geometry
from ui.compare import canvas_view, painting
from ui.compare.canvas_blink import Blink
from ui.compare.canvas_geometry import PlaneView, PointMm
from ui.compare.canvas_hands import Hands
from ui.compare.canvas_scene import Change, Pick, Scene, panes_of, told_in
from ui.compare.canvas_view import Fit
from ui.compare.painting_strips import strip_px
from ui.compare.picture import Mode, Picture, described
from ui.photo_editor.canvas import WHEEL_STEP

GAP_PX = 8.0

Rings = Sequence[NDArray[np.float64]]


class CompareCanvas(QWidget):
    """Shows up to four pictures. All points handed on are in mm of the plane."""

    fade_changed = Signal(float)
    swipe_changed = Signal(float)
    point_picked = Signal(int, float, float)
    """In which picture, x and y in mm."""
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene()
        self._over = self._scene.over
        self._fit = Fit.WOUNDS
        self._picking = False
        self._hands = Hands(self)
        self.blink = Blink(self)
        self.blink.timeout.connect(self.show_other)
        self.blink.running_changed.connect(self._look_at_blink)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._lay_out()

    # -- what is shown

    def scene(self) -> Scene:
        """All that is painted, as it is now."""
        return self._scene

    def set_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show these. A view that a person chose stays; a fitted one takes in what is new."""
        before = len(self._scene.images())
        outlines = tuple(_path(picture.rings_mm) for picture in pictures)
        self._show(pictures=tuple(pictures), outlines=outlines)
        if not self._scene.images():
            self._fit = Fit.WOUNDS
        self._lay_out(fits=len(self._scene.images()) > before)

    @property
    def mode(self) -> Mode:
        """How photos are compared now."""
        return self._scene.mode

    def set_mode(self, mode: Mode) -> None:
        """Compare photos so."""
        self._show(mode=mode, second=False, pick=None, line_taken=False)
        self._lay_out()
        self._look_at_blink()
        self._hands.show_cursor()

    def set_over(self, first: int, second: int) -> None:
        """Which two pictures lie over each other; what changed is told of the second."""
        self._over = (first, second)
        self._lay_out()

    @property
    def fade(self) -> float:
        """How much of the second picture is seen in FADE, 0 to 1."""
        return self._scene.fade

    def set_fade(self, part: float) -> None:
        """Show so much of the second picture in FADE."""
        if (part := min(max(part, 0.0), 1.0)) != self.fade:
            self._show(fade=part)
            self.fade_changed.emit(part)

    @property
    def swipe(self) -> float:
        """Where the line stands in SWIPE, 0 to 1 from left to right."""
        return self._scene.swipe

    def set_swipe(self, part: float) -> None:
        """Put the swipe line there."""
        if (part := min(max(part, 0.0), 1.0)) != self.swipe:
            self._show(swipe=part)
            self.swipe_changed.emit(part)

    def set_outlines_shown(self, shown: bool) -> None:
        """Draw the outlines or not."""
        self._show(outlines_shown=shown)

    def set_change(self, gained_rings_mm: Rings, lost_rings_mm: Rings) -> None:
        """Tint what was gained and lost between the two over each other; () and () is nothing."""
        change = Change(_path(gained_rings_mm), _path(lost_rings_mm))
        nothing = change.gained.isEmpty() and change.lost.isEmpty()
        self._show(change=None if nothing else change)

    def show_other(self) -> None:
        """Show the other picture in BLINK."""
        self._show(second=not self._scene.second)

    # -- points

    def set_points(self, points: Iterable[tuple[PointMm | None, ...]]) -> None:
        """Draw numbered points in each picture, side by side."""
        self._show(points=tuple(points))

    @property
    def picking(self) -> bool:
        """Whether a click puts a point."""
        return self._picking

    def set_picking(self, picking: bool) -> None:
        """Let clicks, or arrows and Enter, put points side by side."""
        self._picking = picking
        self._show(pick=None)
        self._hands.show_cursor()

    def set_pick(self, pick: Pick | None) -> None:
        """Show a cross and a magnifier where the next point would be put."""
        if pick != self._scene.pick:
            self._show(pick=pick)

    def set_line_taken(self, taken: bool) -> None:
        """Show the swipe line as taken, or not."""
        if taken != self._scene.line_taken:
            self._show(line_taken=taken)

    # -- the view

    @property
    def mm_per_px(self) -> float:
        """How much of the plane one view px shows, alike in all panes."""
        return 1.0 / self._scene.view.px_per_mm

    def set_view(self, view: PlaneView, *, fit: Fit = Fit.NOTHING) -> None:
        """Show this part of the plane; it is found anew as `fit` says when the size changes."""
        self._fit = fit
        view = canvas_view.kept_in_sight(self._scene, view)
        if view != self._scene.view:
            self._show(view=view)
            self.view_changed.emit()

    def fit(self) -> None:
        """Show the wounds with some skin round them; where that is shown already, the photos."""
        self.set_fit(Fit.PHOTOS if self._fit is Fit.WOUNDS else Fit.WOUNDS)

    def set_fit(self, fit: Fit) -> None:
        """Show the wounds, or the photos, and go on doing so when the size changes."""
        self.set_view(canvas_view.fit_view(self._scene, fit), fit=fit)

    def zoom_in(self) -> None:
        """Show the middle larger."""
        self.zoom_by(WHEEL_STEP)

    def zoom_out(self) -> None:
        """Show the middle smaller."""
        self.zoom_by(1 / WHEEL_STEP)

    def zoom_by(self, factor: float, at: QPointF | None = None, *, pane: int = 0) -> None:
        """Zoom, what a pane shows at `at` staying there; else its middle does."""
        if self._scene.images():
            point = None if at is None else (at.x(), at.y())
            self.set_view(canvas_view.zoomed_view(self._scene, factor, at=point, pane=pane))

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift what all panes show by view px."""
        self.set_view(geometry.panned(self._scene.view, by=(dx, dy)))

    # -- painting

    def paintEvent(self, _event: QtGui.QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.paint(painter, self._scene, size=(float(self.width()), float(self.height())))
            if self.hasFocus():
                painter.setPen(QtGui.QPen(QColor(theme.tokens().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def sizeHint(self) -> QSize:
        """Room for two panes."""
        return QSize(1200, 720)

    def _show(self, **changes: Any) -> None:
        self._scene = replace(self._scene, **changes)
        self.update()

    def _lay_out(self, *, fits: bool = True) -> None:
        """Find the panes anew; what was fitted is fitted again."""
        scene, size = self._scene, (float(self.width()), float(self.height()))
        count = len(scene.pictures)
        over = tuple(min(each, max(0, count - 1)) for each in self._over)
        told = told_in(scene.mode, count=count, over=(over[0], over[1]))
        strip, boxes = 0.0, []
        for _round in range(2 if told else 0):  # the strip's height hangs on the panes' width
            boxes = geometry.pane_boxes(len(told), size=size, gap=GAP_PX, strip=strip)
            strip = strip_px(scene.pictures, entry_px=boxes[0].width / len(told[0]))
        boxes = geometry.pane_boxes(len(told), size=size, gap=GAP_PX, strip=strip)
        pick = scene.pick if scene.pick is not None and scene.pick.pane < len(boxes) else None
        self._show(over=over, panes=panes_of(boxes, strip=strip, told=told), pick=pick)
        if fits and self._fit is not Fit.NOTHING:
            self.set_fit(self._fit)
        self._describe()

    def _describe(self) -> None:
        """Tell those who hear it what is shown, once where nothing changed."""
        name, description = described(self._scene.mode, self._scene.pictures)
        if (name, description) != (self.accessibleName(), self.accessibleDescription()):
            self.setAccessibleName(name)
            self.setAccessibleDescription(description)

    def _look_at_blink(self) -> None:
        self.blink.look(seen=self.mode is Mode.BLINK and self.isVisible())

    # -- events

    def resizeEvent(self, _event: QtGui.QResizeEvent) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        kinds = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in kinds:
            self._lay_out()
        super().changeEvent(event)

    def showEvent(self, event: QtGui.QShowEvent) -> None:
        super().showEvent(event)
        self._look_at_blink()

    def hideEvent(self, event: QtGui.QHideEvent) -> None:
        super().hideEvent(event)
        self._look_at_blink()

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        self._hands.press(event)

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent) -> None:
        self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        self._hands.double_click(event)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hands.leave()

    def wheelEvent(self, event: QtGui.QWheelEvent) -> None:
        self._hands.wheel(event)

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        if not self._hands.key(event):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        touches = isinstance(event, (QtGui.QNativeGestureEvent, QGestureEvent))
        return (touches and self._hands.gesture(event)) or super().event(event)


def _path(rings_mm: Rings) -> QPainterPath:
    """Closed rings on the plane; inside is decided by parity."""
    path = QPainterPath()
    for ring in rings_mm:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
        path.closeSubpath()
    return path
