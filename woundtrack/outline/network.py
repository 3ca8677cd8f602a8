"""The outline network's file: where it lies, whether it is there, and how it is asked.

The file is optional and separately licensed, and so is that of tissues, found and run alike.
onnxruntime runs it; where there is none for the machine OpenCV does, three times slower and to
the same result.
"""

import functools
import hashlib
import os
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.paths import resources_dir

SIDE_PX = 384
"""The side of the square views the network is shown."""
CHANNELS = 6
"""Red, green, blue (0…1), positive clicks, negative clicks, the outline as it was."""
NAME = "outline.onnx"
PLACE = "WOUNDTRACK_OUTLINE_MODEL"
"""The environment variable that names a file, such as one a clinic retrained."""
MOST_THREADS = 4

Values: TypeAlias = NDArray[np.float32]
Ask: TypeAlias = Callable[[Values], Values]
"""(6, side, side) in, how likely each pixel is wound (side, side) out."""
Run: TypeAlias = Callable[[Values], Values]
"""One view in, (channels, side, side), and what the network in a file answers to it."""


class NetworkStatus(StrEnum):
    """Whether proposals come from the network; otherwise they come from colours alone."""

    READY = "ready"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Network:
    """The network in memory: called with (6, 384, 384), it answers (384, 384) in 0…1.

    May be asked from several threads. OutlineError outline.network_unreadable.
    """

    def __init__(self, path: Path) -> None:
        try:
            content = path.read_bytes()
            self._run = loaded(content)
            self(np.zeros((CHANNELS, SIDE_PX, SIDE_PX), np.float32))
        except Exception as error:  # each runtime has kinds of its own for a file that is none
            raise OutlineError("outline.network_unreadable") from error
        self.version = version_of(content)
        """Kept beside what the network drew."""

    def __call__(self, seen: Values) -> Values:
        return np.asarray(self._run(seen)[0], np.float32)


def user_folder() -> Path:
    """Where a clinic puts networks of its own; updates of the program leave it alone."""
    import platformdirs

    return platformdirs.user_data_path("woundtrack") / "models"


def network_places(name: str = NAME, *, variable: str = PLACE) -> tuple[Path, ...]:
    """Where the file is looked for: the one that is named, else the user's, then the program's."""
    named = os.environ.get(variable)
    if named:
        return (Path(named),)
    return user_folder() / name, resources_dir() / "models" / name


def network_file(name: str = NAME, *, variable: str = PLACE) -> Path | None:
    """The first file there is; None without one."""
    places = network_places(name, variable=variable)
    return next((path for path in places if path.is_file()), None)


def network() -> Network | None:
    """The network, read once; None without a file. OutlineError outline.network_unreadable."""
    path = network_file()
    if path is None:
        return None
    return _read_once(path, path.stat().st_mtime_ns)


def network_status() -> NetworkStatus:
    """Whether there is a network to propose with."""
    try:
        return NetworkStatus.READY if network() else NetworkStatus.MISSING
    except OutlineError:
        return NetworkStatus.UNREADABLE


@functools.lru_cache(maxsize=1)
def _read_once(path: Path, changed_ns: int) -> Network:
    return Network(path)


def version_of(content: bytes) -> str:
    """What names a network: the start of its file's SHA-256."""
    return hashlib.sha256(content).hexdigest()[:12]


def loaded(content: bytes) -> Run:
    """The network in an ONNX file's content, safe to be asked from several threads."""
    return _by_onnxruntime(content) or _by_opencv(content)


def _by_onnxruntime(content: bytes) -> Run | None:
    # Its builds report their use to their maker, from the import on, and keep a mark of the account
    # in its cache: this program works offline and tells nobody.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError:
        return None
    onnxruntime.disable_telemetry_events()  # Windows' own tracing heeds this alone
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    # Threads that wait by spinning would take the processor from the window between clicks.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    session: Any = onnxruntime.InferenceSession(
        content, options, providers=["CPUExecutionProvider"]
    )

    def run(seen: Values) -> Values:
        return np.asarray(session.run(None, {"seen": seen[None]})[0][0], np.float32)

    return run


def _by_opencv(content: bytes) -> Run:
    import cv2

    net = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
    one_at_a_time = threading.Lock()

    def run(seen: Values) -> Values:
        with one_at_a_time:
            net.setInput(seen[None])
            return np.array(net.forward()[0], np.float32)

    return run
