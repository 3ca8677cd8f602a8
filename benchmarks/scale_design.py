"""What a ruler's print is: rows of graduations, digits, words and blocks, on sheets, in mm.

The print's own frame: x along the ruler, y across it and down, its first corner at (0, 0).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from benchmarks.render_camera import Array

INCH_MM = 25.4
Colour = tuple[int, int, int]
Lengths = tuple[tuple[int, float], ...]
INK: Colour = (28, 26, 26)
WHITE: Colour = (243, 244, 243)


class Told(StrEnum):
    """What tells a person the unit of a design."""

    TICKS = "ticks"
    DIGITS = "digits"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Row:
    """Graduations from (x, y) along +x, or along +y where turned, their ends to one side."""

    pitch_mm: float
    count: int
    lengths_mm: Lengths
    """By period, as ((1, short), (5, middle), (10, long)): the largest period that fits."""
    x_mm: float = 4.0
    y_mm: float = 0.0
    side: int = 1
    width_mm: float = 0.2
    phase: int = 0
    turned: bool = False
    boundary: bool = False
    """Graduations are the ends of blocks, drawn as such."""

    def lengths(self) -> Array:
        """Of each graduation (N,), in mm."""
        number = np.arange(self.count) - self.phase
        length = np.zeros(self.count)
        for period, each in sorted(self.lengths_mm):
            length[number % period == 0] = each
        return length

    def ends_mm(self) -> Array:
        """(N, 2, 2): of each graduation the end at the row's base and its tip."""
        at, length = np.arange(self.count) * self.pitch_mm, self.side * self.lengths()
        zero = np.zeros(self.count)
        base = np.column_stack([at, zero])
        tip = np.column_stack([at, length])
        ends = np.stack([base, tip], axis=1)
        return (ends[..., ::-1] if self.turned else ends) + np.array([self.x_mm, self.y_mm])


@dataclass(frozen=True, slots=True)
class Text:
    """Words or digits about a middle; digits are `height_mm` high."""

    text: str
    x_mm: float
    y_mm: float
    height_mm: float
    face: float
    """Which typeface, in [0, 1)."""
    quarter_turns: int = 0
    colour: Colour | None = None
    counts: bool = False
    """Whether it numbers a graduation."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float
    colour: Colour | None = None
    """None is the design's ink."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle's line, or with a width of its radius a disc."""

    x_mm: float
    y_mm: float
    radius_mm: float
    width_mm: float


@dataclass(frozen=True, slots=True)
class Design:
    """One ruler as printed."""

    family: str
    sheets_mm: tuple[tuple[float, float, float, float], ...]
    rows: tuple[Row, ...]
    texts: tuple[Text, ...] = ()
    boxes: tuple[Box, ...] = ()
    rings: tuple[Ring, ...] = ()
    sheet: Colour = WHITE
    ink: Colour = INK
    opacity: float = 1.0
    """Of the sheet where nothing is printed."""
    told: Told = Told.TICKS
    stuff: str = "paper"
    """Of what the sheet is: paper, steel, cloth or plastic."""
    flipped: bool = False
    """Seen from behind: everything is mirrored along x."""

    @property
    def size_mm(self) -> tuple[float, float]:
        """Length and breadth over all sheets."""
        return max(box[2] for box in self.sheets_mm), max(box[3] for box in self.sheets_mm)

    def as_laid(self, points_mm: Array) -> Array:
        """Points (…, 2) of the print as they lie: mirrored where it is seen from behind."""
        if not self.flipped:
            return points_mm
        return points_mm * np.array([-1.0, 1.0]) + np.array([self.size_mm[0], 0.0])
