"""Where backups may go, and whether that place answers."""

import os
import threading
from pathlib import Path

from woundtrack.backup.disk import target_errors
from woundtrack.errors import BackupError
from woundtrack.store.files import lies_inside

PATIENCE_S = 3.0
"""How long a place may take to answer: a share whose server is gone may take minutes."""


def check_place(target: Path, clinic_folder: Path) -> bool:
    """Whether backups there would be lost together with the clinic's own disk.

    Raises BackupError backup.inside_clinic, .gone, .not_writable, ….
    """
    if not answers(target):
        raise BackupError("backup.gone")
    if lies_inside(target, clinic_folder):
        raise BackupError("backup.inside_clinic")
    with target_errors():
        if not os.access(target, os.W_OK):
            raise BackupError("backup.not_writable")
        return target.stat().st_dev == clinic_folder.stat().st_dev


class Reach:
    """Asks whether a place is there and says so in time; one that hangs is not asked again.

    On a thread of its own that ends with the program, for nothing can call it back.
    """

    def __init__(self) -> None:
        self._hanging: dict[Path, threading.Thread] = {}

    def answers(self, target: Path) -> bool:
        """Whether the place is there, as far as it says within `PATIENCE_S`."""
        hanging = self._hanging.pop(target, None)
        if hanging is not None and hanging.is_alive():
            self._hanging[target] = hanging
            return False
        found: list[bool] = []

        def ask() -> None:
            try:
                found.append(target.is_dir())
            except OSError:
                return

        thread = threading.Thread(target=ask, name="place for backups", daemon=True)
        thread.start()
        thread.join(PATIENCE_S)
        if thread.is_alive():
            self._hanging[target] = thread
        return bool(found) and found[0]


def answers(target: Path) -> bool:
    """Whether the place is there and says so in time."""
    return Reach().answers(target)
