"""Whether SQLite's log of the latest changes (`clinic.db-wal`) is what was written.

The log holds pages in frames, each with sums that run on from the frame before ("WAL File
Format", sqlite.org). SQLite reads it up to the first frame whose sums do not hold and forgets
what comes after, without a word: right for a change that was under way when the power failed,
wrong for one that was done. That one was done is told by a later change in the log; and by the
log's index (`clinic.db-shm`), which gets its numbers once the log is synced.
"""

import itertools
import os
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from woundtrack.errors import StoreError
from woundtrack.store.files import disk_errors

Sums: TypeAlias = tuple[int, int]
Words: TypeAlias = npt.NDArray[Any]

PAGE_BYTES = 4096
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_FRAME_BYTES = _FRAME.size + PAGE_BYTES
_SECTOR_BYTES = 512
"""A disk writes as much at once, or nothing of it."""
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_WORD = 0xFFFF_FFFF
_MOST_SUMS = 4
"""So many sums that a frame may run on from are tried."""
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


def log_to_open(database: Path) -> Log:
    """The log of a database that is to be opened for writing, which puts it into the file.

    Raises StoreError store.log_damaged where that would forget changes behind a damaged place.
    """
    log = read_log(database, with_index=True)
    if log.damaged:
        raise StoreError("store.log_damaged", first=log.damaged[0])
    return log


def log_of(content: bytes, *, index: bytes = b"") -> Log:
    """What these bytes of a log hold; `index`: how its index begins, where that is known."""
    count = max(len(content) - _HEADER.size, 0) // _FRAME_BYTES
    if not count:
        return Log()
    magic, _, page_bytes, _, *salts, first, second = _HEADER.unpack_from(content)
    order = _MAGIC.get(magic)
    if order is None or page_bytes != PAGE_BYTES:
        return Log(damaged=(0,))
    if _sums(content[: _HEADER.size - 8], order) != (first, second):
        return Log(damaged=(0,))
    words = np.frombuffer(content, ">u4", count * _FRAME_BYTES // 4, _HEADER.size)
    frames = _frames(words.reshape(count, -1), salts, (first, second), order)
    return _judged(frames, _done(index, content))


def _done(index: bytes, log: bytes) -> int:
    """How many frames of this log its index says were done; 0 where it says nothing of it."""
    first = index[:_INDEX_BYTES]
    if len(index) < 2 * _INDEX_BYTES or first != index[_INDEX_BYTES:]:
        return 0
    order = "<" if sys.byteorder == "little" else ">"
    if _sums(first[:40], order) != struct.unpack(f"{order}2I", first[40:]):
        return 0
    done: int = struct.unpack(f"{order}I", first[16:20])[0]
    return done if first[32:40] == log[16:24] else 0


def _start_of_index(database: Path) -> bytes:
    path = database.with_name(database.name + "-shm")
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:  # not there, or another account's: what it would tell is not needed to open
        return b""
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
    start = _HEADER.size + (frame - 1) * _FRAME_BYTES + _FRAME.size
    return content[start : start + PAGE_BYTES]


@dataclass(frozen=True, slots=True)
class _Frame:
    """One frame: its page, the database's size where a change ends here (else 0)."""

    page: int
    commits: int
    ours: int
    """How many of the two salts are those of this log: 0 is left over from an earlier one."""
    holds: bool


def _frames(words: Words, salts: list[int], sums: Sums, order: str) -> list[_Frame]:
    """Hold each frame's sums against those before; after one that does not hold, against both
    the sums that it has and those that it should have."""
    summed = np.delete(words, slice(2, _FRAME.size // 4), axis=1).view(f"{order}u4")
    frames, possible = [], {sums}
    for number, (head, own) in enumerate(zip(words[:, :6].tolist(), _own(summed), strict=True)):
        page, commits, *found, first, second = head
        ours = sum(one == other for one, other in zip(found, salts, strict=True))
        reckoned = {_run_on(each, own, summed.shape[1]) for each in possible} if ours else set()
        holds = ours == len(salts) and (first, second) in reckoned
        possible = {(first, second)} if holds else {(first, second), *reckoned}
        possible = possible if len(possible) <= _MOST_SUMS else {(first, second)}
        if not holds and _is_split(number):
            commits = 0  # may be older than the salts beside it
        frames.append(_Frame(page, commits, ours, holds))
    return frames


def _is_split(number: int) -> bool:
    """Whether a sector ends within a frame's head before its salts. Frames count from 0 here."""
    return (_HEADER.size + number * _FRAME_BYTES + 8) % _SECTOR_BYTES == 0


def _judged(frames: list[_Frame], done: int) -> Log:
    good = next((n for n, one in enumerate(frames) if not one.holds), len(frames))
    ends = [n for n in range(good) if frames[n].commits]
    whole = frames[: ends[-1] + 1] if ends else []
    last = max((n for n, one in enumerate(frames) if one.ours), default=-1)
    # What runs on from the end of a change was begun once that change was safe. What does not
    # may be of a change that an earlier power failure cut off: where that was the first in the
    # log, the next one is written over it with the same salts.
    certain = any(
        one.ours and one.commits and following.holds
        for one, following in itertools.pairwise(frames[good:])
    )
    damaged = tuple(n + 1 for n in range(good, last + 1) if not frames[n].holds)
    return Log(
        replaced={one.page: number for number, one in enumerate(whole, 1)},
        pages=whole[-1].commits if whole else None,
        damaged=damaged if certain else (),
        cut=bool(damaged) and not certain,
        lost=len(whole) < done and not certain,
    )


def _sums(data: bytes, order: str) -> Sums:
    """SQLite's running sums over pairs x, y of 32-bit words: s += x + t, t += y + s."""
    words = np.frombuffer(data, f"{order}u4").reshape(1, -1)
    return _run_on((0, 0), _own(words)[0], words.shape[1])


def _own(words: Words) -> list[Sums]:
    """What the words of each row add to the sums: these are linear in them, modulo 2³²."""
    by_word, _ = _factors(words.shape[1])
    return [(first, second) for first, second in (words.astype(np.uint32) @ by_word).tolist()]


def _run_on(start: Sums, own: Sums, count: int) -> Sums:
    """The sums after `count` words that add `own` to those before."""
    (a, b), (c, d) = _factors(count)[1]
    first = a * start[0] + b * start[1] + own[0]
    second = c * start[0] + d * start[1] + own[1]
    return first & _WORD, second & _WORD


@cache
def _factors(count: int) -> tuple[Words, tuple[Sums, Sums]]:
    """What each of `count` words, and each of the sums before, adds to the two sums."""
    rows: list[Sums] = []
    a, b, c, d = 1, 0, 0, 1
    for _ in range(count // 2):
        # A pair adds (x, x + y); the pairs after it turn that by ((1, 1), (1, 2)) each.
        rows += ((b, d), (a + b & _WORD, c + d & _WORD))
        a, b, c, d = a + b & _WORD, a + 2 * b & _WORD, c + d & _WORD, c + 2 * d & _WORD
    return np.array(rows[::-1], np.uint32).reshape(count, 2), ((a, b), (c, d))
