"""The small card of values beside the place one points at."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui import theme
from woundtrack.report.chart_types import Spot

_PAD_PX = 10.0
_AWAY_PX = 14.0
_WIDEST_PX = 420.0
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def paint_tip(painter: QPainter, spot: Spot, *, area: QRectF, size_px: float) -> QRectF:
    """Paint the card of a spot inside an area, beside the spot; return where it lies."""
    tokens = theme.tokens()
    plain = QFont(painter.font())
    plain.setFamilies(theme.FAMILIES)
    plain.setPixelSize(max(1, round(size_px)))
    strong = QFont(plain)
    strong.setBold(True)
    lines = [(spot.hit.title, strong), *((line, plain) for line in spot.hit.lines)]
    widest = min(_WIDEST_PX, area.width() - 2 * _PAD_PX)
    places, y = [], 0.0
    for text, font in lines:
        room = QFontMetricsF(font).boundingRect(QRectF(0, 0, widest, 1e4), _FLAGS, text)
        places.append(QRectF(0, y, room.width() + 1, room.height()))
        y += room.height() + 2
    wide = max(place.width() for place in places)
    box = _placed(QPointF(spot.x, spot.y), wide + 2 * _PAD_PX, y + 2 * _PAD_PX - 4, area)
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(box, 6, 6)
    for i, ((text, font), place) in enumerate(zip(lines, places, strict=True)):
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if i < 2 else tokens.muted))
        painter.drawText(
            place.translated(box.left() + _PAD_PX, box.top() + _PAD_PX - 2), _FLAGS, text
        )
    return box


def _placed(at: QPointF, width: float, height: float, area: QRectF) -> QRectF:
    left = at.x() + _AWAY_PX
    if left + width > area.right():
        left = at.x() - _AWAY_PX - width
    top = min(max(at.y() - height / 2, area.top()), area.bottom() - height)
    return QRectF(max(left, area.left()), max(top, area.top()), width, height)
