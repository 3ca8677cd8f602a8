"""Making a backup: the database's changed pages, the photos that are new, then the manifest."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from woundtrack.backup import plan
from woundtrack.backup.disk import make_folder, sync_names, target_errors, write_new
from woundtrack.backup.folder import MANIFESTS, PAGES, VAULT, Folder, clinic_folder, locked
from woundtrack.backup.image import opened_image
from woundtrack.backup.manifest import SUFFIX, Head, Manifest, Table, decoded, encoded
from woundtrack.backup.opening import keyring_from
from woundtrack.backup.pack import Pack, Taking
from woundtrack.backup.pages import lost_pages
from woundtrack.backup.thinning import thin
from woundtrack.backup.types import BackedUp, Backup, Keep
from woundtrack.errors import BackupError, StoreError, WoundtrackError
from woundtrack.store.clinic import Clinic, local_now
from woundtrack.store.files import disk_errors, lies_inside
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME
from woundtrack.store.journal import JournalHead, journal_head
from woundtrack.store.journal_check import continues
from woundtrack.store.keyring import load_keyring
from woundtrack.store.log_check import PAGE_BYTES
from woundtrack.store.reader import Reader
from woundtrack.store.vault import file_names

_OFTEN = 3
"""A backup names files of pages of at most so many times the database; then all is written anew."""
_SMALL_BYTES = 1 << 24
"""Below this nobody minds."""
_TURNS = 8
"""So many backups read every page again that they build on, each its share."""


class _Stopped(Exception):  # noqa: N818 (not an error: asked for)
    """Progress said that nobody wants this any more."""


@dataclass(slots=True)
class _Steps:
    """How far it is: pieces of the database, then photos."""

    progress: Progress
    total: int = 0
    done: int = 0

    def step(self) -> None:
        """One more; raises _Stopped."""
        self.done += 1
        if self.progress(min(self.done, self.total), self.total) is False:
            raise _Stopped


@dataclass(frozen=True, slots=True)
class _Database:
    """What was taken of the database. `names` may be a few more than it has: never fewer."""

    pages: int
    head: JournalHead
    continued: list[Head]
    """The earlier backups that this state goes on from."""
    names: tuple[str, ...]
    photo_bytes: int


def back_up(
    clinic: Clinic,
    target: Path,
    *,
    keep: Keep | None = None,
    progress: Progress = no_progress,
    now: Callable[[], dt.datetime] = local_now,
) -> BackedUp | None:
    """Back the open clinic up into a target, while others work in it; None where stopped.

    It is journalled, and how it went is remembered (`plan.last_backup`), where this process may
    write to the clinic. After a failure, or where `progress` returns False, the earlier backups
    are as they were and there is no new one. Without `keep` the plan's rule thins. Raises
    BackupError backup.inside_clinic, .gone, .full, .not_writable, .io, .in_use, .not_verified;
    StoreError where the clinic itself cannot be read.
    """
    at_utc = now().astimezone(dt.UTC)
    if keep is None:
        settled = plan.plan_of(clinic)
        keep = Keep() if settled is None else settled.keep
    try:
        made = _made(clinic, target, keep, progress, at_utc)
    except WoundtrackError as error:
        with suppress(WoundtrackError):  # the first failure is what is told
            plan.note_failed(clinic, target, at_utc, error.code)
        raise
    if made is not None:
        plan.note_made(clinic, target, at_utc, made.backup.id)
    return made


def folder_of(clinic: Clinic, target: Path) -> Folder:
    """The open clinic's backups in a target."""
    uuid = load_keyring(clinic.folder).clinic_uuid
    return Folder(clinic_folder(target, uuid), clinic._data_key)


def _made(
    clinic: Clinic, target: Path, keep: Keep, progress: Progress, at_utc: dt.datetime
) -> BackedUp | None:
    if lies_inside(target, clinic.folder):
        raise BackupError("backup.inside_clinic")
    folder = folder_of(clinic, target)
    with target_errors():
        if not target.is_dir():
            raise BackupError("backup.gone")
        for path in (folder.path, *(folder.path / name for name in (MANIFESTS, PAGES, VAULT))):
            make_folder(path)
        sync_names(folder.path)
        sync_names(target)
        with locked(folder.path) as alone, suppress(_Stopped):
            return _Making(clinic, folder, _Steps(progress)).make(keep, at_utc, alone=alone)
    return None


