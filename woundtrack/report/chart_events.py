"""What happened beside the wound, as marks in a lane of their own under the panes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from woundtrack.context.events import event_name
from woundtrack.context.types import EventKind
from woundtrack.healing.closure import closures_in
from woundtrack.records import Lesion, Stored
from woundtrack.report.chart_curves import Entry
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_hits import EventHit, Hit, Opens, SaidHit
from woundtrack.report.chart_types import TEXT, Label, Line, Mark, Shape, Spot
from woundtrack.report.fonts import text_width
from woundtrack.words import _, together

ROW_IN_TEXTS = 1.3
MOST_ROWS, NAMED_ROWS = 3, 2
_NEAR_IN_TEXTS = 0.95
"""Marks nearer than this stand in rows beneath each other."""
_NAME_GAP = 0.75

_SHAPES = {
    EventKind.BIOPSY: (Shape.SQUARE, False),
    EventKind.INFECTION: (Shape.TRIANGLE, True),
    EventKind.ADVERSE_EVENT: (Shape.DIAMOND, True),
    EventKind.AMPUTATION: (Shape.CROSS, True),
    EventKind.HOSPITAL_STAY: (Shape.SQUARE, True),
    EventKind.OTHER: (Shape.CIRCLE, False),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One mark of the lane."""

    on: dt.date
    until_on: dt.date | None
    name: str
    shape: Shape
    filled: bool
    hit: Hit


def happenings(data: ChartData) -> tuple[Happening, ...]:
    """Events, closures, partings and death, of the shown lesions or of none, by their days."""
    found = [*_events(data), *_turns(data), *_death(data)]
    return tuple(sorted(found, key=lambda each: each.on))


def _events(data: ChartData) -> Iterator[Happening]:
    labels = {series.lesion_id: series.label for series in data.lesions}
    courses = {course.id: course.value for course in data.history.courses}
    some = len(labels) < len(data.history.lesions)  # of all, one in the bin still had its event
    for event in data.history.events:
        value = event.value
        if some and value.lesion_id is not None and value.lesion_id not in labels:
            continue
        hit = EventHit(
            event, labels.get(value.lesion_id or 0, ""), courses.get(value.course_id or 0)
        )
        shape, filled = _SHAPES[value.kind]
        yield Happening(value.on, value.until_on, event_name(value.kind), shape, filled, hit)


def _turns(data: ChartData) -> Iterator[Happening]:
    """Closures, openings and partings of the shown lesions."""
    visit_on = {visit.value.on: visit.id for visit in data.visits}
    shown = {series.lesion_id: series for series in data.lesions}
    for lesion in data.history.lesions:
        if lesion.id not in shown:
            continue
        for closure in closures_in(shown[lesion.id]):
            for on, text, name, shape, filled in (
                (closure.first_on, _("Lesion {label} seen closed"), _("Seen closed"),
                 Shape.RING, False),
                (closure.confirmed_on, _("Closure of lesion {label} confirmed"),
                 _("Closure confirmed"), Shape.RING, True),
                (closure.reopened_on, _("Lesion {label} open again"), _("Open again"),
                 Shape.CIRCLE, True),
            ):  # fmt: skip
                if on is not None:
                    said = (text.format(label=lesion.value.label),)
                    hit = SaidHit(on, Opens.VISIT, visit_on[on], said)
                    yield Happening(on, None, name, shape, filled, hit)
        if lesion.value.became_on is not None:
            yield _parting(data, lesion, lesion.value.became_on)


def _parting(data: ChartData, lesion: Stored[Lesion], on: dt.date) -> Happening:
    labels = {each.id: each.value.label for each in data.history.lesions}
    became = [labels[i] for i in lesion.value.became_ids if i in labels]
    text = (
        _("Lesion {label} parted into {others}")
        if len(became) > 1
        else _("Lesion {label} grew into {others}")
    ).format(label=lesion.value.label, others=together(became))
    hit = SaidHit(on, Opens.LESION, lesion.id, (text,))
    return Happening(on, None, _("Parting"), Shape.FORK, True, hit)


