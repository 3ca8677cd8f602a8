"""The database of a backup, laid out as a file again, and whether it is sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woundtrack.backup.disk import forget
from woundtrack.backup.folder import Folder
from woundtrack.backup.manifest import Manifest, digest_of
from woundtrack.backup.pages import pages_of
from woundtrack.errors import BackupError, StoreError
from woundtrack.store import database
from woundtrack.store.database import Connection, DatabaseError, database_errors
from woundtrack.store.database_check import database_findings
from woundtrack.store.files import sync_file


def write_database(folder: Folder, manifest: Manifest, path: Path) -> None:
    """Lay out the database file of a backup. Raises BackupError backup.pages_damaged, OSError."""
    with path.open("xb") as file:
        for number, page in pages_of(folder, manifest, range(manifest.database_pages)):
            file.seek(number * manifest.page_bytes)
            file.write(page)


def settle_database(manifest: Manifest, path: Path) -> None:
    """Have the disk hold it, and compare it with the backup's pages.

    Raises BackupError backup.not_equal, OSError.
    """
    with path.open("r+b") as file:
        sync_file(file)
        forget(file.fileno())
        for number in range(manifest.database_pages):
            if digest_of(file.read(manifest.page_bytes)) != manifest.table.digest(number):
                raise BackupError("backup.not_equal")


@contextmanager
def sound_database(path: Path, *, data_key: bytes, name: str) -> Iterator[Connection]:
    """A connection for reading, once every page was seen to be sound.

    Raises BackupError backup.database_damaged, with the backup's `name`; StoreError where the
    disk refuses.
    """
    damaged = BackupError("backup.database_damaged", name=name)
    try:
        with database_errors():
            connection = database.connect(path, data_key=data_key, writable=False)
            try:
                if database_findings(connection):
                    raise damaged
                yield connection
            finally:
                connection.close()
    except DatabaseError as error:
        raise damaged from error
    except StoreError as error:
        if error.code != "store.damaged":  # the disk, not what was written to it
            raise
        raise damaged from error
