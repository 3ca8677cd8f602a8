"""Small pictures of a wound with its outline drawn over it."""

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels

ROOM = 1.5
"""How much of the surroundings is shown: times the outline's extent."""


def outlined(
    pixmap: QPixmap,
    outline: Outline,
    colour: str,
    *,
    factor: float,
    origin_px: tuple[float, float] = (0.0, 0.0),
) -> QPixmap:
    """A picture with an outline; `factor` picture px a photo px, from `origin_px`.

    Null where the picture is: a thumbnail that could not be read.
    """
    made = QPixmap(pixmap)
    if made.isNull():
        return made
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x0, y0 = origin_px
    for pen in (QPen(QColor("#000000"), 4), QPen(QColor(colour), 2)):
        painter.setPen(pen)
        for ring in outline.rings:
            points = [QPointF((x + 0.5 - x0) * factor, (y + 0.5 - y0) * factor) for x, y in ring]
            painter.drawPolygon(QPolygonF(points))
    painter.end()
    return made


def near(pixels: Pixels, outline: Outline, colour: str, *, size: QSize) -> QPixmap:
    """The surroundings of an outline, filling `size`, with the outline."""
    points = np.concatenate([np.array(ring) for ring in outline.rings])
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    shape = np.array([size.width(), size.height()], dtype=np.float64)
    factor = float((shape / np.maximum((high - low) * ROOM, 32.0)).min())
    half = shape / factor / 2
    height, width = pixels.shape[:2]
    left, top = (max(0, int(value)) for value in middle - half)
    right, bottom = (
        min(width, int(middle[0] + half[0]) + 1),
        min(height, int(middle[1] + half[1]) + 1),
    )
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    image = QImage(
        part.data, part.shape[1], part.shape[0], part.strides[0], QImage.Format.Format_BGR888
    )
    wanted = QSize(round(part.shape[1] * factor), round(part.shape[0] * factor))
    scaled = QPixmap.fromImage(image.copy()).scaled(
        wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return outlined(scaled, outline, colour, factor=factor, origin_px=(left, top))
