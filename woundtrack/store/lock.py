"""One process writes a clinic: a lock of the operating system, and who holds it.

The file's content names the user and the machine, encrypted under the clinic's key; the
lock itself goes with its process, however that ends.
"""

import datetime as dt
import json
import os
import socket
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.store.files import disk_errors, try_lock
from woundtrack.store.keys import NONCE_BYTES, subkey


class WriterLock:
    """The lock of a clinic, held from `acquire` to `release`."""

    def __init__(self, path: Path, *, data_key: bytes) -> None:
        self._path = path
        self._cipher = AESGCM(subkey(data_key, use="writer lock"))
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; say whether it is ours."""
        with disk_errors():
            file = self._path.open("a+b")
            if not try_lock(file):
                file.close()
                return False
        self._file = file
        return True

    def sign(self, *, user_name: str) -> None:
        """Say in the file who holds the lock: for those who find it taken."""
        if self._file is not None:
            with disk_errors():
                self._write(self._file, user_name)

    def holder(self) -> str:
        """Who holds the lock, as "user (machine)"; empty where that cannot be read."""
        try:
            content = self._path.read_bytes()
            nonce, sealed = content[:NONCE_BYTES], content[NONCE_BYTES:]
            facts = json.loads(self._cipher.decrypt(nonce, sealed, b"writer"))
            return f"{facts['user']} ({facts['machine']})"
        except (OSError, InvalidTag, ValueError, KeyError):
            return ""

    def release(self) -> None:
        """Give the lock back."""
        if self._file is None:
            return
        file, self._file = self._file, None
        # Closing lets the operating system's lock go; the file itself stays.
        file.truncate(0)
        file.close()

    def _write(self, file: IO[bytes], user_name: str) -> None:
        facts = {
            "user": user_name,
            "machine": socket.gethostname(),
            "process": os.getpid(),
            "since": dt.datetime.now(dt.UTC).isoformat(),
        }
        nonce = os.urandom(NONCE_BYTES)
        file.truncate(0)
        file.write(nonce + self._cipher.encrypt(nonce, json.dumps(facts).encode(), b"writer"))
        file.flush()