def _death(data: ChartData) -> Iterator[Happening]:
    died = data.history.patient.value.died_on
    if died is not None:
        hit = SaidHit(died, Opens.PATIENT, data.history.patient.id, (_("Death"),))
        yield Happening(died, None, _("Death"), Shape.DAGGER, True, hit)


def entries_of(found: Sequence[Happening]) -> tuple[Entry, ...]:
    """The kinds that occur, each with its mark."""
    kinds = {each.name: (each.shape, each.filled) for each in found}
    return tuple(Entry(name, shape, TEXT, filled) for name, (shape, filled) in kinds.items())


def in_window(found: Sequence[Happening], frame: Frame) -> tuple[Happening, ...]:
    """Those of which at least a day lies in the period."""
    first, last = frame.window
    return tuple(
        each
        for each in found
        if each.on.toordinal() <= last and (each.until_on or each.on).toordinal() >= first
    )


@dataclass(frozen=True, slots=True)
class Lane:
    """The marks of a period in rows where they do not touch, `named` beside each mark or not."""

    rows: tuple[tuple[Happening, ...], ...]
    named: bool


def lane_of(found: Sequence[Happening], *, frame: Frame, text_size: float) -> Lane:
    """Each mark with its name where two rows have room for them all; else marks alone."""
    inside = in_window(found, frame)
    rows = _packed(inside, frame, text_size, named=True)
    if len(rows) <= NAMED_ROWS:
        return Lane(rows, named=True)
    return Lane(_packed(inside, frame, text_size, named=False), named=False)


def _packed(
    found: Sequence[Happening], frame: Frame, text_size: float, *, named: bool
) -> tuple[tuple[Happening, ...], ...]:
    rows: list[list[Happening]] = []
    ends: list[float] = []
    for each in found:
        left, right = _extent(each, frame)
        if named:
            start, right = _name_at(each, frame, text_size)
            left = min(left, start)
        free = (i for i, taken in enumerate(ends) if taken + _NEAR_IN_TEXTS * text_size <= left)
        most = len(found) if named else MOST_ROWS
        row = next(free, min(len(rows), most - 1))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(each)
        ends[row] = max(ends[row], right)
    return tuple(tuple(row) for row in rows)


def _name_at(each: Happening, frame: Frame, text_size: float) -> tuple[float, float]:
    """From where to where a name stands: after its mark, before it at the right edge."""
    left, right = _extent(each, frame)
    wide, gap = text_width(each.name, size=text_size), _NAME_GAP * text_size
    start = right + gap
    if start + wide > frame.plot.right:
        start = left - gap - wide
    return start, max(right, start + wide)


def drawn(
    lane: Lane, *, frame: Frame, top: float, text_size: float, number: int
) -> tuple[list[Mark], list[Line], list[Label], list[Spot]]:
    """The lane's marks, the lines of what lasted, names, and where they can be pointed at."""
    marks, lines, labels, spots = [], [], [], []
    for i, row in enumerate(lane.rows):
        y = top + (i + 0.5) * ROW_IN_TEXTS * text_size
        for each in row:
            left, right = _extent(each, frame)
            if right > left:
                lines.append(Line(((left, y), (right, y)), TEXT, (), 0.16 * text_size))
            marks.append(Mark(left, y, each.shape, TEXT, each.filled))
            spots.append(Spot(left, y, each.hit, number))
            if lane.named:
                start, _end = _name_at(each, frame, text_size)
                labels.append(Label(start, y + 0.36 * text_size, each.name, "start", TEXT))
    return marks, lines, labels, spots


def _extent(each: Happening, frame: Frame) -> tuple[float, float]:
    left = max(frame.plot.left, frame.x(each.on))
    right = left if each.until_on is None else min(frame.plot.right, frame.x(each.until_on))
    return left, max(left, right)
