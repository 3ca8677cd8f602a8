"""What a power loss can leave: everything that was synced, and any part of what was not.

A work is done once with every change noted. Then it is cut at any change: of each file's writes
since its last fsync none, all, the first ones or some are there, the last of them perhaps in
part, in blocks of 512 bytes; of each folder's new, renamed and removed names since its last
fsync the first ones. No file system promises more; most keep more. Power that failed once fails
again: in every other run it is lost up to twice more while the clinic is opened after it.
"""

import random
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from benchmarks.faults_children import Children, Harm
from benchmarks.faults_stage import KILLED, Log, Stage, looked, stages

SEED = 9
OPENED = ("import", "save", "migrate")
"""Works after which a look only opens the clinic, and changes nothing of the record."""
SOON = 60
"""Changes within which a clinic that was not closed is opened."""
BLOCK_BYTES = 512
_HEAD = struct.Struct("=IIIIQq")
MARK, CREATE, WRITE, CUT, SYNC, MAKE_FOLDER, RENAME, REMOVE = range(8)


@dataclass(frozen=True, slots=True)
class Change:
    """One call that changed something, as the shim noted it."""

    what: int
    path: str
    other: str
    offset: int
    data: bytes


@dataclass(slots=True)
class File:
    """A file: what is on the disk for sure, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """All that was written is there for sure."""
        for each in self.since:
            _apply(self.synced, *each)
        self.since = []

    def left(self, chance: random.Random) -> bytes:
        """What a power loss leaves of it."""
        content = bytearray(self.synced)
        kept = _some(self.since, chance)
        for number, (offset, data) in enumerate(kept):
            torn = number == len(kept) - 1 and data is not None and chance.random() < 0.5
            if torn:
                data = data[: BLOCK_BYTES * chance.randint(0, len(data) // BLOCK_BYTES)]
            _apply(content, offset, data)
        return bytes(content)


def _some(writes: list[Any], chance: random.Random) -> list[Any]:
    how = chance.randrange(4)
    if how == 3:
        return [each for each in writes if chance.random() < 0.5]
    return writes[: (0, len(writes), chance.randint(0, len(writes)))[how]]


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write at a place, or cut to a length where there are no data."""
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if data is None:
        del content[offset:]
    else:
        content[offset : offset + len(data)] = data


@dataclass(slots=True)
class Folder:
    """A folder: the names that are on the disk for sure, those of now, and how they came."""

    synced: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    since: list[tuple[str, Any, "Folder | None", str]] = field(default_factory=list)

    def name(self, name: str, what: Any, *, out_of: "Folder | None" = None, was: str = "") -> None:
        """A name is given, moved here, or (None) taken away."""
        step = (name, what, out_of, was)
        self.since.append(step)
        if out_of is not None:
            out_of.now.pop(was, None)
        _put(self.now, name, what)

    def sync(self) -> None:
        """The names of now are there for sure."""
        for name, what, out_of, was in self.since:
            if out_of is not None:
                out_of.synced.pop(was, None)
            _put(self.synced, name, what)
        self.since = []

    def lose(self, chance: random.Random) -> None:
        """Keep only the first of the names that were not synced."""
        self.since = self.since[: chance.randint(0, len(self.since))]
        for each in self.now.values():
            if isinstance(each, Folder):
                each.lose(chance)
        self.sync()


def _put(names: dict[str, Any], name: str, what: Any) -> None:
    if what is None:
        names.pop(name, None)
    else:
        names[name] = what


