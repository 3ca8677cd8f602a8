"""How a picture under confirmation looks: as it would leave, with what can be moved drawn over."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui import theme
from ui.photo_editor.geometry import View
from ui.pictures.edited import Edited, crop_corners
from woundtrack.deidentify.picture import MASK_GREY
from woundtrack.outline.types import Outline, PointPx

HANDLE_PX = 8.0
_OUTSIDE = QColor(12, 15, 18, 205)
_WOUND, _MASK = theme.OKABE_ITO[4], theme.OKABE_ITO[1]


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn over the photo."""

    edited: Edited
    outlines: tuple[Outline, ...]
    selected: int | None
    crop_selected: bool
    dragged: tuple[PointPx, PointPx] | None = None
    """The corners of a box that is being drawn."""


def paint_look(painter: QPainter, look: Look, view: View, size: tuple[float, float]) -> None:
    """Paint masks, crop and outlines; the painter is in view px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, mask in enumerate(look.edited.masks):
        _paint_mask(painter, mask.polygon_px, view, selected=place == look.selected)
    _paint_wounds(painter, look.outlines, view)
    if look.edited.crop is not None:
        _paint_crop(painter, crop_corners(look.edited.crop), view, size, look.crop_selected)
    if look.dragged is not None:
        (x0, y0), (x1, y1) = (view.to_view(corner) for corner in look.dragged)
        painter.setPen(QPen(QColor(_MASK), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(QPointF(x0, y0), QPointF(x1, y1)).normalized())


def _polygon(points: Sequence[PointPx], view: View) -> QPolygonF:
    return QPolygonF([QPointF(*view.to_view(point)) for point in points])


def _paint_mask(
    painter: QPainter, points: Sequence[PointPx], view: View, *, selected: bool
) -> None:
    polygon = _polygon(points, view)
    painter.setBrush(QColor(MASK_GREY, MASK_GREY, MASK_GREY))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(polygon)
    painter.save()
    inside = QPainterPath()
    inside.addPolygon(polygon)
    inside.closeSubpath()
    # Within the mask alone: beside it all must be seen that would leave.
    painter.setClipPath(inside)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Dark beneath light: seen on any skin, and told by more than a colour.
    painter.setPen(QPen(QColor("#101010"), 8 if selected else 6))
    painter.drawPolygon(polygon)
    style = Qt.PenStyle.SolidLine if selected else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(_MASK), 4, style))
    painter.drawPolygon(polygon)
    painter.restore()
    if selected:
        _paint_handles(painter, [QPointF(*view.to_view(point)) for point in points])


def _paint_handles(painter: QPainter, points: Sequence[QPointF]) -> None:
    painter.setPen(QPen(QColor("#101010"), 1))
    painter.setBrush(QColor("#ffffff"))
    for point in points:
        half = HANDLE_PX / 2
        painter.drawRect(QRectF(point.x() - half, point.y() - half, HANDLE_PX, HANDLE_PX))


def _paint_wounds(painter: QPainter, outlines: Sequence[Outline], view: View) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in (("#101010", 3.0), (_WOUND, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        for outline in outlines:
            for ring in outline.rings:
                painter.drawPolygon(_polygon(ring, view))


def _paint_crop(
    painter: QPainter,
    corners: Sequence[PointPx],
    view: View,
    size: tuple[float, float],
    selected: bool,
) -> None:
    inside = _polygon(corners, view)
    outside = QPainterPath()
    outside.addRect(QRectF(0, 0, *size))
    hole = QPainterPath()
    hole.addPolygon(inside)
    hole.closeSubpath()
    outside = outside.subtracted(hole)
    painter.fillPath(outside, _OUTSIDE)
    painter.save()
    # Beside the crop alone: within it all must be seen that would leave.
    painter.setClipPath(outside)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#101010"), 8))
    painter.drawPolygon(inside)
    painter.setPen(QPen(QColor("#ffffff"), 4))
    painter.drawPolygon(inside)
    painter.restore()
    corners_view = [QPointF(*view.to_view(corner)) for corner in corners]
    middles = [(a + b) / 2 for a, b in zip(corners_view, corners_view[1:] + corners_view[:1],
                                           strict=True)]  # fmt: skip
    if selected:
        _paint_handles(painter, corners_view + middles)
