"""The vault: photo files, each encrypted under the clinic's key.

A file's name is HMAC-SHA-256 of its original bytes under a key of the data key, so the same
photo has the same name and a stranger learns nothing from it. AES-256-GCM binds the content
to that name: a file put in another's place does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.errors import StoreError
from woundtrack.store.files import PART_SUFFIX, disk_errors, write_whole
from woundtrack.store.keys import NONCE_BYTES, subkey

MAGIC = b"WTV1"
_THUMBNAIL = ".t"


class Vault:
    """The photo files of one clinic. Safe to use from several threads."""

    def __init__(self, folder: Path, *, data_key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(subkey(data_key, use="vault files"))
        self._name_key = subkey(data_key, use="vault names")

    def name_of(self, data: bytes) -> str:
        """The name that these original bytes have in this vault (64 hexadecimal digits)."""
        return hmac.new(self._name_key, data, hashlib.sha256).hexdigest()

    def store(self, data: bytes, thumbnail: bytes) -> tuple[str, tuple[Path, ...]]:
        """Keep original and thumbnail; return the name and the files newly made.

        Both are read back and compared before this returns. A file that is already there
        and sound is kept; a damaged one is replaced. Raises StoreError store.disk_full, …
        """
        name = self.name_of(data)
        made: list[Path] = []
        try:
            for ending, content in (("", data), (_THUMBNAIL, thumbnail)):
                path = self._path(name + ending)
                if not self._is_sound(name, ending, expected=None if ending else data):
                    existed = path.exists()
                    self._write(path, name + ending, content)
                    if not existed:  # one that was mended belongs to a record
                        made.append(path)
                    if self._read(name, ending) != content:
                        raise StoreError("store.not_verified")
        except BaseException:
            self.discard(made)
            raise
        return name, tuple(made)

    def discard(self, paths: list[Path] | tuple[Path, ...]) -> None:
        """Remove files made by an act that failed."""
        for path in paths:
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

    def copy_to(self, other: "Vault", name: str, made: list[Path]) -> int:
        """Copy a photo and its thumbnail as they are, and read them back; return the bytes.

        `other` has the same key. What is made is put into `made` before. Raises StoreError
        store.photo_missing, .photo_damaged (here), .copy_not_verified (there), .disk_full, …
        """
        byte_count = 0
        for ending in ("", _THUMBNAIL):
            content = self.original(name) if not ending else self.thumbnail(name)
            path = other._path(name + ending)
            made.append(path)
            with disk_errors():
                path.parent.mkdir(parents=True, exist_ok=True)
                sealed = self._path(name + ending).read_bytes()
            write_whole(path, sealed)
            if not other._is_sound(name, ending, expected=content):
                raise StoreError("store.copy_not_verified")
            byte_count += len(sealed)
        return byte_count

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every whole file: the original's name, and the path (original or thumbnail)."""
        if not self._folder.is_dir():
            return
        for shelf in sorted(self._folder.iterdir()):
            if shelf.is_dir():
                for path in sorted(shelf.iterdir()):
                    if path.suffix != PART_SUFFIX:
                        yield path.name.removesuffix(_THUMBNAIL), path

    def remove_parts(self) -> int:
        """Remove files that were cut off while being written; return how many."""
        parts = list(self._folder.glob(f"*/*{PART_SUFFIX}"))
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)

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
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, b"".join((MAGIC, nonce, sealed)))

    def _read(self, name: str, ending: str) -> bytes:
        path = self._path(name + ending)
        try:
            with disk_errors():
                content = memoryview(path.read_bytes())
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise StoreError("store.photo_missing") from None
            raise
        start = len(MAGIC) + NONCE_BYTES
        if content[: len(MAGIC)] != MAGIC:
            raise StoreError("store.photo_damaged")
        nonce = bytes(content[len(MAGIC) : start])
        try:
            return self._cipher.decrypt(nonce, content[start:], (name + ending).encode("ascii"))
        except (InvalidTag, ValueError):
            raise StoreError("store.photo_damaged") from None

    def _path(self, file_name: str) -> Path:
        return self._folder / file_name[:2] / file_name
