"""What is drawn over the photos of a comparison: outlines, change, points, and the corners."""

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
from ui.compare.canvas_geometry import Box, PointPx, scale_bar_mm
from ui.compare.canvas_scene import Layer, Pane, Scene, line_x, rect_of, shows_change
from ui.compare.picture import DATE_COLOURS, Mode, Picture
from ui.photo_editor.captions import EDGE_PX, paint_caption, paint_head, paint_pill
from ui.photo_editor.painting import DARK_HALO, INK, stroke
from woundtrack import words
from woundtrack.words import _

SOLID: tuple[float, tuple[float, ...]] = (2.4, ())
"""A line's width in px, and its dashes and gaps in widths."""
LINES = dict(
    zip(
        DATE_COLOURS,
        (SOLID, (2.8, (3.0, 3.6)), (4.0, (0.1, 2.2)), (2.8, (5.0, 3.0, 0.1, 3.0))),
        strict=True,
    )
)
"""The line of each colour, for those who do not tell it: in one piece, dashed, dotted, both."""
GAINED, LOST = theme.OKABE_ITO[1], theme.OKABE_ITO[0]
"""Orange and blue: told apart by every eye, and seen on red and on skin."""
TINT = 70
HATCH_PX = 12
BAR_PX = 200.0
"""The scale bar's length, at most."""
_NOTE_PAD_PX = 8.0


def paint_outline(painter: QPainter, scene: Scene, pane: Pane, layer: Layer) -> None:
    """Draw the outline of one picture in its colour and its kind of line."""
    picture, box = scene.pictures[layer.picture], layer.box
    if layer.outline <= 0:
        return
    painter.save()
    painter.setClipRect(rect_of(box), Qt.ClipOperation.IntersectClip)
    painter.setOpacity(layer.outline)
    path = _to_view(scene, pane).map(scene.outlines[layer.picture])
    width, dashes = LINES.get(picture.colour, SOLID)
    stroke(painter, path, QColor(picture.colour), width=width, dashes=dashes)
    painter.restore()


def paint_change(painter: QPainter, scene: Scene, pane: Pane) -> None:
    """Tint and hatch what was gained and what was lost."""
    if scene.change is None:
        return
    to_view, ratio = _to_view(scene, pane), painter.device().devicePixelRatioF()
    # The hatching lies on the skin, not on the window: it moves with the photo.
    painter.setBrushOrigin(QPointF(*scene.view.to_view((0.0, 0.0), pane.box)))
    for path, colour, rising in (
        (scene.change.gained, GAINED, True),
        (scene.change.lost, LOST, False),
    ):
        shown = to_view.map(path)
        tint = QColor(colour)
        tint.setAlpha(TINT)
        painter.fillPath(shown, tint)
        painter.fillPath(shown, QBrush(_hatch(colour, rising, ratio)))
        painter.strokePath(shown, QPen(QColor(colour), 1.2))
    painter.setBrushOrigin(0, 0)


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
    middle, radius = QPointF(x, box.middle[1]), 16.0
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


def paint_corners(painter: QPainter, scene: Scene, pane: Pane, pictures: Sequence[Picture]) -> None:
    """Scale bar, head, what the tints mean, and what must be known of the pictures."""
    box = pane.box
    foot = QPointF(box.left + EDGE_PX, box.bottom - EDGE_PX)
    images = [picture.image for picture in pictures if picture.image is not None]
    if images and all(image.in_mm for image in images):
        _paint_bar(painter, foot, px_per_mm=scene.view.px_per_mm, most_px=box.width / 3)
    elif images:
        paint_caption(painter, _("No scale: sizes cannot be compared."), foot)
    top = box.top + EDGE_PX
    notes = dict.fromkeys(each.note for each in pictures if each.note and each.image)
    if notes:
        top += _paint_note(painter, pane.box, " ".join(notes)) + EDGE_PX
    if images and all(picture.head_up for picture in pictures):
        paint_head(painter, QPointF(box.right - EDGE_PX, top), angle_deg=0.0)
    if scene.change is not None and shows_change(scene, pane):
        _paint_key(painter, QPointF(box.right - EDGE_PX, box.bottom - EDGE_PX))


