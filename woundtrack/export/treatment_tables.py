"""The tables of therapies, their dose changes and sessions, and of analgesics."""

from collections.abc import Iterator
from dataclasses import dataclass

from woundtrack.context import drugs
from woundtrack.context.analgesics import OME_GAPS, TABLE_VERSION, ome_of
from woundtrack.export.case import Case
from woundtrack.export.people_tables import ASKED, WHOSE
from woundtrack.export.types import Column, Table, day, key, number, text
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.catalogue import FREQUENCIES, ROUTES, THERAPIES, UNITS
from woundtrack.therapy.course import STOP_CAUSES
from woundtrack.therapy.session import FIELDS
from woundtrack.therapy.types import DoseChange
from woundtrack.units import UNITS as CONVERTED
from woundtrack.words import N_

UNIT_NAMES = {unit: unit for unit in (*UNITS, *CONVERTED)}
_THERAPIES = {each.key: each.name for each in THERAPIES.values()}


def _course_number(case: Case, row: Stored[object]) -> int | None:
    return case.course_numbers.get(row.value.course_id)  # type: ignore[attr-defined]


COURSE = number("course", N_("Number of the therapy in the table of therapies"), _course_number)


def _dose(of: str = "") -> tuple[Column, Column]:
    return (
        number("dose", N_("Dose, in the unit beside it"), f"{of}dose"),
        key("dose_unit", N_("Unit of the dose"), f"{of}unit", UNIT_NAMES, typed=True),
    )


COURSES = Table(
    "therapies",
    N_("One row a therapy, from its start to its stop."),
    lambda case: case.history.courses,
    (
        WHOSE,
        number("course", ASKED, lambda case, row: case.course_numbers[row.id]),
        key("therapy", N_("Therapy"), "therapy", _THERAPIES),
        text("name", N_("What the clinic calls it"), "name"),
        day("start", N_("First day"), "start_on"),
        day("stop", N_("Last day"), "stop_on"),
        *_dose(),
        key("route", N_("Route"), "route", ROUTES, typed=True),
        key("frequency", N_("Frequency"), "frequency", FREQUENCIES, typed=True),
        key("stop_cause", N_("Why it stopped"), "stop_cause", STOP_CAUSES),
        text("stop_reason", N_("Reason for stopping"), "stop_reason"),
        text("note", N_("Note"), "note"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Change:
    course: Stored[TherapyCourse]
    value: DoseChange


def _changes(case: Case) -> Iterator[_Change]:
    for course in case.history.courses:
        for change in course.value.dose_changes:
            yield _Change(course, change)


CHANGES = Table(
    "dose_changes",
    N_("One row a day from which a therapy had another dose."),
    _changes,
    (
        WHOSE,
        number("course", COURSE.meaning, lambda case, row: case.course_numbers[row.course.id]),
        day("from", N_("First day"), "from_on"),
        *_dose(),
        key(
            "frequency",
            N_("Frequency; empty where it stayed"),
            "frequency",
            FREQUENCIES,
            typed=True,
        ),
    ),
)


def _session_field(name: str) -> Column:
    field = FIELDS[name]
    return number(name, field.name, name, field.unit)


SESSIONS = Table(
    "therapy_sessions",
    N_("One row a session of a therapy."),
    lambda case: case.history.sessions,
    (
        WHOSE,
        COURSE,
        day("session", N_("Day"), "on"),
        *_dose(),
        *(_session_field(name) for name in FIELDS if name != "dose"),
        text("note", N_("Note"), "note"),
    ),
)


def _ome(_case: Case, row: Stored[object]) -> float | None:
    return ome_of(row.value).mg  # type: ignore[arg-type]


def _ome_gap(_case: Case, row: Stored[object]) -> str:
    return ome_of(row.value).reason  # type: ignore[arg-type]


ANALGESICS = Table(
    "analgesics",
    N_("One row an analgesic as it was really taken, from a day on."),
    lambda case: case.history.analgesics,
    (
        WHOSE,
        key("drug", N_("Analgesic"), "drug",
            {each.key: each.name for each in drugs.DRUGS.values()}),
        text("name", N_("What the clinic calls it"), "name"),
        day("start", N_("First day"), "start_on"),
        day("stop", N_("Last day"), "stop_on"),
        key("route", N_("Route"), "route", drugs.ROUTES, typed=True),
        number("dose", N_("One dose, in the unit beside it; of a patch what it gives in an hour"),
               "dose"),
        key("dose_unit", N_("Unit of the dose"), "unit", UNIT_NAMES, typed=True),
        number("times_a_day", N_("Times a day"), "times_a_day"),
        number("oral_morphine_mg_a_day",
               N_("Oral morphine equivalents by the factors of {table}, never for converting"),
               _ome, "mg", fields={"table": TABLE_VERSION}),
        key("oral_morphine_missing", N_("Why it has no oral morphine equivalents"), _ome_gap,
            OME_GAPS),
        text("note", N_("Note"), "note"),
    ),
)  # fmt: skip
