"""Bringing a clinic back: into a new folder first, compared, then in the place of the old one."""

import datetime as dt
import os
import shutil
from contextlib import suppress
from pathlib import Path

from woundtrack.backup.database_copy import settle_database, sound_database, write_database
from woundtrack.backup.disk import is_unreadable, sync_names, target_errors, write_new
from woundtrack.backup.folder import ASIDE_SUFFIX, Folder, locked
from woundtrack.backup.manifest import Manifest, decoded
from woundtrack.backup.opening import Opener, keyring_from
from woundtrack.backup.pages import photo_names
from woundtrack.backup.types import Backup, Restored
from woundtrack.errors import BackupError, StoreError
from woundtrack.export import placing
from woundtrack.records import User
from woundtrack.store import journal, rows
from woundtrack.store.database import database_errors
from woundtrack.store.files import (
    disk_errors,
    lies_inside,
    share_as_folder,
    sync_folder,
    try_lock,
)
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, LOCK_NAME, VAULT_NAME
from woundtrack.store.journal_check import chain_holds
from woundtrack.store.network import refuse_network
from woundtrack.store.opening import open_current
from woundtrack.store.synced import refuse_synced
from woundtrack.store.vault import Vault, file_names

_SPARE = 1.1
"""For the database's log and the disk's own bookkeeping."""
BYTES_PER_MB = 1_000_000
_MISSING = "store.photo_missing"
RESTORED = "restored"
"""What the journal's line says that tells of it; its reason is the backup's id."""


