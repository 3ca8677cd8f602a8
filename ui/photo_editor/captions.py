"""What is written over a photo: lesion labels, lengths of the axes, the head arrow, the grid."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui import theme
from ui.photo_editor.painting import DASHED, INK, stroke, to_point
from ui.photo_editor.scene import LesionMark, Scene
from woundtrack import words
from woundtrack.measure.types import Measurement, SegmentPx
from woundtrack.words import _

PILL = QColor(16, 21, 27, 200)
EDGE_PX = 12.0
"""Distance of what stands in a corner from the view's edge."""


def paint_axes(painter: QPainter, scene: Scene) -> None:
    """Draw length and width of the active lesion, and how long they are."""
    if not (scene.show_axes and scene.show_outlines):
        return
    for lesion in scene.lesions:
        if lesion.active and lesion.measurement is not None and lesion.outline.rings:
            _paint_axes_of(painter, scene, lesion.measurement)


def paint_labels(painter: QPainter, scene: Scene) -> None:
    """Write each lesion's label beside its outline."""
    if not scene.show_outlines:
        return
    for lesion in scene.lesions:
        rect = label_rect(scene, lesion)
        if rect is None:
            continue
        colour = QColor(lesion.colour)
        painter.setPen(QPen(QColor(10, 14, 18, 190), 1.4))
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(theme.font(bold=lesion.active))
        painter.setPen(QColor(theme.ink_on(lesion.colour)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label_text(lesion))


def label_text(lesion: LesionMark) -> str:
    """The label, with the area where it is measured."""
    if lesion.measurement is None or not lesion.outline.rings:
        return lesion.label
    measured = lesion.measurement
    return f"{lesion.label} · {words.area(measured.area_cm2, measured.area_cm2_sd)}"


def label_rect(scene: Scene, lesion: LesionMark) -> QRectF | None:
    """Where a lesion's label stands: over its topmost point, kept within the view."""
    points = [point for ring in lesion.outline.rings for point in ring]
    if not points or not lesion.label:
        return None
    left, top = scene.view.to_view((min(x for x, _y in points), min(y for _x, y in points)))
    right, bottom = scene.view.to_view((max(x for x, _y in points), max(y for _x, y in points)))
    if right < 0 or bottom < 0 or left > scene.size[0] or top > scene.size[1]:
        return None
    metrics = QFontMetricsF(theme.font(bold=True))
    height = metrics.height() + 4
    width = max(height, metrics.horizontalAdvance(label_text(lesion)) + 16)
    anchor_x, _y = scene.view.to_view(min(points, key=lambda p: p[1]))
    x = min(max(anchor_x - width / 2, 6.0), scene.size[0] - width - 6)
    y = min(max(top - height - 8, 6.0), scene.size[1] - height - 6)
    return QRectF(x, y, width, height)


def paint_head_arrow(painter: QPainter, scene: Scene) -> None:
    """Show in the upper right corner which way the patient's head is."""
    if scene.head_angle_deg is None:
        return
    corner = QPointF(scene.size[0] - EDGE_PX, EDGE_PX)
    paint_head(painter, corner, angle_deg=scene.head_angle_deg, proposed=scene.head_proposed)


def paint_head(
    painter: QPainter, corner: QPointF, *, angle_deg: float, proposed: bool = False
) -> None:
    """Show which way the patient's head is, left of and below `corner`."""
    text = _("Head?") if proposed else _("Head")
    font = theme.font()
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + 46
    rect = QRectF(corner.x() - width, corner.y(), width, max(34.0, metrics.height() + 8))
    paint_pill(painter, rect)
    painter.save()
    painter.translate(rect.left() + 19, rect.center().y())
    painter.rotate(angle_deg)
    painter.setPen(INK if proposed else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if proposed else INK)
    painter.drawPolygon(QPolygonF([QPointF(0, -11), QPointF(7, 9), QPointF(0, 5), QPointF(-7, 9)]))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(rect.adjusted(34, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def paint_grid_caption(painter: QPainter, scene: Scene) -> None:
    """Say in the lower left corner what one square of the grid is."""
    if scene.scale is None or not scene.show_grid or not scene.scale.grid_px:
        return
    paint_caption(painter, _("1 square = 1 cm"), QPointF(EDGE_PX, scene.size[1] - EDGE_PX))


def paint_caption(painter: QPainter, text: str, corner: QPointF) -> QRectF:
    """Write a few words right of and above `corner`; where they stand."""
    font = theme.font()
    metrics = QFontMetricsF(font)
    height = metrics.height() + 8
    width = metrics.horizontalAdvance(text) + 20
    rect = QRectF(corner.x(), corner.y() - height, width, height)
    paint_pill(painter, rect)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return rect


def _paint_axes_of(painter: QPainter, scene: Scene, measured: Measurement) -> None:
    for segment in (measured.length_px, measured.width_px):
        path = QPainterPath(to_point(scene.view, segment[0]))
        path.lineTo(to_point(scene.view, segment[1]))
        stroke(painter, path, INK, width=1.3, dashes=DASHED)
    taken = [rect for lesion in scene.lesions if (rect := label_rect(scene, lesion)) is not None]
    for segment, length_cm in (
        (measured.length_px, measured.length_cm),
        (measured.width_px, measured.width_cm),
    ):
        text = words.length(length_cm)
        rect = free_place(scene, segment, text, taken)
        if rect is not None:
            taken.append(rect)
            paint_pill(painter, rect)
            painter.setFont(theme.font())
            painter.setPen(INK)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def free_place(
    scene: Scene, segment: SegmentPx, text: str, taken: Sequence[QRectF]
) -> QRectF | None:
    """Where a length stands: beyond an end of its axis, clear of what is written already.

    None where both ends are taken or the axis is shorter than the words: the panel says it.
    """
    metrics = QFontMetricsF(theme.font())
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 2
    ends = [to_point(scene.view, point) for point in segment]
    for first, last in (ends, reversed(ends)):
        along = last - first
        length = (along.x() ** 2 + along.y() ** 2) ** 0.5
        if length < width:
            return None
        unit = along / length
        reach = (width / 2) * abs(unit.x()) + (height / 2) * abs(unit.y()) + 8
        middle = last + unit * reach
        rect = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        if not any(rect.intersects(other) for other in taken):
            return rect
    return None


def paint_pill(painter: QPainter, rect: QRectF, *, radius: float = math.inf) -> None:
    """The dark ground of what is written over a photo; its ends are round as far as they can."""
    radius = min(radius, rect.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PILL)
    painter.drawRoundedRect(rect, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
