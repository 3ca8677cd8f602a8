"""The journal as people look through it: by who, what, which record, whose, and when."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from woundtrack.records import Patient, Visit
from woundtrack.store.census import hangs_below_patient
from woundtrack.store.database import Connection
from woundtrack.store.journal import journal_head
from woundtrack.store.kinds import SPECS, Spec, spec_of
from woundtrack.store.types import JournalEntry

_PATIENT, _VISIT = spec_of(Patient).table, spec_of(Visit).table
_OF_PATIENT = {spec.table: spec for spec in SPECS if hangs_below_patient(spec.kind)}
_COLUMNS = "id, at_utc, user_id, action, kind, record_id, act_id, reason"
_NOTED = 16
"""Hexadecimal digits of a seal that are noted: 64 bits."""
EXPORT_STEP = 2_000
"""How many lines an export reads at a time."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which lines are wanted; what is empty asks for nothing. Days are local ones."""

    user_id: int | None = None
    action: str = ""
    kind: str = ""
    record_id: int | None = None
    patient_id: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line with what it is about today: whose it is, in which visit, whether in the bin."""

    entry: JournalEntry
    user_name: str = ""
    patient_id: int | None = None
    patient_code: str = ""
    visit_id: int | None = None
    in_bin: bool = False


class JournalPages:
    """The journal of one moment, for an administrator; whoever asks must be allowed to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(
        self, wanted: JournalFilter, *, limit: int, before_id: int | None = None
    ) -> list[JournalLine]:
        """A page of lines, newest first."""
        where, parameters = _where(wanted)
        if before_id is not None:
            where.append("id < ?")
            parameters.append(before_id)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM journal WHERE {' AND '.join(where) or '1'} "
            "ORDER BY id DESC LIMIT ?",
            (*parameters, limit),
        ).fetchall()
        return _told(self._connection, [_entry(row) for row in rows])

    def all_lines(self, wanted: JournalFilter) -> Iterator[JournalLine]:
        """Every line that is wanted, newest first, some thousands at a time."""
        before_id: int | None = None
        while lines := self.lines(wanted, limit=EXPORT_STEP, before_id=before_id):
            yield from lines
            before_id = lines[-1].entry.id

    def count(self, wanted: JournalFilter) -> int:
        """How many lines are wanted."""
        where, parameters = _where(wanted)
        sql = f"SELECT count(*) FROM journal WHERE {' AND '.join(where) or '1'}"
        (count,) = self._connection.execute(sql, parameters).fetchone()
        return int(count)

    def end(self) -> str:
        """The last entry's number and the beginning of its seal, to be noted outside the clinic.

        Its seal covers every entry before it: whoever has this note can tell later whether all
        of them are still there (`still_has`), even against somebody who has the clinic's key.
        """
        head = journal_head(self._connection)
        return f"{head.last_id}-{head.mac[:_NOTED]}"

    def still_has(self, end: str) -> bool:
        """Whether the entry that was the last one then is there with the same seal."""
        number, _, seal = end.strip().lower().partition("-")
        if not number.isdecimal() or len(seal) != _NOTED:
            return False
        sql = "SELECT mac FROM journal WHERE id = ?"
        row = self._connection.execute(sql, (int(number),)).fetchone()
        return row is not None and row[0] is not None and row[0].hex().startswith(seal)

    def actions(self) -> tuple[str, ...]:
        """What the journal says was done, each once."""
        return _distinct(self._connection, "action")

    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that it names, each once."""
        return _distinct(self._connection, "kind")


def _distinct(connection: Connection, column: str) -> tuple[str, ...]:
    """Each value once, by its index: as many steps as there are values, not lines."""
    found: list[str] = []
    sql = f"SELECT min({column}) FROM journal"
    (value,) = connection.execute(sql).fetchone()
    while value is not None:
        found.append(value)
        (value,) = connection.execute(f"{sql} WHERE {column} > ?", (value,)).fetchone()
    return tuple(found)


def _entry(row: Sequence[Any]) -> JournalEntry:
    return JournalEntry(row[0], dt.datetime.fromisoformat(row[1]), *row[2:])


def _where(wanted: JournalFilter) -> tuple[list[str], list[object]]:
    conditions: tuple[tuple[str, object], ...] = (
        ("user_id = ?", wanted.user_id),
        ("action = ?", wanted.action or None),
        ("kind = ?", wanted.kind or None),
        ("record_id = ?", wanted.record_id),
        ("at_utc >= ?", None if wanted.from_on is None else _start_utc(wanted.from_on)),
        ("at_utc < ?", None if wanted.to_on is None else _end_utc(wanted.to_on)),
    )
    chosen = [(condition, value) for condition, value in conditions if value is not None]
    where, parameters = [one for one, _ in chosen], [value for _, value in chosen]
    if wanted.patient_id is not None:
        pairs = [f"SELECT '{spec.table}', id {_ids_of(spec)}" for spec in _OF_PATIENT.values()]
        where.append(f"(kind, record_id) IN ({' UNION ALL '.join(pairs)})")
        parameters += [wanted.patient_id] * len(pairs)
    return where, parameters


def _ids_of(spec: Spec) -> str:
    """The rest of a question for a kind's records of one patient, who is its one parameter."""
    if spec.table == _PATIENT:
        return f"FROM {_PATIENT} WHERE id = ?"
    column, parent = spec.parents[0]
    if parent is Patient:
        return f"FROM {spec.table} WHERE {column} = ?"
    return f"FROM {spec.table} WHERE {column} IN (SELECT id {_ids_of(spec_of(parent))})"


