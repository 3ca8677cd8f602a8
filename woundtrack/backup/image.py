"""The database file as it is on the disk, encrypted, in one consistent state, while others write.

A page's latest frame in SQLite's log counts, else its place in the file. The caller has a read
transaction open, so nothing later than the log gets into the file while this reads.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from woundtrack.errors import StoreError
from woundtrack.store import keys
from woundtrack.store.file_check import page_holds, page_key
from woundtrack.store.files import disk_errors
from woundtrack.store.log_check import PAGE_BYTES, Log, log_of, page_in

CHUNK_PAGES = 256
"""Pages read at once."""
_TRIES = 5
_HEAD_BYTES, _SALT_BYTES = 32, 16


class Image:
    """The pages of a database, `PAGE_BYTES` each, `count` of them."""

    def __init__(self, path: Path, descriptor: int, *, data_key: bytes) -> None:
        self._descriptor = descriptor
        self._content, self._log = _settled_log(path)
        with disk_errors():
            in_file = os.fstat(descriptor).st_size // PAGE_BYTES
        self.count = in_file if self._log.pages is None else self._log.pages
        salt = self._chunk(0, 1)[0][:_SALT_BYTES]
        self._key = page_key(keys.subkey(data_key, use="database"), salt)

    @property
    def chunk_count(self) -> int:
        """How many times `chunks` yields."""
        return -(-self.count // CHUNK_PAGES)

    def chunks(self) -> Iterator[list[bytes]]:
        """Every page, in order, `CHUNK_PAGES` at a time. Raises StoreError store.io."""
        for first in range(0, self.count, CHUNK_PAGES):
            yield self._chunk(first, min(CHUNK_PAGES, self.count - first))

    def require_sound(self, page: bytes, number: int) -> None:
        """Raise StoreError store.damaged unless this is what was written to the page (from 0)."""
        if any(page) and not page_holds(page, number + 1, key=self._key):
            raise StoreError("store.damaged")

    def _chunk(self, first: int, count: int) -> list[bytes]:
        data = _read(self._descriptor, count * PAGE_BYTES, first * PAGE_BYTES)
        data += bytes(count * PAGE_BYTES - len(data))  # what was never written is zeros
        chunk = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
        for number in range(count):
            frame = self._log.replaced.get(first + number + 1)
            if frame is not None:
                chunk[number] = page_in(self._content, frame)
        return chunk


@contextmanager
def opened_image(path: Path, *, data_key: bytes) -> Iterator[Image]:
    """The pages of the database at `path`, where the caller has a read transaction open.

    Raises StoreError store.io, .log_damaged, .busy.
    """
    with _database_file(path) as descriptor:
        yield Image(path, descriptor, data_key=data_key)


def _settled_log(path: Path) -> tuple[bytes, Log]:
    """The log as it was at one moment, and what it holds.

    Where all of it was in the file when the transaction began, a writer may begin it anew under
    the reading. Then its head changes, which happens once in a transaction at most.
    """
    log_path = path.with_name(f"{path.name}-wal")
    for _ in range(_TRIES):
        with disk_errors():
            if not log_path.exists():
                return b"", Log()
            with log_path.open("rb") as file:  # SQLite locks nothing in it
                content = file.read()
                still = _is_still(file, content)
        log = log_of(content)
        if still and not log.damaged:
            return content, log
    if log.damaged:
        raise StoreError("store.log_damaged", first=log.damaged[0])
    raise StoreError("store.busy")


def _is_still(file: BinaryIO, content: bytes) -> bool:
    file.seek(0)
    return file.read(_HEAD_BYTES) == content[:_HEAD_BYTES]


_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_kept: dict[tuple[int, int], int] = {}
_kept_guard = threading.Lock()


@contextmanager
def _database_file(path: Path) -> Iterator[int]:
    """A descriptor of the database's file, which on POSIX stays open as long as the process.

    Closing any descriptor of a file takes away all locks there that the process has, SQLite's
    too; whoever closes the database next would then remove its log under the others. Such locks
    belong to the process, and so does this table of one descriptor a file.
    """
    if os.name == "nt":
        with disk_errors():
            descriptor = os.open(path, _READ_ONLY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)
        return
    with _kept_guard, disk_errors():
        facts = path.stat()
        key = (facts.st_dev, facts.st_ino)
        if key not in _kept:
            _kept[key] = os.open(path, _READ_ONLY)
        descriptor = _kept[key]
    yield descriptor


def _read(descriptor: int, count: int, at: int) -> bytes:
    """The bytes there; fewer where the file ends."""
    with disk_errors():
        if os.name == "nt":
            os.lseek(descriptor, at, os.SEEK_SET)
            return os.read(descriptor, count)
        return os.pread(descriptor, count, at)
