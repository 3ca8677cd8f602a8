"""A copy of the database beside it, encrypted by the same key."""

import datetime as dt
from pathlib import Path

from woundtrack.store.database import Connection, database_errors
from woundtrack.store.files import (
    PART_SUFFIX,
    disk_errors,
    make_folder,
    put_in_place,
    remove_parts,
)
from woundtrack.store.info import BACKUPS_NAME

_TIME = "%Y%m%dT%H%M%S%f"


def backup_database(connection: Connection, folder: Path, *, label: str) -> Path:
    """Copy the whole database into `backups/`; return the copy's path.

    VACUUM INTO gives a compact, consistent copy under the same key (measured: it stays
    encrypted). Raises StoreError store.disk_full, .not_writable, .io.
    """
    now = dt.datetime.now(dt.UTC).strftime(_TIME)
    target = folder / BACKUPS_NAME / f"{label}-{now}.db"
    part = target.with_name(target.name + PART_SUFFIX)
    with disk_errors(), database_errors():
        make_folder(target.parent)
        remove_parts(target.parent)
        try:
            connection.execute("VACUUM INTO ?", (str(part),))
            put_in_place(part, target)
        except BaseException:
            remove_parts(target.parent)
            raise
    return target


def made_at_utc(copy: Path) -> dt.datetime:
    """When a copy was made, by its name."""
    return dt.datetime.strptime(copy.stem.rpartition("-")[2], _TIME).replace(tzinfo=dt.UTC)
