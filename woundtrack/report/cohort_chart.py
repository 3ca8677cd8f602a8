"""Kaplan–Meier curves as a frozen figure: steps, shaded intervals, censor ticks, numbers at risk.

Coordinates run right and down from the top left corner, in the units of the painter. The
figure is made of the strokes of `chart_strokes`, so the window and the PDF paint the same.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from woundtrack.cohort.types import Curve
from woundtrack.report.chart_strokes import Path, Stroke, Text
from woundtrack.report.chart_types import ACCENT, GRID, MUTED, OKABE_ITO, TEXT, PointXY, Rect
from woundtrack.report.fonts import text_width
from woundtrack.words import _, number, percent

DAYS_PER_WEEK = 7.0
DAYS_PER_MONTH = 365.25 / 12
_TOP, _AXIS, _ROW, _NOTE = 2.2, 3.4, 1.45, 1.4
"""Heights above the plot, of the time axis, of a row at risk and of a note, in text sizes."""
_SAMPLE = 2.2
"""Width of a curve's sample, in text sizes."""
_GAP = 0.6
_BAND_OPACITY = 0.16
_CENSOR = 0.32
"""Half the height of a censor tick, in text sizes."""
_SHORT_DAYS = 200.0
"""Up to this length time is told in weeks, beyond in months."""
_STEPS = {DAYS_PER_WEEK: (1, 2, 4, 8), DAYS_PER_MONTH: (1, 3, 6, 12, 24, 60, 120)}
_MOST_TICKS = 8
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Group:
    """One curve that has steps, with its name; `key` is one of `LOOKS`."""

    key: str
    name: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Look:
    """The colour of a curve, and its dash in text sizes for those who do not see colours."""

    colour: str
    dash: tuple[float, ...] = ()


