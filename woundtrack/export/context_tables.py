"""The tables of laboratory results and events."""

from woundtrack.context.events import EVENTS, FINDINGS
from woundtrack.context.labs import ANALYTES, OTHER, in_unit
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import RecordError
from woundtrack.export.case import Case
from woundtrack.export.people_tables import WHOSE, lesion_number
from woundtrack.export.treatment_tables import COURSE
from woundtrack.export.types import Table, code, day, key, number, text
from woundtrack.records import Stored
from woundtrack.words import N_

_UNITS = {unit: unit for each in ANALYTES.values() for unit in each.units if unit}
_COMPARATORS = {
    Comparator.BELOW: N_("below this value; the laboratory told no more"),
    Comparator.ABOVE: N_("above this value; the laboratory told no more"),
}


def _series_unit(result: LabResult) -> str:
    known = ANALYTES.get(result.analyte)
    return "" if known is None or known.key == OTHER else known.unit


def _series_value(_case: Case, row: Stored[LabResult]) -> float | None:
    """The value in its analyte's own unit; None where it cannot be converted."""
    unit = _series_unit(row.value)
    try:
        return in_unit(row.value, unit) if unit else None
    except RecordError:
        return None


def _unit_of_series(case: Case, row: Stored[LabResult]) -> str:
    return "" if _series_value(case, row) is None else _series_unit(row.value)


LABS = Table(
    "labs",
    N_("One row a laboratory result."),
    lambda case: case.history.labs,
    (
        WHOSE,
        day("result", N_("Day"), "on"),
        key("analyte", N_("Analyte"), "analyte",
            {each.key: each.name for each in ANALYTES.values()}),
        text("name", N_("What the clinic calls it"), "name"),
        key("comparator", N_("Empty where the value is exact"), "comparator", _COMPARATORS),
        number("value", N_("Value as it was reported, in the unit beside it"), "value"),
        key("unit", N_("Unit of value and limits"), "unit", _UNITS, typed=True),
        number("lower_limit", N_("The laboratory’s own lower limit"), "lower_limit"),
        number("upper_limit", N_("The laboratory’s own upper limit"), "upper_limit"),
        number("series_value", N_("Value in the analyte’s one unit; empty if it does not convert"),
               _series_value),
        code("series_unit", N_("That one unit"), _unit_of_series),
        text("note", N_("Note"), "note"),
    ),
)  # fmt: skip

_FINDINGS = {
    **{finding: name for names in FINDINGS.values() for finding, name in names.items()},
    OTHER: N_("another one"),
}

EVENTS_TABLE = Table(
    "events",
    N_("One row an event; death stands with the patient."),
    lambda case: case.history.events,
    (
        WHOSE,
        key("kind", N_("Kind"), "kind", {kind: each.name for kind, each in EVENTS.items()}),
        day("start", N_("First day"), "on"),
        day("until", N_("Last day"), "until_on"),
        lesion_number(),
        COURSE,
        key("finding", N_("Finding"), "finding", _FINDINGS),
        text("text", N_("What exactly"), "text"),
    ),
)
