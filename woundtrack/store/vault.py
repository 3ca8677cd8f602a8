"""The vault: photo files, each encrypted under the clinic's key.

A file's name is HMAC-SHA-256 of its original bytes under a key of the data key, so the same
photo has the same name and a stranger learns nothing from it. AES-256-GCM binds the content
to that name: a file put in another's place does not open.
"""

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.errors import StoreError
from woundtrack.store.files import (
    PART_SUFFIX,
    disk_errors,
    make_folder,
    put_in_place,
    sync_folder,
    write_whole,
)
from woundtrack.store.keys import NONCE_BYTES, subkey

MAGIC = b"WTV1"
_THUMBNAIL = ".t"
_THUMBNAIL_PART = f"{_THUMBNAIL}."


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file as it lies in the vault. `name` is the original's, of which it may be the small
    picture."""

    name: str
    path: Path
    is_thumbnail: bool
    byte_count: int
    changed_at_utc: dt.datetime


def file_names(name: str) -> tuple[str, str]:
    """The names of the two files that a photo has in a vault: the original, the thumbnail."""
    return name, name + _THUMBNAIL


class Vault:
    """The photo files of one clinic. Safe to use from several threads."""

    def __init__(self, folder: Path, *, data_key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(subkey(data_key, use="vault files"))
        self._name_key = subkey(data_key, use="vault names")
        self.stored_here: set[str] = set()
        """Names that were stored, or are being stored, through this object."""

    def name_of(self, data: bytes) -> str:
        """The name that these original bytes have in this vault (64 hexadecimal digits)."""
        return hmac.new(self._name_key, data, hashlib.sha256).hexdigest()

    def store(self, data: bytes, thumbnail: bytes) -> tuple[str, tuple[Path, ...]]:
        """Keep original and thumbnail; return the name and the files newly made.

        Both are read back and compared before this returns. A file that is already there
        and sound is kept; a damaged one is replaced. Raises StoreError store.disk_full, …
        """
        name = self.name_of(data)
        self.stored_here.add(name)
        made: list[Path] = []
        try:
            for ending, content in (("", data), (_THUMBNAIL, thumbnail)):
                path = self._path(name + ending)
                if self._is_sound(name, ending, expected=None if ending else data):
                    with disk_errors():  # who put it there may have been killed before this
                        sync_folder(path.parent)
                else:
                    if not path.exists():  # one that is mended belongs to a record
                        made.append(path)
                    self._write(path, name + ending, content)
                    if self._read(name, ending) != content:
                        raise StoreError("store.not_verified")
        except BaseException:
            self.discard(made)
            raise
        return name, tuple(made)

    def discard(self, paths: list[Path] | tuple[Path, ...]) -> None:
        """Remove files made by an act that failed; what cannot be removed is found as loose."""
        for path in paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def original(self, name: str) -> bytes:
        """The original bytes. Raises StoreError store.photo_missing, .photo_damaged."""
        data = self._read(name, "")
        if not hmac.compare_digest(self.name_of(data), name):
            raise StoreError("store.photo_damaged")
        return data

    def thumbnail(self, name: str) -> bytes:
        """The thumbnail's bytes. Raises StoreError store.photo_missing, .photo_damaged."""
        return self._read(name, _THUMBNAIL)

    def sealed(self, file_name: str, *, ending: str = "") -> bytes:
        """A file's bytes as they lie here, seen to open under this name.

        `ending` is that of a file which was set aside under another name. Raises StoreError
        store.photo_missing, .photo_damaged.
        """
        content = self._content(self._path(file_name + ending))
        data = self._unsealed(content, bound_to=file_name)
        if not file_name.endswith(_THUMBNAIL) and self.name_of(data) != file_name:
            raise StoreError("store.photo_damaged")
        return content

    def listing(self) -> Iterator[VaultFile]:
        """Every whole file, originals and thumbnails, shelf by shelf."""
        for path in self._paths():
            if path.suffix != PART_SUFFIX and (found := _file_at(path)) is not None:
                yield found

    def cut_off(self) -> list[VaultFile]:
        """Files whose writing was broken off; what is stored from here is not among them."""
        parts = (_file_at(path) for path in self._paths() if path.suffix == PART_SUFFIX)
        return [part for part in parts if part is not None and part.name not in self.stored_here]

    def rescue(self) -> int:
        """Put parts in place that are whole, and were to be renamed yet; return how many.

        No other file may be on its way into the vault meanwhile. Raises OSError.
        """
        rescued = 0
        for part in [path for path in self._paths() if path.suffix == PART_SUFFIX]:
            name = part.name.split(".", 1)[0]
            file_name = name + _THUMBNAIL if _THUMBNAIL_PART in part.name else name
            try:
                self._opened(part, bound_to=file_name)
            except StoreError:
                continue
            path = part.with_name(file_name)
            if path.exists():
                part.unlink()
            else:
                put_in_place(part, path)
                rescued += 1
        return rescued

    def remove(self, files: Iterable[VaultFile]) -> None:
        """Remove files for good, durably. Raises StoreError store.not_writable, .io."""
        with disk_errors():
            shelves = set()
            for file in files:
                file.path.unlink(missing_ok=True)
                shelves.add(file.path.parent)
            for shelf in shelves:
                sync_folder(shelf)

    def _paths(self) -> Iterator[Path]:
        if not self._folder.is_dir():
            return
        for shelf in sorted(self._folder.iterdir()):
            if shelf.is_dir():
                yield from sorted(shelf.iterdir())

    def _is_sound(self, name: str, ending: str, *, expected: bytes | None) -> bool:
        try:
            data = self._read(name, ending)
        except StoreError:
            return False
        return expected is None or data == expected

    def _write(self, path: Path, bound_to: str, content: bytes) -> None:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, content, bound_to.encode("ascii"))
        with disk_errors():
            make_folder(path.parent)
        write_whole(path, b"".join((MAGIC, nonce, sealed)))

    def _read(self, name: str, ending: str) -> bytes:
        return self._opened(self._path(name + ending), bound_to=name + ending)

    def _opened(self, path: Path, *, bound_to: str) -> bytes:
        return self._unsealed(self._content(path), bound_to=bound_to)

    def _content(self, path: Path) -> bytes:
        try:
            with disk_errors():
                return path.read_bytes()
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise StoreError("store.photo_missing") from None
            raise

    def _unsealed(self, sealed: bytes, *, bound_to: str) -> bytes:
        content = memoryview(sealed)
        start = len(MAGIC) + NONCE_BYTES
        if content[: len(MAGIC)] != MAGIC:
            raise StoreError("store.photo_damaged")
        nonce = bytes(content[len(MAGIC) : start])
        try:
            return self._cipher.decrypt(nonce, content[start:], bound_to.encode("ascii", "replace"))
        except (InvalidTag, ValueError):
            raise StoreError("store.photo_damaged") from None

    def _path(self, file_name: str) -> Path:
        return self._folder / file_name[:2] / file_name


def _file_at(path: Path) -> VaultFile | None:
    """None where it went away meanwhile."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return VaultFile(
        name=path.name.split(".", 1)[0],
        path=path,
        is_thumbnail=path.name.endswith(_THUMBNAIL),
        byte_count=facts.st_size,
        changed_at_utc=dt.datetime.fromtimestamp(facts.st_mtime, tz=dt.UTC),
    )
