"""Processes that can be killed, and a disk that fails where it is told to.

A server has imported the program once; each job is a fork of it, so that a run costs a tenth
of a second and not two. The server has the shim loaded; only jobs that ask for it are harmed.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.nothing_readable import environment
from benchmarks.table import Skip

ROOT = Path(__file__).resolve().parent.parent
SHIM = Path(__file__).with_name("faults_disk_shim.c")
LIMIT_S = 40.0
"""A job that takes longer hangs."""
MODES = ("off", "count", "kill", "once", "full", "read_only", "no_access", "vanished")
"""As in the shim, in its order."""
PARTS = ("before", "after", "half")


@dataclass(frozen=True, slots=True)
class Harm:
    """What happens at which changing call below the job's folder (1 is the first)."""

    mode: str = "off"
    at: int = 0
    error: int = 0
    part: str = "before"
    notes: str = ""
    """A file that gets what was changed, with its bytes."""

    @property
    def told(self) -> str:
        """In a few words, to find the run again."""
        return " ".join(str(one) for one in (self.mode, self.at, self.error, self.part))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: its last word, what it said before, and how many calls it made."""

    status: str
    """"done", "refused", "failed" (a traceback), "killed" or "hung"."""
    said: tuple[dict[str, Any], ...]
    seconds: float

    @property
    def last(self) -> dict[str, Any]:
        """What the job said at its end; empty where it was killed."""
        return self.said[-1] if self.said and "end" in self.said[-1] else {}

    @property
    def shown(self) -> int:
        """How many acts it had shown as done."""
        return sum("shown" in one for one in self.said)


def built_shim(place: Path) -> Path:
    """The shim, compiled. Raises Skip where that cannot be."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if not sys.platform.startswith("linux"):
        raise Skip("the failing disk is made for Linux")
    if compiler is None:
        raise Skip("there is no C compiler")
    library = place / "shim.so"
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", library, SHIM, "-ldl", "-lpthread"]
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return library


class Children:
    """The server of jobs, and what its jobs say."""

    def __init__(self, place: Path) -> None:
        private = place / "private"
        private.mkdir(parents=True, exist_ok=True)
        self.private = private
        """Home, temporary and all other folders of the jobs."""
        self.stages: dict[tuple[Path, str], Any] = {}
        """Works that were made ready, by where and which."""
        self._ledger = place / "ledger.jsonl"
        surroundings = environment(private)
        surroundings["LD_PRELOAD"] = str(built_shim(place))
        self._server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults_work"],
            cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> "Children":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(LIMIT_S)

    def run(
        self,
        work: str,
        root: Path,
        *,
        harm: Harm | None = None,
        kill_after_s: float | None = None,
        **more: object,
    ) -> Outcome:
        """Do a job below `root` and wait for its end; kill it after a while where told."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        harm = harm or Harm()
        self._ledger.unlink(missing_ok=True)
        armed = {
            "mode": MODES.index(harm.mode), "at": harm.at, "error": harm.error,
            "part": PARTS.index(harm.part), "notes": harm.notes,
        }  # fmt: skip
        job = {
            "work": work, "root": str(root), "harm": armed, "ledger": str(self._ledger),
            "kill_after_s": kill_after_s, "limit_s": LIMIT_S, **more,
        }  # fmt: skip
        self._server.stdin.write(json.dumps(job) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        said = self._said()
        return Outcome(seconds=answer["seconds"], said=said, status=_ended(answer, said))

    def _said(self) -> tuple[dict[str, Any], ...]:
        try:
            lines = self._ledger.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return ()
        return tuple(json.loads(line) for line in lines)


def _ended(answer: dict[str, Any], said: tuple[dict[str, Any], ...]) -> str:
    if answer["hung"]:
        return "hung"
    if os.WIFSIGNALED(answer["status"]):
        return "killed" if os.WTERMSIG(answer["status"]) == 9 else "crashed"
    return str(said[-1].get("end", "failed")) if said else "failed"
