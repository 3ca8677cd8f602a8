"""The comparison's canvas: photos of one wound side by side, or over each other.

It knows pictures on a plane, neither the store nor how they were aligned. The pointer and keys
are in `canvas_hands`.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGestureEvent, QStyle, QWidget

from ui import theme
from ui.compare import canvas_geometry as geometry
from ui.compare import painting
from ui.compare.canvas_geometry import BoxMm, PlaneView, PointMm
from ui.compare.canvas_hands import Hands
from ui.compare.canvas_scene import Change, Pane, Pick, Scene, panes_of, told_in
from ui.compare.painting_strips import strip_px
from ui.compare.picture import MODE_NAMES, Mode, Picture
from woundtrack import words
from woundtrack.words import _

GAP_PX = 8.0
AROUND = 2.4
"""Of the wounds' extent, so much is shown at first."""
LEAST_BLINK_MS = 340
"""Fewer than three changes a second: quicker flashes can bring on a seizure (WCAG 2.3.1)."""
MOST_ZOOM = 24.0
"""View px for one px of the finest photo, at most."""

Rings = Sequence[NDArray[np.float64]]


class CompareCanvas(QWidget):
    """Shows up to four pictures. All points handed on are in mm of the plane."""

    fade_changed = Signal(float)
    swipe_changed = Signal(float)
    point_picked = Signal(int, float, float)
    """In which picture, x and y in mm."""
    view_changed = Signal()
    blinking_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: tuple[Picture | None, ...] = ()
        self._outlines: tuple[QPainterPath, ...] = ()
        self._panes: tuple[Pane, ...] = ()
        self._mode = Mode.SIDE_BY_SIDE
        self._over = (0, 1)
        self._fade = self._swipe = 0.5
        self._second = False
        self._outlines_shown = True
        self._change: Change | None = None
        self._points: tuple[tuple[PointMm | None, ...], ...] = ()
        self._picking = False
        self._pick: Pick | None = None
        self._view: PlaneView | None = None
        self._fits_wounds: bool | None = True
        self._blink = QTimer(self, interval=800)
        self._blink.timeout.connect(self.show_other)
        self._blinking = self._animates()
        self._hands = Hands(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(_("Photos compared"))
        self._lay_out()

    # -- what is shown

    def set_pictures(self, pictures: Sequence[Picture | None]) -> None:
        """Show these, None where one is still loading; zoom and middle stay once there is one."""
        self._pictures = tuple(pictures)
        self._outlines = tuple(_path(each.rings_mm if each else ()) for each in pictures)
        self._lay_out()

    def pictures(self) -> tuple[Picture | None, ...]:
        """What is shown."""
        return self._pictures

    @property
    def mode(self) -> Mode:
        """How photos are compared now."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Compare photos so."""
        self._mode, self._second = mode, False
        self._lay_out()
        self._run_blink()

    def set_over(self, first: int, second: int) -> None:
        """Which two pictures lie over each other; what changed is told of the second."""
        self._over = (first, second)
        self._lay_out()

    @property
    def fade(self) -> float:
        """How much of the second picture is seen in FADE, 0 to 1."""
        return self._fade

    def set_fade(self, part: float) -> None:
        """Show so much of the second picture in FADE."""
        part = min(max(part, 0.0), 1.0)
        if part != self._fade:
            self._fade = part
            self.fade_changed.emit(part)
            self.update()

    @property
    def swipe(self) -> float:
        """Where the line stands in SWIPE, 0 to 1 from left to right."""
        return self._swipe

    def set_swipe(self, part: float) -> None:
        """Put the swipe line there."""
        part = min(max(part, 0.0), 1.0)
        if part != self._swipe:
            self._swipe = part
            self.swipe_changed.emit(part)
            self.update()

    def set_outlines_shown(self, shown: bool) -> None:
        """Draw the outlines or not."""
        self._outlines_shown = shown
        self.update()

    def set_change(self, gained_rings_mm: Rings, lost_rings_mm: Rings) -> None:
        """Tint what was gained and lost between the two over each other; () and () is nothing."""
        change = Change(_path(gained_rings_mm), _path(lost_rings_mm))
        nothing = change.gained.isEmpty() and change.lost.isEmpty()
        self._change = None if nothing else change
        self.update()

    # -- blinking

    @property
    def blinking(self) -> bool:
        """Whether BLINK changes by itself; False where the desktop wants no animations."""
        return self._blinking

    def set_blinking(self, blinking: bool) -> None:
        """Let BLINK change by itself, or hold what it shows."""
        if blinking != self._blinking:
            self._blinking = blinking
            self.blinking_changed.emit(blinking)
        self._run_blink()

    def set_blink_ms(self, each_ms: int) -> None:
        """How long each picture is shown; never so short that it could do harm."""
        self._blink.setInterval(max(LEAST_BLINK_MS, each_ms))

    def show_other(self) -> None:
        """Show the other picture in BLINK."""
        self._second = not self._second
        self.update()

    def _run_blink(self) -> None:
        if self._mode is Mode.BLINK and self._blinking and self.isVisible():
            self._blink.start()
        else:
            self._blink.stop()

    def _animates(self) -> bool:
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0

    # -- points

    def set_points(self, points: Iterable[tuple[PointMm | None, ...]]) -> None:
        """Draw numbered points in each picture, side by side."""
        self._points = tuple(points)
        self.update()

    @property
    def picking(self) -> bool:
        """Whether a click puts a point."""
        return self._picking

    def set_picking(self, picking: bool) -> None:
        """Let clicks, or arrows and Enter, put points side by side."""
        self._picking = picking
        if not picking:
            self.set_pick(None)
        self._hands.show_cursor()

    def pick(self) -> Pick | None:
        """Where the next point would be put."""
        return self._pick

    def set_pick(self, pick: Pick | None) -> None:
        """Show a cross and a magnifier there."""
        if pick != self._pick:
            self._pick = pick
            self.update()

    # -- the view

    @property
    def mm_per_px(self) -> float:
        """How much of the plane one view px shows, alike in all panes."""
        return 1.0 / self._shown_view().px_per_mm

    def set_view(self, view: PlaneView, *, fits_wounds: bool | None = None) -> None:
        """Show this part of the plane; `fits_wounds` where fitted: to wounds, or to photos."""
        self._fits_wounds = fits_wounds
        if self._boxes_mm():
            view = geometry.kept_in_sight(view, box_mm=geometry.round_all(self._boxes_mm()))
        if view != self._view:
            self._view = view
            self.view_changed.emit()
        self.update()

    def fit(self) -> None:
        """Show the wounds with some skin round them; where that is shown already, the photos."""
        if self._panes and self._boxes_mm():
            self._fit(wounds=self._fits_wounds is not True)

    def zoom_in(self) -> None:
        """Show the middle larger."""
        self.zoom_by(1.25)

    def zoom_out(self) -> None:
        """Show the middle smaller."""
        self.zoom_by(0.8)

    def zoom_by(self, factor: float, at: QPointF | None = None, *, pane: int | None = None) -> None:
        """Zoom, what a pane shows at `at` staying there; else its middle does."""
        if not self._boxes_mm():
            return
        box = self._panes[pane or 0].box
        whole = geometry.fitted(geometry.round_all(self._boxes_mm()), pane=self._panes[0].box)
        finest = min(each.image.mm_per_px for each in self._pictures if each is not None)
        self.set_view(
            geometry.zoomed_at(
                self._shown_view(),
                box=box,
                at=box.middle if at is None else (at.x(), at.y()),
                factor=factor,
                least=whole.px_per_mm / 2,
                most=MOST_ZOOM / finest,
            )
        )

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift what all panes show by view px."""
        self.set_view(geometry.panned(self._shown_view(), by=(dx, dy)))

    def _fit(self, *, wounds: bool) -> None:
        box_mm = geometry.round_all(self._boxes_mm())
        rings = [
            path.boundingRect() for path in self._outlines if not path.isEmpty()
        ]  # fmt: skip
        if wounds and rings:
            within = [(r.left(), r.top(), r.right(), r.bottom()) for r in rings]
            box_mm = geometry.widened(geometry.round_all(within), times=AROUND, within=box_mm)
        self.set_view(geometry.fitted(box_mm, pane=self._panes[0].box), fits_wounds=wounds)

    def _boxes_mm(self) -> list[BoxMm]:
        return [picture.image.box_mm for picture in self._pictures if picture is not None]

    def _shown_view(self) -> PlaneView:
        return self._view or PlaneView()

    # -- painting

    def scene(self) -> Scene:
        """All that is painted, as it is now."""
        return Scene(
            mode=self._mode,
            pictures=self._pictures,
            outlines=self._outlines,
            panes=self._panes,
            view=self._shown_view(),
            over=self._over,
            fade=self._fade,
            swipe=self._swipe,
            second=self._second,
            outlines_shown=self._outlines_shown,
            change=self._change,
            points=self._points,
            pick=self._pick,
            line_taken=self._hands.line_taken,
        )

    def paintEvent(self, _event: QtGui.QPaintEvent) -> None:
        painter = QPainter(self)
        painting.paint(painter, self.scene(), size=(float(self.width()), float(self.height())))
        if self.hasFocus():
            painter.setPen(QtGui.QPen(QColor(theme.tokens().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def sizeHint(self) -> QSize:
        """Room for two panes."""
        return QSize(1200, 720)

    def _lay_out(self) -> None:
        """Find the panes anew; what was fitted is fitted again."""
        count = len(self._pictures)
        first, second = (min(each, max(0, count - 1)) for each in self._over)
        self._over = (first, second)
        told = told_in(self._mode, count=count, over=self._over)
        size = (float(self.width()), float(self.height()))
        strip = strip_px((), entry_px=size[0])
        for _round in range(2):  # the strip's height hangs on the panes' width, and that on it
            boxes = geometry.pane_boxes(len(told), size=size, gap=GAP_PX, strip=strip)
            if boxes:
                entry_px = boxes[0].width / len(told[0])
                strip = strip_px(self._pictures, entry_px=entry_px)
        self._panes = panes_of(boxes, strip=strip, told=told)
        if self._boxes_mm() and self._fits_wounds is not None:
            self._fit(wounds=self._fits_wounds)
        self.setAccessibleDescription(self._described())
        self.update()

    def _described(self) -> str:
        """What is shown, in words."""
        if not self._pictures:
            return _("Choose two to four photos to compare.")
        each = (
            _("Loading…")
            if picture is None
            else ". ".join(part for part in (picture.title, picture.subtitle, picture.note) if part)
            for picture in self._pictures
        )
        return words.labelled(_(MODE_NAMES[self._mode]), "; ".join(each))

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
        self._run_blink()

    def hideEvent(self, event: QtGui.QHideEvent) -> None:
        super().hideEvent(event)
        self._run_blink()

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
