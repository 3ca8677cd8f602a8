"""Therapy courses as bands under the chart: colour, pattern and name, doses and sessions."""

import datetime as dt
from collections.abc import Sequence

from woundtrack.records import Stored, TherapyCourse
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_hits import CourseHit
from woundtrack.report.chart_types import HATCHES, OKABE_ITO, Band, Rect, Spot
from woundtrack.report.fonts import shortened, text_width
from woundtrack.therapy.course import course_label, therapy_name

GAP = 10.0
ROW_IN_TEXTS = 2.3
"""Height of one row of bands, in text sizes: its name, and the band below it."""
BAR_IN_TEXTS = 0.62
_DAY = dt.timedelta(days=1)


def row_height(text_size: float) -> float:
    """The height of one row of bands."""
    return ROW_IN_TEXTS * text_size


def rows_of(
    courses: tuple[Stored[TherapyCourse], ...], *, frame: Frame, text_size: float
) -> list[list[Stored[TherapyCourse]]]:
    """Courses packed into rows where neither bands nor names touch."""
    rows: list[list[Stored[TherapyCourse]]] = []
    ends: list[float] = []
    for course in sorted(courses, key=lambda c: (c.value.start_on, c.id)):
        left, right = _extent(course.value, frame=frame)
        if right <= left:
            continue
        wide = text_width(therapy_name(course.value), size=text_size)
        start = min(left, frame.plot.right - wide)  # where its name begins at the right edge
        end = max(right, start + wide)
        free = (i for i, taken in enumerate(ends) if taken + GAP <= start)
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(course)
        ends[row] = end
    return rows


def drawn(
    data: ChartData,
    rows: Sequence[Sequence[Stored[TherapyCourse]]],
    *,
    frame: Frame,
    top: float,
    text_size: float,
    lane: int,
) -> tuple[list[Band], list[Spot]]:
    """The bands of these rows, the first at `top`, and where they can be pointed at.

    The spots of a course are its ends, its changes of dose and its days with sessions.
    """
    palette = palette_of(data.history.courses)
    bands, spots = [], []
    for i, row in enumerate(rows):
        lower = top + (i + 1) * row_height(text_size)
        for course in row:
            hits = hits_of(course, data, frame=frame)
            band = _band(course, frame, lower, text_size, palette[therapy_kind(course.value)], hits)
            bands.append(band)
            y = (band.rect.top + band.rect.bottom) / 2
            spots += [Spot(_inside(frame.x(hit.on), frame), y, hit, lane + i) for hit in hits]
    return bands, spots


def palette_of(courses: tuple[Stored[TherapyCourse], ...]) -> dict[str, int]:
    """A place in the colours and patterns for each therapy, in order of its first start."""
    places: dict[str, int] = {}
    for course in sorted(courses, key=lambda c: (c.value.start_on, c.id)):
        places.setdefault(therapy_kind(course.value), len(places) % len(OKABE_ITO))
    return places


def hits_of(
    course: Stored[TherapyCourse], data: ChartData, *, frame: Frame
) -> tuple[CourseHit, ...]:
    """The days of a course of which there is something to tell, inside the period."""
    value, given = course.value, data.sessions.get(course.id, {})
    days = {value.start_on, *given, *(change.from_on for change in value.dose_changes)}
    if value.stop_on is not None:
        days.add(value.stop_on)
    found = [day for day in sorted(days) if frame.shows(frame.x(day))]
    if not found:  # it runs through all of the period
        found = [dt.date.fromordinal(round(sum(frame.window) / 2))]
    return tuple(CourseHit(course, day, given.get(day, ())) for day in found)


def _band(
    course: Stored[TherapyCourse],
    frame: Frame,
    bottom: float,
    text_size: float,
    place: int,
    hits: Sequence[CourseHit],
) -> Band:
    value = course.value
    left, right = _extent(value, frame=frame)
    room = frame.plot.right - frame.plot.left
    label = shortened(course_label(value), width=min(room, max(right - left, 0)), size=text_size)
    name = therapy_name(value)
    if text_width(label, size=text_size) < text_width(name, size=text_size):
        label = shortened(name, width=room, size=text_size)
    label_x = min(left, frame.plot.right - text_width(label, size=text_size))
    first, last = frame.window
    changes = (frame.x(change.from_on) for change in value.dose_changes)
    return Band(
        rect=Rect(left, bottom - BAR_IN_TEXTS * text_size, right, bottom),
        colour=OKABE_ITO[place],
        hatch=HATCHES[place],
        label=label,
        label_x=max(frame.plot.left, label_x),
        hit=hits[0],
        starts=value.start_on.toordinal() >= first,
        stops=value.stop_on is not None and value.stop_on.toordinal() < last,
        ticks=tuple(frame.x(hit.on) for hit in hits if hit.sessions),
        changes=tuple(x for x in changes if left < x < right),
    )


def _inside(x: float, frame: Frame) -> float:
    return min(max(x, frame.plot.left), frame.plot.right)


def _extent(course: TherapyCourse, *, frame: Frame) -> tuple[float, float]:
    """From the start of the first day to the end of the last, inside the plot."""
    left = max(frame.plot.left, frame.x(course.start_on))
    right = frame.plot.right
    if course.stop_on is not None:
        right = min(right, frame.x(course.stop_on + _DAY))
    # A course of one day in a chart of years is still seen.
    return left, max(right, left + 2.0) if frame.shows(left) and right > left else right


def therapy_kind(course: TherapyCourse) -> str:
    """What tells one therapy from another: courses of one kind share colour and pattern."""
    return f"{course.therapy} {course.name.casefold().strip()}"
