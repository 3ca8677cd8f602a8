"""The recovery key as a person writes it: six groups of five, the last sign a check."""

import secrets

from woundtrack.errors import StoreError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SIGNS = 30
_GROUP = 5


def new_recovery_key() -> str:
    """A random recovery key of 145 bits in its printed form."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS - 1))
    text = body + check_sign(body)
    return "-".join(text[i : i + _GROUP] for i in range(0, _SIGNS, _GROUP))


def new_first_passphrase() -> str:
    """A random passphrase of 75 bits for someone who replaces it at once, easy to read out."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(3 * _GROUP)).lower()
    return "-".join(body[i : i + _GROUP] for i in range(0, len(body), _GROUP))


def recovery_secret(text: str) -> bytes:
    """The bytes of a recovery key as typed, however spaced or cased.

    Raises StoreError store.recovery_key_mistyped where its length or check sign is wrong.
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)
    well_formed = len(signs) == _SIGNS and all(sign in ALPHABET for sign in signs)
    if not well_formed or check_sign(signs[:-1]) != signs[-1]:
        raise StoreError("store.recovery_key_mistyped")
    return signs.encode("ascii")


def check_sign(body: str) -> str:
    """The check sign of a body, by the hybrid system of ISO/IEC 7064 with moduli 33 and 32."""
    size = len(ALPHABET)
    product = size
    for sign in body:
        total = (product + ALPHABET.index(sign)) % size or size
        product = total * 2 % (size + 1)
    return ALPHABET[(size + 1 - product) % size]
