"""One process writes a clinic: a lock of the operating system, and who holds it.

The lock goes with its process, however that ends: killed, or its machine off. The file's
content names user and machine, encrypted under the clinic's key, for those who find it locked;
content that is there without a lock is of somebody whose program never closed the clinic.
"""

import datetime as dt
import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.store.files import disk_errors, share_as_folder, sync_file, try_lock
from woundtrack.store.keys import NONCE_BYTES, subkey

_BOUND_TO = b"writer"
_BEFORE = "before"
"""In the file: what was found in it, until whoever took the lock is known."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes a clinic, or wrote it when the program ended. `user_name` may not be known yet."""

    user_name: str
    machine: str
    process: int
    since_utc: dt.datetime

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, as far as its name tells."""
        return self.machine == socket.gethostname()

    def __str__(self) -> str:
        return f"{self.user_name} ({self.machine})" if self.user_name else self.machine


class WriterLock:
    """The lock of a clinic, held from `acquire` to `release`."""

    def __init__(self, path: Path, *, data_key: bytes) -> None:
        self._path = path
        self._cipher = AESGCM(subkey(data_key, use="writer lock"))
        self._file: IO[bytes] | None = None
        self._signed = False
        self.left_over: Holder | None = None
        """After `acquire`: who wrote here last and never closed the clinic; None after a close."""

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; say whether it is ours.

        Raises StoreError store.not_writable where this account may not write to it.
        """
        with disk_errors():
            file = self._opened()
            try:
                if not try_lock(file):
                    file.close()
                    return False
                found = self._facts()
                self.left_over = _holder(found.get(_BEFORE, found)) if found else None
                # Whoever finds it taken now must not be told of who is long gone.
                self._write(file, "", before=found)
            except BaseException:
                _close(file)
                raise
        self._file = file
        return True

    def sign(self, *, user_name: str) -> None:
        """Say in the file who holds the lock: for those who find it taken."""
        if self._file is not None:
            with disk_errors():
                self._write(self._file, user_name)
            self._signed = True

    def holder(self) -> Holder | None:
        """Who holds the lock that was found taken; None where that cannot be read."""
        return _holder(self._facts())

    def is_in_place(self) -> bool:
        """Whether the file that is locked is the one that others find.

        Someone who removes it, or moves the folder, would let a second process write. Windows
        lets nobody do so while it is open.
        """
        if os.name == "nt":
            return self._file is not None
        try:
            there = self._path.stat()
            here = os.fstat(self._file.fileno()) if self._file is not None else None
        except OSError:
            return False
        return here is not None and (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)

    def release(self) -> None:
        """Give the lock back; a signature goes with it, and what was found unsigned stays."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            if self._signed:
                file.truncate(0)
                sync_file(file)
        except OSError:
            return  # a disk that is gone or full: told as a crash next time, and nothing worse
        finally:
            self._signed = False
            # Closing lets the operating system's lock go; the file itself stays.
            _close(file)

    def _opened(self) -> IO[bytes]:
        made = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(self._path, flags, 0o666), "r+b")
        if made:
            share_as_folder(self._path)
        return file

    def _facts(self) -> dict[str, Any]:
        try:
            content = self._path.read_bytes()
            nonce, sealed = content[:NONCE_BYTES], content[NONCE_BYTES:]
            facts = json.loads(self._cipher.decrypt(nonce, sealed, _BOUND_TO))
        except (OSError, InvalidTag, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def _write(
        self, file: IO[bytes], user_name: str, *, before: dict[str, Any] | None = None
    ) -> None:
        facts: dict[str, Any] = {
            "user": user_name,
            "machine": socket.gethostname(),
            "process": os.getpid(),
            "since": dt.datetime.now(dt.UTC).isoformat(),
        }
        if before:
            facts[_BEFORE] = before.get(_BEFORE, before)
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, json.dumps(facts).encode(), _BOUND_TO)
        file.seek(0)
        file.truncate()
        file.write(nonce + sealed)
        sync_file(file)


def _close(file: IO[bytes]) -> None:
    """Close, though the disk refuses what is yet to be written: it is tried once more there."""
    with suppress(OSError):
        file.close()


def _holder(facts: dict[str, Any]) -> Holder | None:
    try:
        return Holder(
            user_name=str(facts["user"]),
            machine=str(facts["machine"]),
            process=int(facts["process"]),
            since_utc=dt.datetime.fromisoformat(facts["since"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
