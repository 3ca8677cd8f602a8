"""Plain paint functions: a painter in view px, a frozen `Scene`, nothing kept.

Every line has a halo of the opposite lightness, so that it is seen on pale and dark skin, on
red, yellow and black tissue, on gauze and on drapes.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.photo_editor.geometry import View, visible_px
from ui.photo_editor.scene import Fill, LesionMark, ScaleMark, Scene
from ui.photo_editor.ticks import paint_ticks
from woundtrack.outline.types import Outline, PointPx
from woundtrack.scale.types import ScaleMethod

DARK_HALO = QColor(10, 14, 18, 150)
LIGHT_HALO = QColor(255, 255, 255, 190)
INK = QColor("#ffffff")
DANGER = QColor("#ff5a4f")
SNAP = QColor("#f0e442")
PIXEL_GRID_FROM = 12.0
"""View px for one photo px from which single pixels are ruled off."""
CLOSED = (ScaleMethod.FOUR_POINTS, ScaleMethod.DOT, ScaleMethod.SQUARE)
"""Scales whose marks go round what they were read from."""
DASHED = (3.0, 3.0)
HANDLES_APART_PX = 9.0
"""Vertices nearer to each other than this in the view get handles only near the pointer."""


def halo_of(colour: QColor) -> QColor:
    """The halo that sets a line of this colour off from any ground."""
    return DARK_HALO if colour.lightnessF() > 0.3 else LIGHT_HALO


def to_point(view: View, point_px: PointPx) -> QPointF:
    """A point of the photo, in view px."""
    return QPointF(*view.to_view(point_px))


def polygon(view: View, points: Iterable[PointPx]) -> QPolygonF:
    """Points of the photo, in view px."""
    return QPolygonF([to_point(view, p) for p in points])


def outline_path(view: View, outline: Outline) -> QPainterPath:
    """All rings of an outline in view px; inside is decided by parity."""
    path = QPainterPath()
    for ring in outline.rings:
        path.addPolygon(polygon(view, ring))
        path.closeSubpath()
    return path


def stroke(
    painter: QPainter,
    path: QPainterPath,
    colour: QColor,
    *,
    width: float,
    dashes: Sequence[float] = (),
) -> None:
    """Draw a line with its halo; dashes and the gaps after them are in widths of the line."""
    painter.strokePath(path, halo_pen(colour, width=width))
    painter.strokePath(path, line_pen(colour, width=width, dashes=dashes))


def halo_pen(colour: QColor, *, width: float) -> QPen:
    """What a line's halo is drawn with."""
    return line_pen(halo_of(colour), width=width + 2.4)


def line_pen(colour: QColor, *, width: float, dashes: Sequence[float] = ()) -> QPen:
    """What a line is drawn with, with round ends and corners."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def paint_pixel_grid(painter: QPainter, scene: Scene) -> None:
    """Rule off single pixels where they are large enough to be told apart."""
    view = scene.view
    part = visible_px(view, photo=scene.photo_px, size=scene.size)
    if view.zoom < PIXEL_GRID_FROM or part is None:
        return
    left, top, right, bottom = part
    strength = min(1.0, (view.zoom - PIXEL_GRID_FROM) / PIXEL_GRID_FROM)
    painter.setPen(QPen(QColor(128, 128, 128, round(40 + 60 * strength)), 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines = []
    for column in range(int(left + 0.5), int(right + 0.5) + 1):
        x = column - 0.5
        lines.append(QLineF(to_point(view, (x, top)), to_point(view, (x, bottom))))
    for row in range(int(top + 0.5), int(bottom + 0.5) + 1):
        y = row - 0.5
        lines.append(QLineF(to_point(view, (left, y)), to_point(view, (right, y))))
    painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_grid(painter: QPainter, scene: Scene) -> None:
    """Draw the 1 cm grid of the wound's plane."""
    if scene.scale is None or not scene.show_grid:
        return
    path = QPainterPath()
    for line in scene.scale.grid_px:
        path.addPolygon(polygon(scene.view, line))
    painter.save()
    # Clipped to the photo: the plane goes on beyond it, the picture does not.
    left, top = scene.view.to_view((-0.5, -0.5))
    width, height = (side * scene.view.zoom for side in scene.photo_px)
    painter.setClipRect(QRectF(left, top, width, height), Qt.ClipOperation.IntersectClip)
    painter.strokePath(path, QPen(QColor(0, 0, 0, 60), 2.2))
    painter.strokePath(path, QPen(QColor(255, 255, 255, 125), 1.0))
    painter.restore()


