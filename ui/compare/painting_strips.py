"""The strip beneath a pane: the day and figures of each picture shown in it."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui import theme
from ui.compare.canvas_geometry import Box
from ui.compare.canvas_scene import Pane, Scene, rect_of
from ui.compare.painting_marks import LINES, SOLID
from ui.compare.picture import Mode, Picture
from ui.photo_editor.painting import line_pen

PAD_PX = 8.0
SAMPLE_PX = 36.0
SAMPLE_GROUND = QColor("#10151b")
"""What a line's halo makes of any ground."""
MOST_LINES = 5


def strip_px(pictures: Sequence[Picture], *, entry_px: float) -> float:
    """The height that titles and figures need in entries of this width."""
    title, plain = QFontMetricsF(theme.font(bold=True)), QFontMetricsF(theme.font())
    room = max(1.0, entry_px - SAMPLE_PX - 3 * PAD_PX)
    lines = max((_lines(plain, picture.subtitle, room) for picture in pictures), default=1)
    return round(title.height() + lines * plain.lineSpacing() + 1.5 * PAD_PX)


def entry_boxes(strip: Box, *, count: int) -> list[Box]:
    """The entries of a strip, from left to right."""
    wide = strip.width / max(1, count)
    return [
        Box(strip.left + number * wide, strip.top, wide, strip.height) for number in range(count)
    ]


def paint_strip(painter: QPainter, scene: Scene, pane: Pane) -> None:
    """Paint a pane's strip."""
    strip = pane.strip
    painter.fillRect(rect_of(strip), QColor(theme.tokens().surface))
    for number, box in zip(pane.told, entry_boxes(strip, count=len(pane.told)), strict=True):
        shown = scene.mode is Mode.BLINK and number == scene.over[scene.second]
        if shown:
            painter.fillRect(rect_of(box), QColor(theme.tokens().accent_soft))
        _paint_entry(painter, scene.pictures[number], box)


def _paint_entry(painter: QPainter, picture: Picture, box: Box) -> None:
    tokens, font = theme.tokens(), theme.font(bold=True)
    metrics = QFontMetricsF(font)
    top = box.top + PAD_PX / 2
    left = box.left + 2 * PAD_PX + SAMPLE_PX
    line = QRectF(left, top, box.right - PAD_PX - left, metrics.height())
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    elided = metrics.elidedText(picture.title, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)
    if picture.rings_mm:
        _paint_sample(painter, picture, QRectF(box.left + PAD_PX, top, SAMPLE_PX, line.height()))
    painter.setFont(theme.font())
    painter.setPen(QColor(tokens.text))
    rest = QRectF(left, line.bottom(), line.width(), box.bottom - line.bottom() - PAD_PX / 2)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
    painter.drawText(rest, flags, picture.subtitle)


def _paint_sample(painter: QPainter, picture: Picture, rect: QRectF) -> None:
    """A piece of the picture's outline."""
    y = rect.center().y()
    colour = QColor(picture.colour)
    width, dashes = LINES.get(colour.name(), SOLID)
    line = QLineF(rect.left() + 4, y, rect.right() - 4, y)
    for pen in (
        line_pen(SAMPLE_GROUND, width=width + 5),
        line_pen(colour, width=width, dashes=dashes),
    ):
        painter.setPen(pen)
        painter.drawLine(line)


def _lines(metrics: QFontMetricsF, text: str, room_px: float) -> int:
    box = QRectF(0, 0, room_px, 10_000)
    high = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()
    return min(MOST_LINES, max(1, round(high / metrics.lineSpacing())))
