"""A backup's manifest: a head anyone may read, and a sealed table of where each page lies.

The head is JSON: when, how much, and the clinic's key file, without which nothing opens. The
table is sealed by AES-256-GCM under the clinic's key and bound to the head, and so is every bit
of the file. A page is known again by a digest of its encrypted bytes.
"""

import base64
import datetime as dt
import hashlib
import json
import os
import struct
import sys
import zlib
from array import array
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.backup.types import Backup
from woundtrack.errors import BackupError
from woundtrack.store.journal import JournalHead
from woundtrack.store.keys import NONCE_BYTES, subkey

MAGIC = b"WTB"
SUFFIX = ".backup"
FORMAT = 1
"""Stands after `MAGIC` and in the head: where only one of them says so, no newer program did it."""
DIGEST_BYTES = 12
"""Enough to see whether a page changed; against an attacker stands the pack's own name."""
_LENGTH = struct.Struct(">I")
_START_BYTES = len(MAGIC) + 1 + _LENGTH.size
_MAX_HEAD_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Table:
    """Where each page lies: in which of `packs`, and in which place there."""

    packs: tuple[str, ...] = ()
    digests: bytes = b""
    pack_of: "array[int]" = field(default_factory=lambda: array("I"))
    place_of: "array[int]" = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.pack_of)

    def digest(self, number: int) -> bytes:
        """Of one page."""
        return self.digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]


@dataclass(frozen=True, slots=True)
class Head:
    """What anyone may read of a manifest; believed as far as lists and thinning go."""

    backup: Backup
    packs: frozenset[str]
    """The files of pages that it names."""
    journal: JournalHead


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is. The pages of the database come first, then those of the photos' names."""

    backup: Backup
    keyring: bytes
    page_bytes: int
    database_pages: int
    table: Table
    journal: JournalHead
    """Where the journal stood when the reading began, or a little before."""


def digest_of(page: bytes) -> bytes:
    """By which a page is known again."""
    return hashlib.blake2b(page, digest_size=DIGEST_BYTES).digest()


def encoded(manifest: Manifest, *, data_key: bytes) -> bytes:
    """The manifest's file."""
    backup = manifest.backup
    head = {
        "format": FORMAT,
        "clinic_uuid": backup.clinic_uuid,
        "clinic_name": backup.clinic_name,
        "at_utc": backup.at_utc.isoformat(),
        "number": backup.number,
        "photos": backup.photos,
        "photo_bytes": backup.photo_bytes,
        "users": backup.users,
        "schema_version": backup.schema_version,
        "page_bytes": manifest.page_bytes,
        "database_pages": manifest.database_pages,
        "packs": manifest.table.packs,
        "journal": asdict(manifest.journal),
        "keyring": base64.b64encode(manifest.keyring).decode("ascii"),
    }
    text = json.dumps(head, ensure_ascii=False).encode()
    start = MAGIC + str(FORMAT).encode() + _LENGTH.pack(len(text)) + text
    nonce = os.urandom(NONCE_BYTES)
    bound_to = start + backup.path.name.encode()
    return start + nonce + _cipher(data_key).encrypt(nonce, _packed(manifest.table), bound_to)


def head_of(path: Path) -> Head:
    """The head of a manifest, before anyone has a key.

    Raises BackupError backup.newer, .manifest_damaged, OSError.
    """
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
        head = _head(start, file.read(min(_length(start), _MAX_HEAD_BYTES)))
    backup = _backup(path, head)
    try:
        journal = head["journal"]
        end = JournalHead(int(journal["count"]), int(journal["last_id"]), str(journal["mac"]))
        return Head(backup, frozenset(map(str, head["packs"])), end)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BackupError("backup.manifest_damaged", name=path.stem) from None


def decoded(path: Path, *, data_key: bytes) -> Manifest:
    """A manifest, believed: opened with the clinic's key.

    Raises BackupError backup.newer, .manifest_damaged, OSError.
    """
    data = path.read_bytes()
    at = _START_BYTES + _length(data)
    head = _head(data, data[_START_BYTES:at])
    backup = _backup(path, head)
    nonce, sealed = data[at : at + NONCE_BYTES], data[at + NONCE_BYTES :]
    try:
        table = _cipher(data_key).decrypt(nonce, sealed, data[:at] + path.name.encode())
    except (InvalidTag, ValueError):
        raise BackupError("backup.manifest_damaged", name=path.stem) from None
    return Manifest(
        backup=backup,
        keyring=base64.b64decode(head["keyring"]),
        page_bytes=head["page_bytes"],
        database_pages=head["database_pages"],
        table=_unpacked(table),
        journal=JournalHead(**head["journal"]),
    )


def keyring_of(path: Path) -> bytes:
    """The clinic's key file as the manifest holds it, before anyone has a key.

    Raises BackupError backup.manifest_damaged, OSError.
    """
    data = path.read_bytes()
    head = _head(data, data[_START_BYTES : _START_BYTES + _length(data)])
    try:
        return base64.b64decode(head["keyring"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise BackupError("backup.manifest_damaged", name=path.stem) from None


def _cipher(data_key: bytes) -> AESGCM:
    return AESGCM(subkey(data_key, use="backup manifests"))


def _length(start: bytes) -> int:
    if len(start) < _START_BYTES or not start.startswith(MAGIC):
        return 0
    return int(_LENGTH.unpack_from(start, _START_BYTES - _LENGTH.size)[0])


def _head(start: bytes, text: bytes) -> dict[str, Any]:
    """Empty where it is none; then nothing of it is found."""
    try:
        head = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    told = start[len(MAGIC) : len(MAGIC) + 1].decode("latin-1")
    return head if isinstance(head, dict) and str(head.get("format")) == told else {}


def _backup(path: Path, head: dict[str, Any]) -> Backup:
    try:
        if int(head["format"]) > FORMAT:
            raise BackupError("backup.newer")
        return Backup(
            path=path,
            clinic_uuid=str(head["clinic_uuid"]),
            clinic_name=str(head["clinic_name"]),
            at_utc=dt.datetime.fromisoformat(head["at_utc"]).astimezone(dt.UTC),
            number=int(head["number"]),
            photos=int(head["photos"]),
            photo_bytes=int(head["photo_bytes"]),
            database_bytes=int(head["page_bytes"]) * int(head["database_pages"]),
            users=int(head["users"]),
            schema_version=int(head["schema_version"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BackupError("backup.manifest_damaged", name=path.stem) from None


def _packed(table: Table) -> bytes:
    packs = json.dumps(table.packs).encode()
    # Neighbours mostly lie side by side: as steps they are mostly ones, and shrink to little.
    steps = array("I", table.place_of)
    for at in range(len(steps) - 1, 0, -1):
        steps[at] = (steps[at] - steps[at - 1]) & 0xFFFFFFFF
    parts = (packs, table.digests, _little(table.pack_of), _little(steps))
    squeezed = [parts[0], parts[1], zlib.compress(parts[2]), zlib.compress(parts[3])]
    return b"".join(_LENGTH.pack(len(part)) + part for part in squeezed)


def _unpacked(data: bytes) -> Table:
    parts, at = [], 0
    for _ in range(4):
        (size,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        parts.append(data[at : at + size])
        at += size
    pack_of, place_of = (_from_little(zlib.decompress(part)) for part in parts[2:])
    for at in range(1, len(place_of)):
        place_of[at] = (place_of[at] + place_of[at - 1]) & 0xFFFFFFFF
    return Table(tuple(json.loads(parts[0])), parts[1], pack_of, place_of)


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _from_little(data: bytes) -> "array[int]":
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
