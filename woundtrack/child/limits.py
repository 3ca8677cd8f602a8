"""What a child process may use, set by itself once it has loaded what it needs.

Memory: `RLIMIT_AS` on Linux, a job object on Windows, elsewhere a thread that looks. Time of the
processor: a timer where there is one; the parent's own clock ends what else hangs.
"""

import ctypes
import os
import signal
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from woundtrack.memory import give_back_large_blocks

GROWTH_BYTES = 850 * 2**20
"""What a small file may take beyond what the libraries took: together they stay below 1 GiB."""
MOST_GROWTH_BYTES = 1700 * 2**20
"""What any file may take."""
MOST_FILES = 64
_LOOK_S = 0.05
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CLEAN_END, _OUT_OF_MEMORY = 0, 3


class Bounds:
    """What this process may use, for good; and what one piece of work may use of that."""

    def __init__(self) -> None:
        """Libraries are to be loaded before: files opened afterwards may fail."""
        _silence()
        os.environ.clear()
        os.chdir(Path(sys.executable).anchor)
        give_back_large_blocks()
        self._most_bytes = _resident_bytes() + GROWTH_BYTES
        self._addresses = 0
        if sys.platform == "win32":
            _bound_by_job(_WINDOWS_LIBRARIES_BYTES + MOST_GROWTH_BYTES)
        else:
            self._addresses = _bound_by_limits()
        threading.Thread(target=self._watch, daemon=True).start()

    def allow(self, *, cpu_seconds: float, growth_bytes: int) -> None:
        """End this process after so much more time of the processor, and refuse it more memory.

        On Windows there is no such clock, and memory is bounded by `MOST_GROWTH_BYTES` alone.
        """
        if sys.platform == "win32":
            return
        import resource

        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
        growth_bytes = min(growth_bytes, MOST_GROWTH_BYTES)
        self._most_bytes = _resident_bytes() + growth_bytes
        if self._addresses:
            _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (self._addresses + growth_bytes, hard))

    def rest(self) -> None:
        """The work is done: what comes in between counts for none."""
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0.0)

    def _watch(self) -> None:
        """End with the parent, however that ended; on macOS also at the bound of memory."""
        parent = parent_process()
        looks = sys.platform == "darwin"
        while parent is not None:
            if wait([parent.sentinel], timeout=_LOOK_S if looks else None):
                os._exit(_CLEAN_END)
            if looks and _resident_bytes() > self._most_bytes:
                os._exit(_OUT_OF_MEMORY)


def _silence() -> None:
    """Decoders' own words go nowhere, and nothing can be read from the terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _bound_by_limits() -> int:
    """Set what the system can bound; the addresses in use by now where it bounds those, else 0."""
    import resource

    limits = {"CORE": 0, "FSIZE": 0, "NOFILE": MOST_FILES}
    addresses = 0
    if sys.platform == "linux":
        addresses = _address_bytes()
        limits["AS"] = addresses + MOST_GROWTH_BYTES
        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # no core file, and nobody looks into its memory
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    return addresses


def _address_bytes() -> int:
    """The addresses in use by this process; Linux only."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _resident_bytes() -> int:
    """The most memory this process had so far; 0 where that is not told."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


_WINDOWS_LIBRARIES_BYTES = 300 * 2**20
"""What the libraries commit there, taken generously: a job counts what is committed."""
_EXTENDED_LIMITS = 9
_LIMIT_ACTIVE_PROCESS, _LIMIT_PROCESS_MEMORY = 0x8, 0x100
_LIMIT_DIE_ON_UNHANDLED, _LIMIT_KILL_ON_CLOSE = 0x400, 0x2000


def _bound_by_job(most_bytes: int) -> None:
    """Put this process into a job object: so much memory, no process of its own, no crash dialog.

    JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h. The handle stays open as long as the process.
    """

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", ctypes.c_int64), ("per_job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32), ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t), ("active", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
        )  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )  # fmt: skip

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = Extended()
    limits.basic.flags = (
        _LIMIT_PROCESS_MEMORY
        | _LIMIT_ACTIVE_PROCESS
        | _LIMIT_DIE_ON_UNHANDLED
        | _LIMIT_KILL_ON_CLOSE
    )
    limits.basic.active, limits.process_memory = 1, most_bytes
    size = ctypes.sizeof(limits)
    done = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
    itself = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not done or not kernel.AssignProcessToJobObject(job, itself):
        raise OSError("no job object")  # unbounded, nothing is decoded
