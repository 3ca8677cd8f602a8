"""The small card of values beside the visit one points at."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui import theme
from woundtrack.report.chart_types import Mark

_PAD_PX = 10.0
_AWAY_PX = 14.0


def paint_tip(painter: QPainter, mark: Mark, *, area: QRectF) -> QRectF:
    """Paint the card of a mark inside an area, beside the mark; return where it lies."""
    tokens = theme.tokens()
    plain, strong = QFont(painter.font()), QFont(painter.font())
    plain.setFamilies(theme.FAMILIES)
    plain.setPixelSize(13)
    strong = QFont(plain)
    strong.setBold(True)
    lines = [(mark.hit.title, strong), *((line, plain) for line in mark.hit.lines)]
    metrics = QFontMetricsF(strong)
    row = metrics.height() + 2
    wide = max(QFontMetricsF(font).horizontalAdvance(text) for text, font in lines)
    width = min(wide + 2 * _PAD_PX, area.width())
    box = _placed(QPointF(mark.x, mark.y), width, row * len(lines) + 2 * _PAD_PX - 4, area)
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(box, 6, 6)
    for i, (text, font) in enumerate(lines):
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if i < 2 else tokens.muted))
        place = QRectF(box.left() + _PAD_PX, box.top() + _PAD_PX - 2 + i * row, wide + 1, row)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    return box


def _placed(at: QPointF, width: float, height: float, area: QRectF) -> QRectF:
    left = at.x() + _AWAY_PX
    if left + width > area.right():
        left = at.x() - _AWAY_PX - width
    top = min(max(at.y() - height / 2, area.top()), area.bottom() - height)
    return QRectF(max(left, area.left()), max(top, area.top()), width, height)
