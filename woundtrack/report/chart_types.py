"""The healing chart as a frozen list of axes, areas, lines, marks and bands, ready to be painted.

Coordinates run right and down from the chart's top left corner, in the units of the painter:
px independent of the device in the window, points in a PDF. A colour is a role of the
painter's palette or "#rrggbb". What is drawn and what may be pointed at are kept apart: a
`Spot` is a place with something to tell and to open, in one of the chart's lanes.
"""

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from woundtrack.report.chart_hits import CourseHit, Hit

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
    DOWN = "down"
    """A triangle on its tip."""
    CROSS = "cross"
    RING = "ring"
    FORK = "fork"
    DAGGER = "dagger"
    TICK = "tick"
    """A short upright stroke."""


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
    """One axis and its grid: bottom (most often dates), left or right."""

    side: Literal["bottom", "left", "right"]
    title: str
    ticks: tuple[Tick, ...]
    plot: Rect | None = None
    """The pane it belongs to; None is the chart's whole plot."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value, or a sample of one. `low_y` and `high_y` are the ends of its 95 % interval."""

    x: float
    y: float
    shape: Shape
    colour: str
    filled: bool
    low_y: float | None = None
    high_y: float | None = None
    low_open: bool = False
    """Whether the interval goes on below what the axis can show: it has no foot then."""
    size: float = 1.0
    """As a share of the usual size: marks that crowd are smaller."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between marks of one method, or a stepped one; dash and width at a usual text size."""

    points: tuple[PointXY, ...]
    colour: str
    dash: tuple[float, ...] = ()
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Area:
    """A shaded polygon behind the lines: an interval, a range."""

    points: tuple[PointXY, ...]
    colour: str
    opacity: float = 0.2


@dataclass(frozen=True, slots=True)
class Band:
    """One therapy course under the chart; `starts` and `stops` say which ends are real."""

    rect: Rect
    colour: str
    hatch: Hatch
    label: str
    label_x: float
    hit: CourseHit
    """Its course, on the first of its days that the chart shows."""
    starts: bool = True
    stops: bool = True
    ticks: tuple[float, ...] = ()
    """Where its sessions lie, across."""
    changes: tuple[float, ...] = ()
    """Where its dose changed, across."""


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
class Spot:
    """A place that can be pointed at, and what it stands for."""

    x: float
    y: float
    hit: Hit
    lane: int
    """Lanes are counted from the top: the panes, the events, each row of bands."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to be painted. `empty` holds a sentence where there is nothing to show."""

    width: float
    height: float
    text_size: float
    plot: Rect
    """All panes together."""
    window: tuple[float, float]
    """First and last day shown, as proleptic ordinals."""
    axes: tuple[Axis, ...] = ()
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    labels: tuple[Label, ...] = ()
    spots: tuple[Spot, ...] = ()
    lanes: tuple[Rect, ...] = ()
    """Where each lane lies, for what is pointed at."""
    empty: str = ""

    def x_of(self, on: dt.date) -> float | None:
        """Where a day lies across; None outside the period shown."""
        first, last = self.window
        share = (on.toordinal() - first) / max(1e-9, last - first)
        if not 0.0 <= share <= 1.0:
            return None
        return self.plot.left + share * (self.plot.right - self.plot.left)

    def day_at(self, x: float) -> dt.date:
        """The day at a place across."""
        first, last = self.window
        share = (x - self.plot.left) / max(1e-9, self.plot.right - self.plot.left)
        return dt.date.fromordinal(math.floor(first + share * (last - first) + 0.5))
