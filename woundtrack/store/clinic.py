"""The open clinic: who is signed in, questions read, acts written.

One writer thread owns the writing connection; each reading thread has its own read-only
one. Nothing here is called from the GUI thread except through `ui.background`.
"""

import datetime as dt
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from woundtrack.errors import StoreError
from woundtrack.records import Stored, User
from woundtrack.store import health, orphans
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.database_check import journal_findings
from woundtrack.store.files import share_again
from woundtrack.store.info import DATABASE_NAME, VAULT_NAME, ClinicInfo, clinic_info
from woundtrack.store.journal import journal_key
from woundtrack.store.keyring_state import check_keyring
from woundtrack.store.lock import Holder, WriterLock
from woundtrack.store.names import names_key
from woundtrack.store.noting import Noting
from woundtrack.store.opening import Opened, create_clinic, reopened, unlock, writer_text
from woundtrack.store.reader import Reader
from woundtrack.store.readings import Readings
from woundtrack.store.recovering import reset_passphrase, users_by_recovery_key
from woundtrack.store.transaction import in_transaction
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
    "users_by_recovery_key",
]

T = TypeVar("T")


def local_now() -> dt.datetime:
    """This moment, with the machine's time zone."""
    return dt.datetime.now().astimezone()


def open_clinic(
    folder: Path,
    *,
    user_name: str,
    passphrase: str,
    new_passphrase: str = "",
    clock: Callable[[], dt.datetime] = local_now,
) -> "Clinic":
    """Open and unlock (migrating after a backup where needed).

    A passphrase that an administrator gave (store.passphrase_provisional) is replaced by
    `new_passphrase`.
    Raises StoreError: store.wrong_passphrase, store.newer, store.damaged, …; a clinic that
    another process writes is opened read-only (`Clinic.read_only`, `Clinic.writer_name`).
    """
    opened = unlock(
        folder,
        user_name=user_name,
        passphrase=passphrase,
        new_passphrase=new_passphrase,
        clock=clock,
    )
    return Clinic(opened, clock=clock)