def bar_text(length_mm: float) -> str:
    """The length of a scale bar: "5 mm", "2 cm"."""
    if length_mm >= 10:
        return words.with_unit(words.number(length_mm / 10, decimals=0), "cm")
    decimals = 0 if length_mm >= 1 else 1 if length_mm >= 0.1 else 2
    return words.with_unit(words.number(length_mm, decimals=decimals), "mm")


def _paint_bar(painter: QPainter, foot: QPointF, *, px_per_mm: float, most_px: float) -> None:
    length_mm = scale_bar_mm(px_per_mm, most_px=max(24.0, min(BAR_PX, most_px)))
    long, text = length_mm * px_per_mm, bar_text(length_mm)
    font = theme.font(bold=True)
    metrics = QFontMetricsF(font)
    width = max(long, metrics.horizontalAdvance(text)) + 24
    height = metrics.height() + 16
    rect = QRectF(foot.x(), foot.y() - height, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 21, 27, 200))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(rect.adjusted(0, 2, 0, -12), Qt.AlignmentFlag.AlignCenter, text)
    left, y = rect.center().x() - long / 2, rect.bottom() - 8
    painter.setPen(QPen(INK, 2.0, c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QLineF(left, y, left + long, y))
    for x in (left, left + long):
        painter.drawLine(QLineF(x, y - 4, x, y + 4))


def _paint_key(painter: QPainter, corner: QPointF) -> None:
    """What the two tints mean."""
    font = theme.font()
    metrics = QFontMetricsF(font)
    ratio = painter.device().devicePixelRatioF()
    rows = ((_("Gained"), GAINED, True), (_("Lost"), LOST, False))
    side = metrics.height()
    width = max(metrics.horizontalAdvance(text) for text, _colour, _up in rows) + side * 1.6 + 32
    height = 2 * side + 20
    rect = QRectF(corner.x() - width, corner.y() - height, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 21, 27, 200))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setFont(font)
    for number, (text, colour, rising) in enumerate(rows):
        top = rect.top() + 8 + number * (side + 4)
        swatch = QRectF(rect.left() + 10, top + 1, side * 1.6, side - 2)
        tint = QColor(colour)
        tint.setAlpha(TINT)
        painter.fillRect(swatch, tint)
        painter.fillRect(swatch, QBrush(_hatch(colour, rising, ratio)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1.2))
        painter.drawRect(swatch)
        painter.setPen(INK)
        beside = QRectF(swatch.right() + 10, top, rect.right() - swatch.right() - 14, side)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, text)


def _paint_note(painter: QPainter, box: Box, text: str) -> float:
    """A banner at the top of a pane; its height."""
    tokens, font = theme.tokens(), theme.font()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
    room = QRectF(0, 0, box.width - 2 * EDGE_PX - 4 * _NOTE_PAD_PX, box.height / 2)
    needed = QFontMetricsF(font).boundingRect(room, flags, text)
    rect = QRectF(
        box.left + EDGE_PX,
        box.top + EDGE_PX,
        needed.width() + 4 * _NOTE_PAD_PX,
        min(needed.height(), room.height()) + 2 * _NOTE_PAD_PX,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.warning_soft))
    painter.drawRoundedRect(rect, 4, 4)
    painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), QColor(tokens.warning))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    inner = rect.adjusted(2 * _NOTE_PAD_PX, _NOTE_PAD_PX, 0, -_NOTE_PAD_PX)
    painter.drawText(inner, flags, text)
    return rect.height()


def _to_view(scene: Scene, pane: Pane) -> QTransform:
    """From the plane to view px."""
    x, y = scene.view.to_view((0.0, 0.0), pane.box)
    return QTransform(scene.view.px_per_mm, 0.0, 0.0, scene.view.px_per_mm, x, y)
