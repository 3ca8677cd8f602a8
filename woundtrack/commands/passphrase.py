"""A passphrase or a recovery key: for a script by a variable, or from a person at a prompt."""

import getpass
import os
import sys

from woundtrack.errors import StoreError
from woundtrack.words import _

VARIABLE = "WOUNDTRACK_PASSPHRASE"
RECOVERY_VARIABLE = "WOUNDTRACK_RECOVERY_KEY"


def asked_passphrase(*, twice: bool = False) -> str:
    """The passphrase; StoreError where there is neither variable nor person to ask."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise StoreError("store.no_passphrase", variable=VARIABLE)
    try:
        first = getpass.getpass(_("Passphrase: "))
        if twice and getpass.getpass(_("The same again: ")) != first:
            raise StoreError("store.passphrases_differ")
    except EOFError:
        raise StoreError("store.no_passphrase", variable=VARIABLE) from None
    return first


def asked_recovery_key() -> str:
    """The recovery key; StoreError where there is neither variable nor person to ask."""
    given = os.environ.get(RECOVERY_VARIABLE)
    if given:
        return given
    try:
        if sys.stdin.isatty():
            return getpass.getpass(_("Recovery key: "))
    except EOFError:
        pass
    raise StoreError("store.no_recovery_key", variable=RECOVERY_VARIABLE)


def account_name() -> str:
    """The name of the account that runs this; "" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
