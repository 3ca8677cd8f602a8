"""What stands in the corners of a comparison's pane: scale bar, head, key and notes."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ui import theme
from ui.compare.canvas_geometry import Box
from ui.compare.canvas_scene import Pane, Scene, shows_change
from ui.compare.painting_marks import paint_tinted
from ui.compare.picture import Picture
from ui.photo_editor.captions import EDGE_PX, paint_caption, paint_head, paint_pill
from ui.photo_editor.painting import INK
from woundtrack.compare.field import bar_mm
from woundtrack.compare.picture import bar_text
from woundtrack.words import _

BAR_PX = 200.0
"""The scale bar's length, at most."""
PANEL_RADIUS_PX = 8.0
NOTE_PAD_PX = 8.0


def paint_corners(painter: QPainter, scene: Scene, pane: Pane, pictures: Sequence[Picture]) -> None:
    """Scale bar, head, what the tints mean, and what must be known of the pictures."""
    box = pane.box
    foot = QPointF(box.left + EDGE_PX, box.bottom - EDGE_PX)
    used = QRectF(foot, foot)
    images = [picture.image for picture in pictures if picture.image is not None]
    if images and all(image.in_mm for image in images):
        used = _paint_bar(painter, foot, px_per_mm=scene.view.px_per_mm, most_px=box.width / 3)
    elif images:
        texts = (_("No scale: sizes cannot be compared."), _("No scale"))
        used = paint_caption(painter, fitting(texts, room_px=box.width - 2 * EDGE_PX - 20), foot)
    top = box.top + EDGE_PX
    notes = dict.fromkeys(each.note for each in pictures if each.note and each.image)
    if notes:
        top += _paint_note(painter, pane.box, " ".join(notes)) + EDGE_PX
    if images and all(picture.head_up for picture in pictures):
        paint_head(painter, QPointF(box.right - EDGE_PX, top), angle_deg=0.0)
    if scene.change is not None and shows_change(scene, pane):
        _paint_key(painter, box, above=used)


def fitting(texts: Sequence[str], *, room_px: float) -> str:
    """The first of texts, each shorter than the one before, that has room; else the last."""
    metrics = QFontMetricsF(theme.font())
    return next((each for each in texts if metrics.horizontalAdvance(each) <= room_px), texts[-1])


def _paint_bar(painter: QPainter, foot: QPointF, *, px_per_mm: float, most_px: float) -> QRectF:
    """A length right of and above `foot`; where it stands."""
    length_mm = bar_mm(max(24.0, min(BAR_PX, most_px)) / px_per_mm)
    long, text = length_mm * px_per_mm, bar_text(length_mm)
    font = theme.font(bold=True)
    metrics = QFontMetricsF(font)
    width = max(long, metrics.horizontalAdvance(text)) + 24
    height = metrics.height() + 16
    rect = QRectF(foot.x(), foot.y() - height, width, height)
    paint_pill(painter, rect, radius=PANEL_RADIUS_PX)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(rect.adjusted(0, 2, 0, -12), Qt.AlignmentFlag.AlignCenter, text)
    left, y = rect.center().x() - long / 2, rect.bottom() - 8
    painter.setPen(QPen(INK, 2.0, c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QLineF(left, y, left + long, y))
    for x in (left, left + long):
        painter.drawLine(QLineF(x, y - 4, x, y + 4))
    return rect


def _paint_key(painter: QPainter, box: Box, *, above: QRectF) -> None:
    """What the two tints mean, in the lower right; higher where it would hide the scale bar."""
    font = theme.font()
    metrics = QFontMetricsF(font)
    side = metrics.height()
    beside_px = side * 1.6 + 32
    room_px = box.width - 2 * EDGE_PX - beside_px
    rows = (
        (fitting((_("Gained: now wound"), _("Gained")), room_px=room_px), True),
        (fitting((_("Lost: now skin"), _("Lost")), room_px=room_px), False),
    )
    width = max(metrics.horizontalAdvance(text) for text, _gained in rows) + beside_px
    height = 2 * side + 20
    rect = QRectF(box.right - EDGE_PX - width, box.bottom - EDGE_PX - height, width, height)
    if rect.intersects(above):
        rect.moveBottom(above.top() - 4)
    paint_pill(painter, rect, radius=PANEL_RADIUS_PX)
    painter.setFont(font)
    for number, (text, gained) in enumerate(rows):
        top = rect.top() + 8 + number * (side + 4)
        swatch = QRectF(rect.left() + 10, top + 1, side * 1.6, side - 2)
        path = QPainterPath()
        path.addRect(swatch)
        paint_tinted(painter, path, gained=gained)
        painter.setPen(INK)
        beside = QRectF(swatch.right() + 10, top, rect.right() - swatch.right() - 14, side)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, text)


def _paint_note(painter: QPainter, box: Box, text: str) -> float:
    """A banner at the top of a pane; its height."""
    tokens, font = theme.tokens(), theme.font()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
    room = QRectF(0, 0, box.width - 2 * EDGE_PX - 4 * NOTE_PAD_PX, box.height / 2)
    needed = QFontMetricsF(font).boundingRect(room, flags, text)
    rect = QRectF(
        box.left + EDGE_PX,
        box.top + EDGE_PX,
        needed.width() + 4 * NOTE_PAD_PX,
        min(needed.height(), room.height()) + 2 * NOTE_PAD_PX,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.warning_soft))
    painter.drawRoundedRect(rect, 4, 4)
    painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), QColor(tokens.warning))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    inner = rect.adjusted(2 * NOTE_PAD_PX, NOTE_PAD_PX, 0, -NOTE_PAD_PX)
    painter.drawText(inner, flags, text)
    return rect.height()
