"""A pane before it has a place: its axis, its curves in their own unit, what explains them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from woundtrack.report.chart_hits import Hit
from woundtrack.report.chart_types import ACCENT, MUTED, OKABE_ITO, Shape

AREA_WEIGHT = 2.5
"""How much higher the pane of areas is than another."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How the line between values is drawn."""

    dash: tuple[float, ...] = ()
    width: float = 1.4


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a curve. Those of one `line` are joined; of none, where it is empty."""

    on: dt.date
    value: float | None
    """None where there is none: the mark stands at the foot of the pane."""
    hit: Hit
    shape: Shape | None
    """None where a line says it all."""
    filled: bool = True
    line: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """Values in the order of their days, in one colour; `pens` draw its lines, in this order."""

    values: tuple[Value, ...]
    colour: str
    pens: Mapping[str, Pen] = field(default_factory=dict)
    stepped: bool = False
    """Whether each value holds until the next."""
    until_on: dt.date | None = None
    """The day until which the last step holds; None is for as long as the chart shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mark of a pane means; without a mark, what else is to be known of it."""

    text: str
    shape: Shape | None = None
    colour: str = MUTED
    filled: bool = True
    interval: bool = False
    dash: tuple[float, ...] | None = None
    """None draws no piece of a line."""


@dataclass(frozen=True, slots=True)
class Span:
    """A laboratory's own range from one day to another; None where it gave no such limit."""

    from_on: dt.date
    to_on: dt.date
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """What the axis of a pane must hold. A fixed one ends there; others end at round values."""

    low: float
    high: float
    fixed: bool = False
    log: bool = False


@dataclass(frozen=True, slots=True)
class PaneView:
    """All of a pane but where it lies."""

    title: str
    scale: Scale
    curves: tuple[Curve, ...] = ()
    entries: tuple[Entry, ...] = ()
    spans: tuple[Span, ...] = ()
    levels: tuple[float, ...] = ()
    """Values that have a thin line of their own."""
    note: str = ""
    """A sentence where there is nothing to draw."""
    weight: float = 1.0
    """How high it is, compared with others."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one lesion, or one of several curves in a pane, is drawn."""

    colour: str
    shape: Shape
    dash: tuple[float, ...] = ()


SHAPES = (Shape.CIRCLE, Shape.SQUARE, Shape.DIAMOND)
_LESION_COLOURS = (OKABE_ITO[0], OKABE_ITO[5], OKABE_ITO[2], OKABE_ITO[3], OKABE_ITO[1])
CURVE_STYLES = (
    Style(ACCENT, Shape.TRIANGLE),
    Style(OKABE_ITO[5], Shape.DOWN, (5.0, 3.0)),
    Style(MUTED, Shape.SQUARE, (2.0, 2.5)),
    Style(OKABE_ITO[3], Shape.DIAMOND, (7.0, 2.5, 1.5, 2.5)),
)
"""Of the curves of one lesion in one pane, in their order: colour, form and dash differ."""


def lesion_styles(count: int) -> tuple[Style, ...]:
    """A lesion alone is in the accent colour; several have a colour and a form each."""
    if count == 1:
        return (Style(ACCENT, Shape.CIRCLE),)
    colours, shapes = len(_LESION_COLOURS), len(SHAPES)
    return tuple(Style(_LESION_COLOURS[i % colours], SHAPES[i % shapes]) for i in range(count))
