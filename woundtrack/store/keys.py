"""Keys: made, derived, wrapped. Standard primitives of `cryptography` only.

One random data key opens the clinic. It is wrapped by AES-256-GCM once for each user, under
Argon2id (RFC 9106) of the passphrase, and once under HKDF-SHA-256 of the recovery key, which
has 145 random bits and so needs no slow derivation.
"""

import os
import time
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from woundtrack.errors import StoreError

KEY_BYTES = 32
NONCE_BYTES = 12
MIN_PASSPHRASE = 10
"""Fewest characters of a passphrase (at least five of them different)."""
_MIN_DIFFERENT = 5
_MEMORY_KIB = 64 * 1024
_LANES = 4
_MIN_SECONDS = 0.3
MOST_ITERATIONS = 64
"""More no clinic is made with, and no key file may ask for."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one Argon2id derivation (RFC 9106: memory, iterations, lanes)."""

    memory_kib: int = _MEMORY_KIB
    iterations: int = 3
    lanes: int = _LANES


CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
"""For tests only: no protection at all."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key, wrapped. `cost` is None where the wrapping key came from HKDF."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    cost: Cost | None


def new_data_key() -> bytes:
    """A random data key."""
    return os.urandom(KEY_BYTES)


def subkey(data_key: bytes, *, use: str) -> bytes:
    """An independent 32-byte key of the data key for one use (HKDF-SHA-256)."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"woundtrack {use}".encode())
    return hkdf.derive(data_key)


def tuned_cost() -> Cost:
    """An Argon2id cost of at least 64 MiB that takes at least 0.3 s on this machine.

    The quicker of two runs is extrapolated, and the outcome is tried.
    """
    cost = Cost()
    seconds = min(_seconds(cost) for _ in range(2))
    while seconds < _MIN_SECONDS and cost.iterations < MOST_ITERATIONS:
        wanted = int(cost.iterations * 1.1 * _MIN_SECONDS / max(seconds, 1e-3)) + 1
        cost = Cost(iterations=min(max(wanted, cost.iterations + 1), MOST_ITERATIONS))
        seconds = _seconds(cost)
    return cost


def check_passphrase(passphrase: str, *, user_name: str) -> None:
    """Refuse a weak passphrase: too short, too uniform, or holding the user's name."""
    text = unicodedata.normalize("NFC", passphrase)
    weak = len(text) < MIN_PASSPHRASE or len(set(text)) < _MIN_DIFFERENT
    if weak or text.casefold().strip() == user_name.casefold().strip():
        raise StoreError("store.weak_passphrase", minimum=MIN_PASSPHRASE)


def wrap_with_passphrase(data_key: bytes, passphrase: str, *, owner: str, cost: Cost) -> Wrap:
    """Wrap the data key for the user with the uuid `owner`."""
    salt = os.urandom(16)
    return _wrap(data_key, _slow_key(passphrase, salt, cost), salt, owner, cost)


def wrap_with_recovery_key(data_key: bytes, secret: bytes) -> Wrap:
    """Wrap the data key under the recovery key's bytes."""
    salt = os.urandom(16)
    return _wrap(data_key, _recovery_key(secret, salt), salt, "recovery", None)


def unwrap_with_passphrase(wrap: Wrap, passphrase: str, *, owner: str) -> bytes:
    """The data key. Raises StoreError store.wrong_passphrase."""
    if wrap.cost is None:
        raise StoreError("store.keyring_damaged")
    key = _slow_key(passphrase, wrap.salt, wrap.cost)
    return _unwrap(wrap, key, owner, "store.wrong_passphrase")


def unwrap_with_recovery_key(wrap: Wrap, secret: bytes) -> bytes:
    """The data key. Raises StoreError store.wrong_recovery_key."""
    key = _recovery_key(secret, wrap.salt)
    return _unwrap(wrap, key, "recovery", "store.wrong_recovery_key")


def _slow_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # Keyboards and systems compose accents differently; the same passphrase must open.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    argon = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon.derive(secret)


def _recovery_key(secret: bytes, salt: bytes) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"woundtrack recovery")
    return hkdf.derive(secret)


def _wrap(data_key: bytes, key: bytes, salt: bytes, owner: str, cost: Cost | None) -> Wrap:
    nonce = os.urandom(NONCE_BYTES)
    wrapped = AESGCM(key).encrypt(nonce, data_key, _bound_to(owner))
    return Wrap(salt=salt, nonce=nonce, wrapped=wrapped, cost=cost)


def _unwrap(wrap: Wrap, key: bytes, owner: str, code: str) -> bytes:
    try:
        return AESGCM(key).decrypt(wrap.nonce, wrap.wrapped, _bound_to(owner))
    except InvalidTag:
        raise StoreError(code) from None


def _bound_to(owner: str) -> bytes:
    return f"woundtrack data key 1 {owner}".encode()


def _seconds(cost: Cost) -> float:
    """How long one derivation takes where nothing else runs, its lanes on separate cores.

    From processor time: on a machine busy with other things the clock would flatter the cost
    (measured: 0.30 s by the clock were 0.19 s once the machine was idle).
    """
    start = time.process_time()
    _slow_key("how long does this take", b"0" * 16, cost)
    return (time.process_time() - start) / min(cost.lanes, os.cpu_count() or 1)
