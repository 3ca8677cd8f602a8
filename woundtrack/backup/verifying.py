"""Reading every byte of a clinic's backups, and naming what is damaged."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from woundtrack.backup.database_copy import sound_database, write_database
from woundtrack.backup.disk import is_unreadable, target_errors
from woundtrack.backup.folder import ASIDE_SUFFIX, PAGES, VAULT, Folder, locked, strays
from woundtrack.backup.manifest import Manifest
from woundtrack.backup.pages import photo_names
from woundtrack.backup.restoring import RESTORED
from woundtrack.backup.types import Verified
from woundtrack.errors import BackupError, StoreError
from woundtrack.store.database import Connection
from woundtrack.store.files import disk_errors
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.journal_check import chain_holds, continues
from woundtrack.store.types import Finding
from woundtrack.store.vault import file_names

_PIECE_BYTES = 1 << 20


def verify(folder: Folder, *, progress: Progress = no_progress) -> Verified:
    """Read every file of a clinic's backups and open every database in them.

    Files that are damaged are set aside, so that the next backup writes them anew. `progress`
    counts files and databases; False stops with what was found. Raises BackupError backup.none,
    .in_use, .gone, .io, .newer.
    """
    with target_errors():
        if not folder.path.is_dir():
            raise BackupError("backup.none")
        with locked(folder.path) as alone:
            reading = _Verifying(folder, alone=alone)
            for done, total in reading.steps():
                if progress(done, total) is False:
                    reading.findings.append(Finding("backup.stopped", serious=True))
                    break
    return reading.verified()


class _Verifying:
    """One reading of everything."""

    def __init__(self, folder: Folder, *, alone: bool) -> None:
        self._folder, self._alone = folder, alone
        self.findings: list[Finding] = []
        self._manifests, self._unread = folder.manifests()
        self._files = self._byte_count = 0
        self._names: set[str] = set()
        """Of the photos that backups name."""

    def verified(self) -> Verified:
        """What was found so far."""
        backups = tuple(one.backup for one in self._manifests)
        return Verified(backups, tuple(self.findings), self._files, self._byte_count)

    def steps(self) -> Iterator[tuple[int, int]]:
        """Files first, then what they hold together; yields how far it is."""
        packs, photos = sorted(self._folder.pack_sizes()), sorted(self._folder.vault_names())
        total, done = len(packs) + len(photos) + len(self._manifests), 0
        for path in [*(one.backup.path for one in self._manifests), *self._unread]:
            self._count(path.stat().st_size)
        for path in self._unread:
            self._found("backup.manifest_damaged", path.stem)
            self._set_aside(path)
        for path in strays(self._folder.path):
            self._found("backup.stray", path.name, serious=False)
        for name in packs:
            self._read_pack(name)
            yield (done := done + 1), total
        for name in photos:
            self._read_photo(name)
            yield (done := done + 1), total
        for number, manifest in enumerate(self._manifests):
            self._read_backup(manifest, self._manifests[:number])
            yield (done := done + 1), total
        self._find_missing()

    def _read_pack(self, name: str) -> None:
        path, mac = self._folder.path / PAGES / name, self._folder.pack_name()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE_BYTES):
                    mac.update(piece)
        except OSError as error:
            if not is_unreadable(error):  # what was read so far is not what it is named by
                raise
        self._count(path.stat().st_size)
        if mac.hexdigest() != name:
            self._found("backup.pack_damaged", name)
            self._set_aside(path)

    def _read_photo(self, file_name: str) -> None:
        try:
            self._count(len(self._folder.vault.sealed(file_name)))
        except StoreError as error:
            if error.code != "store.photo_damaged" and not is_unreadable(error.__cause__):
                raise BackupError("backup.io") from error
            self._found("backup.photo_damaged", file_name)
            self._set_aside(self._folder.path / VAULT / file_name[:2] / file_name)

    def _find_missing(self) -> None:
        """Photos that backups name and that are not there. A thumbnail can be done without."""
        there = self._folder.vault_names()
        told = {value for one in self.findings for _, value in one.data}
        for name in sorted(self._names):
            for file_name in file_names(name):
                if file_name not in there and file_name not in told:
                    self._found("backup.photo_missing", file_name, serious=file_name == name)

    def _read_backup(self, manifest: Manifest, before: Sequence[Manifest]) -> None:
        name = manifest.backup.id
        # What fails here but for the reading is this computer's disk.
        with disk_errors(), tempfile.TemporaryDirectory() as place:
            path = Path(place) / DATABASE_NAME
            try:
                self._names |= photo_names(self._folder, [manifest])
                write_database(self._folder, manifest, path)
                with sound_database(path, data_key=self._folder.data_key, name=name) as connection:
                    self._follow_journal(connection, manifest, before)
            except BackupError as error:
                torn = error.code == "backup.pages_damaged"  # which speaks of bringing back
                self._found("backup.database_damaged" if torn else error.code, name)

    def _follow_journal(
        self, connection: Connection, manifest: Manifest, before: Sequence[Manifest]
    ) -> None:
        key, name = self._folder.data_key, manifest.backup.id
        if not chain_holds(connection, key, manifest.journal):
            self._found("backup.journal_broken", name)
        elif before and not continues(connection, before[-1].journal):
            # A state that the program put back says so, in a line that came after that backup.
            moments = connection.execute(_PUT_BACK, (RESTORED, ROLLED_BACK))
            at_utc = before[-1].backup.at_utc
            told = any(dt.datetime.fromisoformat(text) >= at_utc for (text,) in moments)
            code = "backup.journal_restored" if told else "backup.journal_parted"
            self._found(code, name, serious=not told)

    def _count(self, byte_count: int) -> None:
        self._files += 1
        self._byte_count += byte_count

    def _found(self, code: str, name: str, *, serious: bool = True) -> None:
        self.findings.append(Finding(code, serious, (("name", name),)))

    def _set_aside(self, path: Path) -> None:
        if self._alone:
            with suppress(OSError):  # a disk that may only be read
                path.replace(path.with_name(path.name + ASIDE_SUFFIX))


ROLLED_BACK = "rolled_back"
"""What the journal says of a database that was put back by `woundtrack.store.rollback`."""
_PUT_BACK = "SELECT at_utc FROM journal WHERE kind = 'clinic' AND action IN (?, ?)"
