"""Graduations as they are drawn over a photo: what the program took for the ruler's strokes."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.photo_editor.geometry import View
from woundtrack.outline.types import PointPx
from woundtrack.scale.types import Scale, ScaleMethod

if TYPE_CHECKING:
    from woundtrack.scale.ruler.edge import Edge

TALL = 1.15
"""A graduation so much longer than is usual is a 5 mm, 1 cm or inch mark."""
APART_PX = 2.5
"""Graduations nearer to one another in the view run together: only the tall ones are drawn."""
FOUND = QColor("#ff3d9a")
"""Neither skin, blood, paper nor any common ruler has this colour."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One graduation, from the end that all share to the free end."""

    base_px: PointPx
    tip_px: PointPx
    tall: bool


Ticks = tuple[Tick, ...]


def ticks_of_edge(edge: "Edge") -> Ticks:
    """The graduations of an edge, in their order."""
    usual = median(edge.length) if len(edge.length) else 0.0
    return tuple(
        Tick(_pair(base), _pair(tip), bool(length > TALL * usual))
        for base, tip, length in zip(edge.base_px, edge.tip_px, edge.length, strict=True)
    )


def ticks_of_scale(scale: Scale) -> Ticks:
    """The graduations a ruler's scale was read from; none of other scales."""
    if scale.method is not ScaleMethod.RULER or len(scale.marks_px) % 2:
        return ()
    bases, tips = scale.marks_px[::2], scale.marks_px[1::2]
    across_mm = scale.to_mm(bases) - scale.to_mm(tips)
    lengths_mm = [float(x * x + y * y) ** 0.5 for x, y in across_mm]
    usual = median(lengths_mm) if lengths_mm else 0.0
    return tuple(
        Tick(base, tip, length > TALL * usual)
        for base, tip, length in zip(bases, tips, lengths_mm, strict=True)
    )


def paint_ticks(
    painter: QPainter, view: View, ticks: Ticks, *, colour: QColor = FOUND, width: float = 1.2
) -> None:
    """Draw each graduation as a thin line, the tall ones stronger; `width` in view px."""
    lines = [QLineF(*view.to_view(t.base_px), *view.to_view(t.tip_px)) for t in ticks]
    steps = [QLineF(a.p1(), b.p1()).length() for a, b in pairwise(lines)]
    dense = bool(steps) and median(steps) < APART_PX
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    if not dense:
        painter.drawLines([line for line, t in zip(lines, ticks, strict=True) if not t.tall])
    pen.setWidthF(2.0 * width)
    painter.setPen(pen)
    painter.drawLines([line for line, t in zip(lines, ticks, strict=True) if t.tall])


def _pair(point: object) -> PointPx:
    x, y = point  # type: ignore[misc]
    return float(x), float(y)
