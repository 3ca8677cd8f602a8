"""The open clinic: who is signed in, questions read, acts written.

One writer thread owns the writing connection; each reading thread has its own read-only
one. Nothing here is called from the GUI thread except through `ui.background`.
"""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Stored, User
from woundtrack.store import database, health
from woundtrack.store.act import Act
from woundtrack.store.copying import Copied, copy_clinic
from woundtrack.store.database import (
    Connection,
    DatabaseError,
    IntegrityError,
    database_errors,
)
from woundtrack.store.info import DATABASE_NAME, VAULT_NAME, ClinicInfo, clinic_info
from woundtrack.store.journal import journal_key
from woundtrack.store.lock import WriterLock
from woundtrack.store.opening import Opened, create_clinic, reset_passphrase, unlock
from woundtrack.store.reader import Reader
from woundtrack.store.types import (
    CheckResult,
    FieldConflict,
    Finding,
    ImportedPhoto,
    JournalEntry,
    MergePreview,
    PatientRow,
)
from woundtrack.store.users import Users
from woundtrack.store.vault import Vault
from woundtrack.store.writer import Writer
from woundtrack.store.writer_thread import WriterThread

__all__ = [
    "CheckResult",
    "Clinic",
    "ClinicInfo",
    "Copied",
    "FieldConflict",
    "Finding",
    "ImportedPhoto",
    "JournalEntry",
    "MergePreview",
    "PatientRow",
    "Reader",
    "Writer",
    "clinic_info",
    "create_clinic",
    "open_clinic",
    "reset_passphrase",
]

T = TypeVar("T")
BREAK_OFF_SECONDS = 0.02
"""How often a question that is under way is told that the clinic closes."""


def local_now() -> dt.datetime:
    """This moment, with the machine's time zone."""
    return dt.datetime.now().astimezone()


def open_clinic(
    folder: Path,
    *,
    user_name: str,
    passphrase: str,
    clock: Callable[[], dt.datetime] = local_now,
) -> "Clinic":
    """Open and unlock (migrating after a backup where needed).

    Raises StoreError: store.wrong_passphrase, store.newer, store.damaged, …; a clinic that
    another process writes is opened read-only (`Clinic.read_only`, `Clinic.writer_name`).
    """
    return Clinic(unlock(folder, user_name=user_name, passphrase=passphrase), clock=clock)


@dataclass(slots=True)
class _Reading:
    """A thread's own connection, and whether a question is under way on it."""

    connection: Connection
    under_way: threading.RLock = field(default_factory=threading.RLock)
    closed: bool = False

    def close(self) -> None:
        """Break off the question that is under way, and close once it has ended.

        A connection that another thread closes under a statement ends the program.
        """
        while not self.under_way.acquire(timeout=BREAK_OFF_SECONDS):
            self.connection.interrupt()
        self.closed = True
        self.connection.close()
        self.under_way.release()


