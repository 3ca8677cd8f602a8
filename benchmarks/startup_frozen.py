"""The frozen program's start, beside that of the source: to its window on an X display.

Nothing can be put into the frozen program, so both are looked at from outside: the moment at
which a window with the program's name is mapped. Cold means that no file of the program is in
the operating system's cache (a virtual machine's disk may still have it in its own); of the source
that cannot be had, for its Python runs this.
"""

import ctypes
import ctypes.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import Row, Skip, markdown

TITLE = "Start-up of the frozen program"
WARM_ROUNDS, COLD_ROUNDS = 9, 7
LATEST_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parent.parent
FROZEN = Path(os.environ.get("WOUNDTRACK_FROZEN", _ROOT / "dist" / "woundtrack"))
_VIEWABLE = 2


class _Attributes(ctypes.Structure):
    """XWindowAttributes of Xlib, of which the map state is read."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing")),
        *((name, ctypes.c_ulong) for name in ("planes", "pixel")),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("installed", "map_state")),
        *((name, ctypes.c_long) for name in ("all_events", "your_events", "no_propagate")),
        ("override", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class Display:
    """Looks for windows on an X display."""

    def __init__(self, name: str) -> None:
        found = ctypes.util.find_library("X11")
        if found is None:
            raise Skip("there is no libX11 here")
        self._x = ctypes.CDLL(found)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        if not self._display:
            raise Skip(f"the display {name} cannot be opened")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        # A window that goes while it is looked at is none that was waited for.
        self._quiet = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(
            lambda _display, _error: 0
        )
        self._x.XSetErrorHandler(self._quiet)

    def shows(self, name: str) -> bool:
        """Whether a window of this name is mapped."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        asked = [ctypes.byref(each) for each in (root, parent, children, count)]
        if not self._x.XQueryTree(self._display, self._root, *asked):
            return False
        windows = [children[number] for number in range(count.value)]
        if windows:
            self._x.XFree(children)
        return any(self._is_shown(window, name.encode()) for window in windows)

    def _is_shown(self, window: int, name: bytes) -> bool:
        told, seen = ctypes.c_char_p(), _Attributes()
        here = ctypes.c_ulong(window)
        if not self._x.XFetchName(self._display, here, ctypes.byref(told)):
            return False
        if name not in (told.value or b""):
            return False
        self._x.XGetWindowAttributes(self._display, here, ctypes.byref(seen))
        return seen.map_state == _VIEWABLE and seen.width > 100


def run() -> list[Row]:
    """Start the frozen program and the source in turn; Skip where one cannot be seen."""
    program = FROZEN / "woundtrack-window"
    if not program.is_file():
        raise Skip("there is no frozen program in dist/: make installer")
    frozen = [str(program), "--theme", "light"]
    source = [sys.executable, str(_ROOT / "main.py"), "--theme", "light"]
    with tempfile.TemporaryDirectory() as home, _display() as (name, display):
        environment = _environment(Path(home), name)
        for command in (frozen, source):  # once unseen
            _seconds(command, environment, display)
        warm, unfrozen = [], []
        for _round in range(WARM_ROUNDS):
            warm.append(_seconds(frozen, environment, display))
            unfrozen.append(_seconds(source, environment, display))
        cold = []
        for _round in range(COLD_ROUNDS):
            _forget(FROZEN)
            cold.append(_seconds(frozen, environment, display))
    ratios = [one / other for one, other in zip(warm, unfrozen, strict=True)]
    return [
        Row("frozen program to its window, warm", statistics.median(warm), "s", _spread(warm)),
        Row("source to its window, warm", statistics.median(unfrozen), "s", _spread(unfrozen)),
        Row("ratio of frozen to source, warm", statistics.median(ratios), "×", _spread(ratios)),
        Row("frozen program to its window, cold", statistics.median(cold), "s", _spread(cold)),
    ]


def _environment(home: Path, display: str) -> dict[str, str]:
    changed = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    return {**os.environ, **changed, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def _seconds(command: list[str], environment: dict[str, str], display: Display) -> float:
    """From the start of the process to its mapped window."""
    while display.shows("woundtrack"):  # the one before goes
        time.sleep(0.01)
    start = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not display.shows("woundtrack"):
            if process.poll() is not None or time.monotonic() - start > LATEST_SECONDS:
                raise RuntimeError(f"no window came: {command[0]}, status {process.poll()}")
            time.sleep(0.002)
        return time.monotonic() - start
    finally:
        process.kill()
        process.wait()


def _forget(folder: Path) -> None:
    """Have the operating system drop what it holds of these files."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _display() -> Iterator[tuple[str, Display]]:
    """The display that is there, or one that nobody sees."""
    there = os.environ.get("DISPLAY", "")
    if there:
        yield there, Display(there)
        return
    tool = shutil.which("Xvfb")
    if tool is None:
        raise Skip("there is no display and no Xvfb here")
    read, write = os.pipe()
    screen = subprocess.Popen(
        [tool, "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"
        yield name, Display(name)
    finally:
        screen.terminate()
        screen.wait()


def _spread(values: list[float]) -> str:
    low, _middle, high = statistics.quantiles(values, n=4)
    return f"{low:.3g} to {high:.3g} (middle half)"


if __name__ == "__main__":
    print(markdown(run()))
