"""The keyring beside the database: the data key's wraps, and no readable user name.

A wrap is found by the user's uuid, and a uuid by a salted hash of the folded name, so sign-in
asks for the name. Only the clinic's own name is readable.
"""

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from woundtrack.errors import StoreError
from woundtrack.store import keys
from woundtrack.store.files import write_whole
from woundtrack.store.info import FORMAT, KEYRING_NAME, read_keyring_file
from woundtrack.store.keys import Cost, Wrap


@dataclass(frozen=True, slots=True)
class Entry:
    """One user's wrap. `owner` is the user's uuid."""

    owner: str
    name_hash: bytes
    wrap: Wrap


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keyring file's content."""

    clinic_name: str
    clinic_uuid: str
    schema_version: int
    name_salt: bytes
    cost: Cost
    recovery: Wrap
    entries: tuple[Entry, ...] = ()

    def owner_of(self, user_name: str) -> str | None:
        """The uuid of the user with this name, if the name has a wrap here."""
        wanted = name_hash(user_name, salt=self.name_salt)
        for entry in self.entries:
            if hmac.compare_digest(entry.name_hash, wanted):
                return entry.owner
        return None

    def unlock(self, *, user_name: str, passphrase: str) -> tuple[str, bytes]:
        """The user's uuid and the data key. Raises StoreError store.wrong_passphrase.

        An unknown name takes as long as a wrong passphrase, and is told the same.
        """
        owner = self.owner_of(user_name)
        if owner is None:
            keys.wrap_with_passphrase(b"0" * 32, passphrase, owner="", cost=self.cost)
            raise StoreError("store.wrong_passphrase")
        return owner, self.unlock_owner(owner, passphrase=passphrase)

    def unlock_owner(self, owner: str, *, passphrase: str) -> bytes:
        """The data key by the passphrase of the user with this uuid."""
        for entry in self.entries:
            if entry.owner == owner:
                return keys.unwrap_with_passphrase(entry.wrap, passphrase, owner=owner)
        raise StoreError("store.wrong_passphrase")

    def with_user(
        self, owner: str, *, user_name: str, passphrase: str, data_key: bytes
    ) -> "Keyring":
        """With a new wrap for this user in the place of any earlier one."""
        keys.check_passphrase(passphrase, user_name=user_name)
        wrap = keys.wrap_with_passphrase(data_key, passphrase, owner=owner, cost=self.cost)
        hashed = name_hash(user_name, salt=self.name_salt)
        kept = self.without_user(owner).entries
        return replace(self, entries=(*kept, Entry(owner, hashed, wrap)))

    def without_user(self, owner: str) -> "Keyring":
        """Without this user's wrap: the user can no longer sign in."""
        return replace(self, entries=tuple(e for e in self.entries if e.owner != owner))

    def renamed(self, owner: str, *, user_name: str) -> "Keyring":
        """With another name for this user."""
        hashed = name_hash(user_name, salt=self.name_salt)
        entries = tuple(
            replace(entry, name_hash=hashed) if entry.owner == owner else entry
            for entry in self.entries
        )
        return replace(self, entries=entries)


def folded_name(user_name: str) -> str:
    """A user's name without what typing may change: case, form of accents, double spaces."""
    return " ".join(unicodedata.normalize("NFKC", user_name).casefold().split())


def name_hash(user_name: str, *, salt: bytes) -> bytes:
    """Salted hash of a user's folded name."""
    return hashlib.pbkdf2_hmac("sha256", folded_name(user_name).encode(), salt, 20_000)


def new_keyring(
    *, clinic_name: str, clinic_uuid: str, recovery: Wrap, cost: Cost, schema_version: int
) -> Keyring:
    """A keyring without users."""
    return Keyring(
        clinic_name=clinic_name,
        clinic_uuid=clinic_uuid,
        schema_version=schema_version,
        name_salt=os.urandom(16),
        cost=cost,
        recovery=recovery,
    )


def load_keyring(folder: Path) -> Keyring:
    """Read the keyring. Raises StoreError store.no_clinic, .newer, .keyring_damaged."""
    content = read_keyring_file(folder)
    try:
        return Keyring(
            clinic_name=str(content["clinic_name"]),
            clinic_uuid=str(content["clinic_uuid"]),
            schema_version=int(content["schema_version"]),
            name_salt=_bytes(content["name_salt"]),
            cost=Cost(**content["cost"]),
            recovery=_wrap_from(content["recovery"]),
            entries=tuple(
                Entry(str(e["owner"]), _bytes(e["name_hash"]), _wrap_from(e["wrap"]))
                for e in content["entries"]
            ),
        )
    except (KeyError, TypeError, ValueError):
        raise StoreError("store.keyring_damaged") from None


def save_keyring(folder: Path, keyring: Keyring) -> None:
    """Write the keyring in one step."""
    content = {
        "format": FORMAT,
        "clinic_name": keyring.clinic_name,
        "clinic_uuid": keyring.clinic_uuid,
        "schema_version": keyring.schema_version,
        "name_salt": _text(keyring.name_salt),
        "cost": _cost_json(keyring.cost),
        "recovery": _wrap_json(keyring.recovery),
        "entries": [
            {"owner": e.owner, "name_hash": _text(e.name_hash), "wrap": _wrap_json(e.wrap)}
            for e in keyring.entries
        ],
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    write_whole(folder / KEYRING_NAME, text.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _cost_json(cost: Cost) -> dict[str, int]:
    return {
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
    }


def _wrap_json(wrap: Wrap) -> dict[str, Any]:
    return {
        "salt": _text(wrap.salt),
        "nonce": _text(wrap.nonce),
        "wrapped": _text(wrap.wrapped),
        "cost": None if wrap.cost is None else _cost_json(wrap.cost),
    }


def _wrap_from(content: dict[str, Any]) -> Wrap:
    cost = content["cost"]
    return Wrap(
        salt=_bytes(content["salt"]),
        nonce=_bytes(content["nonce"]),
        wrapped=_bytes(content["wrapped"]),
        cost=None if cost is None else Cost(**cost),
    )
