"""The jobs that benchmarks/faults.py kills and starves, and the server that forks them."""

import ctypes
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

JOBS = (
    "benchmarks.faults_clinic",
    "benchmarks.faults_leaving",
    "benchmarks.faults_backup",
    "benchmarks.faults_asking",
)
"""Modules whose functions are jobs, by their names."""
WARM = (
    "migrations.all_steps",
    "sqlite_utils",
    "reportlab.pdfbase.ttfonts",
    "reportlab.platypus",
    "woundtrack.photo.read",
    "woundtrack.report.pdf",
    "woundtrack.store.carrying_out",
    "xlsxwriter",
)
"""What the program imports when it is first needed: not once in every fork."""


@dataclass(slots=True)
class Job:
    """One job: where it works, and how it says what it has shown as done."""

    root: Path
    said: TextIO
    more: dict[str, Any]
    shown_count: int = field(default=0)

    @property
    def clinic(self) -> Path:
        """The clinic's folder."""
        return self.root / "clinic"

    def say(self, **facts: object) -> None:
        """One line, with the operating system before this returns: a kill cannot take it back."""
        self.said.write(json.dumps(facts) + "\n")
        self.said.flush()

    def shown(self, **facts: object) -> None:
        """One more act was shown to the person as done."""
        self.say(shown=self.shown_count, **facts)
        ctypes.CDLL(None).faults_mark(str(self.shown_count).encode())
        self.shown_count += 1


def serve() -> None:
    """Do jobs, one a line of standard input, until it ends; each in a fork of its own."""
    jobs: dict[str, Callable[[Job], None]] = {}
    for name in JOBS:
        jobs.update(importlib.import_module(name).JOBS)
    for name in WARM:
        importlib.import_module(name)
    for line in sys.stdin:
        told = json.loads(line)
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            _do(jobs[told["work"]], told)
        status, hung = _ended(child, told["kill_after_s"], told["limit_s"])
        answer = {"status": status, "hung": hung, "seconds": time.perf_counter() - start}
        print(json.dumps(answer), flush=True)


def _ended(child: int, kill_after_s: float | None, limit_s: float) -> tuple[int, bool]:
    """The status of a job that has ended by itself, was to be killed, or hung."""
    handle = os.pidfd_open(child)
    waits = select.poll()
    waits.register(handle, select.POLLIN)
    over = not waits.poll(1000 * (limit_s if kill_after_s is None else kill_after_s))
    if over:
        os.kill(child, signal.SIGKILL)
    os.close(handle)
    _, status = os.waitpid(child, 0)
    return status, over and kill_after_s is None


def _do(work: Callable[[Job], None], told: dict[str, Any]) -> None:
    """The job itself; the process ends with it, whatever happens."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(nowhere, standard)
        with Path(told["ledger"]).open("a", encoding="utf-8") as said:
            job = Job(Path(told["root"]), said, told)
            job.say(**_outcome(work, job, told["harm"]))
    finally:
        os._exit(0)


def _outcome(work: Callable[[Job], None], job: Job, harm: dict[str, Any]) -> dict[str, object]:
    from woundtrack.errors import WoundtrackError
    from woundtrack.explain import UNKNOWN, explain

    disk = ctypes.CDLL(None)
    disk.faults_counted.restype = ctypes.c_long
    notes = harm["notes"].encode()
    below = str(job.root).encode()
    if harm["mode"]:
        at = ctypes.c_long(harm["at"])
        disk.faults_arm(below, harm["mode"], at, harm["error"], harm["part"], notes)
    try:
        work(job)
        ended: dict[str, object] = {"end": "done"}
    except WoundtrackError as error:
        known = explain(error) != UNKNOWN.format(code=error.code)
        trace = "".join(traceback.format_exception(error))
        ended = {"end": "refused", "code": error.code, "known": known, "trace": trace}
    except BaseException:  # noqa: BLE001 (what should not be is told, and counted)
        ended = {"end": "failed", "trace": traceback.format_exc()}
    counted = disk.faults_counted()
    disk.faults_disarm()
    return {**ended, "calls": counted}


if __name__ == "__main__":
    serve()
