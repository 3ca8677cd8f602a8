"""What child processes of the tests do."""

import json
import os
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from woundtrack.child.limits import GROWTH_BYTES, Bounds
from woundtrack.child.process import READY, receive_block, send_block


def echo(pipe: Connection) -> None:
    """Do as asked by the first word; give the block back."""
    bounds = Bounds()
    pipe.send_bytes(READY)
    while True:
        try:
            word, size = json.loads(pipe.recv_bytes())
            block = receive_block(pipe, size)
        except EOFError:
            return
        if word == "crash":
            os.abort()
        if word == "hang":
            time.sleep(60)
        if word == "spin":
            bounds.allow(cpu_seconds=0.05, growth_bytes=GROWTH_BYTES)
            while True:
                pass
        if word == "write":
            word = _written(Path(block.tobytes().decode()))
        bounds.allow(cpu_seconds=20.0, growth_bytes=GROWTH_BYTES)
        bounds.rest()
        answer = _WORDS[word]() if word in _WORDS else word
        pipe.send_bytes(json.dumps(answer).encode())
        if answer is not None:
            send_block(pipe, block.data)


def _swell() -> str:
    try:
        return str(np.ones(900 * 2**20, np.uint8).sum())
    except MemoryError:
        return "no memory"


def _written(place: Path) -> str:
    try:
        place.write_bytes(b"x" * 10)
    except OSError:
        return f"{place.stat().st_size} bytes"
    return "written"


def _open_files() -> list[str]:
    places = [Path("/proc/self/fd") / str(number) for number in range(3, 64)]
    return [str(place.readlink()) for place in places if place.is_symlink()]


_WORDS = {
    "swell": _swell,
    "environment": lambda: sorted(os.environ),
    "first environment": lambda: Path("/proc/self/environ").read_text(errors="replace"),
    "main": lambda: getattr(sys.modules.get("__mp_main__"), "__file__", None) or "none",
    "files": _open_files,
    "nonsense": lambda: None,
}


def never_ready(pipe: Connection) -> None:
    """End before the work."""
    pipe.close()
