"""The line over each pane: what it shows, and what its marks mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.report.chart_curves import Entry
from woundtrack.report.chart_types import MUTED, TEXT, Label, Line, Mark
from woundtrack.report.fonts import shortened, text_width

ROW_IN_TEXTS = 1.6
_SAMPLE, _LINE_SAMPLE, _GAP = 1.5, 2.6, 1.4
"""Widths in text sizes: of a mark, of one on a piece of line, of the room between entries."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading laid out; `rows` of `ROW_IN_TEXTS` each."""

    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    rows: int


def heading_of(
    title: str, entries: Sequence[Entry], *, width: float, text_size: float, top: float = 0.0
) -> Heading:
    """Title and entries in as many rows as they need, from `top` down."""
    labels: list[Label] = []
    marks: list[Mark] = []
    lines: list[Line] = []
    x, row = 0.0, 0
    if title:
        title = shortened(title, width=width, size=text_size)
        labels.append(Label(x, top + text_size, title, "start", MUTED))
        x += text_width(title, size=text_size) + _GAP * text_size
    for entry in entries:
        sample = _sample(entry) * text_size
        text = shortened(entry.text, width=width - sample, size=text_size)
        wide = sample + text_width(text, size=text_size)
        if x > 0 and x + wide > width:
            x, row = 0.0, row + 1
        base = top + (1.0 + ROW_IN_TEXTS * row) * text_size
        _add(entry, x, base, text_size, marks, lines)
        colour = MUTED if entry.shape is None else TEXT
        labels.append(Label(x + sample, base, text, "start", colour))
        x += wide + _GAP * text_size
    return Heading(tuple(labels), tuple(marks), tuple(lines), row + 1 if labels else 0)


def least_width(title: str, entries: Sequence[Entry], *, text_size: float) -> float:
    """How wide a heading must be for nothing of it to be shortened."""
    wide = [_sample(each) * text_size + text_width(each.text, size=text_size) for each in entries]
    return max(text_width(title, size=text_size), *wide, 0.0)


def _sample(entry: Entry) -> float:
    if entry.shape is None:
        return 0.0
    return _SAMPLE if entry.dash is None else _LINE_SAMPLE


def _add(
    entry: Entry, x: float, base: float, text_size: float, marks: list[Mark], lines: list[Line]
) -> None:
    if entry.shape is None:
        return
    y, half = base - 0.35 * text_size, 0.5 * text_size
    middle = x + (0.6 if entry.dash is None else 1.1) * text_size
    if entry.dash is not None:
        end = x + 2.2 * text_size
        lines.append(Line(((x, y), (end, y)), entry.colour, entry.dash, 1.4))
    low, high = (y + half, y - half) if entry.interval else (None, None)
    marks.append(Mark(middle, y, entry.shape, entry.colour, entry.filled, low, high))
