"""A passphrase for a script (WOUNDTRACK_PASSPHRASE) or from a person at a prompt."""

import getpass
import os
import sys

from woundtrack.errors import StoreError
from woundtrack.words import _

VARIABLE = "WOUNDTRACK_PASSPHRASE"


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


def account_name() -> str:
    """The name of the account that runs this; "" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
