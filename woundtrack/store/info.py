"""What can be known of a clinic before anyone signs in. Imports nothing heavy."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from woundtrack.errors import StoreError

KEYRING_NAME = "clinic.json"
DATABASE_NAME = "clinic.db"
LOCK_NAME = "clinic.lock"
VAULT_NAME = "vault"
BACKUPS_NAME = "backups"
FORMAT = 1
"""Version of the keyring file; a higher one is refused."""


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
        text = (folder / KEYRING_NAME).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError("store.no_clinic") from None
    except UnicodeDecodeError:
        raise StoreError("store.keyring_damaged") from None
    except OSError:
        raise StoreError("store.unreadable") from None
    try:
        content = json.loads(text)
        version = int(content["format"])
    except (ValueError, KeyError, TypeError):
        raise StoreError("store.keyring_damaged") from None
    if version > FORMAT:
        raise StoreError("store.newer")
    result: dict[str, Any] = content
    return result
