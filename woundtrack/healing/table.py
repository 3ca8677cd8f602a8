"""Lesions, their visits and courses from plain tables, as `woundtrack healing` takes them.

What is wrong with a table as a whole refuses it; what is wrong in a line refuses its lesion, and
the others go on. Nothing is mended silently.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from math import pi, sqrt
from pathlib import Path

from woundtrack.errors import MeasureError
from woundtrack.healing.rows import Row, read_rows
from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.therapy.catalogue import OTHER

VISIT_COLUMNS = ("lesion", "date", "area_cm2")
VISIT_OPTIONS = ("area_sd_cm2", "perimeter_cm", "closed")
COURSE_COLUMNS = ("lesion", "therapy", "start")
COURSE_OPTIONS = ("stop",)

LARGEST_CM2 = 2000.0
"""More than a tenth of all skin is no single wound: then mm² were meant."""
LEAST_ROUNDNESS = 0.95
"""A perimeter below this part of a circle's of the same area: impossible but for rounding."""
MOST_ROUNDNESS = 8.0
"""So many times a circle's: sixty-four islands of one size, or mm instead of cm."""
_CLOSED = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class TableLesion:
    """One lesion of the tables; `refused` says what is wrong with one of its lines."""

    name: str
    series: Series
    courses: tuple[TherapyCourse, ...] = ()
    refused: MeasureError | None = None


def read_tables(visits: Path, *, courses: Path | None = None) -> tuple[TableLesion, ...]:
    """The lesions in the order in which the table first names them.

    Raises MeasureError as `read_rows`, and healing.line_no_lesion, line_unknown_lesion.
    """
    rows = _by_lesion(read_rows(visits, needed=VISIT_COLUMNS, optional=VISIT_OPTIONS))
    given: dict[str, list[Row]] = {}
    if courses is not None:
        given = _by_lesion(read_rows(courses, needed=COURSE_COLUMNS, optional=COURSE_OPTIONS))
    for name, lines in given.items():
        if name not in rows:
            raise lines[0].error("healing.line_unknown_lesion", lesion=name)
    return tuple(
        _lesion(number, name, lines, given.get(name, ()))
        for number, (name, lines) in enumerate(rows.items(), 1)
    )


def _by_lesion(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if not row.text("lesion"):
            raise row.error("healing.line_no_lesion")
        found.setdefault(row.text("lesion"), []).append(row)
    return found


def _lesion(number: int, name: str, rows: Iterable[Row], courses: Iterable[Row]) -> TableLesion:
    try:
        points = _points(rows)
        taken = tuple(_course(row) for row in courses)
    except MeasureError as error:
        return TableLesion(name, Series(number, name), refused=error)
    return TableLesion(name, Series(number, name, points), taken)


def _points(rows: Iterable[Row]) -> tuple[Point, ...]:
    """The visits in the order of their days, whatever the order of the lines."""
    lines: dict[dt.date, int] = {}
    points = []
    for row in rows:
        point = _point(row)
        if point.on in lines:
            raise row.error("healing.line_same_day", day=point.on, first=lines[point.on])
        lines[point.on] = row.line
        points.append(point)
    return tuple(sorted(points, key=lambda point: point.on))


def _point(row: Row) -> Point:
    on = _day(row, "date")
    area_cm2, sd_cm2 = row.number("area_cm2"), row.number("area_sd_cm2")
    perimeter_cm = row.number("perimeter_cm")
    closed = _CLOSED.get(row.text("closed").lower())
    if closed is None:
        raise row.error("healing.line_closed", text=row.text("closed"))
    if closed:
        if area_cm2:
            raise row.error("healing.line_closed_area", area=row.text("area_cm2"))
        return Point(row.line, on, SizeMethod.CLOSED, area_cm2=0.0)
    if area_cm2 is None:
        return Point(row.line, on, SizeMethod.NOT_MEASURED)
    _check_sizes(row, area_cm2, sd_cm2, perimeter_cm)
    return Point(
        row.line,
        on,
        SizeMethod.TRACED,
        area_cm2=area_cm2,
        area_cm2_sd=sd_cm2 or 0.0,
        perimeter_cm=perimeter_cm,
    )


def _check_sizes(
    row: Row, area_cm2: float, sd_cm2: float | None, perimeter_cm: float | None
) -> None:
    """Refuse what cannot be, so that a wrong unit is no wrong rate."""
    if area_cm2 == 0:
        raise row.error("healing.line_zero")
    if area_cm2 > LARGEST_CM2:
        raise row.error("healing.line_large", area=row.text("area_cm2"))
    if sd_cm2 is not None and sd_cm2 >= area_cm2:
        raise row.error("healing.line_sd", sd=row.text("area_sd_cm2"))
    if perimeter_cm is not None:
        roundness = perimeter_cm / (2 * sqrt(pi * area_cm2))
        if not LEAST_ROUNDNESS <= roundness <= MOST_ROUNDNESS:
            raise row.error("healing.line_perimeter", perimeter=row.text("perimeter_cm"))


def _course(row: Row) -> TherapyCourse:
    name = row.text("therapy")
    if not name:
        raise row.error("healing.line_no_therapy")
    start_on = _day(row, "start")
    stop_on = _day(row, "stop") if row.text("stop") else None
    if stop_on is not None and stop_on < start_on:
        raise row.error("healing.line_stop", start=start_on, stop=stop_on)
    return TherapyCourse(patient_id=0, therapy=OTHER, name=name, start_on=start_on, stop_on=stop_on)


def _day(row: Row, column: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row.text(column))
    except ValueError as error:
        raise row.error("healing.line_date", text=row.text(column), column=column) from error
