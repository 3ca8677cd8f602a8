"""The healing chart as a frozen list of axes, marks, lines and bands, ready to be painted.

Coordinates run right and down from the chart's top left corner, in the units of the painter:
px independent of the device in the window, points in a PDF. A colour is a role of the
painter's palette or "#rrggbb".
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from woundtrack.healing.series import Point
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.report.chart_text import point_lines, point_title

PointXY: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]

TEXT, MUTED, GRID, SURFACE, ACCENT = "text", "muted", "grid", "surface", "accent"
ROLES = (TEXT, MUTED, GRID, SURFACE, ACCENT)
"""The colours a painter's palette gives."""

OKABE_ITO = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
)  # fmt: skip
"""Colours told apart by every kind of colour vision (Okabe & Ito 2008)."""


class Shape(StrEnum):
    """The form of a mark."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    CROSS = "cross"
    RING = "ring"


class Hatch(StrEnum):
    """The pattern of a band, for those who do not see its colour."""

    SOLID = "solid"
    RISING = "rising"
    UPRIGHT = "upright"
    GRID = "grid"
    FALLING = "falling"
    LEVEL = "level"
    CROSSED = "crossed"
    DENSE = "dense"


HATCHES = tuple(Hatch)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Where an axis is marked, and with what."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: bottom (dates), left (area) or right (BWAT), and its grid."""

    side: Literal["bottom", "left", "right"]
    title: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a mark stands for. Its text is made when asked for: most is never looked at."""

    lesion_id: int
    label: str
    point: Point
    courses: tuple[TherapyCourse, ...]

    @property
    def visit_id(self) -> int:
        """The visit that a click opens."""
        return self.point.visit_id

    @property
    def on(self) -> dt.date:
        """The visit's day."""
        return self.point.on

    @property
    def title(self) -> str:
        """Day and lesion, in the language in force."""
        return point_title(self.point, label=self.label)

    @property
    def lines(self) -> tuple[str, ...]:
        """The visit's values and therapies, in the language in force."""
        return point_lines(self.point, courses=self.courses)


@dataclass(frozen=True, slots=True)
class Mark:
    """One visit's value. `low_y` and `high_y` are the ends of its 95 % interval."""

    x: float
    y: float
    shape: Shape
    colour: str
    filled: bool
    method: SizeMethod | None
    """None for a BWAT total."""
    hit: Hit
    low_y: float | None = None
    high_y: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line between marks of one method."""

    points: tuple[PointXY, ...]
    colour: str
    dash: tuple[float, ...] = ()
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Band:
    """One therapy course under the chart; `starts` and `stops` say which ends are real."""

    rect: Rect
    colour: str
    hatch: Hatch
    label: str
    label_x: float
    course_id: int
    starts: bool = True
    stops: bool = True
    ticks: tuple[float, ...] = ()
    """Where its sessions lie, across."""


@dataclass(frozen=True, slots=True)
class Label:
    """Text of its own: axis titles, legend, notes. `y` is the base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    colour: str = MUTED
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A mark of the legend."""

    x: float
    y: float
    shape: Shape
    colour: str
    filled: bool
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to be painted. `empty` holds a sentence where there is nothing to show."""

    width: float
    height: float
    text_size: float
    plot: Rect
    window: tuple[float, float]
    """First and last day shown, as proleptic ordinals."""
    axes: tuple[Axis, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    labels: tuple[Label, ...] = ()
    samples: tuple[Sample, ...] = ()
    empty: str = ""

    def nearest(self, x: float, y: float, *, reach: float = 14.0) -> Mark | None:
        """The mark nearest to a point, among those at most `reach` beside it; else None."""
        close = [mark for mark in self.marks if abs(mark.x - x) <= reach]
        inside = self.plot.top - reach <= y <= self.plot.bottom + reach
        if not close or not inside:
            return None
        return min(close, key=lambda mark: (mark.x - x) ** 2 + 0.25 * (mark.y - y) ** 2)
