"""Whether SQLite's log of the latest changes (`clinic.db-wal`) is what was written.

The log holds pages in frames, each with sums that run on from the frame before ("WAL File
Format", sqlite.org). SQLite reads it up to the first frame whose sums do not hold and forgets
what comes after, without a word: right for a change that was under way when the power failed,
wrong for one that was done. That one was done is told by a later change in the log; and by the
log's index (`clinic.db-shm`), which gets its numbers once the log is synced.
"""

import operator
import os
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from woundtrack.store.files import disk_errors

PAGE_BYTES = 4096
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_WORD = 0xFFFF_FFFF
_INDEX_BYTES = 48
"""The index begins with the same head twice ("WAL-mode File Format", sqlite.org)."""
_kept_open: list[int] = []


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds."""

    replaced: Mapping[int, int] = field(default_factory=dict)
    """Pages of the database whose latest state is here, and in which frame, both from 1."""
    pages: int | None = None
    """How many pages the database has with it; None where no change in it is whole."""
    damaged: tuple[int, ...] = ()
    """Frames, from 1, that are not what was written, with later changes after them; 0 is the
    header."""
    cut: bool = False
    """The last change is not whole: it was under way when the power failed, or was damaged."""
    lost: bool = False
    """By the log's index that change was done: it was damaged since."""


def read_log(database: Path, *, with_index: bool = False) -> Log:
    """Read the log beside a database from the first byte to the last, if there is one.

    `with_index`: its index tells what was done, as a crash left it. Raises StoreError store.io
    where it cannot be read.
    """
    path = database.with_name(database.name + "-wal")
    with disk_errors():
        # Before the log: who writes meanwhile only adds to what it says.
        index = _start_of_index(database) if with_index and path.exists() else b""
        content = path.read_bytes() if path.exists() else b""
    return log_of(content, index=index)


def log_of(content: bytes, *, index: bytes = b"") -> Log:
    """What these bytes of a log hold; `index`: how its index begins, where that is known."""
    size = _FRAME.size + PAGE_BYTES
    count = max(len(content) - _HEADER.size, 0) // size
    if not count:
        return Log()
    magic, _, page_bytes, _, *salts, first, second = _HEADER.unpack_from(content)
    order = _MAGIC.get(magic)
    if order is None or page_bytes != PAGE_BYTES:
        return Log(damaged=(0,))
    if _sums(content[: _HEADER.size - 8], (0, 0), order) != (first, second):
        return Log(damaged=(0,))
    starts = range(_HEADER.size, _HEADER.size + size * count, size)
    frames = [content[start : start + size] for start in starts]
    return _judged(list(_walk(frames, tuple(salts), (first, second), order)), _done(index, content))


def _done(index: bytes, log: bytes) -> int:
    """How many frames of this log its index says were done; 0 where it says nothing of it."""
    first = index[:_INDEX_BYTES]
    if len(index) < 2 * _INDEX_BYTES or first != index[_INDEX_BYTES:]:
        return 0
    order = "<" if sys.byteorder == "little" else ">"
    if _sums(first[:40], (0, 0), order) != struct.unpack(f"{order}2I", first[40:]):
        return 0
    done: int = struct.unpack(f"{order}I", first[16:20])[0]
    return done if first[32:40] == log[16:24] else 0


def _start_of_index(database: Path) -> bytes:
    path = database.with_name(database.name + "-shm")
    if not path.exists():
        return b""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    if os.name != "nt":
        # Closing it would take away the locks that SQLite has there in this process.
        _kept_open.append(descriptor)
        return os.read(descriptor, 2 * _INDEX_BYTES)
    try:
        return os.read(descriptor, 2 * _INDEX_BYTES)
    finally:
        os.close(descriptor)


def page_in(content: bytes, frame: int) -> bytes:
    """The page that a frame of a log holds."""
    start = _HEADER.size + (frame - 1) * (_FRAME.size + PAGE_BYTES) + _FRAME.size
    return content[start : start + PAGE_BYTES]


@dataclass(frozen=True, slots=True)
class _Frame:
    """One frame: its page, the database's size where a change ends here (else 0)."""

    page: int
    commits: int
    ours: int
    """How many of the two salts are those of this log: 0 is left over from an earlier one."""
    holds: bool


def _walk(
    frames: list[bytes], salts: tuple[int, ...], sums: tuple[int, int], order: str
) -> Iterator[_Frame]:
    """Hold each frame's sums against those before; after one that does not hold, against both
    the sums that it has and those that it should have."""
    possible = {sums}
    for frame in frames:
        page, commits, *found, first, second = _FRAME.unpack_from(frame)
        data = frame[:8] + frame[_FRAME.size :]
        reckoned = {_sums(data, each, order) for each in possible}
        ours = sum(one == other for one, other in zip(found, salts, strict=True))
        holds = ours == len(salts) and (first, second) in reckoned
        possible = {(first, second)} if holds else {(first, second), *reckoned}
        yield _Frame(page, commits, ours, holds)
        if not ours:
            return  # what an earlier, longer log left behind


def _judged(frames: list[_Frame], done: int) -> Log:
    good = next((n for n, one in enumerate(frames) if not one.holds), len(frames))
    ends = [n for n in range(good) if frames[n].commits]
    whole = frames[: ends[-1] + 1] if ends else []
    later = [one for one in frames[good:] if one.ours]
    # What was begun after the next end of a change was begun once that change was safe.
    next_end = next((n for n in range(good, len(frames)) if frames[n].commits), len(frames))
    certain = any(one.ours for one in frames[next_end + 1 :])
    damaged = tuple(n + 1 for n in range(good, len(frames)) if _is_bad(frames[n]))
    return Log(
        replaced={one.page: number for number, one in enumerate(whole, 1)},
        pages=whole[-1].commits if whole else None,
        damaged=damaged if certain else (),
        cut=bool(later) and not certain,
        lost=len(whole) < done and not certain,
    )


def _is_bad(frame: _Frame) -> bool:
    return bool(frame.ours) and not frame.holds


def _sums(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's running sums over pairs of 32-bit words: s += x + t, t += y + s, for x, y in turn.

    The sums are linear in the words, so they are one product with fixed factors.
    """
    count = len(data) // 4
    words = struct.unpack(f"{order}{count}I", data)
    by_first, by_second, carried = _factors(count)
    (a, b), (c, d) = carried
    first = a * start[0] + b * start[1] + sum(map(operator.mul, by_first, words))
    second = c * start[0] + d * start[1] + sum(map(operator.mul, by_second, words))
    return first & _WORD, second & _WORD


@cache
def _factors(
    count: int,
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], tuple[int, int]]]:
    """What each of `count` words, and each of the sums before, adds to the two sums."""
    first: list[int] = []
    second: list[int] = []
    a, b, c, d = 1, 0, 0, 1
    for _ in range(count // 2):
        # A pair adds (x, x + y); the pairs after it turn that by ((1, 1), (1, 2)) each.
        first[:0] = (a + b & _WORD, b)
        second[:0] = (c + d & _WORD, d)
        a, b, c, d = a + b & _WORD, a + 2 * b & _WORD, c + d & _WORD, c + 2 * d & _WORD
    return tuple(first), tuple(second), ((a, b), (c, d))
