"""Lines of the journal from those who may only read: they wait beside the database, sealed.

While another process writes a clinic, whoever else opens it cannot write into the journal. What
they view, print and save waits in files of their own, one a line, encrypted under the clinic's
key, until the process that writes takes them in: when it opens the clinic, and when it closes it.
"""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.records import User
from woundtrack.store import journal, rows
from woundtrack.store.act import Act
from woundtrack.store.files import PART_SUFFIX, disk_errors, make_folder, write_whole
from woundtrack.store.keys import NONCE_BYTES, subkey

WAITING_NAME = "waiting"
"""The folder of lines that wait, in the clinic's own; there only while some do."""
_SAME = (
    "SELECT 1 FROM journal WHERE at_utc = ? AND user_id IS ? AND action = ? AND kind = ? "
    "AND record_id IS ? AND reason = ?"
)


class WaitingLines:
    """The lines that wait in one clinic."""

    def __init__(self, folder: Path, *, data_key: bytes) -> None:
        self._folder = folder / WAITING_NAME
        self._cipher = AESGCM(subkey(data_key, use="waiting lines"))

    def keep(
        self,
        *,
        at_utc: str,
        user_uuid: str,
        action: str,
        kind: str,
        record_id: int | None,
        reason: str,
    ) -> None:
        """Let a line wait. Raises StoreError store.not_writable, .disk_full, .io."""
        nonce, name = os.urandom(NONCE_BYTES), secrets.token_hex(8)
        line = json.dumps((at_utc, user_uuid, action, kind, record_id, reason)).encode()
        sealed = self._cipher.encrypt(nonce, line, name.encode())
        with disk_errors():
            make_folder(self._folder)
        write_whole(self._folder / name, nonce + sealed)

    def files(self) -> list[Path]:
        """The files there are; none where the folder cannot be read."""
        try:
            return sorted(each for each in self._folder.iterdir() if each.suffix != PART_SUFFIX)
        except OSError:
            return []

    def take_in(self, act: Act) -> list[Path]:
        """Journal what waits, by its times, each line once; return the files that it was in.

        What cannot be read stays, and the check tells of it.
        """
        found = [(line, path) for path in self.files() if (line := self._read(path))]
        for (at_utc, user_uuid, action, kind, record_id, reason), _ in sorted(found, key=_in_time):
            # An older database that was put back may not know who it was, and number others so.
            user_id = rows.id_of(act.connection, User, user_uuid)
            same = (at_utc, user_id, action, kind, record_id, reason)
            if act.connection.execute(_SAME, same).fetchone() is None:
                journal.append(
                    act.connection, key=act.journal_key, at_utc=at_utc, user_id=user_id,
                    action=action, kind=kind, record_id=record_id, reason=reason,
                )  # fmt: skip
        return [path for _, path in found]

    def remove(self, paths: Iterable[Path]) -> None:
        """Take away what the journal has; what cannot be removed is known when it comes again."""
        try:
            for path in paths:
                path.unlink(missing_ok=True)
            self._folder.rmdir()
        except OSError:
            return

    def damaged(self) -> int:
        """How many lines wait that nobody can read."""
        return sum(1 for path in self.files() if self._read(path) is None)

    def _read(self, path: Path) -> "Line | None":
        try:
            content = path.read_bytes()
            line = self._cipher.decrypt(
                content[:NONCE_BYTES], content[NONCE_BYTES:], path.name.encode()
            )
            at_utc, user_uuid, action, kind, record_id, reason = json.loads(line)
        except (OSError, InvalidTag, ValueError):
            return None
        return at_utc, user_uuid, action, kind, record_id, reason


Line = tuple[str, str, str, str, int | None, str]


def _in_time(found: tuple[Line, Path]) -> tuple[str, str]:
    return found[0][0], found[1].name
