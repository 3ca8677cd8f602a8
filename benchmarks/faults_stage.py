"""The same start for every run: a folder to be copied, and what the work does without a fault."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.faults_children import ROOT, Children, Harm, Outcome
from benchmarks.nothing_readable import IMAGE_HEADERS, WORDS

OLD_CLINIC = ROOT / "tests" / "data" / "first_version" / "clinic"
MADE_BY = {
    "import": ("create",),
    "save": ("create",),
    "migrate": (),
    "export": ("create", "place"),
    "take_in": ("create", "import", "parcel"),
    "back_up": ("create", "first"),
    "restore": ("create", "first", "second"),
}
"""Each work, and the jobs that make what it starts from; without any, from the old clinic."""
OUT, PLACE_OF_BACKUPS = "out", "stick"
"""Below a job's folder: where it exports to, and where its backups are."""
KILLED = ("import", "save", "migrate", "back_up", "restore", "take_in")
STARVED = ("import", "save", "migrate", "back_up", "restore", "export")
_LONG_BYTES = 5
_NEEDLES = (
    *(header for header in IMAGE_HEADERS if len(header) >= _LONG_BYTES),
    *(word.encode(encoding) for word in WORDS for encoding in ("utf-8", "utf-16-le")),
)
_STARTS = tuple(header for header in IMAGE_HEADERS if len(header) < _LONG_BYTES)
"""Four bytes stand somewhere in what is encrypted once in a thousand runs, by chance."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A work with its start and its course without a fault."""

    work: str
    start: Path
    states: tuple[str, ...]
    """The clinic's digest before the first act, and after each."""
    acts: int
    calls: int
    """How many calls change something on the disk."""
    seconds: float

    def copied(self, place: Path) -> Path:
        """A fresh copy to be harmed, in the place of the last."""
        root = place / "run"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.start, root)
        return root


def stages(children: Children, place: Path, works: Sequence[str]) -> dict[str, Stage]:
    """Each work made ready, done once, and looked at. RuntimeError where that alone fails."""
    for work in works:
        if (place, work) not in children.stages:
            children.stages[place, work] = _made(children, place, work)
    return {work: children.stages[place, work] for work in works}


def _made(children: Children, place: Path, work: str) -> Stage:
    start = place / "starts" / work
    start.mkdir(parents=True)
    if not MADE_BY[work]:
        shutil.copytree(OLD_CLINIC, start / "clinic")
    for job in MADE_BY[work]:
        _whole(children.run(job, start), job)
    stage = Stage(work, start, (), 0, 0, 0.0)
    counted = children.run(work, stage.copied(place), harm=Harm("count"))
    _whole(counted, work)
    reference = children.run(work, stage.copied(place), reference=True)
    _whole(reference, work)
    states = tuple(one["digest"] for one in reference.said if "digest" in one)
    calls = int(counted.last["calls"])
    stage = Stage(work, start, states, counted.shown, calls, counted.seconds)
    if found := looked(children, stage, place / "run", shown=counted.shown):
        raise RuntimeError(f"{work} without a fault: {found}")
    return stage


class Log:
    """Results as JSON lines, so that a run that was broken off goes on."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text("utf-8").splitlines() if path is not None and path.exists() else []
        self._done: dict[str, dict[str, Any]] = {one["key"]: one for one in map(json.loads, lines)}

    def once(self, key: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The result that is known under this name; else that of doing it now."""
        if key in self._done:
            return self._done[key]
        result = {"key": key, **do()}
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(result) + "\n")
        return result


def _whole(outcome: Outcome, job: str) -> None:
    if outcome.status != "done":
        raise RuntimeError(f"{job} without a fault: {outcome}")


def looked(
    children: Children,
    stage: Stage,
    root: Path,
    *,
    shown: int,
    on_its_way: bool = False,
    harm: Harm | None = None,
) -> list[str]:
    """What is wrong after a run: the clinic opened again, what is left over, what is readable."""
    seen = children.run(
        "look",
        root,
        harm=harm,
        work_done=stage.work,
        old=not MADE_BY[stage.work],
        states=stage.states,
        acts=shown,
        on_its_way=on_its_way,
    )
    found = [fault for one in seen.said for fault in one.get("found", ())]
    if seen.status != "done":
        found.append(f"does not open: {seen.status} {seen.last.get('trace', '')}")
    return found + [f"readable: {trace}" for trace in traces(root)]


def traces(folder: Path) -> list[str]:
    """Files below a folder that hold a name, a passphrase or the head of a picture.

    What was exported holds them on purpose.
    """
    return [
        f"{path.name}: {needle!r}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_relative_to(folder / OUT)
        for content in (path.read_bytes(),)
        for needle in (*_NEEDLES, *_STARTS)
        if needle in (content[:_LONG_BYTES] if needle in _STARTS else content)
    ]
