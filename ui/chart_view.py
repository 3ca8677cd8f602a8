"""The healing chart under hand: zoom in time, hover for values, click opens what is there."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.chart_canvas import MARGIN_PX, ChartCanvas
from ui.chart_window import kept, zoomed
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_pointing import Way, next_spot, spot_at
from woundtrack.report.chart_types import Chart, Spot

_ZOOM_STEP = 1.2
_DRAG_FROM_PX = 4
_WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
}  # fmt: skip


class ChartView(ChartCanvas):
    """Wheel (or Ctrl and wheel) zooms, dragging moves, a double click shows everything.

    With the keyboard: ← → go from day to day, ↑ ↓ from curves to events and therapies, Enter
    opens what is pointed at, + − 0 zoom.
    """

    visit_chosen = Signal(int)
    visit_pointed = Signal(int)
    """The visit that mouse or keys point at."""
    course_chosen = Signal(int)
    sessions_chosen = Signal(int)
    """The course whose sessions are meant."""
    event_chosen = Signal(int)
    lesion_chosen = Signal(int)
    patient_chosen = Signal(int)
    labs_chosen = Signal(object)
    """The day whose results are meant."""
    analgesics_chosen = Signal(object)
    """The day on which they were taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pressed: QPointF | None = None
        self._dragged = False

    # -- the period

    def show_all(self) -> None:
        """Show the whole period again."""
        self._window = None
        self._rebuild()

    def zoom(self, factor: float, *, at_x: float | None = None) -> None:
        """Zoom in time by a factor about a place of the widget (its middle if None)."""
        chart = self.chart()
        if chart is None or chart.empty:
            return
        wide = max(1.0, chart.plot.right - chart.plot.left)
        share = 0.5 if at_x is None else (at_x - MARGIN_PX - chart.plot.left) / wide
        self._window = zoomed(chart.window, factor, share=share, full=self._whole())
        self._rebuild()

    def _move_by(self, step_px: float) -> None:
        chart = self.chart()
        if chart is None or chart.empty:
            return
        first, last = chart.window
        days = step_px * (last - first) / max(1.0, chart.plot.right - chart.plot.left)
        self._window = kept((first + days, last + days), full=self._whole())
        self._rebuild()

    # -- pointing

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom in time about the cursor; sideways wheels move.

        Where the page scrolls the wheel is the page's, and zooms with Ctrl.
        """
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()):
            self._move_by(-delta.x() / 2)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._page_scrolls():
            self.zoom(_ZOOM_STEP ** (delta.y() / 120), at_x=event.position().x())
        else:
            event.ignore()
            return
        event.accept()

    def _page_scrolls(self) -> bool:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around is not None and around.verticalScrollBar().maximum() > 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the period while dragging; else point at what is nearest."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            step = event.position().x() - self._pressed.x()
            if self._dragged or abs(step) >= _DRAG_FROM_PX:
                self._dragged = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._pressed = event.position()
                self._move_by(-step)
            return
        self._point_at(self._spot_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed, self._dragged = None, False
        spot = self._spot_at(event.position())
        self._point_at(spot)
        if clicked and spot is not None:
            self._open(spot)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show the whole period again."""
        self._pressed = None
        self.show_all()

    def leaveEvent(self, _event: QEvent) -> None:
        """Point at nothing."""
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        self._point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from place to place, Enter opens, + − 0 zoom."""
        key, chart = event.key(), self.chart()
        if key in _WAYS and chart is not None:
            self._step(chart, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self._open(self._pointed)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _step(self, chart: Chart, event: QKeyEvent) -> None:
        spot = next_spot(chart, self._pointed, _WAYS[event.key()])
        upright = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if upright and spot == self._pointed:
            super().keyPressEvent(event)  # nothing further there: the page may scroll
            return
        self._point_at(spot)

    def _open(self, spot: Spot) -> None:
        hit = spot.hit
        signal = {
            Opens.VISIT: self.visit_chosen, Opens.COURSE: self.course_chosen,
            Opens.SESSIONS: self.sessions_chosen, Opens.EVENT: self.event_chosen,
            Opens.LESION: self.lesion_chosen, Opens.PATIENT: self.patient_chosen,
            Opens.LABS: self.labs_chosen, Opens.ANALGESICS: self.analgesics_chosen,
        }[hit.opens]  # fmt: skip
        signal.emit(hit.on if hit.opens in (Opens.LABS, Opens.ANALGESICS) else hit.id)

    def _spot_at(self, position: QPointF) -> Spot | None:
        chart = self.chart()
        if chart is None or chart.empty:
            return None
        return spot_at(chart, position.x() - MARGIN_PX, position.y() - MARGIN_PX)

    def _point_at(self, spot: Spot | None) -> None:
        shape = Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if spot != self._pointed:
            self._pointed = spot
            if spot is not None and spot.hit.opens is Opens.VISIT:
                self.visit_pointed.emit(spot.hit.id)
            told = [spot.hit.title, *spot.hit.lines] if spot else []
            self.setAccessibleDescription(". ".join(told))
            self.update()