class Disk:
    """A folder and what was done below it."""

    def __init__(self, start: Path) -> None:
        self._start = start
        self._top = _taken_in(start)
        self.shown = 0

    def do(self, change: Change, *, below: PurePosixPath) -> None:
        """One more change; what became nameless meanwhile is nobody's."""
        if change.what == MARK:
            self.shown = int(change.path) + 1
            return
        parts = PurePosixPath(change.path).relative_to(below).parts
        if change.what == SYNC:
            found = self._at(parts)
            if found is not None:
                found.sync()
            return
        folder = self._at(parts[:-1])
        if not isinstance(folder, Folder):
            return
        name = parts[-1]
        if change.what in (CREATE, MAKE_FOLDER):
            folder.name(name, File() if change.what == CREATE else Folder())
        elif change.what == REMOVE:
            folder.name(name, None)
        elif change.what == RENAME:
            self._rename(folder, name, PurePosixPath(change.other).relative_to(below).parts)
        elif isinstance(file := folder.now.get(name), File):
            file.since.append((change.offset, None if change.what == CUT else change.data))

    def leave(self, place: Path, chance: random.Random) -> None:
        """Write what a power loss leaves into an empty place."""
        self._top.lose(chance)
        _write(self._top, place, chance)

    def _rename(self, folder: Folder, name: str, to: tuple[str, ...]) -> None:
        target = self._at(to[:-1])
        if isinstance(target, Folder) and name in folder.now:
            target.name(to[-1], folder.now[name], out_of=folder, was=name)

    def _at(self, parts: Sequence[str]) -> Any:
        found: Any = self._top
        for part in parts:
            found = found.now.get(part) if isinstance(found, Folder) else None
        return found


def _taken_in(path: Path) -> Any:
    if not path.is_dir():
        return File(bytearray(path.read_bytes()))
    names = {each.name: _taken_in(each) for each in path.iterdir()}
    return Folder(names, dict(names))


def _write(found: Any, place: Path, chance: random.Random) -> None:
    if isinstance(found, File):
        place.write_bytes(found.left(chance))
        return
    place.mkdir()
    for name, each in found.synced.items():
        _write(each, place / name, chance)


def changes(notes: Path) -> list[Change]:
    """What the shim noted."""
    data, at, found = notes.read_bytes(), 0, []
    while at < len(data):
        what, path, other, size, _inode, offset = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        texts = [data[at : at + path], data[at + path : at + path + other]]
        at += path + other
        found.append(Change(what, *(text.decode() for text in texts), offset, data[at : at + size]))
        at += size
    return found


def losses(
    children: Children, place: Path, *, runs: int, log: Log, works: Sequence[str] = KILLED
) -> Iterator[dict[str, Any]]:
    """One result a power loss, `runs` of them shared among the works."""
    for work, stage in stages(children, place, works).items():
        root, notes = stage.copied(place), place / f"{work}.notes"
        children.run(work, root, harm=Harm("count", notes=str(notes)))
        course = changes(notes)
        for number in range(-(-runs // len(works))):
            do = partial(_lost, children, stage, place, course, number)
            yield log.once(f"{number} {work}", do)


def _lost(
    children: Children, stage: Stage, place: Path, course: list[Change], number: int
) -> dict[str, Any]:
    chance = random.Random(f"{SEED} {stage.work} {number}")
    cut = chance.randint(0, len(course))
    root = place / "run"
    shown = _left(stage.start, course[:cut], root, chance)
    if number % 2 and stage.work in OPENED:
        for _ in range(chance.randint(1, 2)):
            _lost_again(children, stage, place, shown, chance)
    found = looked(children, stage, root, shown=shown, on_its_way=True)
    return {"work": stage.work, "at": cut, "of": len(course), "shown": shown, "found": found}


def _lost_again(
    children: Children, stage: Stage, place: Path, shown: int, chance: random.Random
) -> None:
    """Power is lost once more while the clinic is opened, most often soon."""
    root, start, notes = place / "run", place / "before", place / "again.notes"
    shutil.rmtree(start, ignore_errors=True)
    shutil.copytree(root, start)
    notes.unlink(missing_ok=True)
    harm = Harm("count", notes=str(notes))
    looked(children, stage, root, shown=shown, on_its_way=True, harm=harm)
    course = changes(notes)
    latest = chance.choice((SOON, len(course)))
    _left(start, course[: chance.randint(0, min(latest, len(course)))], root, chance)


def _left(start: Path, course: Sequence[Change], root: Path, chance: random.Random) -> int:
    """Let the power fail after these changes; say how many acts were shown as done."""
    disk = Disk(start)
    for change in course:
        disk.do(change, below=PurePosixPath(root))
    shutil.rmtree(root, ignore_errors=True)
    disk.leave(root, chance)
    return disk.shown
