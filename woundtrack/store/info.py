"""What can be known of a clinic before anyone signs in. Imports nothing heavy."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from woundtrack.errors import StoreError

KEYRING_NAME = "clinic.json"
DATABASE_NAME = "clinic.db"
LOCK_NAME = "clinic.lock"
VAULT_NAME = "vault"
BACKUPS_NAME = "backups"
ATTEMPTS_NAME = "clinic.attempts"
FORMAT = 2
"""Version of the keyring file; a higher one is refused. The first had no checksum and no MAC."""
CHECKSUM = "checksum"
"""What the keyring file calls its own SHA-256: damage is told from a wrong passphrase by it."""


@dataclass(frozen=True, slots=True)
class ClinicInfo:
    """What can be known of a clinic before anyone signs in: no user's name is readable."""

    folder: Path
    clinic_name: str
    schema_version: int


def clinic_info(folder: Path) -> ClinicInfo:
    """What the sign-in page shows. Raises StoreError where there is no clinic."""
    content = read_keyring_file(folder)
    try:
        return ClinicInfo(
            folder=folder,
            clinic_name=str(content["clinic_name"]),
            schema_version=int(content["schema_version"]),
        )
    except (KeyError, TypeError, ValueError):
        raise StoreError("store.keyring_damaged") from None


def read_keyring_file(folder: Path) -> dict[str, Any]:
    """The keyring's JSON object. Raises store.no_clinic, .keyring_damaged, .newer, …"""
    try:
        data = (folder / KEYRING_NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError("store.no_clinic") from None
    except OSError as error:
        # A folder that is for this account, with a file that another keeps for itself.
        closed = isinstance(error, PermissionError) and os.access(folder, os.W_OK)
        raise StoreError("store.not_shared" if closed else "store.unreadable") from None
    try:
        content: dict[str, Any] = json.loads(data)
        version = int(content["format"])
        # Only the first format may lack it: a flipped bit in the word itself is damage, too.
        whole = data == keyring_file(content) if CHECKSUM in content else version == 1
    except (ValueError, KeyError, TypeError):
        raise StoreError("store.keyring_damaged") from None
    if not whole:
        raise StoreError("store.keyring_damaged")
    if version > FORMAT:
        raise StoreError("store.newer")
    return content


def keyring_file(content: dict[str, Any]) -> bytes:
    """The one way to write this content, with its checksum: any other byte is damage."""
    bare = {name: value for name, value in content.items() if name != CHECKSUM}
    checksum = hashlib.sha256(keyring_bytes(bare)).hexdigest()
    return keyring_bytes({**bare, CHECKSUM: checksum})


def keyring_bytes(content: dict[str, Any]) -> bytes:
    """Content as UTF-8 JSON, its names in order."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False).encode()