def restore(
    backup: Backup, place: Path, *, opener: Opener, progress: Progress = no_progress
) -> Restored | None:
    """Bring a clinic back into the new or empty folder `place`; None where stopped.

    Everything is compared with the backup byte for byte, the database opened and its journal
    followed, before the folder is there at all. Photos that the backup cannot give are told, and
    so is a journal that was altered before; all else is brought back. Raises BackupError
    backup.inside_backups, .no_room, .manifest_damaged, .pages_damaged, .database_damaged,
    .not_equal, .gone, …; StoreError store.folder_not_empty, .network_share, .synced_folder;
    ReportError where the disk refuses.
    """
    refuse_network(place)
    refuse_synced(place)
    folder = opener.folder(backup)
    if lies_inside(place, folder.path):
        raise BackupError("backup.inside_backups")
    with disk_errors():
        place.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(place.parent).free
    if free < _SPARE * backup.byte_count:
        needed = -(-int(_SPARE * backup.byte_count) // BYTES_PER_MB)
        raise BackupError("backup.no_room", needed_mb=needed)
    with locked(folder.path), placing.beside(place, folder=True) as made:
        with target_errors():
            manifest = decoded(backup.path, data_key=opener.data_key)
        restored = _fill(folder, manifest, made, progress)
        if restored is None:
            return None
        _tell_the_journal(made, manifest, opener)
        placing.put(made, place)
    with disk_errors():
        share_as_folder(place)
        _share_within(place)
    return Restored(place, manifest.backup, *restored)


def beside(clinic_folder: Path) -> Path:
    """A name that is free beside a clinic, to bring a backup back to."""
    return _free(clinic_folder.with_name(f"{clinic_folder.name}-restored"))


def put_in_place(restored: Path, clinic_folder: Path, *, today: dt.date) -> Path | None:
    """Put a folder that was brought back in the clinic's place; return where the old one is kept.

    Both lie on one disk, best beside each other. Raises BackupError backup.clinic_open,
    .not_replaced; then the clinic is as it was.
    """
    if not clinic_folder.exists():
        _rename(restored, clinic_folder)
        return None
    refuse_open(clinic_folder)
    _share_like(restored, clinic_folder)
    aside = _free(clinic_folder.with_name(f"{clinic_folder.name}-before-{today.isoformat()}"))
    _rename(clinic_folder, aside)
    try:
        _rename(restored, clinic_folder)
    except BackupError:
        with suppress(OSError):
            aside.rename(clinic_folder)
        raise
    return aside


def _fill(
    folder: Folder, manifest: Manifest, made: Path, progress: Progress
) -> tuple[int, int, tuple[str, ...], bool] | None:
    """Photos, bytes, the names of photos that are damaged, whether the journal is unbroken; None
    where stopped."""
    names = sorted(photo_names(folder, [manifest]))
    total, photos = len(names) + 1, _Photos(folder.vault, made / VAULT_NAME)
    for done, name in enumerate(names):
        if progress(done, total) is False:
            return None
        photos.take(name)
    progress(len(names), total)
    write_database(folder, manifest, made / DATABASE_NAME)
    settle_database(manifest, made / DATABASE_NAME)
    photos.take_lost()  # all of the database came from there, so the disk answers
    in_it, unbroken = _checked_database(folder, manifest, made)
    damaged = sorted(photos.lost | (in_it - set(names)))
    _write_equal(made / KEYRING_NAME, manifest.keyring)
    (made / VAULT_NAME).mkdir(exist_ok=True)
    for place in (*(made / VAULT_NAME).iterdir(), made / VAULT_NAME, made):
        if place.is_dir():
            sync_names(place)
    progress(total, total)
    byte_count = manifest.backup.database_bytes + photos.byte_count
    return len(names) - len(photos.lost), byte_count, tuple(damaged), unbroken


class _Photos:
    """Brings photos into a new vault, and counts."""

    def __init__(self, source: Vault, place: Path) -> None:
        self._source, self._place = source, place
        self.lost: set[str] = set()
        self.byte_count = 0

    def take(self, name: str) -> None:
        """The original and its thumbnail. Raises BackupError backup.io, .not_equal."""
        for file_name in file_names(name):
            path = self._place / file_name[:2] / file_name
            if path.exists():
                continue
            try:
                data = self._sealed(file_name)
            except StoreError as error:
                unreadable = is_unreadable(error.__cause__)
                if error.code not in (_MISSING, "store.photo_damaged") and not unreadable:
                    raise BackupError("backup.io") from error
                if file_name == name:
                    self.lost.add(name)
                continue
            self.byte_count += len(data)
            _write_equal(path, data)

    def take_lost(self) -> None:
        """Try those once more that could not be read."""
        again, self.lost = sorted(self.lost), set()
        for name in again:
            self.take(name)

    def _sealed(self, file_name: str) -> bytes:
        try:
            return self._source.sealed(file_name)
        except StoreError as error:
            if error.code != _MISSING:
                raise
        return self._source.sealed(file_name, ending=ASIDE_SUFFIX)


def _write_equal(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_new(path, data)
    except BackupError:
        raise BackupError("backup.not_equal") from None


def _checked_database(folder: Folder, manifest: Manifest, made: Path) -> tuple[set[str], bool]:
    """The photos that the database names, and whether its journal is unbroken."""
    path, key = made / DATABASE_NAME, folder.data_key
    with sound_database(path, data_key=key, name=manifest.backup.id) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM vault_file")}
        return names, chain_holds(connection, key, manifest.journal)


def _tell_the_journal(made: Path, manifest: Manifest, opener: Opener) -> None:
    """A line in the clinic that was brought back: of which backup, by whom."""
    keyring = keyring_from(manifest.keyring)
    connection = open_current(made, keyring, data_key=opener.data_key)
    try:
        with database_errors():
            connection.execute("BEGIN IMMEDIATE")
            journal.append(
                connection,
                key=journal.journal_key(opener.data_key),
                at_utc=dt.datetime.now(dt.UTC).isoformat(),
                user_id=rows.id_of(connection, User, opener.user_uuid),
                action=RESTORED,
                kind="clinic",
                reason=manifest.backup.id,
            )
            connection.execute("COMMIT")
    finally:
        connection.close()


def _share_like(folder: Path, other: Path) -> None:
    """Open a folder to whom another one is open: the accounts that work with the clinic."""
    if os.name == "nt":
        return
    with suppress(OSError):  # a group that this account is not in
        os.chown(folder, -1, other.stat().st_gid)
    with suppress(OSError):
        shutil.copymode(other, folder)
        _share_within(folder)


def _share_within(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):  # each folder before what is in it
        share_as_folder(path)


def refuse_open(clinic_folder: Path) -> None:
    """Raise BackupError backup.clinic_open where somebody has the clinic there open."""
    path = clinic_folder / LOCK_NAME
    if not path.exists():
        return
    with disk_errors(), path.open("r+b") as file:
        if not try_lock(file):
            raise BackupError("backup.clinic_open")


def _free(first: Path) -> Path:
    name, number = first, 1
    while name.exists():
        number += 1
        name = first.with_name(f"{first.name}-{number}")
    return name


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
        with suppress(OSError):  # it is there; some disks refuse this
            sync_folder(target.parent)
    except OSError as error:
        raise BackupError("backup.not_replaced") from error
