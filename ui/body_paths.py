"""The body drawing as Qt paths, in 0..1 of its sheet."""

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from woundtrack.anatomy import drawing
from woundtrack.records import BodyView


@lru_cache
def silhouette_path(view: BodyView) -> QPainterPath:
    """The body's outline as a smooth closed path in 0..1 of the drawing."""
    points = [QPointF(*drawing.to_unit(x, y)) for x, y in drawing.silhouette(view)]
    return _smooth(points, closed=True)


@lru_cache
def lines_path(view: BodyView) -> QPainterPath:
    """The few lines inside the outline."""
    path = QPainterPath()
    for line in drawing.inner_lines(view):
        path.addPath(_smooth([QPointF(*drawing.to_unit(x, y)) for x, y in line], closed=False))
    return path


def _smooth(points: list[QPointF], *, closed: bool) -> QPainterPath:
    """A Catmull-Rom curve through the points, as cubic Béziers."""
    count = len(points)
    path = QPainterPath(points[0])

    def at(index: int) -> QPointF:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    for i in range(count if closed else count - 1):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        path.cubicTo(start + (end - before) / 6, end - (after - start) / 6, end)
    if closed:
        path.closeSubpath()
    return path
