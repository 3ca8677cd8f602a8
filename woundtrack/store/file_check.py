"""Whether every byte of the database's file is what was written, without asking the database.

SQLCipher 4 ends each page of 4096 bytes with its initialisation vector (16 bytes) and an
HMAC-SHA-512 (64) of the page and its number, under a key that PBKDF2 makes of the database's key
and the file's salt, which is its first 16 bytes (zetetic.net, "SQLCipher Design").
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from woundtrack.store import keys
from woundtrack.store.database_check import log_finding, pages_finding
from woundtrack.store.files import disk_errors
from woundtrack.store.log_check import PAGE_BYTES, Log, read_log
from woundtrack.store.types import Finding

_SALT, _IV, _MAC = 16, 16, 64
_SALT_MASK, _ROUNDS = 0x3A, 2
_COUNT_AT = 28
"""Where in the first page SQLite notes how many pages there are."""


@dataclass(frozen=True, slots=True)
class FileDamage:
    """What is wrong with a database's file and its log. Pages and frames count from 1."""

    pages: tuple[int, ...] = ()
    """Pages that are not what was written."""
    missing: int = 0
    """Pages that the file lacks at its end; -1 where it is empty."""
    frames: tuple[int, ...] = ()
    """Frames of the log, as `Log.damaged`."""
    log_cut: bool = False
    """As `Log.cut`: no certain damage."""

    def __bool__(self) -> bool:
        return bool(self.pages or self.missing or self.frames)


def file_damage(database: Path, *, data_key: bytes) -> FileDamage:
    """Read the file of a database and its log from the first byte to the last.

    Never while this process has the database open: closing the file here would drop SQLite's
    locks. A page whose latest state is in the log is not asked for. Raises StoreError store.io, …
    """
    log = read_log(database)
    with disk_errors(), database.open("rb") as file:
        pages, missing = _pages(file, log, keys.subkey(data_key, use="database"))
    return FileDamage(pages, missing, log.damaged, log.cut)


def file_findings(database: Path, *, data_key: bytes) -> list[Finding]:
    """`file_damage` as what a check of the clinic tells; empty where every byte is sound."""
    damage = file_damage(database, data_key=data_key)
    findings = []
    if damage.pages:
        findings.append(pages_finding(damage.pages))
    if damage.missing:
        findings.append(Finding("check.file_cut", serious=True))
    if damage.frames:
        findings.append(log_finding(damage.frames))
    if damage.log_cut:
        findings.append(Finding("check.log_cut", serious=False))
    return findings


def page_holds(page: bytes, number: int, *, key: bytes) -> bool:
    """Whether a page of a database is what was written there; `key` as `page_key` gives it."""
    skipped = _SALT if number == 1 else 0
    covered = page[skipped:-_MAC] + struct.pack("<I", number)
    mac = hmac.digest(key, covered, "sha512")
    return len(page) == PAGE_BYTES and hmac.compare_digest(mac, page[-_MAC:])


def page_key(database_key: bytes, salt: bytes) -> bytes:
    """The key of the pages' HMACs. `salt`: the first 16 bytes of the file."""
    masked = bytes(byte ^ _SALT_MASK for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", database_key, masked, _ROUNDS, keys.KEY_BYTES)


def _pages(file: IO[bytes], log: Log, database_key: bytes) -> tuple[tuple[int, ...], int]:
    first = file.read(PAGE_BYTES)
    if not first:
        return (), -1
    key = page_key(database_key, first[:_SALT])
    bad, number, page = [], 0, first
    while page:
        number += 1
        if number not in log.replaced and not page_holds(page, number, key=key):
            bad.append(number)
        page = file.read(PAGE_BYTES)
    wanted = log.pages
    if wanted is None:
        wanted = number if 1 in bad else _page_count(first, database_key)
    there = {*range(1, number + 1), *log.replaced}
    return tuple(bad), sum(1 for each in range(1, wanted + 1) if each not in there)


def _page_count(first: bytes, database_key: bytes) -> int:
    """How many pages the first page says there are (AES-256-CBC, SQLite's header)."""
    body, end = first[_SALT : -_IV - _MAC], len(first) - _MAC
    cipher = Cipher(algorithms.AES(database_key), modes.CBC(first[end - _IV : end]))
    decryptor = cipher.decryptor()
    plain = decryptor.update(body) + decryptor.finalize()
    return int.from_bytes(plain[_COUNT_AT - _SALT : _COUNT_AT - _SALT + 4], "big")
