"""How the program ended last time: a file that is there while it runs, and what is left of it.

A program that is killed, or crashes in a library, cannot say so. It leaves its file behind,
unlocked, and in it what the system could still write: where each thread was. The next start
takes out of that what names no folder and no account, and removes the file.
"""

import datetime as dt
import faulthandler
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from woundtrack.store.files import try_lock

_NAME = "running-{}.txt"
_FRAME = re.compile(r'^\s*File "(?P<file>.+)", line (?P<line>\d+) in (?P<name>\S+)')
_THREAD = re.compile(r"^(Current t|T)hread 0x[0-9a-f]+")
_FATAL = re.compile(r"^(Fatal Python error|Windows fatal exception|Qt ended): [\w :]+")
_OURS = ("ui", "woundtrack", "migrations")
KILLED = "ended from outside: killed, or the machine went off"
MOST_BYTES = 200_000


class RunningFile:
    """The file of this run, locked until it ends; `end` removes it."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file

    def note(self, line: str) -> None:
        """Add a line of our own, which names nobody."""
        with suppress(OSError, ValueError):
            self._file.write(f"{line}\n".encode())
            self._file.flush()

    def end(self) -> None:
        """The program ends as it should."""
        faulthandler.disable()
        self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def begin(folder: Path, *, head: str) -> RunningFile | None:
    """Begin this run's file; None where the disk takes none, and the program runs without."""
    path = folder / _NAME.format(secrets.token_hex(4))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("x+b")
        if not try_lock(file):
            file.close()
            return None
        file.write(f"{head}\nstarted {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC\n".encode())
        file.flush()
        faulthandler.enable(file, all_threads=True)
    except OSError:
        return None
    return RunningFile(path, file)


def unexpected_ends(folder: Path) -> list[str]:
    """A report of each run that did not end as it should; their files are removed."""
    found = []
    for path in sorted(folder.glob(_NAME.format("*"))):
        with suppress(OSError):
            with path.open("r+b") as file:
                if not try_lock(file):
                    continue  # it runs
                text = file.read(MOST_BYTES).decode("utf-8", "replace")
            path.unlink()
            found.append(cleaned(text))
    return found


def cleaned(text: str) -> str:
    """Of what a crash wrote: what happened and where in the program, without folders and names."""
    head, sep, rest = text.partition("\n")
    started, _sep, rest = rest.partition("\n")
    lines = list(_cleaned_lines(rest))
    return "\n".join([head, started, *(lines or [KILLED])]) if sep else KILLED


def _cleaned_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if frame := _FRAME.match(line):
            yield f"  {_module(frame['file'])}:{frame['line']} {frame['name']}"
        elif fatal := _FATAL.match(line):
            yield fatal[0]
        elif _THREAD.match(line):
            yield "thread" if not line.startswith("Current") else "the thread that failed"


def _module(file: str) -> str:
    """A module's name from the file that holds it: only what is after our rooms or packages."""
    parts = re.split(r"[/\\]", file)
    starts = [n for n, part in enumerate(parts) if part in _OURS or parts[n - 1] == "site-packages"]
    # Of a library of Python itself its file is enough, and of a package its folder's name.
    alone = -2 if parts[-1] == "__init__.py" else -1
    return ".".join(parts[starts[-1] if starts else alone :]).removesuffix(".py")
