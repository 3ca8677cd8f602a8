"""The body drawing as Qt paths, in 0..1 of its sheet."""

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from woundtrack.anatomy import drawing
from woundtrack.records import BodyView


@lru_cache
def silhouette_path(view: BodyView) -> QPainterPath:
    """The body's outline as a smooth closed path in 0..1 of the drawing."""
    return _smooth(drawing.silhouette(view), closed=True)


@lru_cache
def lines_path(view: BodyView) -> QPainterPath:
    """The few lines inside the outline."""
    path = QPainterPath()
    for line in drawing.inner_lines(view):
        path.addPath(_smooth(line, closed=False))
    return path


def _smooth(points: drawing.Points, *, closed: bool) -> QPainterPath:
    """The curve through points of the drawing."""
    unit = tuple(drawing.to_unit(*point) for point in points)
    path = QPainterPath(QPointF(*unit[0]))
    for piece in drawing.beziers(unit, closed=closed):
        path.cubicTo(*(QPointF(*point) for point in piece))
    if closed:
        path.closeSubpath()
    return path
