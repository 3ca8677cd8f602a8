"""Records as rows of their tables and as JSON of their revisions."""

import datetime as dt
import json
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Stored
from woundtrack.store.codec import CodecError, codec_for, field_hints
from woundtrack.store.database import Connection
from woundtrack.store.kinds import Spec, spec_of

_HEAD = ("id", "uuid", "revision", "at_utc", "user_id", "reason", "deleted_act")
_PLAIN = (str, int, float, bool, dt.date, dt.datetime)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind, and how its values go in and out of them."""

    columns: tuple[str, ...]
    head_sql: str
    """The column list of a SELECT: the record's own columns, then the value's."""
    encode: Callable[[Any], list[Any]]
    decode: Callable[[tuple[Any, ...]], Any]


def layout_of(kind: Any) -> Layout:
    """The layout of a kind of record."""
    return _layout(kind)


@cache
def _layout(kind: Any) -> Layout:
    hints = field_hints(kind)
    columns = tuple(hints)
    codecs = [_column_codec(hint) for hint in hints.values()]

    def encode(value: Any) -> list[Any]:
        return [codec[0](getattr(value, name)) for name, codec in zip(columns, codecs, strict=True)]

    decoders = [codec[1] for codec in codecs]

    def decode(cells: tuple[Any, ...]) -> Any:
        return kind(*[one(cell) for one, cell in zip(decoders, cells, strict=True)])

    names = ", ".join((*_HEAD, *(quoted(column) for column in columns)))
    return Layout(columns, names, encode, decode)


def quoted(column: str) -> str:
    """A column's name as SQL: visit dates are in "on", which is a word of SQL."""
    return f'"{column}"'


def encoded_cell(kind: type[Any], column: str, value: object) -> Any:
    """One value as its column holds it. Raises RecordError record.unusable_value."""
    try:
        return _column_codec(field_hints(kind)[column])[0](value)
    except (CodecError, ValueError, TypeError) as error:
        raise RecordError("record.unusable_value", field=column) from error


def encoded_row(value: Any) -> list[Any]:
    """A value's cells. Raises RecordError record.unusable_value (such as NaN)."""
    try:
        return layout_of(type(value)).encode(value)
    except (CodecError, ValueError, TypeError) as error:
        raise RecordError("record.unusable_value", field=str(error)) from error


def value_json(value: Any) -> str:
    """A value as the JSON text of a revision."""
    return json.dumps(codec_for(type(value))[0](value), ensure_ascii=False, allow_nan=False)


def value_from_json(kind: type[Any], text: str) -> Any:
    """A value from a revision's JSON text. Raises StoreError store.damaged."""
    try:
        return codec_for(kind)[1](json.loads(text))
    except (CodecError, ValueError) as error:
        raise StoreError("store.damaged") from error


def select(
    connection: Connection, kind: type[Any], *, where: str, parameters: Iterable[object] = ()
) -> list[Stored[Any]]:
    """Records of a kind in their natural order. `where` is SQL of this room alone."""
    spec = spec_of(kind)
    sql = f"SELECT {layout_of(kind).head_sql} FROM {spec.table} WHERE {where} ORDER BY {spec.order}"
    rows = connection.execute(sql, tuple(parameters)).fetchall()
    return [stored_from(kind, row) for row in rows]


def stored_from(kind: type[Any], row: tuple[Any, ...]) -> Stored[Any]:
    """A record from a row selected with its layout's `head_sql`."""
    size = len(_HEAD)
    record_id, uuid, revision, at_utc, user_id, reason, deleted_act = row[:size]
    try:
        return Stored(
            id=record_id,
            uuid=uuid,
            revision=revision,
            value=layout_of(kind).decode(row[size:]),
            at_utc=dt.datetime.fromisoformat(at_utc),
            user_id=user_id,
            reason=reason,
            deleted=deleted_act is not None,
        )
    except (CodecError, ValueError) as error:
        raise StoreError("store.damaged") from error


def get(connection: Connection, kind: type[Any], record_id: int) -> Stored[Any]:
    """One record, deleted or not. Raises RecordError record.missing."""
    found = select(connection, kind, where="id = ?", parameters=(record_id,))
    if not found:
        raise RecordError("record.missing")
    return found[0]


def id_of(connection: Connection, kind: type[Any], uuid: str) -> int | None:
    """A record's number by its uuid, in the bin too; None where this database never had it."""
    table = spec_of(kind).table
    row = connection.execute(f"SELECT id FROM {table} WHERE uuid = ?", (uuid,)).fetchone()
    return None if row is None else int(row[0])


def insert_row(connection: Connection, spec: Spec, head: dict[str, Any], value: Any) -> int:
    """Insert a record; return its id."""
    columns = (*head, *(quoted(column) for column in layout_of(spec.kind).columns))
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {spec.table} ({', '.join(columns)}) VALUES ({marks})"
    cursor = connection.execute(sql, (*head.values(), *encoded_row(value)))
    return int(cursor.lastrowid)


def update_row(
    connection: Connection, spec: Spec, record_id: int, head: dict[str, Any], value: Any
) -> None:
    """Replace a record's latest value."""
    columns = (*head, *(quoted(column) for column in layout_of(spec.kind).columns))
    sets = ", ".join(f"{column} = ?" for column in columns)
    sql = f"UPDATE {spec.table} SET {sets} WHERE id = ?"
    connection.execute(sql, (*head.values(), *encoded_row(value), record_id))


def _column_codec(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    encode, decode = codec_for(hint)
    if _is_plain(hint):
        return encode, decode

    def encode_text(value: Any) -> str | None:
        if value is None:
            return None
        return json.dumps(encode(value), ensure_ascii=False, allow_nan=False)

    def decode_text(cell: Any) -> Any:
        return decode(None if cell is None else json.loads(cell))

    return encode_text, decode_text


def _is_plain(hint: Any) -> bool:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return all(part is type(None) or _is_plain(part) for part in typing.get_args(hint))
    return hint in _PLAIN or (isinstance(hint, type) and issubclass(hint, Enum))
