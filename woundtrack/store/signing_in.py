"""Proving who one is: by passphrase or recovery key, failures counted and journalled."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import journal, keys, rows
from woundtrack.store.act import Act
from woundtrack.store.attempts import RECOVERY, UNKNOWN, Attempt, Attempts
from woundtrack.store.keyring import Keyring
from woundtrack.store.recovery import recovery_secret

Clock = Callable[[], dt.datetime]

FAILED = "sign_in_failed"
RECOVERY_FAILED = "recovery_failed"
"""What the journal calls a wrong passphrase, and a wrong recovery key."""


def by_passphrase(
    folder: Path, keyring: Keyring, *, user_name: str, passphrase: str, clock: Clock
) -> tuple[str, bytes]:
    """The user's uuid and the data key.

    Raises StoreError store.wrong_passphrase with the `wait_s` that follows, store.too_soon while
    one waits, store.keyring_altered where another program wrote the key file.
    """
    attempts = Attempts(folder, clock=clock)
    who = keyring.owner_of(user_name) or UNKNOWN
    with _counted(attempts, who, "store.wrong_passphrase"):
        uuid, data_key = keyring.unlock(user_name=user_name, passphrase=passphrase)
    keyring.require_genuine(data_key)
    return uuid, data_key


def by_recovery_key(
    folder: Path, keyring: Keyring, *, recovery_key: str, clock: Clock
) -> tuple[Keyring, bytes]:
    """The data key, and the keyring: without anyone's wrap where another program wrote it.

    Raises StoreError store.recovery_key_mistyped, .wrong_recovery_key, .too_soon.
    """
    secret = recovery_secret(recovery_key)
    with _counted(Attempts(folder, clock=clock), RECOVERY, "store.wrong_recovery_key"):
        data_key = keys.unwrap_with_recovery_key(keyring.recovery, secret)
    try:
        keyring.require_genuine(data_key)
    except StoreError:
        # The paper opened it, so the paper may make it right: all but itself is doubtful.
        keyring = replace(keyring, entries=(), cost=keys.tuned_cost())
    return keyring, data_key


class _counted:  # noqa: N801 (used like a function)
    """Within it a failure of this code is counted, and refused while one must wait."""

    def __init__(self, attempts: Attempts, who: str, code: str) -> None:
        self._attempts, self._who, self._code = attempts, who, code

    def __enter__(self) -> None:
        self._attempts.require_patience(self._who)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, StoreError) and error.code == self._code:
            raise StoreError(self._code, wait_s=self._attempts.failed(self._who)) from None


def counted(folder: Path, who: str, *, clock: Clock) -> _counted:
    """As at the sign-in, for whoever is asked for their passphrase again."""
    return _counted(Attempts(folder, clock=clock), who, "store.wrong_passphrase")


def check_own(new: str, *, given: str, user_name: str) -> None:
    """Refuse a passphrase that is weak, or the one that an administrator gave."""
    keys.check_passphrase(new, user_name=user_name)
    if unicodedata.normalize("NFC", new) == unicodedata.normalize("NFC", given):
        raise StoreError("store.passphrase_same")


def refuse_older(alarm: str, user: Stored[User]) -> None:
    """Where an older key file lies there, only an administrator gets in, to look at it."""
    if alarm == "store.keyring_older" and user.value.role is not Role.ADMINISTRATOR:
        raise StoreError(alarm)


def journal_failed(act: Act, attempts: Iterable[Attempt]) -> None:
    """Take failed sign-ins into the journal, each once and with its own time.

    Nobody knows who did it: the line has no user, and names the one who was tried.
    """
    for one in attempts:
        record_id = rows.id_of(act.connection, User, one.who)
        action = RECOVERY_FAILED if one.who == RECOVERY else FAILED
        same = (one.at, action, record_id)
        known = act.connection.execute(
            "SELECT 1 FROM journal WHERE at_utc = ? AND action = ? AND record_id IS ?", same
        )
        if known.fetchone() is None:
            journal.append(
                act.connection, key=act.journal_key, at_utc=one.at, user_id=None,
                action=action, kind="user", record_id=record_id,
            )  # fmt: skip
