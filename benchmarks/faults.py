"""What becomes of a clinic under kills, power losses, failing disks and flipped bits.

Every run starts from a copy of the same clinic, and ends with a look at what is left: it opens,
its check finds nothing, its content is that after the acts that were shown as done (or after the
one that was on its way as well), no file is readable. With `WOUNDTRACK_FAULTS` naming a folder
the results are kept there, and a run that was broken off goes on. Hostile pictures are in
`benchmarks/hostile.py`; backups' speed, and that a restore is byte for byte the same, in
`benchmarks/backup.py`.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import faults_disk, faults_flip, faults_kill, faults_torn
from benchmarks.faults_children import Children
from benchmarks.faults_stage import KILLED, Log
from benchmarks.nothing_readable import files, leaks
from benchmarks.table import Row, counted

TITLE = "Faults: nothing lost, nothing half there, nothing silent"
KILLS, LOSSES, FLIPS = 1000, 500, 500
PLACE = "WOUNDTRACK_FAULTS"
KINDS = ("kill", "torn", "flip", "disk")
"""Of results, as their files are called."""
_MOST_TOLD = 160
READABLE = "readable"
"""How the finding of a trace begins."""


def run() -> list[Row]:
    """All of it; an hour, or what is left of it where results were kept."""
    kept = os.environ.get(PLACE)
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Children(Path(folder)) as children:
        logs = [Log(Path(kept, f"{name}.jsonl") if kept else None) for name in KINDS]
        place, (kill, torn, flip, disk) = Path(folder), logs
        ends = list(faults_kill.kills(children, place, runs=KILLS, log=kill))
        losses = list(faults_torn.losses(children, place, runs=LOSSES, log=torn))
        flips = list(faults_flip.flips(children, place, runs=FLIPS, log=flip))
        fails = list(faults_disk.failures(children, place, log=disk))
        rows = [*kill_rows(ends), *torn_rows(losses), *disk_rows(fails), *flip_rows(flips)]
        return [*rows, readable_row([*ends, *losses, *fails], children.private)]


def kill_rows(ends: Sequence[dict[str, Any]]) -> list[Row]:
    """What killed processes left."""
    cut = [one for one in ends if one["status"] == "killed"]
    shown = sum(one["shown"] for one in cut)
    spread = f"{_by_work(ends)}; {len(cut)} in the midst, after {shown} acts shown as done"
    return [
        Row("killed (SIGKILL)", len(ends), "runs", spread, "1,000", len(ends) >= KILLS),
        *_outcome_rows("killed", ends),
    ]


def torn_rows(losses: Sequence[dict[str, Any]]) -> list[Row]:
    """What power losses could leave."""
    spread = f"{_by_work(losses)}; each at one of {max(one['of'] for one in losses)} changes"
    return [Row("power lost", len(losses), "runs", spread), *_outcome_rows("power lost", losses)]


def _outcome_rows(name: str, results: Iterable[dict[str, Any]]) -> list[Row]:
    told = [fault for one in results for fault in one["found"] if not _is_readable(fault)]
    lost = [fault for fault in told if "acts were shown" in fault or "were told" in fault]
    other = [fault for fault in told if fault not in lost]
    return [
        _none(f"{name}: acts shown as done and lost, or half there", lost),
        _none(f"{name}: a clinic or backup that does not open or is unsound", other),
    ]


def disk_rows(results: Sequence[dict[str, Any]]) -> list[Row]:
    """How work ended on failing disks."""
    rows = []
    for kind in dict.fromkeys(one["kind"] for one in results):
        of = [one for one in results if one["kind"] == kind]
        codes = {one["code"] for one in of if one["code"]}
        longest = max(one["seconds"] for one in of)
        calls = sum({one["work"]: one["of"] for one in of}.values())
        spread = (
            f"at so many of {calls} calls that change something: {_by_work(of)}; "
            f"{sum(one['status'] == 'refused' for one in of)} ended in one of {len(codes)} "
            f"sentences; the longest took {longest:.1f} s"
        )
        rows.append(Row(f"disk, {kind}", len(of), "runs", spread))
    faults = [fault for one in results for fault in one["found"] if not _is_readable(fault)]
    return [*rows, _none("disk: no clear sentence, or a clinic that is unsound after", faults)]


def flip_rows(results: Sequence[dict[str, Any]]) -> list[Row]:
    """Which flipped bits were told."""
    count = len(results)
    kinds = counted(one["kind"] for one in results)
    missed = [f"{one['kind']}: {one['where']}" for one in results if not one["detected"]]
    unnamed = [f"{one['kind']}: {one['where']}" for one in results if not one["named"]]
    enough = count >= FLIPS
    return [
        Row("bits flipped", count, "", kinds, "500", enough),
        Row("· detected", count - len(missed), "", "; ".join(missed[:2]), "all", not missed),
        Row("· named", count - len(unnamed), "", "; ".join(unnamed[:2]), "all", not unnamed),
    ]


def readable_row(results: Iterable[dict[str, Any]], private: Path) -> Row:
    """Names, heads of pictures and passphrases in any file that was left."""
    results = list(results)
    traces = [fault for one in results for fault in one["found"] if _is_readable(fault)]
    traces += leaks(private)
    searched = f"the folders of {len(results)} runs, {len(files(private))} files around them"
    return _none("names, pictures, passphrases readable in any file left", traces, searched)


def _none(name: str, faults: Sequence[str], otherwise: str = "") -> Row:
    told = "; ".join(" ".join(fault.split())[-_MOST_TOLD:] for fault in faults[:2])
    return Row(name, len(faults), "", told.replace("|", "/") or otherwise, "0", not faults)


def _is_readable(fault: str) -> bool:
    return fault.startswith(READABLE)


def _by_work(results: Iterable[dict[str, Any]]) -> str:
    works = [one["work"] for one in results]
    order = [*KILLED, *sorted(set(works) - set(KILLED))]
    return ", ".join(f"{work} {works.count(work)}" for work in order if work in works)
