"""How the checks refuse a value, and the one that several kinds share."""

from typing import Any

from woundtrack.errors import RecordError
from woundtrack.store import rows
from woundtrack.store.database import Connection
from woundtrack.store.kinds import spec_of


def refuse(wrong: bool, code: str, **data: Any) -> None:
    """Raise RecordError `code` where something is wrong."""
    if wrong:
        raise RecordError(code, **data)


def refuse_second(
    connection: Connection, value: Any, *fields: str, record_id: int | None, code: str, **data: Any
) -> None:
    """Refuse a value where another live record of its kind has the same in these fields."""
    same = "".join(f"{rows.quoted(field)} = ? AND " for field in fields)
    cells = [rows.encoded_cell(type(value), field, getattr(value, field)) for field in fields]
    other = connection.execute(
        f"SELECT 1 FROM {spec_of(type(value)).table} "
        f"WHERE {same}deleted_act IS NULL AND id IS NOT ?",
        (*cells, record_id),
    ).fetchone()
    refuse(other is not None, code, **data)
