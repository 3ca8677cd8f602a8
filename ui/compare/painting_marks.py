"""What is drawn over the photos of a comparison: outlines, change, points, the swipe line."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)

from ui import theme
from ui.compare.canvas_geometry import Box, PointPx
from ui.compare.canvas_scene import Layer, Pane, Scene, line_x, rect_of
from ui.compare.picture import DATE_COLOURS, Mode
from ui.photo_editor.captions import paint_pill
from ui.photo_editor.painting import DARK_HALO, INK, halo_pen, line_pen, stroke
from woundtrack import words

SOLID: tuple[float, tuple[float, ...]] = (2.4, ())
"""A line's width in px, and its dashes and gaps in widths."""
LINES = dict(
    zip(
        (QColor(colour).name() for colour in DATE_COLOURS),
        (SOLID, (2.8, (3.0, 3.6)), (4.0, (0.1, 2.2)), (2.8, (5.0, 3.0, 0.1, 3.0))),
        strict=True,
    )
)
"""The line of each colour, for those who do not tell it: in one piece, dashed, dotted, both."""
GAINED, LOST = theme.OKABE_ITO[1], theme.OKABE_ITO[0]
"""Orange and blue: told apart by every eye, and seen on red and on skin."""
TINT = 70
HATCH_PX = 12
GRIP_DOWN = 0.85
"""How far down the pane the swipe line's grip stands."""


def paint_outlines(painter: QPainter, scene: Scene, pane: Pane, painted: Sequence[Layer]) -> None:
    """Draw each picture's outline in its colour and its kind of line, over the halos of all.

    So that where outlines lie close none is hidden by another's halo.
    """
    to_view = _to_view(scene, pane)
    for halos in (True, False):
        for layer in painted:
            colour = QColor(scene.pictures[layer.picture].colour)
            width, dashes = LINES.get(colour.name(), SOLID)
            pen = halo_pen(colour, width=width)
            if not halos:
                pen = line_pen(colour, width=width, dashes=dashes)
            painter.save()
            painter.setClipRect(rect_of(layer.box), Qt.ClipOperation.IntersectClip)
            painter.setOpacity(layer.outline)
            painter.strokePath(to_view.map(scene.outlines[layer.picture]), pen)
            painter.restore()


def paint_change(painter: QPainter, scene: Scene, pane: Pane) -> None:
    """Tint and hatch what was gained and what was lost."""
    if scene.change is None:
        return
    to_view = _to_view(scene, pane)
    # The hatching lies on the skin, not on the window: it moves with the photo.
    painter.setBrushOrigin(QPointF(*scene.view.to_view((0.0, 0.0), pane.box)))
    paint_tinted(painter, to_view.map(scene.change.gained), gained=True)
    paint_tinted(painter, to_view.map(scene.change.lost), gained=False)
    painter.setBrushOrigin(0, 0)


def paint_tinted(painter: QPainter, path: QPainterPath, *, gained: bool) -> None:
    """Fill a path as what was gained, or as what was lost."""
    colour = QColor(GAINED if gained else LOST)
    hatch = _hatch(colour.name(), gained, painter.device().devicePixelRatioF())
    painter.strokePath(path, QPen(colour, 1.2))
    painter.fillPath(path, QBrush(hatch))
    colour.setAlpha(TINT)
    painter.fillPath(path, colour)


@lru_cache(maxsize=16)
def _hatch(colour: str, rising: bool, ratio: float) -> QPixmap:
    """One tile of lines that rise, or fall, from left to right."""
    side = round(HATCH_PX * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2.0 * ratio))
    for shift in (-side, 0, side):
        ends = (side, 0) if rising else (0, side)
        painter.drawLine(QLineF(shift, ends[0], shift + side, ends[1]))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return tile


def paint_points(painter: QPainter, scene: Scene, pane: Pane) -> None:
    """Ring and number the points that were picked in this picture."""
    if scene.mode is not Mode.SIDE_BY_SIDE or pane.told[0] >= len(scene.points):
        return
    painter.setFont(theme.font(bold=True))
    for number, point in enumerate(scene.points[pane.told[0]], start=1):
        if point is None:
            continue
        at = QPointF(*scene.view.to_view(point, pane.box))
        ring = QPainterPath()
        ring.addEllipse(at, 7.0, 7.0)
        ring.addEllipse(at, 0.6, 0.6)
        stroke(painter, ring, INK, width=1.8)
        metrics = QFontMetricsF(painter.font())
        text = words.number(number, decimals=0)
        side = max(metrics.height(), metrics.horizontalAdvance(text) + 10)
        label = QRectF(at.x() + 8, at.y() - 8 - metrics.height(), side, metrics.height())
        paint_pill(painter, label)
        painter.setPen(INK)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def paint_cross(painter: QPainter, at: PointPx, box: Box) -> None:
    """A cross over the whole pane, open in the middle."""
    x, y = at
    gap = 10.0
    path = QPainterPath()
    for start, stop in (
        ((box.left, y), (x - gap, y)), ((x + gap, y), (box.right, y)),
        ((x, box.top), (x, y - gap)), ((x, y + gap), (x, box.bottom)),
    ):  # fmt: skip
        path.moveTo(*start)
        path.lineTo(*stop)
    painter.setOpacity(0.7)
    stroke(painter, path, INK, width=1.0)
    painter.setOpacity(1.0)


def paint_line(painter: QPainter, scene: Scene, pane: Pane) -> None:
    """The swipe line with its grip."""
    x = line_x(scene, pane)
    if x is None:
        return
    box, taken = pane.box, scene.line_taken
    path = QPainterPath(QPointF(x, box.top))
    path.lineTo(x, box.bottom)
    stroke(painter, path, INK, width=2.6 if taken else 1.8)
    # Below the middle, where the wound is.
    middle, radius = QPointF(x, box.top + GRIP_DOWN * box.height), 16.0
    painter.setPen(QPen(DARK_HALO, 2.0))
    painter.setBrush(QColor(theme.tokens().accent) if taken else INK)
    painter.drawEllipse(middle, radius, radius)
    painter.setPen(QPen(QColor(theme.tokens().on_accent if taken else "#1a2530"), 2.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1.0, 1.0):
        tip = middle + QPointF(side * 9.0, 0.0)
        painter.drawPolyline(
            [tip + QPointF(-side * 5.0, -5.0), tip, tip + QPointF(-side * 5.0, 5.0)]
        )


def _to_view(scene: Scene, pane: Pane) -> QTransform:
    """From the plane to view px."""
    x, y = scene.view.to_view((0.0, 0.0), pane.box)
    return QTransform(scene.view.px_per_mm, 0.0, 0.0, scene.view.px_per_mm, x, y)
