"""Brings photo files into the vault in the background, with a count and a way to stop.

Each file is read, decoded and searched for a card's code in a child process, encrypted, and read
back and compared by the store. A file that fails is told and the others go on.
"""

import logging
from collections import deque
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from ui.background import Background, Job
from woundtrack.child import most_at_once
from woundtrack.errors import PhotoError, WoundtrackError
from woundtrack.photo.importing import CardSays, Taken, photo_files
from woundtrack.store.clinic import Clinic

LOG = logging.getLogger(__name__)
LANES = most_at_once() + 1
"""Files under way at once: while some are decoded by child processes, one is being kept."""
Problems: TypeAlias = tuple[tuple[Path, PhotoError], ...]
"""Folders in which there is nothing to import, and why."""
STOPPING = ("store.disk_full", "store.read_only", "photo.no_reader")
"""Failures that every later file would meet too."""


class ImportRun(QObject):
    """One import after another; files dropped meanwhile join the one under way."""

    started = Signal()
    progressed = Signal(int, int)
    taken = Signal(object)
    refused = Signal(object, object)
    left_over = Signal(object)
    finished = Signal(bool)

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self._waiting: deque[Path] = deque()
        self._jobs: dict[Path, Job] = {}
        self._listing: list[list[Path]] = []
        self._done = self._total = 0
        self._cancelled = False

    @property
    def running(self) -> bool:
        """Whether files are still to come."""
        return bool(self._waiting or self._jobs or self._listing)

    def to_come(self) -> tuple[Path, ...]:
        """The files and folders that are not done with."""
        return (*self._jobs, *self._waiting, *chain.from_iterable(self._listing))

    def get_ready(self) -> None:
        """Start what reads photos, so that the first one need not wait for it."""
        self._background.run(ready_reader, failed=lambda _error: None)

    def start(self, paths: Iterable[Path]) -> None:
        """Import these files and the photos of these folders."""
        wanted = [Path(path) for path in paths]
        if not self.running:
            self._done = self._total = 0
            self._cancelled = False
            self.started.emit()
        self._listing.append(wanted)
        self._background.run(
            lambda: listed(wanted), done=lambda found: self._listed(wanted, *found)
        )

    def cancel(self) -> None:
        """Stop before the next file; what is already kept stays."""
        self._cancelled = True
        left, self._waiting = tuple(self._waiting), deque()
        if left:
            self.left_over.emit(left)
            self._total -= len(left)
        self._settle()

    def _listed(self, wanted: list[Path], files: tuple[Path, ...], problems: Problems) -> None:
        self._listing.remove(wanted)
        for path, error in problems:
            self.refused.emit(path, error)
        if self._cancelled:
            self.left_over.emit(files)
        else:
            known = {*self._waiting, *self._jobs}
            fresh = [path for path in files if path not in known]
            self._waiting.extend(fresh)
            self._total += len(fresh)
        self.progressed.emit(self._done, self._total)
        self._settle()

    def _settle(self) -> None:
        """Fill the lanes, or finish once they are empty."""
        while self._waiting and len(self._jobs) < LANES:
            self._take(self._waiting.popleft())
        if not self.running:
            self.finished.emit(self._cancelled)

    def _take(self, path: Path) -> None:
        self._jobs[path] = self._background.run(
            lambda: guarded(self._clinic, path),
            done=lambda taken: self._one_done(path, taken),
            failed=lambda error: self._one_failed(path, error),
        )

    def _one_done(self, path: Path, taken: Taken) -> None:
        self._count(path)
        self.taken.emit(taken)
        self._settle()

    def _one_failed(self, path: Path, error: Exception) -> None:
        self._count(path)
        self.refused.emit(path, error)
        if isinstance(error, WoundtrackError) and error.code in STOPPING:
            self.cancel()
        else:
            self._settle()

    def _count(self, path: Path) -> None:
        self._jobs.pop(path, None)
        self._done += 1
        self.progressed.emit(self._done, self._total)


def listed(wanted: Iterable[Path]) -> tuple[tuple[Path, ...], Problems]:
    """The files to import, and the folders that cannot be listed or hold no photo; on a worker."""
    found: dict[Path, None] = {}
    problems: list[tuple[Path, PhotoError]] = []
    for path in wanted:
        try:
            inside = photo_files([path])
        except OSError:
            problems.append((path, PhotoError("photo.unreadable")))
            continue
        if not inside:
            problems.append((path, PhotoError("photo.none_in_folder")))
        found.update(dict.fromkeys(inside))
    return tuple(found), tuple(problems)


def ready_reader() -> None:
    """Have a child process that reads photos; on a worker. Raises PhotoError photo.no_reader."""
    from woundtrack.photo.decoding import warm

    warm()


def guarded(clinic: Clinic, path: Path) -> Taken:
    """`take_in`, where a decoder's unforeseen failure is that of one photo, not of the run."""
    try:
        return take_in(clinic, path)
    except WoundtrackError:
        raise
    except Exception as failure:
        LOG.error("import of a photo failed: %s", type(failure).__name__)
        raise PhotoError("photo.damaged") from failure


def take_in(clinic: Clinic, path: Path) -> Taken:
    """Read one file and lay its bytes, verified, into the vault; on a worker.

    Raises PhotoError where it is no photo, StoreError where it cannot be kept.
    """
    from woundtrack.photo.read import read_bytes

    return lay_in(clinic, read_bytes(path), path)


def lay_in(clinic: Clinic, data: bytes, path: Path) -> Taken:
    """Lay a photo's bytes, decoded in a child process, into the vault under the name `path`."""
    from woundtrack.photo.decoding import look

    seen = look(data)
    kept = clinic.write(lambda writer: writer.import_photo(data, seen.photo, seen.thumbnail))
    cards = dict.fromkeys(
        CardSays(code.patient_code, code.lesion_label or "")
        for code in seen.codes
        if code.patient_code
    )
    return Taken(path, kept.vault_name, kept.photo, tuple(cards), kept.already_at)