LOOKS = {
    "all": Look(ACCENT),
    "central": Look(OKABE_ITO[5]),
    "peripheral": Look(OKABE_ITO[0], (0.7, 0.4)),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything to be painted, and where its plot lies. `empty` says why there is none."""

    width: float
    height: float
    text_size: float
    plot: Rect
    span_days: float
    groups: tuple[Group, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    empty: str = ""

    def x(self, day: float) -> float:
        """Where a day lies."""
        return self.plot.left + day / self.span_days * (self.plot.right - self.plot.left)

    def y(self, share: float) -> float:
        """Where a share lies; 0 is the plot's bottom."""
        return self.plot.bottom - share * (self.plot.bottom - self.plot.top)

    def days(self) -> tuple[float, ...]:
        """The days on which a curve steps, from 0 to the end of the time shown."""
        steps = {day for group in self.groups for day in group.curve.days}
        within = {day for day in steps if day <= self.span_days}
        return tuple(sorted(within | {0.0, self.span_days})) if self.groups else ()

    def day(self, x: float) -> float:
        """The day at a place, within the plot."""
        share = (x - self.plot.left) / (self.plot.right - self.plot.left)
        return min(max(share, 0.0), 1.0) * self.span_days


def figure_of(
    groups: Sequence[Group],
    *,
    title: str,
    time_title: str,
    span_days: float,
    size: tuple[float, float],
    text_size: float,
    notes: Sequence[str] = (),
) -> Figure:
    """The curves over `span_days`, with everyone at risk below and notes at the foot."""
    width, height = size
    lines = [line for note in notes for line in wrapped(note, width=width, size=text_size)]
    left = max(
        text_width(percent(1.0), size=text_size) + _GAP * text_size,
        text_width(_("At risk"), size=text_size),
        *(_row_width(group, text_size) for group in groups),
    )
    below = _AXIS + _ROW * (len(groups) + 1) + _NOTE * len(lines)
    plot = Rect(
        left + _GAP * text_size,
        _TOP * text_size,
        width - 1.5 * text_size,
        height - below * text_size,
    )
    bare = Figure(width, height, text_size, plot, span_days, tuple(groups))
    strokes = (
        *_grid(bare, title, time_title),
        *itertools.chain.from_iterable(_shading(bare, group) for group in groups),
        *itertools.chain.from_iterable(_line(bare, group) for group in groups),
        *_table(bare),
        *_notes(bare, lines),
    )
    return replace(bare, strokes=strokes)


def no_figure(sentences: Sequence[str], *, size: tuple[float, float], text_size: float) -> Figure:
    """A figure that says why it shows no curve."""
    width, height = size
    lines = [line for each in sentences for line in wrapped(each, width=width, size=text_size)]
    top = (height - _NOTE * text_size * len(lines)) / 2
    strokes = tuple(
        Text(width / 2, top + (place + 0.8) * _NOTE * text_size, line, text_size, "middle", MUTED)
        for place, line in enumerate(lines)
    )
    plot = Rect(0, 0, width, height)
    return Figure(width, height, text_size, plot, 1.0, (), strokes, " ".join(sentences))


def wrapped(text: str, *, width: float, size: float) -> tuple[str, ...]:
    """The text in lines no wider than `width`, parted between words."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def time_ticks(span_days: float) -> tuple[float, ...]:
    """The days that the axis marks: round counts of weeks or months."""
    unit = unit_days(span_days)
    count = span_days / unit
    steps = _STEPS[unit]
    step = next((s for s in steps if count / s <= _MOST_TICKS), steps[-1])
    # A year of 365 days still has its mark at 12 months.
    return tuple(i * step * unit for i in range(math.floor(count / step + 0.01) + 1))


def unit_days(span_days: float) -> float:
    """Days in the unit of the axis: weeks for a short time, else months of 30.44 days."""
    return DAYS_PER_WEEK if span_days <= _SHORT_DAYS else DAYS_PER_MONTH


def _row_width(group: Group, text_size: float) -> float:
    # Half of the first count stands left of the axis.
    first_count = text_width(number(group.curve.at_risk(0), decimals=0), size=text_size) / 2
    name = text_width(group.name, size=text_size)
    return name + first_count + (_SAMPLE + _GAP) * text_size


def _grid(figure: Figure, title: str, time_title: str) -> Iterator[Stroke]:
    plot, size = figure.plot, figure.text_size
    yield Text(0, 1.1 * size, title, size, "start", MUTED)
    for share in _SHARES:
        y = figure.y(share)
        if share:
            yield Path(((plot.left, y), (plot.right, y)), GRID, 0.06 * size)
        x = plot.left - 0.55 * size
        yield Text(x, y + 0.36 * size, percent(share), size, "end", MUTED)
    yield Path(((plot.left, plot.bottom), (plot.right, plot.bottom)), MUTED, 0.08 * size)
    unit = unit_days(figure.span_days)
    for day in time_ticks(figure.span_days):
        x = figure.x(day)
        yield Path(((x, plot.bottom), (x, plot.bottom + 0.3 * size)), MUTED, 0.08 * size)
        text = number(day / unit, decimals=0)
        yield Text(x, plot.bottom + 1.45 * size, text, size, "middle", MUTED)
    yield Text(plot.right, plot.bottom + 2.75 * size, time_title, size, "end", MUTED)


def _ends(figure: Figure, curve: Curve) -> tuple[list[int], float]:
    """Which steps lie within the plot, and the day on which the curve ends there."""
    end = min(curve.last_day, figure.span_days)
    return [place for place, day in enumerate(curve.days) if day <= end], end


def _shading(figure: Figure, group: Group) -> Iterator[Stroke]:
    """The intervals: one part for each run of steps that have one."""
    curve = group.curve
    places, end = _ends(figure, curve)
    until = [curve.days[place] for place in places[1:]] + [end]
    pieces = [(curve.days[i], curve.lows[i], curve.highs[i], last)
              for i, last in zip(places, until, strict=True)]  # fmt: skip
    for known, run in itertools.groupby(pieces, lambda p: p[1] is not None and p[2] is not None):
        if not known:
            continue
        part = list(run)
        last = part[-1][3]
        upper = _stairs(figure, [(day, high or 0.0) for day, _low, high, _to in part], last)
        lower = _stairs(figure, [(day, low or 0.0) for day, low, _high, _to in part], last)
        outline = (*upper, *reversed(lower))
        yield Path(outline, None, 0, LOOKS[group.key].colour, _BAND_OPACITY, closed=True)


def _line(figure: Figure, group: Group) -> Iterator[Stroke]:
    curve, look, size = group.curve, LOOKS[group.key], figure.text_size
    places, end = _ends(figure, curve)
    line = _stairs(figure, [(curve.days[i], curve.shares[i]) for i in places], end)
    yield Path(line, look.colour, 0.16 * size, dash=_dash(look, size))
    half = _CENSOR * size
    for day in dict.fromkeys(curve.censored_days):
        if day <= end:
            x, y = figure.x(day), figure.y(curve.on(day).value)
            yield Path(((x, y - half), (x, y + half)), look.colour, 0.1 * size)


def _dash(look: Look, size: float) -> tuple[float, ...]:
    return tuple(length * size for length in look.dash)


def _stairs(
    figure: Figure, steps: Sequence[tuple[float, float]], end: float
) -> tuple[PointXY, ...]:
    points: list[PointXY] = []
    for day, share in steps:
        x = figure.x(day)
        if points:
            points.append((x, points[-1][1]))
        points.append((x, figure.y(share)))
    return (*points, (figure.x(end), points[-1][1]))


def _table(figure: Figure) -> Iterator[Stroke]:
    """The numbers at risk; each row's sample makes it the legend as well."""
    plot, size = figure.plot, figure.text_size
    base = plot.bottom + (_AXIS + 0.9) * size
    yield Text(0, base, _("At risk"), size, "start", MUTED)
    for group in figure.groups:
        base += _ROW * size
        look, y = LOOKS[group.key], base - 0.36 * size
        yield Path(((0, y), (_SAMPLE * size, y)), look.colour, 0.18 * size, dash=_dash(look, size))
        x = (_SAMPLE + _GAP) * size
        yield Text(x, base, group.name, size, "start", TEXT)
        for day in time_ticks(figure.span_days):
            count = number(group.curve.at_risk(min(day, figure.span_days)), decimals=0)
            yield Text(figure.x(day), base, count, size, "middle", TEXT)


def _notes(figure: Figure, notes: Sequence[str]) -> Iterator[Stroke]:
    size = figure.text_size
    for place, note in enumerate(reversed(notes)):
        y = figure.height - (0.3 + place * _NOTE) * size
        yield Text(0, y, note, size, "start", MUTED)
