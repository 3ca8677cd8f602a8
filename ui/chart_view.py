"""The healing chart as a widget: zoom in time, hover for values, click opens what is there."""

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
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import chart_painting, theme
from ui.chart_tip import paint_tip
from ui.chart_window import Window, kept, zoomed
from woundtrack.records import PatientHistory
from woundtrack.report.chart import chart_of, whole_window
from woundtrack.report.chart_choice import ChartChoice, Offer
from woundtrack.report.chart_data import ChartData, chart_data
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_pointing import Way, next_spot, spot_at
from woundtrack.report.chart_types import Chart, Spot
from woundtrack.words import _

MARGIN_PX = 8
_ZOOM_STEP = 1.2
_DRAG_FROM_PX = 4
_LEAST_PX, _MOST_IN_TEXTS = 208, 40.0
"""The chart asks for the height that shows every therapy, within these."""
_LEAST_PLOT_IN_TEXTS = 7.0
_WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
}  # fmt: skip


class ChartView(QWidget):
    """One patient's chart. Wheel zooms, dragging moves, a double click shows everything.

    With the keyboard: ← → go from day to day, ↑ ↓ from curves to events and therapies, Enter
    opens what is pointed at, + − 0 zoom.
    """

    visit_chosen = Signal(int)
    course_chosen = Signal(int)
    event_chosen = Signal(int)
    lesion_chosen = Signal(int)
    patient_chosen = Signal(int)
    labs_chosen = Signal(object)
    """The day whose results are meant."""
    analgesics_chosen = Signal(object)
    """The day on which they were taken."""
    offers_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 160)
        self._history: PatientHistory | None = None
        self._lesion_ids: tuple[int, ...] = ()
        self._choice = ChartChoice()
        self._data: ChartData | None = None
        self._corner: QWidget | None = None
        self._window: Window | None = None
        self._full: Window | None = None
        self._chart: Chart | None = None
        self._picture: QPixmap | None = None
        self._pointed: Spot | None = None
        self._marked_visit: int | None = None
        self._pressed: QPointF | None = None
        self._dragged = False

    # -- what is shown

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
        self._data = None if history is None else chart_data(history, lesion_ids=ids)
        self._full = None
        if not same:
            self._window = None
            self._marked_visit = None
        self._rebuild()
        self._fit()
        self.offers_changed.emit()

    def set_choice(self, choice: ChartChoice) -> None:
        """Show these series, as far as the patient has them."""
        if choice != self._choice:
            self._choice, self._full = choice, None
            self._rebuild()
            self._fit()

    def choice(self) -> ChartChoice:
        """The series that are chosen."""
        return self._choice

    def offers(self) -> tuple[Offer, ...]:
        """The series that the patient has."""
        return self._data.offers if self._data else ()

    def set_corner(self, corner: QWidget) -> None:
        """A widget that lies in the upper right corner; the chart keeps clear of it."""
        corner.setParent(self)
        self._corner = corner
        self._rebuild()

    def mark_visit(self, visit_id: int | None) -> None:
        """Ring the visit that is chosen elsewhere, for example in the photo strip."""
        self._marked_visit = visit_id
        self.update()

    def chart(self) -> Chart | None:
        """The chart as it is shown now, in px of this widget less its margin."""
        if self._chart is None and self._data is not None:
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
        wide = max(1.0, chart.plot.right - chart.plot.left)
        share = 0.5 if at_x is None else (at_x - MARGIN_PX - chart.plot.left) / wide
        self._window = zoomed(chart.window, factor, share=share, full=self._whole())
        self._rebuild()

    def sizeHint(self) -> QSize:
        """A comfortable size beside the lesion's card."""
        return QSize(720, 320)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, the pointed place's guide and its card."""
        painter = QPainter(self)
        chart = self.chart()
        if chart is None or chart.empty:
            painter.fillRect(self.rect(), QColor(theme.tokens().surface))
            sentence = chart.empty if chart else _("Choose a lesion to see how it heals.")
            painter.setPen(QColor(theme.tokens().muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), flags, sentence)
            return
        painter.drawPixmap(0, 0, self._painted(chart))
        painter.translate(MARGIN_PX, MARGIN_PX)
        self._paint_guides(painter, chart)
        if self._pointed is not None and not self._dragged:
            area = QRectF(0, 0, chart.width, chart.height)
            paint_tip(painter, self._pointed, area=area, size_px=chart.text_size)

    def _painted(self, chart: Chart) -> QPixmap:
        """The chart's picture; made once, for pointing repaints much and changes nothing."""
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(QColor(theme.tokens().surface))
            painter = QPainter(self._picture)
            painter.translate(MARGIN_PX, MARGIN_PX)
            chart_painting.paint(painter, chart, colours=chart_painting.palette())
            painter.end()
        return self._picture

    def _paint_guides(self, painter: QPainter, chart: Chart) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.tokens().accent)
        visits = (s for s in chart.spots if s.hit.opens is Opens.VISIT)
        marked = next((s for s in visits if s.hit.id == self._marked_visit), None)
        for spot, width in ((marked, 1.0), (self._pointed, 1.5)):
            if spot is not None:
                painter.setPen(QPen(accent, width, Qt.PenStyle.DotLine))
                top, bottom = chart.plot.top, max(chart.plot.bottom, spot.y)
                painter.drawLine(QPointF(spot.x, top), QPointF(spot.x, bottom))
        if self._pointed is not None:
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(self._pointed.x, self._pointed.y), 8, 8)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the chart out anew."""
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Follow fonts and colours."""
        kinds = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in kinds:
            self._rebuild()
        super().changeEvent(event)

    # -- pointing

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
        by_day = {Opens.LABS: self.labs_chosen, Opens.ANALGESICS: self.analgesics_chosen}
        if hit.opens in by_day:
            by_day[hit.opens].emit(hit.on)
            return
        {
            Opens.VISIT: self.visit_chosen, Opens.COURSE: self.course_chosen,
            Opens.EVENT: self.event_chosen, Opens.LESION: self.lesion_chosen,
            Opens.PATIENT: self.patient_chosen,
        }[hit.opens].emit(hit.id)  # fmt: skip

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
            told = [spot.hit.title, *spot.hit.lines] if spot else []
            self.setAccessibleDescription(". ".join(told))
            self.update()

    # -- the period

    def _move_by(self, step_px: float) -> None:
        chart = self.chart()
        if chart is None or chart.empty:
            return
        first, last = chart.window
        days = step_px * (last - first) / max(1.0, chart.plot.right - chart.plot.left)
        self._window = kept((first + days, last + days), full=self._whole())
        self._rebuild()

    def _whole(self) -> Window:
        if self._full is None and self._data is not None:
            self._full = whole_window(self._data, self._choice)
        return self._full or (0.0, 1.0)

    # -- building

    def _rebuild(self) -> None:
        self._chart = self._picture = self._pointed = None
        self.setAccessibleName(_("Healing chart"))
        self.update()

    def _build(self) -> None:
        if self._data is None:
            return
        corner = QSize()
        if self._corner is not None:
            corner = self._corner.sizeHint()
            self._corner.setGeometry(
                self.width() - corner.width() - 4, 4, corner.width(), corner.height()
            )
        self._chart = chart_of(
            self._data,
            choice=self._choice,
            width=max(200.0, self.width() - 2.0 * MARGIN_PX),
            height=max(120.0, self.height() - 2.0 * MARGIN_PX),
            text_size=self._text_px(),
            window=self._window or self._whole(),
            corner=(float(corner.width()), float(corner.height())),
        )

    def _fit(self) -> None:
        """Ask for the height that this chart needs; the page scrolls where it has less."""
        least = float(_LEAST_PX)
        if self._data is not None:
            chart = chart_of(
                self._data, choice=self._choice, width=max(200.0, self.width() - 2.0 * MARGIN_PX),
                plot_height=_LEAST_PLOT_IN_TEXTS * self._text_px(), text_size=self._text_px(),
            )  # fmt: skip
            least = max(least, min(chart.height + 2 * MARGIN_PX, _MOST_IN_TEXTS * self._text_px()))
        self.setMinimumHeight(round(least))

    def _text_px(self) -> float:
        return float(QFontInfo(self.font()).pixelSize())