def _start_utc(day: dt.date) -> str:
    """Midnight of a local day in UTC, without its zone: before any moment of that day."""
    midnight = dt.datetime.combine(day, dt.time()).astimezone()
    return midnight.astimezone(dt.UTC).replace(tzinfo=None).isoformat()


def _end_utc(day: dt.date) -> str:
    return _start_utc(day + dt.timedelta(days=1))


def _told(connection: Connection, entries: list[JournalEntry]) -> list[JournalLine]:
    names = dict(connection.execute("SELECT id, name FROM user").fetchall())
    places = _Places(connection)
    found = {(entry.kind, entry.record_id) for entry in entries if entry.record_id and entry.kind}
    for kind in {kind for kind, _ in found} & set(_OF_PATIENT):
        places.look(kind, [number for each, number in found if each == kind and number])
    return [_line(entry, names.get(entry.user_id, ""), places) for entry in entries]


def _line(entry: JournalEntry, user_name: str, places: "_Places") -> JournalLine:
    key = (entry.kind, entry.record_id or 0)
    patient_id = places.above(key, _PATIENT)
    if patient_id is None:
        return JournalLine(entry, user_name)
    return JournalLine(
        entry,
        user_name,
        patient_id=patient_id,
        patient_code=places.codes.get(patient_id, ""),
        visit_id=places.above(key, _VISIT),
        in_bin=places.in_bin(key),
    )


class _Places:
    """What hangs below what, read for the records of one page."""

    def __init__(self, connection: Connection) -> None:
        self._read: Callable[..., Any] = connection.execute
        self._rows: dict[tuple[str, int], tuple[tuple[str, int] | None, bool]] = {}
        """A record's parent, and whether it lies in the bin."""
        self.codes: dict[int, str] = {}

    def look(self, table: str, ids: Iterable[int]) -> None:
        """Read these records of a kind, and what they hang below."""
        spec = _OF_PATIENT[table]
        wanted = sorted({one for one in ids if (table, one) not in self._rows})
        if not wanted:
            return
        column = spec.parents[0][0] if spec.parents else "code"
        marks = ", ".join("?" * len(wanted))
        rows = self._read(
            f"SELECT id, {column}, deleted_act FROM {table} WHERE id IN ({marks})", wanted
        ).fetchall()
        if not spec.parents:
            self._rows |= {(table, one): (None, bool(deleted)) for one, _, deleted in rows}
            self.codes |= {one: code for one, code, _ in rows}
            return
        above = spec_of(spec.parents[0][1]).table
        self._rows |= {
            (table, one): ((above, parent), bool(deleted)) for one, parent, deleted in rows
        }
        self.look(above, [parent for _, parent, _ in rows])

    def above(self, key: tuple[str, int], table: str) -> int | None:
        """The record of a kind that this one is, or hangs below."""
        while key in self._rows:
            if key[0] == table:
                return key[1]
            parent, _ = self._rows[key]
            if parent is None:
                return None
            key = parent
        return None

    def in_bin(self, key: tuple[str, int]) -> bool:
        """Whether it, or what it hangs below, was deleted."""
        while key in self._rows:
            parent, deleted = self._rows[key]
            if deleted or parent is None:
                return deleted
            key = parent
        return False
