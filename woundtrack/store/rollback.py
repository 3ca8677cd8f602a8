"""Going back to the program that was here before: the database as it was before a migration.

Run with the earlier version of the program, which then finds its own schema again. What was
recorded since stays in a copy of its own; photos that came since stay in the vault.
"""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.records import Role
from woundtrack.store import migrating
from woundtrack.store.act import Act
from woundtrack.store.backup import backup_database, made_at_utc
from woundtrack.store.database import Connection, connect, database_errors
from woundtrack.store.files import disk_errors, sync_folder
from woundtrack.store.info import BACKUPS_NAME, DATABASE_NAME, LOCK_NAME
from woundtrack.store.journal import journal_key
from woundtrack.store.keyring import Keyring, load_keyring
from woundtrack.store.keyring_state import keep
from woundtrack.store.lock import WriterLock
from woundtrack.store.log_check import log_to_open
from woundtrack.store.network import refuse_network
from woundtrack.store.opening import utc_now
from woundtrack.store.signing_in import by_passphrase

BEFORE_ROLLBACK = "before-rollback"
"""What the copy in `backups/` begins with that keeps what is given up."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """A copy from before a migration that this version of the program can work with."""

    copy: Path
    made_at_utc: dt.datetime
    acts_since: int
    """How many acts were recorded after the copy was made: they would be given up."""


def way_back(folder: Path, *, user_name: str, passphrase: str) -> WayBack:
    """The newest copy from before a migration with exactly the steps that this program knows.

    Changes nothing. Raises StoreError store.no_way_back, .not_allowed, .wrong_passphrase,
    .too_soon, .in_use, .log_damaged, …
    """
    with _Session(folder, user_name, passphrase) as session:
        return session.way_back()


def roll_back(folder: Path, *, user_name: str, passphrase: str) -> WayBack:
    """Put that copy in the database's place, in one step; what was there is kept beside it.

    Raises StoreError as `way_back`; then nothing was changed.
    """
    with _Session(folder, user_name, passphrase) as session:
        found = session.way_back()
        session.put_back(found)
        return found


class _Session:
    """The clinic's lock and key, held by an administrator."""

    def __init__(self, folder: Path, user_name: str, passphrase: str) -> None:
        refuse_network(folder)
        self._folder = folder
        self._keyring: Keyring = load_keyring(folder)
        self._uuid, self._key = by_passphrase(
            folder, self._keyring, user_name=user_name, passphrase=passphrase, clock=utc_now
        )
        self._lock = WriterLock(folder / LOCK_NAME, data_key=self._key)

    def __enter__(self) -> "_Session":
        if not self._lock.acquire():
            raise StoreError("store.in_use", writer=self._lock.holder())
        return self

    def __exit__(self, *_error: object) -> None:
        self._lock.release()

    def way_back(self) -> WayBack:
        """Ask the database, whatever its schema, and every copy."""
        log_to_open(self._folder / DATABASE_NAME)
        connection = self._open(self._folder / DATABASE_NAME)
        try:
            with database_errors():
                self._administrator_id(connection)
                newest = _last_act(connection)
        finally:
            connection.close()
        pattern = f"{migrating.BEFORE_MIGRATION}-*.db"
        for copy in sorted((self._folder / BACKUPS_NAME).glob(pattern), reverse=True):
            connection = self._open(copy)
            try:
                if migrating.applied_steps(connection) == migrating.STEP_NAMES:
                    since = newest - _last_act(connection)
                    return WayBack(copy, made_at_utc(copy), since)
            finally:
                connection.close()
        raise StoreError("store.no_way_back")

    def put_back(self, found: WayBack) -> None:
        """Keep what is there, then let the copy take its place."""
        database = self._folder / DATABASE_NAME
        current = connect(database, data_key=self._key, writable=True)
        try:
            kept = backup_database(current, self._folder, label=BEFORE_ROLLBACK)
            try:
                with database_errors():
                    # Refused while anyone reads, who would mix the two; and a log that is left
                    # beside another database would ruin that one.
                    current.execute("PRAGMA journal_mode = DELETE")
            except StoreError:
                kept.unlink(missing_ok=True)
                raise
        finally:
            current.close()
        with disk_errors():
            found.copy.replace(database)
            sync_folder(self._folder)
        self._note()

    def _note(self) -> None:
        """In the journal, and in the key file, which this database must know as its newest."""
        connection = connect(self._folder / DATABASE_NAME, data_key=self._key, writable=True)
        try:
            with database_errors():
                now = dt.datetime.now(dt.UTC)
                user_id = self._administrator_id(connection)
                act = Act(
                    connection, journal_key=journal_key(self._key), user_id=user_id,
                    at_utc=now, today=now.date(), reason="",
                )  # fmt: skip
                connection.execute("BEGIN IMMEDIATE")
                act.journal("rolled_back", "clinic", None)
                keyring = replace(self._keyring, schema_version=len(migrating.STEP_NAMES))
                keep(connection, self._folder, keyring, data_key=self._key)
                connection.execute("COMMIT")
        finally:
            connection.close()

    def _open(self, path: Path) -> Connection:
        if not path.exists():
            raise StoreError("store.database_missing")
        return connect(path, data_key=self._key, writable=False)

    def _administrator_id(self, connection: Connection) -> int:
        """By plain SQL: a newer schema's records are not this program's."""
        where = "uuid = ? AND role = ? AND active = 1 AND deleted_act IS NULL"
        parameters = (self._uuid, Role.ADMINISTRATOR.value)
        row = connection.execute(f"SELECT id FROM user WHERE {where}", parameters).fetchone()
        if row is None:
            raise StoreError("store.not_allowed")
        return int(row[0])


def _last_act(connection: Connection) -> int:
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM act").fetchone()
    return int(number)
