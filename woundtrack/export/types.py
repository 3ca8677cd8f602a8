"""What a table that leaves the clinic is made of: columns as data, and how each is shown."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

from woundtrack.export.case import Case
from woundtrack.words import N_, _, labelled

Cell: TypeAlias = str | int | float | dt.date | dt.datetime | None
"""What stands in a cell; None where nothing was recorded."""
Values: TypeAlias = Mapping[str, str]
"""What a key may be, with the English name of each."""


class Identity(StrEnum):
    """How people are named in what leaves the clinic."""

    BY_CODE = "by_code"
    """Codes for names, days since baseline for dates, and no free text, which may name someone."""
    IDENTIFIED = "identified"


class Kind(StrEnum):
    """What a column holds, and so what becomes of it where people are named by code."""

    CODE = "code"
    """The program's own text: stays."""
    NUMBER = "number"
    KEY = "key"
    """One of some values. By code, any other text becomes "other"."""
    DAY = "day"
    """A calendar day. By code, days since baseline."""
    MOMENT = "moment"
    """A time in UTC, left out by code."""
    TEXT = "text"
    """What a person typed, left out by code."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` holds its unit; `meaning` is English, shown through `_`."""

    name: str
    meaning: str
    kind: Kind
    of: Callable[[Case, Any], object]
    unit: str = ""
    values: Values = field(default_factory=dict)
    decimals: int | None = None
    """Where the value is computed; what was typed keeps the decimals that were typed."""
    typed: bool = False
    """Whether people may write a key of their own."""
    only: Identity | None = None
    of_what: str = ""
    """Said before the meaning, such as an instrument's short name; English too."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """What fills the fields of the meaning."""

    def is_in(self, identity: Identity) -> bool:
        """Whether the column is there at all."""
        free = self.kind in (Kind.TEXT, Kind.MOMENT) and identity is Identity.BY_CODE
        return not free and self.only in (None, identity)

    def title(self, identity: Identity) -> str:
        """The column's name: the same in every language, and saying whether a day is a date."""
        if self.kind is not Kind.DAY:
            return self.name
        return f"{self.name}_{'date' if identity is Identity.IDENTIFIED else 'day'}"

    def told(self) -> str:
        """The meaning in the language in force."""
        meaning = _(self.meaning).format_map(self.fields)
        return labelled(_(self.of_what), meaning) if self.of_what else meaning

    def cell(self, case: Case, row: object, identity: Identity) -> Cell:
        """What stands in the column for one row."""
        return _SHOWN[self.kind](self, self.of(case, row), case, identity)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, the rows of one patient, and their columns."""

    key: str
    meaning: str
    rows: Callable[[Case], Iterable[Any]]
    columns: tuple[Column, ...]

    def columns_in(self, identity: Identity) -> tuple[Column, ...]:
        """The columns that are there."""
        return tuple(column for column in self.columns if column.is_in(identity))


YES_NO: Values = MappingProxyType({"yes": N_("yes"), "no": N_("no")})

Of: TypeAlias = str | Callable[[Case, Any], object]
"""How a column finds its value: a field of the row's record, or a function of case and row."""


def column(kind: Kind, name: str, meaning: str, of: Of, **more: Any) -> Column:
    """A column; `of` may name a field of a stored record."""
    return Column(name, meaning, kind, _field(of) if isinstance(of, str) else of, **more)


def code(name: str, meaning: str, of: Of, **more: Any) -> Column:
    """A column of the program's own text."""
    return column(Kind.CODE, name, meaning, of, **more)


def number(name: str, meaning: str, of: Of, unit: str = "", **more: Any) -> Column:
    """A column of numbers, with its unit."""
    return column(Kind.NUMBER, name, meaning, of, unit=unit, **more)


def key(name: str, meaning: str, of: Of, values: Mapping[Any, str], **more: Any) -> Column:
    """A column of keys, with what each means."""
    plain = MappingProxyType({str(one): text for one, text in values.items()})
    return column(Kind.KEY, name, meaning, of, values=plain, **more)


def day(name: str, meaning: str, of: Of, **more: Any) -> Column:
    """A column of days: "_date" or "_day" is added to its name."""
    return column(Kind.DAY, name, meaning, of, **more)


def text(name: str, meaning: str, of: Of, **more: Any) -> Column:
    """A column of what people typed."""
    return column(Kind.TEXT, name, meaning, of, **more)


def _field(name: str) -> Callable[[Case, Any], object]:
    get = attrgetter(f"value.{name}")
    return lambda _case, row: get(row)


def _as_code(_column: Column, value: Any, _case: Case, _identity: Identity) -> Cell:
    return str(value) if value not in (None, "") else None


def _as_number(column: Column, value: Any, _case: Case, _identity: Identity) -> Cell:
    if value is None or isinstance(value, int):
        return value
    number = float(value)
    return number if column.decimals is None else round(number, column.decimals)


def _as_key(column: Column, value: Any, _case: Case, identity: Identity) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or not str(value).strip():
        return None
    known = str(value)
    return known if known in column.values or identity is Identity.IDENTIFIED else "other"


def _as_day(_column: Column, value: Any, case: Case, identity: Identity) -> Cell:
    if value is None or identity is Identity.IDENTIFIED:
        return value  # type: ignore[no-any-return]
    return None if case.baseline_on is None else int((value - case.baseline_on).days)


def _as_text(_column: Column, value: Any, _case: Case, _identity: Identity) -> Cell:
    return str(value).strip() or None if value is not None else None


def _as_moment(_column: Column, value: Any, _case: Case, _identity: Identity) -> Cell:
    return value if isinstance(value, dt.datetime) else None


_SHOWN: Mapping[Kind, Callable[[Column, Any, Case, Identity], Cell]] = MappingProxyType(
    {
        Kind.CODE: _as_code,
        Kind.NUMBER: _as_number,
        Kind.KEY: _as_key,
        Kind.DAY: _as_day,
        Kind.TEXT: _as_text,
        Kind.MOMENT: _as_moment,
    }
)
