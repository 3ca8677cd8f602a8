"""Adding what a database lacks: tables, columns, indexes; what is there stays as it is.

The first step was edited in place until the fourth was made, so a database that a program of
those days made is recorded with the first step alone and yet has some of what the next ones
add. Used by released steps, so frozen as they are.
"""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

RECORD = """
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
"""
"""The columns with which every kind of record begins."""


def add_records(db: Database, tables: Mapping[str, str]) -> None:
    """Add the tables of kinds of records: name → the columns of their values."""
    for name, columns in tables.items():
        db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({RECORD}, {columns}) STRICT")
        db.execute(f"CREATE INDEX IF NOT EXISTS {name}_deleted ON {name}(deleted_act)")


def add_columns(db: Database, columns: Iterable[tuple[str, str]]) -> None:
    """Add columns, each a table and a definition that begins with the column's name."""
    for table, definition in columns:
        if definition.split()[0] not in column_names(db, table):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {definition}")


def column_names(db: Database, table: str) -> set[str]:
    """The names of a table's columns."""
    return {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
