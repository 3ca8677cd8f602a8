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
    if lies_inside(target, clinic_folder):
        raise BackupError("backup.inside_clinic")
    with target_errors():
        if not target.is_dir():
            raise BackupError("backup.gone")
        if not os.access(target, os.W_OK):
            raise BackupError("backup.not_writable")
        return target.stat().st_dev == clinic_folder.stat().st_dev


def answers(target: Path) -> bool:
    """Whether the place is there and says so in time.

    On a thread of its own that ends with the program, for nothing can call it back.
    """
    found: list[bool] = []

    def ask() -> None:
        try:
            found.append(target.is_dir())
        except OSError:
            return

    thread = threading.Thread(target=ask, name="place for backups", daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return bool(found) and found[0]
