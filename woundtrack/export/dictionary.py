"""What says of an export what is in it: the data dictionary, and a page about it all."""

import datetime as dt
from collections.abc import Iterator, Sequence

from woundtrack import __version__
from woundtrack.export.context_tables import EVENTS_TABLE, LABS
from woundtrack.export.people_tables import LESIONS, PATIENTS, RISKS
from woundtrack.export.treatment_tables import ANALGESICS, CHANGES, COURSES, SESSIONS
from woundtrack.export.types import Cell, Column, Identity, Kind, Table
from woundtrack.export.visit_tables import MEASUREMENTS, SCORES, VISITS
from woundtrack.words import N_, _

TABLES = (
    PATIENTS, RISKS, LESIONS, VISITS, MEASUREMENTS, SCORES, COURSES, CHANGES, SESSIONS, LABS,
    ANALGESICS, EVENTS_TABLE,
)  # fmt: skip
"""Every table, in the order in which they stand."""
DICTIONARY, ABOUT = "dictionary", "about"
DICTIONARY_COLUMNS = ("table", "column", "meaning", "unit", "values")
ABOUT_COLUMNS = ("about", "what")
_DAYS_UNIT = "d"
_DATE = N_("a date")
_ELSE = N_("other = what the clinic wrote itself, left out here")
_TYPED = N_("or what the clinic wrote itself")


def dictionary_rows(
    identity: Identity, tables: Sequence[Table] = TABLES
) -> Iterator[tuple[Cell, ...]]:
    """One row a table, and one for each of its columns, in the language in force."""
    for table in tables:
        yield table.key, None, _(table.meaning), None, None
        for column in table.columns_in(identity):
            yield _row(table, column, identity)


def _row(table: Table, column: Column, identity: Identity) -> tuple[Cell, ...]:
    unit, values = column.unit, _values(column, identity)
    if column.kind is Kind.DAY:
        by_code = identity is Identity.BY_CODE
        unit, values = (_DAYS_UNIT, "") if by_code else ("", _(_DATE))
    return table.key, column.title(identity), column.told(), unit or None, values or None


def _values(column: Column, identity: Identity) -> str:
    told = [
        f"{value} = {_(name)}" if value != _(name) else value
        for value, name in column.values.items()
    ]
    if column.typed:
        told.append(_(_ELSE if identity is Identity.BY_CODE else _TYPED))
    return "; ".join(told)


def about_rows(
    identity: Identity, *, patients: int, left_out: int, made_on: dt.date, quoted: bool
) -> Sequence[tuple[Cell, Cell]]:
    """What was exported, how, and how to read it; `quoted` where texts are, as in CSV."""
    by_code = identity is Identity.BY_CODE
    rows: list[tuple[Cell, Cell]] = [
        (_("Made by"), f"woundtrack {__version__}"),
        (_("Made on"), made_on),
        (_("Patients"), patients),
        (_("People are named"), _(NAMED[identity])),
    ]
    if by_code:
        rows.append((_("Left out, without consent to research"), left_out))
        rows.append((_("Day 0"), _(_DAY_0)))
    rows += [(_("What is here"), _(_CONFIRMED)), (_("An empty cell"), _(_EMPTY))]
    if quoted:
        rows.append((_("A text behind an apostrophe"), _(_QUOTED)))
    rows.append((_("Keep it safe"), _(_SAFE[identity])))
    return rows


NAMED = {
    Identity.BY_CODE: N_(
        "by code; days since day 0 instead of dates; without anything that people typed"
    ),
    Identity.IDENTIFIED: N_("by name and number, with dates and notes"),
}
_DAY_0 = N_(
    "The patient’s first confirmed visit; of a patient without one, the first day of a therapy, "
    "result, analgesic or event."
)
_CONFIRMED = N_(
    "What was confirmed, as it stands now. Drafts, corrections that wait and the bin are not here."
)
_EMPTY = N_("Not recorded, or not known. It is never 0.")
_QUOTED = N_(
    "It begins with a sign that spreadsheets take for a formula; the apostrophe is not part of it."
)
_SAFE = {
    Identity.BY_CODE: N_(
        "Not encrypted. The clinic can tell who is who by the codes: these are still health data."
    ),
    Identity.IDENTIFIED: N_(
        "Not encrypted. Keep it as you keep the patients’ papers, and delete it afterwards."
    ),
}
