"""The Bland-Altman chart of one pair of readings."""

from PySide6.QtGui import QColor, QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import chart_painting, theme
from woundtrack.raters.agreement import Pair
from woundtrack.raters.chart import agreement_chart

MARGIN_PX = 8


class AgreementChartView(QWidget):
    """Paints the chart at the widget's size, in the colours of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: Pair | None = None
        self.setMinimumSize(theme.grid(50), theme.grid(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_pair(self, pair: Pair | None, *, name: str = "") -> None:
        """Show this pair's photos."""
        self._pair = pair
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is shown."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        if self._pair is None:
            return
        painter.translate(MARGIN_PX, MARGIN_PX)
        chart = agreement_chart(
            self._pair,
            width=self.width() - 2 * MARGIN_PX,
            height=self.height() - 2 * MARGIN_PX,
            text_size=float(QFontInfo(self.font()).pixelSize()),
        )
        chart_painting.paint(painter, chart, colours=chart_painting.palette())
