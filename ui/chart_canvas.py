"""The healing chart as a widget that shows: which series of whom, laid out, painted."""

import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import chart_painting, theme
from ui.chart_tip import paint_tip
from ui.chart_window import Window
from woundtrack.records import PatientHistory
from woundtrack.report.chart import chart_of, whole_window
from woundtrack.report.chart_choice import ChartChoice, Offer
from woundtrack.report.chart_data import ChartData, chart_data
from woundtrack.report.chart_types import Chart, Spot
from woundtrack.words import _

MARGIN_PX = 8
_CORNER_PX = 4
LEAST_WIDTH_PX = 260
_FOOT = ((0.0, -1.0), (5.0, 6.0), (-5.0, 6.0))
"""The mark's triangle below the axis, in px about its tip."""
_LEAST_PX, _MOST_IN_TEXTS = 208, 48.0
"""The chart asks for the height that shows every therapy, within these."""
_LEAST_PLOT_IN_TEXTS = 6.0


class ChartCanvas(QWidget):
    """One patient's chart, painted with a guide and a card at what is pointed at."""

    offers_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(LEAST_WIDTH_PX, 160)
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
        self._marked: dt.date | None = None

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

    def mark_day(self, on: dt.date | None) -> None:
        """Mark the day of the photo in hand; None marks none."""
        if on != self._marked:
            self._marked = on
            self.update()

    def set_corner(self, corner: QWidget) -> None:
        """A widget that lies in the upper right corner; the chart keeps clear of it."""
        corner.setParent(self)
        self._corner = corner
        self._rebuild()

    def chart(self) -> Chart | None:
        """The chart as it is shown now, in px of this widget less its margin."""
        if self._chart is None and self._data is not None:
            self._build()
        return self._chart

    def _whole(self) -> Window:
        if self._full is None and self._data is not None:
            self._full = whole_window(self._data, self._choice)
        return self._full or (0.0, 1.0)

    def sizeHint(self) -> QSize:
        """A comfortable size beside the lesion's card."""
        return QSize(720, 320)

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
        if self._marked is not None:
            self._paint_mark(painter, chart, self._marked)
        if self._pointed is not None:
            self._paint_guide(painter, chart, self._pointed)
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

    def _paint_mark(self, painter: QPainter, chart: Chart, on: dt.date) -> None:
        """A line through the panes, with a foot at the axis; none beyond the period shown."""
        x = chart.x_of(on)
        if x is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.tokens().accent)
        foot = QPolygonF([QPointF(x + dx, chart.plot.bottom + dy) for dx, dy in _FOOT])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(foot)
        colour.setAlphaF(0.45)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(x, chart.plot.top), QPointF(x, chart.plot.bottom))

    def _paint_guide(self, painter: QPainter, chart: Chart, spot: Spot) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.tokens().accent)
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DotLine))
        bottom = max(chart.plot.bottom, spot.y)
        painter.drawLine(QPointF(spot.x, chart.plot.top), QPointF(spot.x, bottom))
        painter.setPen(QPen(accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(spot.x, spot.y), 8, 8)

    def event(self, event: QEvent) -> bool:
        """What lies in the corner may grow."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._place_corner()
            self._rebuild()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chart out anew."""
        self._place_corner()
        self._rebuild()
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow fonts and colours."""
        kinds = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in kinds:
            self._rebuild()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        self._chart = self._picture = self._pointed = None
        self.setAccessibleName(_("Healing chart"))
        self.update()

    def _place_corner(self) -> None:
        if self._corner is None:
            return
        size = self._corner.sizeHint()
        self.setMinimumWidth(max(LEAST_WIDTH_PX, size.width() + 2 * _CORNER_PX))
        left = self.width() - size.width() - _CORNER_PX
        self._corner.setGeometry(left, _CORNER_PX, size.width(), size.height())

    def _build(self) -> None:
        if self._data is None:
            return
        self._place_corner()
        height = max(120.0, self.height() - 2.0 * MARGIN_PX)
        self._chart = self._drawn(self._data, height=height, plot_height=0.0)

    def _drawn(self, data: ChartData, *, height: float | None, plot_height: float) -> Chart:
        corner = self._corner.sizeHint() if self._corner is not None else QSize(0, 0)
        return chart_of(
            data,
            choice=self._choice,
            width=max(200.0, self.width() - 2.0 * MARGIN_PX),
            height=height,
            plot_height=plot_height,
            text_size=self._text_px(),
            window=self._window or self._whole(),
            corner=(float(corner.width()), float(corner.height())),
        )

    def _fit(self) -> None:
        """Ask for the height that this chart needs; the page scrolls where it has less."""
        least, text_px = float(_LEAST_PX), self._text_px()
        if self._data is not None:
            chart = self._drawn(self._data, height=None, plot_height=_LEAST_PLOT_IN_TEXTS * text_px)
            most = _MOST_IN_TEXTS * text_px
            least = max(least, min(chart.height + 2 * MARGIN_PX, most))
        self.setMinimumHeight(round(least))

    def _text_px(self) -> float:
        return float(QFontInfo(self.font()).pixelSize())