class Clinic:
    """An unlocked clinic with its signed-in user."""

    def __init__(self, opened: Opened, *, clock: Callable[[], dt.datetime]) -> None:
        self.folder: Path = opened.folder
        self.clinic_name: str = opened.clinic_name
        self.user: Stored[User] = opened.user
        self.read_only = True
        self.is_locked = False
        """Another process writes here."""
        self.writer: Holder | None = None
        """Who that is, where it can be read."""
        self.left_over: Holder | None = None
        """Who wrote here last, where their program ended without closing the clinic."""
        self.keyring_alarm = opened.keyring_alarm
        """The code of what must be told of the key file, or ""."""
        self._data_key = opened.data_key
        self._journal_key = journal_key(opened.data_key)
        self._vault = Vault(opened.folder / VAULT_NAME, data_key=opened.data_key)
        self._clock = clock
        self._noting = Noting(
            opened.folder, data_key=opened.data_key, user=opened.user, clock=clock
        )
        self._lock: WriterLock | None = None
        self._writing: Connection | None = None
        self._readings = Readings(
            opened.folder / DATABASE_NAME, data_key=opened.data_key, vault=self._vault
        )
        self._closed = False
        self._opening = threading.Lock()
        """Held while another thread tries to write: else what it opens would never be closed."""
        self._thread: WriterThread | None = None
        self._begin(opened)

    def _begin(self, opened: Opened) -> None:
        self.user, self.is_locked, self.writer = opened.user, opened.is_locked, opened.writer
        self._lock, self._writing = opened.lock, opened.writing
        if opened.lock is None:
            self._noting.reads("signed_in")
            return
        self.left_over = opened.lock.left_over
        self._thread = WriterThread()
        self.read_only = False
        self.keyring_alarm = opened.keyring_alarm
        # Not waited for: where the disk is full, the clinic must still open to be read.
        alarm = self.keyring_alarm
        self._thread.later(lambda: self._noting.signed_in(self._do, alarm=alarm))
        self._thread.later(lambda: orphans.rescue(self._vault))
        self._thread.later(lambda: share_again(self.folder))

    def note(
        self, action: str, kind: str, record_id: int | None = None, *, reason: str = ""
    ) -> None:
        """Journal what changes nothing: viewed, exported, printed.

        Where another process writes, the line waits beside the database until that one takes it
        in. Raises StoreError store.not_writable where this account may write neither.
        """
        if self.read_only:
            self._noting.waits(action, kind, record_id, reason=reason)
        else:
            self.write(lambda writer: writer.note(action, kind, record_id, reason=reason))

    def _do(self, work: Callable[[Act], None]) -> None:
        self._act(lambda writer: work(writer._act), "")

    @property
    def names_key(self) -> bytes:
        """What opens the list of who may sign in, and nothing else."""
        return names_key(self._data_key)

    @property
    def writer_name(self) -> str:
        """Who writes here in another process, for a sentence; empty where nobody does."""
        return writer_text(self.writer) if self.is_locked else ""

    def try_writing(self) -> bool:
        """Write here from now on, if the process that did has gone; say whether it has.

        Nothing is taken from it while it holds the lock. Raises StoreError store.closed where
        this user may not sign in any more, and what opening raises.
        """
        with self._opening:
            if not self.read_only or self._closed:
                return not self._closed
            opened = reopened(self.folder, user_uuid=self.user.uuid, data_key=self._data_key)
            self._readings.close()  # whoever wrote may have put another database in place
            self._begin(opened)
            return not self.read_only

    def orphans(self) -> orphans.Orphans:
        """Photos that no record names, records whose photo is gone, and what was cut off."""
        return self.read(lambda reader: orphans.find_orphans(reader._connection, self._vault))

    def read(self, question: Callable[[Reader], T]) -> T:
        """Answer a question on the calling thread, in one consistent snapshot."""
        return self._readings.ask(question)

    def require_writable(self) -> None:
        """Refuse where nothing can be written: StoreError store.read_only, .not_writable."""
        if self.read_only:
            # A folder that is for this account, with files that another keeps for itself.
            closed = "store.not_shared" if os.access(self.folder, os.W_OK) else "store.not_writable"
            code = "store.read_only" if self.is_locked else closed
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

        def everything(reader: Reader) -> CheckResult:
            connection = reader._connection
            keyring = check_keyring(connection, self.folder, data_key=self._data_key)
            rest = health.check(connection, self._vault, data_key=self._data_key, progress=progress)
            return replace(rest, findings=(*keyring, *rest.findings))

        return self.read(everything)

    def check_journal(
        self, *, progress: health.Progress = health.no_progress
    ) -> tuple[int, list[Finding]]:
        """How many entries the journal has, and where it is not as it was written."""
        return self.read(
            lambda reader: journal_findings(
                reader._connection, data_key=self._data_key, progress=progress
            )
        )

    def close(self) -> None:
        """Finish queued acts, break off questions, then forget the keys."""
        with self._opening:
            if self._closed:
                return
            self._closed = True
        self._readings.end()
        if self._thread is None:
            self._noting.reads("signed_out")
        else:
            self._thread.later(lambda: self._noting.signed_out(self._do))
            self._thread.close()
        self._readings.close()
        if self._writing is not None:
            self._writing.close()  # the last connection: SQLite folds the WAL into the file
            self._writing = None
        if self._lock is not None:
            self._lock.release()
        self._data_key = self._journal_key = b""

    def _act(self, act: Callable[[Writer], T], reason: str) -> T:
        if self._lock is None or not self._lock.is_in_place():
            raise StoreError("store.lock_lost")
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
        users = Users(under_way, folder=self.folder, data_key=self._data_key, clock=self._clock)
        writer = Writer(connection, vault=self._vault, act=under_way, users=users)

        def take_back() -> None:
            self._vault.discard(writer.files_made)
            users.put_back()

        result = in_transaction(
            connection, lambda: act(writer), before_commit=users.save, take_back=take_back
        )
        self._vault.remove(writer.files_gone)
        return result
