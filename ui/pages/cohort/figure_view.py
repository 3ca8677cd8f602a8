"""The cohort's curves as a widget: pointing at a day, by mouse or keys, reads them there."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
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
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import chart_painting, theme
from woundtrack.report.cohort_chart import Figure
from woundtrack.words import _

MARGIN_PX = 8
FigureMaker: TypeAlias = Callable[[tuple[float, float], float], Figure]
"""The figure at a size and a text size, both in px."""


class CohortFigureView(QWidget):
    """Paints the figure at the widget’s size; ← → Home and End go from step to step."""

    day_pointed = Signal(object)
    """The day read, counted from the origin, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: FigureMaker | None = None
        self._figure: Figure | None = None
        self._day: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Curves of the cohort"))

    def show_figure(self, make: FigureMaker | None) -> None:
        """Show this figure instead, or none."""
        self._make = make
        self._point(None)
        self._rebuild()
        self.updateGeometry()

    def is_empty(self) -> bool:
        """Whether there is a sentence and no curve."""
        figure = self.figure()
        return figure is None or bool(figure.empty)

    def figure(self) -> Figure | None:
        """The figure as it is shown now, in px of this widget less its margin."""
        if self._figure is None and self._make is not None:
            size = (self.width() - 2.0 * MARGIN_PX, self.height() - 2.0 * MARGIN_PX)
            self._figure = self._make(size, float(QFontInfo(self.font()).pixelSize()))
        return self._figure

    def sizeHint(self) -> QSize:
        """Wide enough to read a year by months."""
        return QSize(theme.grid(90), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The plot keeps its height in larger text too; a sentence needs little."""
        line = self.fontMetrics().height()
        return QSize(theme.grid(50), 5 * line if self.is_empty() else theme.grid(24) + 15 * line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figure and the day pointed at."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        figure = self.figure()
        if figure is None:
            return
        painter.translate(MARGIN_PX, MARGIN_PX)
        colours = chart_painting.palette()
        chart_painting.paint_strokes(painter, figure.strokes, colours=colours)
        if self._day is not None:
            x = figure.x(self._day)
            painter.setPen(QPen(QColor(theme.tokens().text), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, figure.plot.top), QPointF(x, figure.plot.bottom))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the figure out anew."""
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Follow fonts."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._rebuild()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the curves at the day under the cursor."""
        figure = self.figure()
        if figure is None or not figure.groups:
            return
        at = event.position() - QPointF(MARGIN_PX, MARGIN_PX)
        plot = figure.plot
        inside = plot.left <= at.x() <= plot.right and plot.top <= at.y() <= plot.bottom
        self._point(figure.day(at.x()) if inside else None)

    def leaveEvent(self, _event: QEvent) -> None:
        """Read nothing."""
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read nothing."""
        self._point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → from step to step, Home and End to the first and last."""
        figure, key = self.figure(), event.key()
        days = figure.days() if figure is not None else ()
        if not days or key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
                                   Qt.Key.Key_End):  # fmt: skip
            super().keyPressEvent(event)
            return
        now = self._day if self._day is not None else -1.0
        earlier = [day for day in days if day < now]
        later = [day for day in days if day > now]
        if key == Qt.Key.Key_Home or (key == Qt.Key.Key_Left and not earlier):
            self._point(days[0])
        elif key == Qt.Key.Key_End or not later:
            self._point(days[-1])
        else:
            self._point(later[0] if key == Qt.Key.Key_Right else earlier[-1])

    def _point(self, day: float | None) -> None:
        if day != self._day:
            self._day = day
            self.day_pointed.emit(day)
            self.update()

    def _rebuild(self) -> None:
        self._figure = None
        self.update()
