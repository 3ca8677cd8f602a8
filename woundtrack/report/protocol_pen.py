"""What the drawings of the photo protocol are made of: strokes, and the things they show.

Right and wrong differ by tick and cross as well as by colour, so that they can be told apart in
print without colours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from woundtrack.report.fonts import BOLD, REGULAR

Point: TypeAlias = tuple[float, float]
Colour: TypeAlias = tuple[float, float, float]

INK, SOFT, PALE = (0.10, 0.15, 0.19), (0.45, 0.51, 0.57), (0.91, 0.93, 0.95)
WHITE, DRAPE = (1.0, 1.0, 1.0), (0.80, 0.87, 0.91)
SKIN, SKIN_EDGE, WOUND = (0.91, 0.77, 0.66), (0.62, 0.45, 0.35), (0.68, 0.20, 0.18)
RIGHT, WRONG, LIGHT = (0.0, 0.52, 0.38), (0.78, 0.30, 0.0), (0.90, 0.62, 0.0)
"""Bluish green, vermilion and orange (after Okabe & Ito), darkened to be read on white."""
LINE_MM = 0.35


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a reportlab canvas whose unit is the mm, y down."""

    canvas: Any

    def shape(
        self,
        points: Sequence[Point],
        *,
        fill: Colour | None = None,
        line: Colour | None = INK,
        closed: bool = True,
        width_mm: float = LINE_MM,
        dashed: bool = False,
    ) -> None:
        """A polygon, or a line through points."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        self._paint(path, fill if closed else None, line, width_mm, dashed)

    def line(self, *points: Point, colour: Colour = INK, width_mm: float = LINE_MM) -> None:
        """A line through points."""
        self.shape(points, line=colour, closed=False, width_mm=width_mm)

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        line: Colour | None = INK,
        round_mm: float = 0.0,
    ) -> None:
        """A rectangle, its corners rounded."""
        path = self.canvas.beginPath()
        path.roundRect(left, top, width, height, round_mm)
        self._paint(path, fill, line, LINE_MM, False)

    def oval(
        self, x: float, y: float, across: float, down: float, *, fill: Colour | None = None,
        line: Colour | None = INK,
    ) -> None:  # fmt: skip
        """An ellipse about its middle."""
        path = self.canvas.beginPath()
        path.ellipse(x - across / 2, y - down / 2, across, down)
        self._paint(path, fill, line, LINE_MM, False)

    def words(
        self, x: float, y: float, text: str, *, size_mm: float = 2.9, bold: bool = False,
        colour: Colour = INK,
    ) -> None:  # fmt: skip
        """A short text, its base line's middle at a point."""
        font = BOLD if bold else REGULAR
        self.canvas.saveState()
        self.canvas.translate(x - self.canvas.stringWidth(text, font, size_mm) / 2, y)
        self.canvas.scale(1, -1)
        self.canvas.setFont(font, size_mm)
        self.canvas.setFillColorRGB(*colour)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def tick(self, x: float, y: float) -> None:
        """The sign of what is right."""
        self.oval(x, y, 4.6, 4.6, fill=WHITE, line=RIGHT)
        self.line((x - 1.2, y), (x - 0.3, y + 1.0), (x + 1.3, y - 1.1), colour=RIGHT, width_mm=0.6)

    def cross(self, x: float, y: float) -> None:
        """The sign of what is wrong."""
        self.oval(x, y, 4.6, 4.6, fill=WHITE, line=WRONG)
        for way in (-1, 1):
            self.line((x - 1, y - way), (x + 1, y + way), colour=WRONG, width_mm=0.6)

    def _paint(
        self, path: Any, fill: Colour | None, line: Colour | None, width_mm: float, dashed: bool
    ) -> None:
        if fill is not None:
            self.canvas.setFillColorRGB(*fill)
        if line is not None:
            self.canvas.setStrokeColorRGB(*line)
        self.canvas.setLineWidth(width_mm)
        self.canvas.setDash([1.2, 1.0] if dashed else [])
        self.canvas.drawPath(path, stroke=int(line is not None), fill=int(fill is not None))
        self.canvas.setDash()


# -- things


def camera(pen: Pen, x: float, y: float, *, turned_deg: float = 0.0) -> None:
    """A camera whose lens looks down, or turned clockwise from that."""
    pen.canvas.saveState()
    pen.canvas.translate(x, y)
    pen.canvas.rotate(turned_deg)
    pen.box(-4.5, -4.5, 9, 5.5, fill=INK, line=None, round_mm=0.9)
    pen.box(-2.2, 1.0, 4.4, 2.0, fill=SOFT, line=INK)
    pen.box(1.6, -5.4, 1.8, 0.9, fill=INK, line=None)
    pen.canvas.restoreState()


def skin(pen: Pen, left: float, right: float, y: float, *, wound_x: float | None) -> None:
    """Skin cut through, its surface at `y`, with a wound in it."""
    pen.box(left, y, right - left, 5.5, fill=SKIN, line=None)
    pen.line((left, y), (right, y), colour=SKIN_EDGE)
    if wound_x is not None:
        bed = [
            (wound_x + 3.2 * math.cos(a), y + 1.7 * math.sin(a))
            for a in [math.pi * step / 16 for step in range(17)]
        ]
        pen.shape(bed, fill=WOUND, line=None)


def wound(pen: Pen, x: float, y: float, *, size: float = 1.0) -> None:
    """A wound seen from above, a little lobed."""
    rim = [
        (
            x + size * (4.2 + 0.7 * math.sin(3 * a) + 0.4 * math.cos(5 * a)) * math.cos(a),
            y + size * (3.2 + 0.5 * math.sin(3 * a + 1)) * math.sin(a),
        )
        for a in [2 * math.pi * step / 48 for step in range(48)]
    ]
    pen.shape(rim, fill=WOUND, line=SKIN_EDGE)


def card(pen: Pen, left: float, top: float, *, size: float = 1.0) -> None:
    """The card seen from above: its four squares and its graduated edge."""
    width, height = 11.0 * size, 6.5 * size
    pen.box(left, top, width, height, fill=WHITE, line=INK)
    side = 1.5 * size
    for x in (left + 0.5 * size, left + width - 0.5 * size - side):
        for y in (top + 0.5 * size, top + height - 1.1 * size - side):
            pen.box(x, y, side, side, fill=INK, line=None)
    for step in range(1, 11):
        x = left + width * step / 11
        pen.line((x, top + height), (x, top + height - 0.8 * size), width_mm=0.15)


def frame(pen: Pen, left: float, top: float, width: float, height: float) -> None:
    """The frame of a photo full of skin."""
    pen.box(left, top, width, height, fill=SKIN, line=INK)


def inside(pen: Pen, left: float, top: float, width: float, height: float) -> None:
    """Nothing drawn from here on leaves this box; the caller restores the canvas' state."""
    pen.canvas.saveState()
    path = pen.canvas.beginPath()
    path.rect(left, top, width, height)
    pen.canvas.clipPath(path, stroke=0, fill=0)
