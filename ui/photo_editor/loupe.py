"""The magnifier beside the pointer, for putting a point on a pixel."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.photo_editor.geometry import View
from ui.photo_editor.levels import PhotoLevels
from woundtrack.outline.types import PointPx

SIDE_PX = 152.0
AWAY_PX = 28.0
LEAST_ZOOM = 6.0
TIMES = 5.0
LEAST_TIMES = 4.0
MOST_ZOOM = 48.0
"""Beyond this a pixel is large enough, and the magnifier only keeps ahead of the view."""
CROSS_GAP_PX = 5.0


def loupe_rect(at: QPointF, size: tuple[float, float]) -> QRectF:
    """Where the magnifier stands: above and right of the point, or where there is room."""
    left = at.x() + AWAY_PX
    if left + SIDE_PX > size[0]:
        left = at.x() - AWAY_PX - SIDE_PX
    top = at.y() - AWAY_PX - SIDE_PX
    if top < 0:
        top = at.y() + AWAY_PX
    return QRectF(left, top, SIDE_PX, SIDE_PX)


def loupe_zoom(zoom: float) -> float:
    """View px for one photo px under the magnifier, at this zoom of the view."""
    return min(max(zoom * TIMES, LEAST_ZOOM), max(MOST_ZOOM, zoom * LEAST_TIMES))


def paint_loupe(
    painter: QPainter, levels: PhotoLevels, *, view: View, size: tuple[float, float], at: PointPx
) -> None:
    """Draw the magnified photo round a point, with a cross whose middle is the point."""
    rect = loupe_rect(QPointF(*view.to_view(at)), size)
    circle = QPainterPath()
    circle.addEllipse(rect)
    painter.save()
    painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, QColor("#14191f"))
    painter.translate(rect.topLeft())
    zoom, half = loupe_zoom(view.zoom), SIDE_PX / 2
    levels.paint(
        painter, View(zoom, half - at[0] * zoom, half - at[1] * zoom), size=(SIDE_PX, SIDE_PX)
    )
    _paint_cross(painter, QPointF(half, half))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(10, 14, 18, 170), 5.0), (QColor("#ffffff"), 2.0)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(rect)


def _paint_cross(painter: QPainter, middle: QPointF) -> None:
    for colour, width in ((QColor(10, 14, 18, 170), 3.4), (QColor("#f0e442"), 1.4)):
        painter.setPen(QPen(colour, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(dx, dy)
            painter.drawLine(middle + way * CROSS_GAP_PX, middle + way * (SIDE_PX / 2))
    painter.setPen(QPen(QColor("#f0e442"), 2.0))
    painter.drawPoint(middle)
