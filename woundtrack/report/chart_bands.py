"""Therapy courses as bands under the chart: colour, pattern and name."""

import datetime as dt
from collections.abc import Iterable, Mapping

from woundtrack.records import Stored, TherapyCourse
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_types import HATCHES, OKABE_ITO, Band, Rect
from woundtrack.report.fonts import shortened, text_width
from woundtrack.therapy.course import course_label, therapy_name
from woundtrack.therapy.types import TherapySession

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
        end = max(right, left + text_width(therapy_name(course.value), size=text_size))
        free = (i for i, taken in enumerate(ends) if taken + GAP <= left)
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(course)
        ends[row] = end
    return rows


def bands_of(
    rows: list[list[Stored[TherapyCourse]]],
    *,
    frame: Frame,
    top: float,
    text_size: float,
    palette: dict[str, int],
    sessions: Mapping[int, tuple[dt.date, ...]],
) -> tuple[Band, ...]:
    """The bands of these rows, the first at `top`; `sessions` are the days by course."""
    bands = []
    for i, row in enumerate(rows):
        lower = top + (i + 1) * row_height(text_size)
        for course in row:
            days = sessions.get(course.id, ())
            bands.append(_band(course, frame, lower, text_size, palette, days))
    return tuple(bands)


def session_days(
    sessions: Iterable[Stored[TherapySession]],
) -> dict[int, tuple[dt.date, ...]]:
    """The days of the sessions of each course, each day once."""
    found: dict[int, dict[dt.date, None]] = {}
    for session in sessions:
        found.setdefault(session.value.course_id, {})[session.value.on] = None
    return {course_id: tuple(days) for course_id, days in found.items()}


def palette_of(courses: tuple[Stored[TherapyCourse], ...]) -> dict[str, int]:
    """A place in the colours and patterns for each therapy, in order of its first start."""
    places: dict[str, int] = {}
    for course in sorted(courses, key=lambda c: (c.value.start_on, c.id)):
        places.setdefault(_kind(course.value), len(places) % len(OKABE_ITO))
    return places


def _band(
    course: Stored[TherapyCourse],
    frame: Frame,
    bottom: float,
    text_size: float,
    palette: dict[str, int],
    days: tuple[dt.date, ...],
) -> Band:
    value = course.value
    left, right = _extent(value, frame=frame)
    room = frame.plot.right - frame.plot.left
    label = shortened(course_label(value), width=min(room, max(right - left, 0)), size=text_size)
    name = therapy_name(value)
    if text_width(label, size=text_size) < text_width(name, size=text_size):
        label = shortened(name, width=room, size=text_size)
    label_x = min(left, frame.plot.right - text_width(label, size=text_size))
    place = palette[_kind(value)]
    first, last = frame.window
    return Band(
        rect=Rect(left, bottom - BAR_IN_TEXTS * text_size, right, bottom),
        colour=OKABE_ITO[place],
        hatch=HATCHES[place],
        label=label,
        label_x=max(frame.plot.left, label_x),
        course_id=course.id,
        starts=value.start_on.toordinal() >= first,
        stops=value.stop_on is not None and value.stop_on.toordinal() < last,
        ticks=tuple(x for x in map(frame.x, days) if frame.shows(x)),
    )


def _extent(course: TherapyCourse, *, frame: Frame) -> tuple[float, float]:
    """From the start of the first day to the end of the last, inside the plot."""
    left = max(frame.plot.left, frame.x(course.start_on))
    right = frame.plot.right
    if course.stop_on is not None:
        right = min(right, frame.x(course.stop_on + _DAY))
    # A course of one day in a chart of years is still seen.
    return left, max(right, left + 2.0) if frame.shows(left) and right > left else right


def _kind(course: TherapyCourse) -> str:
    return f"{course.therapy} {course.name.casefold().strip()}"