class _Making:
    """One backup under way."""

    def __init__(self, clinic: Clinic, folder: Folder, steps: _Steps) -> None:
        self._clinic, self._folder, self._steps = clinic, folder, steps
        self._new_bytes = self._new_files = self._new_photos = self._damaged = 0

    def make(self, keep: Keep, at_utc: dt.datetime, *, alone: bool) -> BackedUp:
        """Objects first, the manifest last. `alone`: whether anything may be taken away."""
        folder = self._folder
        if alone:
            folder.remove_parts()
        earlier, unread = folder.heads()
        there = folder.vault_names()
        with Pack(folder) as pack:
            taking = Taking(pack, *_to_build_on(folder, earlier))
            database = self._take_database(taking, there, earlier)
            for page in _pages_of_names(database):
                taking.take(page)
            before = earlier[-1].backup.photos if earlier else 0
            self._copy_photos(database.names, there, before)
            table = taking.table(pack.finish())
        self._new_bytes += pack.byte_count
        number = 1 + max((one.backup.number for one in earlier), default=0)
        made = self._manifest(number, at_utc, database, table)
        self._put(made)
        removed = 0
        if alone and not unread:
            # It is made; what cannot be taken away now can be the next time.
            with suppress(OSError, BackupError):
                head = Head(made.backup, frozenset(table.packs), made.journal)
                ours = (*database.continued, head)
                removed = thin(folder, [*earlier, head], keep, ours=ours, newest=database.names)
        return BackedUp(
            backup=made.backup,
            new_bytes=self._new_bytes,
            new_files=self._new_files,
            new_photos=self._new_photos,
            damaged=self._damaged,
            removed=removed,
        )

    def _take_database(self, taking: Taking, there: set[str], earlier: Sequence[Head]) -> _Database:
        """In two questions: the second's list has at least the photos that the pages name."""

        def pages(reader: Reader) -> tuple[int, JournalHead, list[Head]]:
            connection = reader._connection
            # Read first: what the transaction sees is settled by it.
            head = journal_head(connection)
            (photos,) = connection.execute("SELECT count(*) FROM vault_file").fetchone()
            self._steps.total = max(photos - len(there) // 2, 0)
            continued = [one for one in earlier if continues(connection, one.journal)]
            return self._read_pages(taking), head, continued

        count, head, continued = self._clinic.read(pages)
        names, sizes = self._clinic.read(_photos)
        return _Database(count, head, continued, names, sizes)

    def _read_pages(self, taking: Taking) -> int:
        path = self._clinic.folder / DATABASE_NAME
        with opened_image(path, data_key=self._folder.data_key) as image:
            self._steps.total += image.chunk_count
            for chunk in image.chunks():
                for page in chunk:
                    taking.take(page, check=image.require_sound)
                self._steps.step()
            return image.count

    def _copy_photos(self, names: tuple[str, ...], there: set[str], before: int) -> None:
        """`before`: how many of the names the last backup has."""
        missing = [name for name in names if not there.issuperset(file_names(name))]
        self._steps.total = self._steps.done + len(missing)
        vault = self._folder.path / VAULT
        for name in missing:
            for file_name in file_names(name):
                if file_name not in there and (data := self._sealed(file_name)) is not None:
                    path = vault / file_name[:2] / file_name
                    make_folder(path.parent)
                    write_new(path, data)
                    self._new_files += 1
                    self._new_photos += file_name == name
                    self._new_bytes += len(data)
            self._steps.step()
        # Also of those that are there already: a run that was killed may not have come so far.
        for shelf in {name[:2] for name in (*missing, *names[before:])}:
            if (vault / shelf).is_dir():
                sync_names(vault / shelf)
        sync_names(vault)

    def _sealed(self, file_name: str) -> bytes | None:
        """A photo's file; None where the clinic itself has it no more."""
        try:
            return self._clinic._vault.sealed(file_name)
        except StoreError as error:
            if error.code not in ("store.photo_damaged", "store.photo_missing"):
                raise
            self._damaged += file_name in file_names(file_name)[:1]
            return None

    def _manifest(
        self, number: int, at_utc: dt.datetime, database: _Database, table: Table
    ) -> Manifest:
        # After the database: a wrap without a user opens nothing, a user without one is shut out.
        with disk_errors():
            content = (self._clinic.folder / KEYRING_NAME).read_bytes()
        keyring = keyring_from(content)
        keyring.require_genuine(self._folder.data_key)
        file_name = f"{at_utc:%Y%m%dT%H%M%SZ}-{number:05d}-{secrets.token_hex(3)}{SUFFIX}"
        backup = Backup(
            path=self._folder.path / MANIFESTS / file_name,
            clinic_uuid=keyring.clinic_uuid,
            clinic_name=self._clinic.clinic_name,
            at_utc=at_utc,
            number=number,
            photos=len(database.names),
            photo_bytes=database.photo_bytes,
            database_bytes=database.pages * PAGE_BYTES,
            users=len(keyring.entries),
            schema_version=keyring.schema_version,
        )
        return Manifest(backup, content, PAGE_BYTES, database.pages, table, database.head)

    def _put(self, made: Manifest) -> None:
        data = encoded(made, data_key=self._folder.data_key)
        write_new(made.backup.path, data)
        sync_names(made.backup.path.parent)
        self._new_bytes += len(data)


def _photos(reader: Reader) -> tuple[tuple[str, ...], int]:
    """All photos' names in the order in which they came, and the bytes of their originals."""
    rows = reader._connection.execute(
        "SELECT name, byte_count FROM vault_file ORDER BY at_utc, name"
    ).fetchall()
    return tuple(row[0] for row in rows), sum(row[1] for row in rows)


def _pages_of_names(database: _Database) -> Iterator[bytes]:
    """The photos' names in pages; as they are in order, those of earlier backups stay as is."""
    text = b"".join(bytes.fromhex(name) for name in database.names)
    for at in range(0, len(text), PAGE_BYTES):
        yield text[at : at + PAGE_BYTES].ljust(PAGE_BYTES, b"\0")


def _to_build_on(folder: Folder, earlier: list[Head]) -> tuple[Table, Sequence[int]]:
    """The table of the last backup that opens, and the numbers of its pages that may be named.

    A share of them is read again: a disk forgets, and one lost page would be lost to every backup
    that names it.
    """
    packs = folder.pack_sizes()
    for head in reversed(earlier):
        try:
            last = decoded(head.backup.path, data_key=folder.data_key)
        except BackupError:
            continue
        table = last.table
        named = sum(packs.get(name, 0) for name in table.packs)
        if named > _OFTEN * last.backup.database_bytes + _SMALL_BYTES:
            break
        there = [n for n in range(len(table)) if table.packs[table.pack_of[n]] in packs]
        share, turn = -(-len(there) // _TURNS), last.backup.number % _TURNS
        lost = lost_pages(folder, last, there[turn * share : (turn + 1) * share])
        return table, [number for number in there if number not in lost]
    return Table(), ()
