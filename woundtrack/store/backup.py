"""A copy of the database beside it, encrypted by the same key."""

import datetime as dt
from pathlib import Path

from woundtrack.store.database import Connection, database_errors
from woundtrack.store.files import disk_errors, sync_folder
from woundtrack.store.info import BACKUPS_NAME


def backup_database(connection: Connection, folder: Path, *, label: str) -> Path:
    """Copy the whole database into `backups/`; return the copy's path.

    VACUUM INTO gives a compact, consistent copy under the same key (measured: it stays
    encrypted). Raises StoreError store.disk_full, .not_writable, .io.
    """
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / BACKUPS_NAME / f"{label}-{now}.db"
    with disk_errors(), database_errors():
        target.parent.mkdir(exist_ok=True)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    return target
