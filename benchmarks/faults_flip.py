"""One flipped bit anywhere: whether the command line's check or verification tells, and names it.

Anywhere in the database's file, in what counts of its log, in a photo's file, the key file and
any file of a backup; in the journal by someone who has the key and alters a line's text.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults_children import Children, Harm
from benchmarks.faults_clinic import USER
from benchmarks.faults_stage import PLACE_OF_BACKUPS, Log, Stage, stages

SEED = 10
SHARES = {"database": 26, "log": 14, "photo": 18, "key file": 14, "backup": 18, "journal": 10}
"""Of a hundred flips."""
_PAGE_BYTES, _LOG_HEAD_BYTES, _FRAME_BYTES = 4096, 32, 24 + 4096
_CHECK = ("clinic", "check", "clinic", "--user", USER)
_VERIFY = ("clinic", "verify", PLACE_OF_BACKUPS, "--user", USER)


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit, and by which of these words its place may be named."""

    path: Path
    at: int
    bit: int
    names: tuple[str, ...]

    def do(self) -> None:
        """Turn it."""
        content = bytearray(self.path.read_bytes())
        content[self.at] ^= 1 << self.bit
        self.path.write_bytes(content)


def flips(children: Children, place: Path, *, runs: int, log: Log) -> Iterator[dict[str, Any]]:
    """One result a flip, shared among the places as `SHARES` says."""
    made = stages(children, place, ("import", "restore"))
    killed = _killed(children, made["import"], place)
    for kind, share in SHARES.items():
        stage = killed if kind == "log" else made["restore"]
        for number in range(max(1, share * runs // 100)):
            do = partial(_flipped, children, stage, place, kind, number)
            yield log.once(f"{number} {kind}", do)


def _killed(children: Children, stage: Stage, place: Path) -> Stage:
    """A clinic whose last acts are in the database's log, for its program was killed."""
    root = stage.copied(place)
    children.run(stage.work, root, harm=Harm("kill", stage.calls * 2 // 3))
    start = place / "starts" / "killed"
    root.rename(start)
    return Stage(stage.work, start, (), 0, 0, 0.0)


def _flipped(
    children: Children, stage: Stage, place: Path, kind: str, number: int
) -> dict[str, Any]:
    chance = random.Random(f"{SEED} {kind} {number}")
    root = stage.copied(place)
    if kind == "journal":
        altered = children.run("alter", root, seed=f"{number}")
        names, where = (str(altered.said[0]["entry"]),), str(altered.said[0])
    else:
        flip = _drawn(root, kind, chance)
        flip.do()
        names, where = flip.names, f"{flip.path.relative_to(root)}, byte {flip.at}, bit {flip.bit}"
    command = _VERIFY if kind == "backup" else _CHECK
    asked = children.run("ask", root, command=command)
    told = asked.said[0] if asked.status == "done" else {"code": 0, "text": str(asked)}
    return {
        "kind": kind,
        "where": where,
        "detected": told["code"] != 0 and asked.status == "done",
        "named": any(name in told["text"] for name in names),
        "text": told["text"],
        "seconds": asked.seconds,
    }


def _drawn(root: Path, kind: str, chance: random.Random) -> Flip:
    clinic, bit = root / "clinic", chance.randrange(8)
    if kind == "key file":
        path = clinic / "clinic.json"
        return Flip(path, _within(path, chance), bit, ("key file",))
    if kind == "database":
        path = clinic / "clinic.db"
        at = _within(path, chance)
        return Flip(path, at, bit, (f"page {at // _PAGE_BYTES + 1} ", "database is damaged"))
    if kind == "log":
        path = clinic / "clinic.db-wal"
        return Flip(path, chance.randrange(_end_of_log(clinic)), bit, ("clinic.db-wal",))
    below = clinic / "vault" if kind == "photo" else root / PLACE_OF_BACKUPS
    path = chance.choice(_files(below))
    return Flip(path, _within(path, chance), bit, (path.name[:8], path.stem))


def _within(path: Path, chance: random.Random) -> int:
    return chance.randrange(path.stat().st_size)


def _files(folder: Path) -> Sequence[Path]:
    """Every file that has content."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def _end_of_log(clinic: Path) -> int:
    """Where what counts in the log ends, by its index: older bytes may follow."""
    frames = clinic.joinpath("clinic.db-shm").read_bytes()[16:20]
    return _LOG_HEAD_BYTES + int.from_bytes(frames, sys.byteorder) * _FRAME_BYTES
