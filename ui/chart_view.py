"""The healing chart as a widget: zoom in time, hover for values, click opens the visit."""

import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import chart_painting, theme
from ui.chart_tip import paint_tip
from woundtrack.records import PatientHistory
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_types import Chart, Mark
from woundtrack.words import _

MARGIN_PX = 8
_ZOOM_STEP = 1.2
_SHORTEST_DAYS = 7.0
_DRAG_FROM_PX = 4


class ChartView(QWidget):
    """One patient's chart. Wheel zooms, dragging moves, a double click shows everything.

    With the keyboard: ← → go from visit to visit, Enter opens one, + − 0 zoom.
    """

    visit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 160)
        self._history: PatientHistory | None = None
        self._lesion_ids: tuple[int, ...] = ()
        self._window: tuple[float, float] | None = None
        self._chart: Chart | None = None
        self._pointed: Mark | None = None
        self._marked_visit: int | None = None
        self._pressed: QPointF | None = None
        self._dragged = False

    def set_history(self, history: PatientHistory | None, lesion_id: int | None = None) -> None:
        """Show a patient's lesion, or all lesions where `lesion_id` is None."""
        ids = () if lesion_id is None else (lesion_id,)
        same = (
            self._history is not None
            and history is not None
            and self._history.patient.id == history.patient.id
            and ids == self._lesion_ids
        )
        self._history, self._lesion_ids = history, ids
        if not same:
            self._window = None
            self._marked_visit = None
        self._pointed = None
        self._rebuild()

    def mark_visit(self, visit_id: int | None) -> None:
        """Ring the visit that is chosen elsewhere, for example in the photo strip."""
        self._marked_visit = visit_id
        self.update()

    def chart(self) -> Chart | None:
        """The chart as it is shown now, in px of this widget less its margin."""
        if self._chart is None and self._history is not None:
            self._build()
        return self._chart

    def show_all(self) -> None:
        """Show the whole period again."""
        self._window = None
        self._rebuild()

    def zoom(self, factor: float, *, at_x: float | None = None) -> None:
        """Zoom in time by a factor about a place of the widget (its middle if None)."""
        chart = self.chart()
        if chart is None or chart.empty:
            return
        first, last = chart.window
        full = self._full_window()
        span = min(max((last - first) / factor, _SHORTEST_DAYS), full[1] - full[0])
        middle = (chart.plot.left + chart.plot.right) / 2
        x = middle if at_x is None else at_x - MARGIN_PX
        share = (x - chart.plot.left) / max(1.0, chart.plot.right - chart.plot.left)
        share = min(max(share, 0.0), 1.0)
        day = first + share * (last - first)
        self._set_window((day - share * span, day + (1 - share) * span))

    def sizeHint(self) -> QSize:
        """A comfortable size beside the lesion's card."""
        return QSize(720, 320)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, the pointed visit's guide and its card."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        chart = self.chart()
        if chart is None:
            self._paint_sentence(painter, _("Choose a lesion to see how it heals."))
            return
        if chart.empty:
            self._paint_sentence(painter, chart.empty)
            return
        painter.translate(MARGIN_PX, MARGIN_PX)
        colours = chart_painting.palette()
        self._paint_guide(painter, chart, colours)
        chart_painting.paint(painter, chart, colours=colours)
        if self._pointed is not None and not self._dragged:
            paint_tip(painter, self._pointed, area=QRectF(0, 0, chart.width, chart.height))

    def _paint_sentence(self, painter: QPainter, sentence: str) -> None:
        painter.setPen(QColor(theme.tokens().muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(16, 8, -16, -8), flags, sentence)

    def _paint_guide(self, painter: QPainter, chart: Chart, colours: dict[str, str]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = next((m for m in chart.marks if m.hit.visit_id == self._marked_visit), None)
        for mark, width in ((marked, 1.0), (self._pointed, 1.5)):
            if mark is None:
                continue
            painter.setPen(QPen(QColor(colours["accent"]), width, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(mark.x, chart.plot.top), QPointF(mark.x, chart.plot.bottom))
        if self._pointed is not None:
            painter.setPen(QPen(QColor(colours["accent"]), 2))
            painter.setBrush(QColor(theme.tokens().accent_soft))
            painter.drawEllipse(QPointF(self._pointed.x, self._pointed.y), 9, 9)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the chart out anew."""
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Follow fonts and colours."""
        kinds = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in kinds:
            self._rebuild()
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom in time about the cursor; sideways wheels move."""
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()):
            self._move_by(-delta.x() / 2)
        else:
            self.zoom(_ZOOM_STEP ** (delta.y() / 120), at_x=event.position().x())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the period while dragging; else point at the nearest visit."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            step = event.position().x() - self._pressed.x()
            if self._dragged or abs(step) >= _DRAG_FROM_PX:
                self._dragged = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._pressed = event.position()
                self._move_by(-step)
            return
        self._point_at(self._mark_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the visit that was clicked."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed, self._dragged = None, False
        mark = self._mark_at(event.position())
        self._point_at(mark)
        if clicked and mark is not None:
            self.visit_chosen.emit(mark.hit.visit_id)

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
        """← → from visit to visit, Enter opens, + − 0 zoom."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self.visit_chosen.emit(self._pointed.hit.visit_id)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        chart = self.chart()
        marks = [m for m in chart.marks if m.method is not None] if chart else []
        marks.sort(key=lambda m: (m.x, m.hit.lesion_id))
        if not marks:
            return
        if self._pointed in marks:
            place = min(max(marks.index(self._pointed) + by, 0), len(marks) - 1)
        else:
            place = 0 if by > 0 else len(marks) - 1
        self._point_at(marks[place])

    def _mark_at(self, position: QPointF) -> Mark | None:
        chart = self.chart()
        if chart is None or chart.empty:
            return None
        return chart.nearest(position.x() - MARGIN_PX, position.y() - MARGIN_PX)

    def _point_at(self, mark: Mark | None) -> None:
        shape = Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if mark != self._pointed:
            self._pointed = mark
            told = [mark.hit.title, *mark.hit.lines] if mark else []
            self.setAccessibleDescription(". ".join(told))
            self.update()

    def _move_by(self, step_px: float) -> None:
        chart = self.chart()
        if chart is None or chart.empty:
            return
        first, last = chart.window
        days = step_px * (last - first) / max(1.0, chart.plot.right - chart.plot.left)
        self._set_window((first + days, last + days))

    def _set_window(self, window: tuple[float, float]) -> None:
        low, high = self._full_window()
        span = min(window[1] - window[0], high - low)
        first = min(max(window[0], low), high - span)
        whole = span >= high - low - 1e-6
        self._window = None if whole else (first, first + span)
        self._rebuild()

    def _full_window(self) -> tuple[float, float]:
        from woundtrack.healing.series import series_of
        from woundtrack.report.chart import full_window

        history = self._history
        if history is None:
            return 0.0, 1.0
        ids = self._lesion_ids or tuple(lesion.id for lesion in history.lesions)
        days: list[dt.date] = [
            point.on for i in ids for point in series_of(history, lesion_id=i).points
        ]
        return full_window(days) if days else (0.0, 1.0)

    def _rebuild(self) -> None:
        self._chart = None
        self._pointed = None
        self.setAccessibleName(_("Healing chart"))
        self.update()

    def _build(self) -> None:
        if self._history is None:
            return
        self._chart = chart_of(
            self._history,
            lesion_ids=self._lesion_ids,
            width=max(200.0, self.width() - 2.0 * MARGIN_PX),
            height=max(120.0, self.height() - 2.0 * MARGIN_PX),
            text_size=float(QFontInfo(self.font()).pixelSize()),
            window=self._window,
        )
