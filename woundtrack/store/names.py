"""Who may sign in, as a list for the sign-in page: sealed, and opened by a key of its own.

The key is a subkey of the data key, and opens nothing else. After someone has signed in, this
account of the computer may remember it (`store.remembered`).
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woundtrack.errors import StoreError
from woundtrack.store.keyring import load_keyring
from woundtrack.store.keys import NONCE_BYTES, subkey

_BOUND_TO = b"woundtrack name list 1"
_PADDED_TO = 256
"""So that the length tells no more than roughly how many they are."""

Named = tuple[str, str]
"""A user's uuid and name."""


def names_key(data_key: bytes) -> bytes:
    """The key that opens the list of names and nothing else."""
    return subkey(data_key, use="name list")


def sealed_names(names: Iterable[Named], *, data_key: bytes) -> bytes:
    """The list as the keyring keeps it."""
    text = json.dumps(sorted(names, key=lambda named: named[1].casefold())).encode()
    padded = text.ljust(-(-len(text) // _PADDED_TO) * _PADDED_TO)
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(names_key(data_key)).encrypt(nonce, padded, _BOUND_TO)


def names_of(folder: Path, *, key: bytes) -> tuple[Named, ...]:
    """Who may sign in to the clinic in this folder; empty where the key opens no list there.

    Raises StoreError as `load_keyring`.
    """
    sealed = load_keyring(folder).names
    try:
        text = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _BOUND_TO)
        return tuple((str(uuid), str(name)) for uuid, name in json.loads(text))
    except (InvalidTag, ValueError, TypeError):
        return ()


def clinic_uuid_of(folder: Path) -> str:
    """What the clinic in this folder is called by whoever remembers its key; "" where none is."""
    try:
        return load_keyring(folder).clinic_uuid
    except StoreError:
        return ""
