"""The database file as it is on the disk, encrypted, in one consistent state, while others write.

By SQLite's file format, section 4 (the write-ahead log): a page's latest frame before the last
commit counts, else its place in the file. The caller has a read transaction open; so no frame
that is read here is overwritten, and nothing later gets into the file. One exception: where the
whole log was in the file when the transaction began, a writer may begin the log anew. Its head
tells; then `Image.pages` raises `Moved`, which happens once in a transaction at most.
"""

import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woundtrack.store.files import disk_errors

CHUNK_PAGES = 256
"""Pages read at once."""
_HEAD_BYTES, _FRAME_BYTES = 32, 24
_MAGIC = 0x377F0682
"""The last bit tells in which order of bytes the checksums are reckoned."""
_LOW = 0xFFFFFFFF


class Moved(Exception):  # noqa: N818 (not an error: to be read again)
    """The log was begun anew under the reading."""


class Image:
    """The pages of a database; `path` is its file, `page_bytes` what SQLite says of it."""

    def __init__(self, database: int, log: int | None, *, page_bytes: int) -> None:
        self._database, self._log, self._page_bytes = database, log, page_bytes
        self._head = b"" if log is None else _read(log, _HEAD_BYTES, 0)
        self._frames: dict[int, int] = {}
        self.count = os.fstat(database).st_size // page_bytes
        """How many pages there are."""
        self._read_log()

    @property
    def chunk_count(self) -> int:
        """How many times `pages` yields."""
        return -(-self.count // CHUNK_PAGES)

    def pages(self) -> Iterator[list[bytes]]:
        """Every page, in order, `CHUNK_PAGES` at a time. Raises Moved, StoreError."""
        size = self._page_bytes
        for first in range(0, self.count, CHUNK_PAGES):
            count = min(CHUNK_PAGES, self.count - first)
            data = _read(self._database, count * size, first * size)
            data += bytes(count * size - len(data))  # pages that were never written are zeros
            chunk = [data[at : at + size] for at in range(0, count * size, size)]
            for number in range(count):
                at = self._frames.get(first + number)
                if at is not None:
                    assert self._log is not None
                    chunk[number] = _read(self._log, size, at)
            if not self._still():
                raise Moved
            yield chunk

    def _still(self) -> bool:
        return self._log is None or _read(self._log, _HEAD_BYTES, 0) == self._head

    def _read_log(self) -> None:
        """Note where the latest committed frame of each page is."""
        if self._log is None or len(self._head) < _HEAD_BYTES:
            return
        magic, _version, page_bytes, _sequence, *salts = struct.unpack(">6I", self._head[:24])
        if magic & ~1 != _MAGIC or page_bytes != self._page_bytes:
            return
        order = ">" if magic & 1 else "<"
        sums = _checksum(order, (0, 0), self._head[:24])
        if sums != struct.unpack(">2I", self._head[24:]):
            return
        at, uncommitted = _HEAD_BYTES, {}
        while True:
            frame = _read(self._log, _FRAME_BYTES + page_bytes, at)
            if len(frame) < _FRAME_BYTES + page_bytes:
                return
            number, count, *rest = struct.unpack(">6I", frame[:_FRAME_BYTES])
            sums = _checksum(order, sums, frame[:8])
            sums = _checksum(order, sums, frame[_FRAME_BYTES:])
            if rest[:2] != salts or tuple(rest[2:]) != sums:
                return
            uncommitted[number - 1] = at + _FRAME_BYTES
            if count:
                self._frames.update(uncommitted)
                self.count, uncommitted = count, {}
            at += _FRAME_BYTES + page_bytes


@contextmanager
def opened_image(path: Path, *, page_bytes: int) -> Iterator[Image]:
    """The pages of the database at `path`, where the caller has a read transaction open.

    Raises StoreError store.io, .not_writable.
    """
    log_path = path.with_name(f"{path.name}-wal")
    with _database_file(path) as database:
        if not log_path.exists():
            yield Image(database, None, page_bytes=page_bytes)
            return
        with disk_errors():
            log = os.open(log_path, _READ_ONLY)
        try:
            yield Image(database, log, page_bytes=page_bytes)
        finally:
            os.close(log)  # SQLite locks nothing in it


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


def _checksum(order: str, sums: tuple[int, int], data: bytes) -> tuple[int, int]:
    """The log's running checksum, by section 4.2 of the format."""
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    first, second = sums
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _LOW
        second = (second + odd + first) & _LOW
    return first, second
