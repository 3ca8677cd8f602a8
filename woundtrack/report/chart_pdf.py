"""Paints a chart's strokes on a reportlab canvas, as vectors."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from woundtrack.report import fonts
from woundtrack.report.chart_strokes import Circle, Path, Stroke, Text, strokes_of
from woundtrack.report.chart_types import ACCENT, GRID, MUTED, SURFACE, TEXT, Chart

PRINT_PALETTE: Mapping[str, str] = MappingProxyType(
    {
        TEXT: "#1a2530",
        MUTED: "#566372",
        GRID: "#d3dae1",
        SURFACE: "#ffffff",
        ACCENT: "#0b6b80",
    }
)
"""Colours on paper: the window's light ones."""


def paint(
    canvas: Any, chart: Chart, *, left: float, bottom: float, palette: Mapping[str, str]
) -> None:
    """Draw the chart with its lower left corner at (left, bottom) of the page, in points."""
    paint_strokes(canvas, strokes_of(chart), left=left, top=bottom + chart.height, palette=palette)


def paint_strokes(
    canvas: Any, strokes: Iterable[Stroke], *, left: float, top: float, palette: Mapping[str, str]
) -> None:
    """Draw the strokes of any figure from (left, top) of the page down, in points."""
    fonts.register()
    canvas.saveState()
    canvas.translate(left, top)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    for stroke in strokes:
        _draw(canvas, stroke, palette)
    canvas.restoreState()


def _draw(canvas: Any, stroke: Stroke, palette: Mapping[str, str]) -> None:
    if isinstance(stroke, Text):
        _text(canvas, stroke, palette)
        return
    _pen(canvas, stroke, palette)
    stroked, filled = int(stroke.stroke is not None), int(stroke.fill is not None)
    if isinstance(stroke, Circle):
        canvas.circle(stroke.x, -stroke.y, stroke.radius, stroke=stroked, fill=filled)
        return
    canvas.setDash(list(stroke.dash)) if stroke.dash else canvas.setDash()
    path = canvas.beginPath()
    path.moveTo(stroke.points[0][0], -stroke.points[0][1])
    for x, y in stroke.points[1:]:
        path.lineTo(x, -y)
    if stroke.closed:
        path.close()
    if stroke.opacity < 1:
        canvas.setFillAlpha(stroke.opacity)
    canvas.drawPath(path, stroke=stroked, fill=filled)
    if stroke.opacity < 1:
        canvas.setFillAlpha(1)


def _pen(canvas: Any, stroke: Path | Circle, palette: Mapping[str, str]) -> None:
    from reportlab.lib.colors import HexColor

    if stroke.stroke is not None:
        canvas.setStrokeColor(HexColor(palette.get(stroke.stroke, stroke.stroke)))
        canvas.setLineWidth(stroke.width)
    if stroke.fill is not None:
        canvas.setFillColor(HexColor(palette.get(stroke.fill, stroke.fill)))


def _text(canvas: Any, stroke: Text, palette: Mapping[str, str]) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setFillColor(HexColor(palette.get(stroke.colour, stroke.colour)))
    fonts.draw(
        canvas,
        (stroke.x, -stroke.y),
        stroke.text,
        size=stroke.size,
        bold=stroke.bold,
        anchor=stroke.anchor,
    )
