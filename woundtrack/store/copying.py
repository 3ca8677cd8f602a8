"""A whole copy of a clinic in another place, encrypted by the same keys and read back.

The copy is a clinic of its own: it opens with the same passphrases and recovery key. It may lie
on a network share, where it is not opened but brought back from.
"""

from dataclasses import dataclass
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.store import database
from woundtrack.store.database import Connection, DatabaseError, database_errors
from woundtrack.store.files import (
    disk_errors,
    lies_inside,
    make_folder,
    sync_folder,
    write_whole,
)
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, VAULT_NAME
from woundtrack.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds, and the photos that the clinic itself could not give."""

    photos: int
    byte_count: int
    damaged: int


def copy_clinic(
    folder: Path, target: Path, *, data_key: bytes, progress: Progress = no_progress
) -> Copied | None:
    """Copy the clinic at `folder` to the new or empty folder `target`; None where stopped.

    The database is one consistent state, and each file is read back from the copy. A photo that
    is damaged or missing here is counted and left out; all else is copied. After a failure, or
    where `progress` returns False, nothing is left behind. Raises StoreError
    store.folder_not_empty, .copy_inside, .copy_not_verified, .disk_full, .not_writable, .io.
    """
    _check_place(folder, target)
    existed = target.exists()
    made: list[Path] = []
    with disk_errors():
        make_folder(target / VAULT_NAME)
    try:
        copied = _fill(folder, target, data_key, progress, made)
    except BaseException:
        _take_away(target, made, existed=existed)
        raise
    if copied is None:
        _take_away(target, made, existed=existed)
    return copied


def _check_place(folder: Path, target: Path) -> None:
    if lies_inside(target, folder):
        raise StoreError("store.copy_inside")
    with disk_errors():
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError("store.folder_not_empty")


def _fill(
    folder: Path, target: Path, data_key: bytes, progress: Progress, made: list[Path]
) -> Copied | None:
    made.append(target / DATABASE_NAME)
    _copy_database(folder / DATABASE_NAME, target / DATABASE_NAME, data_key)
    copy = database.connect(target / DATABASE_NAME, data_key=data_key, writable=False)
    try:
        with database_errors():
            _verify(copy)
            names = [row[0] for row in copy.execute("SELECT name FROM vault_file ORDER BY name")]
    finally:
        copy.close()
    here = Vault(folder / VAULT_NAME, data_key=data_key)
    there = Vault(target / VAULT_NAME, data_key=data_key)
    byte_count, damaged = (target / DATABASE_NAME).stat().st_size, 0
    for done, name in enumerate(names):
        if progress(done, len(names)) is False:
            return None
        try:
            copied = here.copy_to(there, name, made)
        except StoreError as error:
            if error.code not in ("store.photo_damaged", "store.photo_missing"):
                raise
            damaged += 1
        else:
            byte_count += copied
    progress(len(names), len(names))
    # Last, for it is what makes the folder a clinic.
    made.append(target / KEYRING_NAME)
    with disk_errors():
        write_whole(target / KEYRING_NAME, (folder / KEYRING_NAME).read_bytes())
        sync_folder(target)
    return Copied(len(names) - damaged, byte_count, damaged)


def _copy_database(source: Path, target: Path, data_key: bytes) -> None:
    connection = database.connect(source, data_key=data_key, writable=False)
    try:
        with disk_errors(), database_errors():
            # The file is opened read-only all the same; the pragma would forbid the copy too.
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _verify(copy: Connection) -> None:
    try:
        broken = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        broken += [row for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except DatabaseError as error:
        raise StoreError("store.copy_not_verified") from error
    if broken:
        raise StoreError("store.copy_not_verified")


def _take_away(target: Path, made: list[Path], *, existed: bool) -> None:
    """Leave the place as it was found."""
    for path in made:
        path.unlink(missing_ok=True)
    shelves = sorted({path.parent for path in made if path.parent != target})
    for shelf in (*shelves, target / VAULT_NAME, *(() if existed else (target,))):
        if shelf.is_dir() and not any(shelf.iterdir()):
            shelf.rmdir()
