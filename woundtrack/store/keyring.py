"""The keyring beside the database: the data key's wraps, and no readable user name.

A wrap is found by the user's uuid, and a uuid by a salted hash of the folded name. The list of
names is sealed (`store.names`). Only the clinic's own name is readable. A checksum tells damage
from a wrong passphrase without any key; a MAC under a key of the data key tells what somebody
else wrote, once a wrap has opened; that the newest file is there, `store.keyring_state` tells.
"""

import base64
import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from woundtrack.errors import StoreError
from woundtrack.store import keys
from woundtrack.store.files import write_whole
from woundtrack.store.info import (
    FORMAT,
    KEYRING_NAME,
    keyring_bytes,
    keyring_file,
    read_keyring_file,
)
from woundtrack.store.keys import MOST_ITERATIONS, Cost, Wrap

_MAC = "mac"
MOST_MEMORY_KIB = 1 << 20
"""More than this no key file may ask of a computer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One user's wrap. `owner` is the user's uuid.

    `provisional`: an administrator gave the passphrase; the user replaces it at once.
    """

    owner: str
    name_hash: bytes
    wrap: Wrap
    provisional: bool = False


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
    names: bytes = b""
    """Who may sign in, sealed (`store.names`)."""
    serial: int = 0
    """Counts the states of this clinic's keyring; 0 in a file of the first format."""
    before: str = ""
    """The MAC of the state before, as the database had it."""
    mac: str = ""
    """The MAC that was read; "" in a file of the first format."""

    def require_genuine(self, data_key: bytes) -> None:
        """Raise StoreError store.keyring_altered where another program wrote the file."""
        if self.serial and not hmac.compare_digest(self.mac, _mac_of(_bare(self), data_key)):
            raise StoreError("store.keyring_altered")

    def entry_of(self, owner: str) -> Entry | None:
        """The wrap of the user with this uuid."""
        return next((entry for entry in self.entries if entry.owner == owner), None)

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
        entry = self.entry_of(owner)
        if entry is None:
            raise StoreError("store.wrong_passphrase")
        return keys.unwrap_with_passphrase(entry.wrap, passphrase, owner=owner)

    def with_user(
        self,
        owner: str,
        *,
        user_name: str,
        passphrase: str,
        data_key: bytes,
        provisional: bool = False,
    ) -> "Keyring":
        """With a new wrap for this user in the place of any earlier one."""
        keys.check_passphrase(passphrase, user_name=user_name)
        wrap = keys.wrap_with_passphrase(data_key, passphrase, owner=owner, cost=self.cost)
        hashed = name_hash(user_name, salt=self.name_salt)
        kept = self.without_user(owner).entries
        return replace(self, entries=(*kept, Entry(owner, hashed, wrap, provisional)))

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
            cost=_cost_from(content["cost"]),
            recovery=_wrap_from(content["recovery"]),
            entries=tuple(_entry_from(each) for each in content["entries"]),
            names=_bytes(content.get("names", "")),
            serial=int(content.get("serial", 0)),
            before=str(content.get("before", "")),
            mac=str(content.get(_MAC, "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StoreError("store.keyring_damaged") from None


def save_keyring(folder: Path, keyring: Keyring, *, data_key: bytes) -> Keyring:
    """Write the keyring in one step, and return it as it is read again.

    What counts its states is `store.keyring_state.keep`; through that everything is written
    which shall be told from an older file.
    """
    content = _bare(keyring)
    mac = _mac_of(content, data_key)
    write_whole(folder / KEYRING_NAME, keyring_file({**content, _MAC: mac}))
    return replace(keyring, mac=mac)


def _bare(keyring: Keyring) -> dict[str, Any]:
    """What the MAC covers: all but itself and the checksum."""
    return {
        "format": FORMAT,
        "clinic_name": keyring.clinic_name,
        "clinic_uuid": keyring.clinic_uuid,
        "schema_version": keyring.schema_version,
        "name_salt": _text(keyring.name_salt),
        "cost": _cost_json(keyring.cost),
        "recovery": _wrap_json(keyring.recovery),
        "entries": [
            {
                "owner": each.owner,
                "name_hash": _text(each.name_hash),
                "wrap": _wrap_json(each.wrap),
                "provisional": each.provisional,
            }
            for each in keyring.entries
        ],
        "names": _text(keyring.names),
        "serial": keyring.serial,
        "before": keyring.before,
    }


def _mac_of(content: dict[str, Any], data_key: bytes) -> str:
    key = keys.subkey(data_key, use="keyring")
    return hmac.new(key, keyring_bytes(content), hashlib.sha256).hexdigest()


def _entry_from(content: dict[str, Any]) -> Entry:
    return Entry(
        owner=str(content["owner"]),
        name_hash=_bytes(content["name_hash"]),
        wrap=_wrap_from(content["wrap"]),
        provisional=bool(content.get("provisional", False)),
    )


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


def _cost_from(content: dict[str, int]) -> Cost:
    """Within bounds: it is used before any key tells who wrote it."""
    cost = Cost(**content)
    lanes_fit = cost.lanes >= 1 and 8 * cost.lanes <= cost.memory_kib <= MOST_MEMORY_KIB
    if not lanes_fit or not 1 <= cost.iterations <= MOST_ITERATIONS:
        raise ValueError
    return cost


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
        cost=None if cost is None else _cost_from(cost),
    )
