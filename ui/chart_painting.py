"""Paints a chart's strokes with Qt."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ui import theme
from woundtrack.report.chart_strokes import Circle, Path, Stroke, Text, strokes_of
from woundtrack.report.chart_types import ACCENT, GRID, MUTED, SURFACE, TEXT, Chart


def palette() -> dict[str, str]:
    """The chart's roles in the colours of the theme now in force."""
    tokens = theme.tokens()
    return {
        TEXT: tokens.text,
        MUTED: tokens.muted,
        GRID: tokens.border,
        SURFACE: tokens.surface,
        ACCENT: tokens.accent,
    }


def paint(painter: QPainter, chart: Chart, *, colours: Mapping[str, str]) -> None:
    """Draw the chart at the painter's origin, in px independent of the device."""
    paint_strokes(painter, strokes_of(chart), colours=colours)


def paint_strokes(
    painter: QPainter, strokes: Iterable[Stroke], *, colours: Mapping[str, str]
) -> None:
    """Draw the strokes of any figure at the painter's origin, from back to front."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for stroke in strokes:
        if isinstance(stroke, Text):
            _text(painter, stroke, colours)
        elif isinstance(stroke, Circle):
            _pen(painter, stroke, colours)
            painter.drawEllipse(QPointF(stroke.x, stroke.y), stroke.radius, stroke.radius)
        else:
            _path(painter, stroke, colours)


def _path(painter: QPainter, stroke: Path, colours: Mapping[str, str]) -> None:
    _pen(painter, stroke, colours)
    polygon = QPolygonF([QPointF(x, y) for x, y in stroke.points])
    if stroke.closed:
        painter.drawPolygon(polygon)
    else:
        painter.drawPolyline(polygon)


def _pen(painter: QPainter, stroke: Path | Circle, colours: Mapping[str, str]) -> None:
    if stroke.stroke is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        dash = stroke.dash if isinstance(stroke, Path) else ()
        painter.setPen(_pen_of(colours.get(stroke.stroke, stroke.stroke), stroke.width, dash))
    if stroke.fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        opacity = stroke.opacity if isinstance(stroke, Path) else 1.0
        painter.setBrush(_brush_of(colours.get(stroke.fill, stroke.fill), opacity))


@lru_cache(maxsize=512)
def _pen_of(colour: str, width: float, dash: tuple[float, ...]) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([length / max(width, 0.1) for length in dash])
    return pen


@lru_cache(maxsize=512)
def _brush_of(colour: str, opacity: float) -> QBrush:
    fill = QColor(colour)
    fill.setAlphaF(opacity)
    return QBrush(fill)


@lru_cache(maxsize=32)
def _font_of(size_px: int, bold: bool) -> QFont:
    font = QFont(theme.FAMILY)
    font.setFamilies(theme.FAMILIES)
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


def _text(painter: QPainter, stroke: Text, colours: Mapping[str, str]) -> None:
    font = _font_of(max(1, round(stroke.size)), stroke.bold)
    painter.setFont(font)
    painter.setPen(QColor(colours.get(stroke.colour, stroke.colour)))
    width = QFontMetricsF(font).horizontalAdvance(stroke.text)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[stroke.anchor]
    painter.drawText(QPointF(stroke.x - shift, stroke.y), stroke.text)
