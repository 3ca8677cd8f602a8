"""Adding what a database lacks: tables, columns, indexes; what is there stays as it is.

The first step was edited in place until the fourth was made, so a database that a program of
those days made is recorded with the first step alone and yet has some of what the next ones
add. Used by released steps, so frozen as they are.
"""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from migrations.m001_first_schema import RECORD


def add_records(db: Database, tables: Mapping[str, str]) -> None:
    """Add the tables of kinds of records: name → the columns of their values."""
    for name, columns in tables.items():
        db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({RECORD}, {columns}) STRICT")
        db.execute(f"CREATE INDEX IF NOT EXISTS {name}_deleted ON {name}(deleted_act)")


def add_columns(db: Database, columns: Iterable[tuple[str, str]]) -> None:
    """Add columns, each a table and a definition that begins with the column's name."""
    for table, definition in columns:
        if definition.split()[0] not in db[table].columns_dict:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {definition}")
