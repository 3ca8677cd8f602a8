"""Bringing a database to the program's schema: all steps in one transaction, after a copy.

A step that fails, or a program that is killed, leaves the database as it was; the copy is for
whoever wants the earlier version of the program back later (`store.rollback`).
"""

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.errors import StoreError
from woundtrack.store import journal
from woundtrack.store.backup import backup_database
from woundtrack.store.database import Connection, connect, database_errors
from woundtrack.store.files import disk_errors, sync_folder
from woundtrack.store.info import DATABASE_NAME

if TYPE_CHECKING:
    from sqlite_utils import Migrations

STEP_NAMES = (
    "m001_first_schema",
    "m002_rater_studies",
    "m003_scores_and_therapies",
    "m004_context",
    "m005_photo_view",
    "m006_letterhead",
    "m007_sealed_journal",
)
"""Names of all steps, known without importing them (a test compares)."""
_SET_NAME = "woundtrack"
BEFORE_MIGRATION = "before-migration"
"""What the copies in `backups/` begin with that are made before the schema changes."""


def applied_steps(connection: Connection) -> tuple[str, ...]:
    """The names of the steps a database has had, in order."""
    with database_errors():
        table = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
        ).fetchone()
        if table is None:
            return ()
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id",
            (_SET_NAME,),
        ).fetchall()
    return tuple(row[0] for row in rows)


def needs_migration(connection: Connection, *, known: tuple[str, ...] = STEP_NAMES) -> bool:
    """Whether steps are missing. Raises StoreError store.newer where unknown ones were made,
    store.damaged where there are none: an emptied file opens as an empty database.
    """
    applied = applied_steps(connection)
    if not applied:
        raise StoreError("store.damaged")
    if not set(applied) <= set(known):
        raise StoreError("store.newer")
    return len(applied) < len(known)


def migrate_new(connection: Connection, *, data_key: bytes) -> None:
    """Make the schema in a database that was just created."""
    _apply(connection, _program_steps(), data_key=data_key)


def migrate_existing(
    connection: Connection, folder: Path, *, data_key: bytes, steps: "Migrations | None" = None
) -> Connection:
    """Copy the database, apply what is missing, and return the connection to go on with.

    The caller holds the clinic's lock. On any failure the database is as it was, the
    connection is closed, and StoreError store.migration_failed is raised.
    """
    steps = steps or _program_steps()
    before = applied_steps(connection)
    copy = backup_database(connection, folder, label=BEFORE_MIGRATION)
    try:
        _apply(connection, steps, data_key=data_key)
    except Exception as error:
        connection.close()
        if _is_as_before(folder, before, data_key=data_key):
            with suppress(OSError):
                copy.unlink()  # every further try would leave another
        else:
            _put_back(folder, copy, data_key=data_key)
        raise StoreError("store.migration_failed") from error
    return connection


def _program_steps() -> "Migrations":
    from migrations.all_steps import all_steps

    return all_steps()


def _apply(connection: Connection, steps: "Migrations", *, data_key: bytes) -> None:
    """Every missing step, or none: sqlite-utils' own transactions become savepoints of one."""
    # sqlite_utils is imported here only: opening a current clinic need not wait for it.
    from sqlite_utils import Database

    with database_errors():
        # With keys on, transform() fails where an ON DELETE points at the table (measured).
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            connection.execute("BEGIN IMMEDIATE")
            steps.apply(Database(connection, execute_plugins=False))
            now = dt.datetime.now(dt.UTC).isoformat()
            journal.begin(connection, key=journal.journal_key(data_key), at_utc=now)
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise StoreError("store.damaged")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("PRAGMA foreign_keys = ON")


def _is_as_before(folder: Path, before: tuple[str, ...], *, data_key: bytes) -> bool:
    """Whether the database still opens at the steps that it had."""
    try:
        connection = connect(folder / DATABASE_NAME, data_key=data_key, writable=True)
        try:
            return applied_steps(connection) == before
        finally:
            connection.close()
    except StoreError:
        return False


def _put_back(folder: Path, copy: Path, *, data_key: bytes) -> None:
    """The copy in the database's place: where the database itself is damaged."""
    connect(copy, data_key=data_key, writable=False).close()
    database = folder / DATABASE_NAME
    with disk_errors():
        for ending in ("-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        copy.replace(database)
        sync_folder(folder)