def paint_scale_marks(painter: QPainter, scene: Scene) -> None:
    """Show what the scale was read from: two ends, a rim, corners, tags or graduations."""
    if scene.scale is None or not scene.show_grid:
        return
    mark: ScaleMark = scene.scale
    if mark.method is ScaleMethod.TWO_POINTS and len(mark.marks_px) == 2:
        paint_measured_line(painter, scene.view, mark.marks_px)
    elif mark.ticks:
        paint_ticks(painter, scene.view, mark.ticks)
    elif mark.method in CLOSED:
        path = QPainterPath()
        path.addPolygon(polygon(scene.view, mark.marks_px))
        path.closeSubpath()
        stroke(painter, path, INK, width=1.4)
    else:
        paint_dots(painter, scene.view, mark.marks_px)


def paint_dots(painter: QPainter, view: View, points: Iterable[PointPx]) -> None:
    """Small white crosses with a dark halo."""
    path = QPainterPath()
    for point in points:
        at = to_point(view, point)
        for dx, dy in ((3.0, 3.0), (3.0, -3.0)):
            path.moveTo(at.x() - dx, at.y() - dy)
            path.lineTo(at.x() + dx, at.y() + dy)
    stroke(painter, path, INK, width=1.2)


def paint_snap(painter: QPainter, view: View, point: PointPx, *, pulled_from: QPointF) -> None:
    """A ring where a point snaps to, and a thread to the pointer that was pulled there."""
    at = to_point(view, point)
    path = QPainterPath()
    path.addEllipse(at, 4.0, 4.0)
    if QLineF(at, pulled_from).length() > 5.0:
        path.moveTo(pulled_from)
        path.lineTo(at)
    stroke(painter, path, SNAP, width=1.4)


def paint_measured_line(painter: QPainter, view: View, ends: Iterable[PointPx]) -> None:
    """A straight line between two points with bars across its ends."""
    first, last = (to_point(view, p) for p in ends)
    line = QLineF(first, last)
    path = QPainterPath(first)
    path.lineTo(last)
    if line.length() > 0:
        across = line.normalVector().unitVector()
        side = QPointF(across.dx(), across.dy()) * 7.0
        for end in (first, last):
            path.moveTo(end - side)
            path.lineTo(end + side)
    stroke(painter, path, INK, width=1.6)


def paint_outlines(painter: QPainter, scene: Scene) -> None:
    """Draw every lesion's outline, the active one last and strongest."""
    if not scene.show_outlines:
        return
    for lesion in sorted(scene.lesions, key=lambda mark: mark.active):
        path = outline_path(scene.view, lesion.outline)
        colour = QColor(lesion.colour)
        if lesion.active and scene.fill is not Fill.NONE:
            tint = QColor(colour)
            tint.setAlpha(scene.fill.value)
            painter.fillPath(path, tint)
        if not lesion.active:
            colour.setAlpha(225)
        stroke(painter, path, colour, width=2.2 if lesion.active else 1.5)


def paint_handles(
    painter: QPainter, view: View, lesion: LesionMark, *, near: QPointF | None, reach: float
) -> None:
    """Draw the vertices of an outline; where they lie close, only those near the pointer."""
    colour = QColor(lesion.colour)
    painter.setPen(QPen(QColor(20, 26, 32), 1.2))
    painter.setBrush(colour)
    for ring in lesion.outline.rings:
        points = [to_point(view, p) for p in ring]
        dense = mean_step(points) < HANDLES_APART_PX
        for at in points:
            if dense and (near is None or QLineF(at, near).length() > reach):
                continue
            painter.drawEllipse(at, 3.4, 3.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def mean_step(points: list[QPointF]) -> float:
    """The mean distance between neighbours of a closed ring, in view px."""
    if len(points) < 2:
        return 0.0
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(QLineF(a, b).length() for a, b in pairs) / len(points)


def paint_handle(painter: QPainter, at: QPointF, colour: QColor, *, radius: float = 5.0) -> None:
    """One large round handle, ringed dark and white."""
    painter.setPen(QPen(QColor(10, 14, 18, 200), 3.4))
    painter.setBrush(colour)
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(QColor("#ffffff"), 1.6))
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_crossings(painter: QPainter, scene: Scene) -> None:
    """Ring the places where an outline crosses itself."""
    for point in scene.crossings_px:
        at = to_point(scene.view, point)
        painter.setPen(QPen(DARK_HALO, 5.0))
        painter.drawEllipse(at, 10.0, 10.0)
        painter.setPen(QPen(DANGER, 2.6))
        painter.drawEllipse(at, 10.0, 10.0)