class Clinic:
    """An unlocked clinic with its signed-in user."""

    def __init__(self, opened: Opened, *, clock: Callable[[], dt.datetime]) -> None:
        self.folder: Path = opened.folder
        self.clinic_name: str = opened.clinic_name
        self.user: Stored[User] = opened.user
        self.read_only: bool = opened.writing is None
        self.writer_name: str = opened.writer_name
        self._data_key = opened.data_key
        self._journal_key = journal_key(opened.data_key)
        self._vault = Vault(opened.folder / VAULT_NAME, data_key=opened.data_key)
        self._clock = clock
        self._lock: WriterLock | None = opened.lock
        self._writing: Connection | None = opened.writing
        self._readers = threading.local()
        self._reading: list[_Reading] = []
        self._reading_guard = threading.Lock()
        self._closed = False
        self._thread = WriterThread() if opened.writing is not None else None
        if self._thread is not None:
            signed_in = "signed_in", "user", self.user.id
            # Not waited for: where the disk is full, the clinic must still open to be read.
            self._thread.later(lambda: self._act(lambda writer: writer.note(*signed_in), ""))
            self._thread.later(self._tidy)

    def read(self, question: Callable[[Reader], T]) -> T:
        """Answer a question on the calling thread, in one consistent snapshot."""
        reader: Reader | None = getattr(self._readers, "current", None)
        if reader is not None:  # a question within a question sees the same snapshot
            return question(reader)
        own = self._own_connection()
        with database_errors(), own.under_way:
            if self._closed:
                raise StoreError("store.closed")
            connection = own.connection
            reader = Reader(connection, vault=self._vault)
            connection.execute("BEGIN")
            self._readers.current = reader
            try:
                return question(reader)
            except DatabaseError as error:
                if self._closed:  # locked while a long question was on its way
                    raise StoreError("store.closed") from error
                raise
            finally:
                self._readers.current = None
                if not own.closed and connection.in_transaction:
                    connection.execute("ROLLBACK")

    def require_writable(self) -> None:
        """Refuse where nothing can be written: StoreError store.read_only, .not_writable."""
        if self.read_only:
            code = "store.read_only" if self.writer_name else "store.not_writable"
            raise StoreError(code, writer=self.writer_name)

    def write(self, act: Callable[[Writer], T], *, reason: str = "") -> T:
        """Do an act in one transaction on the writer thread, and wait for it.

        Raises StoreError store.read_only where another process writes, store.not_writable
        where this account may not; what the act raises is raised here, and then nothing was
        changed.
        """
        self.require_writable()
        assert self._thread is not None
        return self._thread.do(lambda: self._act(act, reason))

    def check(self, *, progress: health.Progress = health.no_progress) -> list[Finding]:
        """Read everything once and say what is wrong; an empty list where all is sound."""
        return [one for one in self.examine(progress=progress).findings if one.serious]

    def examine(self, *, progress: health.Progress = health.no_progress) -> CheckResult:
        """`check` with its counts and what needs no action. `progress` returning False stops."""
        return self.read(
            lambda reader: health.check(
                reader._connection, self._vault, data_key=self._data_key, progress=progress
            )
        )

    def copy_to(
        self, target: Path, *, progress: health.Progress = health.no_progress
    ) -> Copied | None:
        """A whole encrypted copy in a new or empty folder, read back; None where stopped.

        It opens with the same passphrases. Raises StoreError as `store.copying.copy_clinic`.
        """
        copied = copy_clinic(self.folder, target, data_key=self._data_key, progress=progress)
        if copied is not None and not self.read_only:
            self.write(lambda writer: writer.note("copied", "clinic", None))
        return copied

    def close(self) -> None:
        """Finish queued acts, break off questions, then forget the keys."""
        if self._closed:
            return
        self._closed = True
        if self._thread is not None:
            self._thread.close()
        with self._reading_guard:
            all_reading, self._reading = self._reading, []
        for reading in all_reading:
            reading.close()
        if self._writing is not None:
            self._writing.close()  # the last connection: SQLite folds the WAL into the file
            self._writing = None
        if self._lock is not None:
            self._lock.release()
        self._data_key = self._journal_key = b""

    def _own_connection(self) -> _Reading:
        own: _Reading | None = getattr(self._readers, "own", None)
        if self._closed:
            raise StoreError("store.closed")
        if own is None:
            path = self.folder / DATABASE_NAME
            with database_errors():
                connection = database.connect(path, data_key=self._data_key, writable=False)
            own = _Reading(connection)
            with self._reading_guard:
                self._reading.append(own)
            self._readers.own = own
        return own

    def _act(self, act: Callable[[Writer], T], reason: str) -> T:
        now = self._clock()
        connection = self._writing
        under_way = Act(
            connection,
            journal_key=self._journal_key,
            user_id=self.user.id,
            at_utc=now.astimezone(dt.UTC),
            today=now.date(),
            reason=reason,
        )
        users = Users(under_way, folder=self.folder, data_key=self._data_key)
        writer = Writer(connection, vault=self._vault, act=under_way, users=users)
        try:
            return _in_transaction(connection, lambda: act(writer), before_commit=users.save)
        except BaseException:
            self._vault.discard(writer.files_made)
            raise

    def _tidy(self) -> None:
        health.tidy(self._writing, self._vault, now=self._clock())


def _in_transaction(
    connection: Connection, work: Callable[[], T], *, before_commit: Callable[[], None]
) -> T:
    with database_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work()
            before_commit()
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, IntegrityError):
                raise RecordError("record.conflict") from error
            raise
    return result
