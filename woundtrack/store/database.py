"""Connections to the encrypted database, and what its errors mean.

sqlcipher3's errors are not sqlite3's: everything that touches a connection runs inside
`database_errors`, so that nothing but StoreError leaves this room.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2

from woundtrack.errors import StoreError
from woundtrack.store import keys
from woundtrack.store.files import share_as_folder

Connection: TypeAlias = Any
"""A `sqlcipher3` connection in autocommit mode (its types are not published)."""

DatabaseError = dbapi2.Error
IntegrityError = dbapi2.IntegrityError

BUSY_TIMEOUT_MS = 10_000

_CODES = {
    dbapi2.SQLITE_FULL: "store.disk_full",
    dbapi2.SQLITE_CORRUPT: "store.damaged",
    dbapi2.SQLITE_NOTADB: "store.damaged",
    dbapi2.SQLITE_BUSY: "store.busy",
    dbapi2.SQLITE_LOCKED: "store.busy",
    dbapi2.SQLITE_READONLY: "store.not_writable",
    dbapi2.SQLITE_PERM: "store.not_writable",
    dbapi2.SQLITE_CANTOPEN: "store.unreadable",
    dbapi2.SQLITE_IOERR: "store.io",
    dbapi2.SQLITE_PROTOCOL: "store.io",  # the log's index cannot be made anew
}


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn the database's errors into StoreErrors; a broken constraint is left as it is."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        code = _CODES.get(_primary(error))
        if code is None:
            raise
        raise StoreError(code) from error


def is_full(error: BaseException) -> bool:
    """Whether the database ran out of room: what was to be written is certainly not there."""
    return isinstance(error, DatabaseError) and _primary(error) == dbapi2.SQLITE_FULL


def is_of_disk(error: BaseException) -> bool:
    """Of a DatabaseError: whether the disk, or another process, refused; it may be sound."""
    return _CODES.get(_primary(error), "store.damaged") != "store.damaged"


def _primary(error: BaseException) -> int:
    # The extended code keeps its primary code in the low byte.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def connect(path: Path, *, data_key: bytes, writable: bool) -> Connection:
    """Open the database. The key is random, so SQLCipher takes it raw, without derivation.

    Raises StoreError store.damaged where it cannot be decrypted or is no database.
    """
    mode = "rw" if writable else "ro"
    with database_errors():
        connection = dbapi2.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            _prepare(connection, data_key=data_key, writable=writable)
        except BaseException:
            connection.close()
            raise
    return connection


def create(path: Path, *, data_key: bytes) -> Connection:
    """Make an empty encrypted database where there is none, and open it for writing."""
    path.touch(exist_ok=False)
    share_as_folder(path)  # SQLite gives its own files beside it the same rights
    return connect(path, data_key=data_key, writable=True)


def raw_key(data_key: bytes) -> str:
    """SQLCipher's notation of the database's key."""
    return f"x'{keys.subkey(data_key, use='database').hex()}'"


def _prepare(connection: Connection, *, data_key: bytes, writable: bool) -> None:
    execute = connection.execute
    execute("PRAGMA cipher_log_level = NONE")  # would print to the terminal
    execute(f'PRAGMA key = "{raw_key(data_key)}"')
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    execute("PRAGMA temp_store = MEMORY")  # nothing unencrypted outside the folder
    execute("PRAGMA foreign_keys = ON")
    execute("PRAGMA trusted_schema = OFF")
    execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first decrypted page
    if not writable:
        execute("PRAGMA query_only = ON")
        return
    execute("PRAGMA journal_mode = WAL").fetchone()
    execute("PRAGMA synchronous = FULL")
    execute("PRAGMA fullfsync = ON")  # on a Mac, past the disk's own memory; elsewhere nothing
    execute("PRAGMA checkpoint_fullfsync = ON")
    execute("PRAGMA recursive_triggers = ON")
    # Who was cut off while folding the WAL in may have left half a page in the file, which the
    # WAL has whole: only what reads the bare file would call that damage.
    with suppress(DatabaseError):  # a full disk; then it stays in the WAL
        execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
