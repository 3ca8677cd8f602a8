"""How a folder of backups is laid out, and who may change it.

    TARGET/woundtrack-<uuid of the clinic>/
        backups/<moment>-<number>-<random>.backup   a manifest each
        pages/<name>                                changed pages of the database, a file a backup
        vault/<two digits>/<name>                   photos as they are in the clinic's vault
        lock

Nothing that is whole is ever written again. A manifest comes last, after all that it names.
"""

import datetime as dt
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from woundtrack.backup.disk import target_errors
from woundtrack.backup.manifest import SUFFIX, Head, Manifest, decoded, head_of
from woundtrack.backup.types import Backup
from woundtrack.errors import BackupError
from woundtrack.store.files import PART_SUFFIX, share_as_folder, try_lock
from woundtrack.store.keys import subkey
from woundtrack.store.vault import Vault

T = TypeVar("T")

PREFIX = "woundtrack-"
ASIDE_SUFFIX = ".damaged"
"""Ending of what was found damaged: nothing is built on it, and the next backup writes it anew.
Restoring takes from it what is still sound."""
MANIFESTS, PAGES, VAULT, LOCK = "backups", "pages", "vault", "lock"

_PACK = re.compile(r"[0-9a-f]{64}")
_PHOTO = re.compile(r"[0-9a-f]{64}(\.t)?")
_MANIFEST = re.compile(rf"\d{{8}}T\d{{6}}Z-\d+-[0-9a-f]+{re.escape(SUFFIX)}")
"""What has another name is of somebody else: systems strew small files of their own about."""
_OWN = re.compile(
    rf"{LOCK}|({MANIFESTS}/{_MANIFEST.pattern}|{PAGES}/{_PACK.pattern}"
    rf"|{VAULT}/[0-9a-f]{{2}}/{_PHOTO.pattern})({re.escape(ASIDE_SUFFIX)})?|.*{PART_SUFFIX}"
)


@dataclass(frozen=True, slots=True)
class Folder:
    """The backups of one clinic in a target, with the clinic's key."""

    path: Path
    data_key: bytes

    @property
    def vault(self) -> Vault:
        """The photos in it, which open like the clinic's own."""
        return Vault(self.path / VAULT, data_key=self.data_key)

    def manifests(self) -> tuple[list[Manifest], list[Path]]:
        """Those that open, oldest number first, and those that do not. Raises BackupError."""
        good, bad = self._read(lambda path: decoded(path, data_key=self.data_key))
        return sorted(good, key=lambda one: _order(one.backup)), bad

    def heads(self) -> tuple[list[Head], list[Path]]:
        """Of those that can be read, oldest number first, and the others. Raises BackupError."""
        good, bad = self._read(head_of)
        return sorted(good, key=lambda one: _order(one.backup)), bad

    def _read(self, read: Callable[[Path], T]) -> tuple[list[T], list[Path]]:
        good, bad = [], []
        with target_errors():
            for path in manifest_paths(self.path):
                try:
                    good.append(read(path))
                except BackupError as error:
                    if error.code == "backup.newer":
                        raise
                    bad.append(path)
        return good, bad

    def pack_sizes(self) -> dict[str, int]:
        """The size in bytes of each whole file of pages. Raises OSError."""
        packs = (entry for entry in _scan(self.path / PAGES) if _PACK.fullmatch(entry.name))
        return {entry.name: entry.stat().st_size for entry in packs}

    def vault_names(self) -> set[str]:
        """The file names of all photos and thumbnails in it. Raises OSError."""
        shelves = [Path(entry.path) for entry in _scan(self.path / VAULT) if entry.is_dir()]
        names = (entry.name for shelf in shelves for entry in _scan(shelf))
        return {name for name in names if _PHOTO.fullmatch(name)}

    def pack_name(self) -> "hmac.HMAC":
        """What a file of pages is named by: fed with its bytes."""
        return hmac.new(subkey(self.data_key, use="backup pages"), digestmod=hashlib.sha256)

    def remove_parts(self) -> None:
        """Take away what was cut off while it was written. Only under the lock. Raises OSError."""
        for pattern in (f"*/*{PART_SUFFIX}", f"*/*/*{PART_SUFFIX}"):
            for path in list(self.path.glob(pattern)):
                path.unlink(missing_ok=True)


def _order(backup: Backup) -> tuple[int, dt.datetime]:
    return backup.number, backup.at_utc


def clinic_folder(target: Path, clinic_uuid: str) -> Path:
    """Where a target keeps the backups of this clinic."""
    return target / f"{PREFIX}{clinic_uuid}"


def manifest_paths(folder: Path) -> list[Path]:
    """The manifests of a clinic's backups. Raises OSError."""
    names = sorted(entry.name for entry in _scan(folder / MANIFESTS))
    return [folder / MANIFESTS / name for name in names if _MANIFEST.fullmatch(name)]


def backups_in(target: Path, *, clinic_uuid: str = "") -> tuple[Backup, ...]:
    """The backups in a target, newest first, of one clinic or of all; nobody need sign in.

    What cannot be read is left out; `verify` names it. Raises BackupError backup.gone, .newer, ….
    """
    found = []
    with target_errors():
        if not target.is_dir():
            raise BackupError("backup.gone")
        for entry in _scan(target):
            wanted = not clinic_uuid or entry.name == PREFIX + clinic_uuid
            if entry.is_dir() and entry.name.startswith(PREFIX) and wanted:
                for path in manifest_paths(Path(entry.path)):
                    try:
                        found.append(head_of(path).backup)
                    except BackupError as error:
                        if error.code == "backup.newer":
                            raise
    found.sort(key=lambda one: (one.clinic_uuid, *_order(one)), reverse=True)
    return tuple(found)


def strays(folder: Path) -> list[Path]:
    """Files in a clinic's folder that are none of its own. Raises OSError."""
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    return sorted(p for p in files if not _OWN.fullmatch(p.relative_to(folder).as_posix()))


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder alone; False where its disk knows no locks, or may only be read.

    Without the lock nothing may be taken away: another might be building on it. Raises
    BackupError backup.in_use where another has it.
    """
    try:
        file = (folder / LOCK).open("a+b")
        share_as_folder(folder / LOCK)
    except OSError:
        yield False
        return
    with file:
        try:
            free = try_lock(file)
        except OSError:
            yield False
            return
        if not free:
            raise BackupError("backup.in_use")
        yield True


def _scan(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
