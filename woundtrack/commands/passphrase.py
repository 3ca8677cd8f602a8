"""A passphrase or a recovery key: for a script by a variable, or from a person at a prompt."""

import getpass
import os
import sys
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.explain import explain
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


def ask_key_back(folder: Path) -> None:
    """Let whoever sits there type the clinic's new recovery key, until it opens the clinic.

    A script has nobody to ask; ending the input leaves the key untried.
    """
    from woundtrack.store.clinic import users_by_recovery_key

    if os.environ.get(VARIABLE) or not sys.stdin.isatty():
        return
    while True:
        try:
            typed = input(_("Type it from your print or note: "))
            users_by_recovery_key(folder, recovery_key=typed)
        except StoreError as error:
            print(explain(error), file=sys.stderr)
        except EOFError:
            return
        else:
            print(_("It opens the clinic."))
            return


def account_name() -> str:
    """The name of the account that runs this; "" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
