"""Getting back in with the recovery key: who there is, and a new passphrase for one of them."""

from dataclasses import replace
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import database, keys, migrating, rows, signing_in
from woundtrack.store.attempts import RECOVERY, Attempts
from woundtrack.store.database import Connection, database_errors
from woundtrack.store.info import DATABASE_NAME, LOCK_NAME
from woundtrack.store.keyring import folded_name, load_keyring
from woundtrack.store.keyring_state import keep, settle
from woundtrack.store.lock import WriterLock
from woundtrack.store.network import refuse_network
from woundtrack.store.opening import open_current, utc_now, writer_text
from woundtrack.store.signing_in import Clock
from woundtrack.store.unsigned import noted


def users_by_recovery_key(
    folder: Path, *, recovery_key: str, clock: Clock = utc_now
) -> tuple[Stored[User], ...]:
    """Who may get a new passphrase by this recovery key, administrators first.

    Nobody need remember a name. Raises StoreError store.recovery_key_mistyped,
    .wrong_recovery_key, .too_soon, .older where the clinic must be opened by this program first.
    """
    keyring = load_keyring(folder)
    refuse_network(folder)
    _, data_key = signing_in.by_recovery_key(
        folder, keyring, recovery_key=recovery_key, clock=clock
    )
    if not (folder / DATABASE_NAME).exists():
        raise StoreError("store.database_missing")
    connection = database.connect(folder / DATABASE_NAME, data_key=data_key, writable=False)
    try:
        with database_errors():
            found = rows.select(connection, User, where="deleted_act IS NULL AND active = 1")
    finally:
        connection.close()
    return tuple(
        sorted(
            found,
            key=lambda one: (one.value.role is not Role.ADMINISTRATOR, one.value.name.casefold()),
        )
    )


def reset_passphrase(
    folder: Path, *, recovery_key: str, user_name: str, passphrase: str, clock: Clock = utc_now
) -> None:
    """Give a user a new passphrase by the recovery key; it is journalled.

    Raises StoreError store.recovery_key_mistyped, .wrong_recovery_key, .too_soon,
    .no_such_user, .weak_passphrase, .in_use where another process writes.
    """
    keyring = load_keyring(folder)
    refuse_network(folder)
    keyring, data_key = signing_in.by_recovery_key(
        folder, keyring, recovery_key=recovery_key, clock=clock
    )
    keys.check_passphrase(passphrase, user_name=user_name)
    lock = WriterLock(folder / LOCK_NAME, data_key=data_key)
    if not lock.acquire():
        raise StoreError("store.in_use", writer=writer_text(lock.holder()))
    try:
        connection = open_current(folder, keyring, data_key=data_key)
        try:
            user = _named(connection, user_name)
            settle(connection, folder, load_keyring(folder), data_key=data_key)
            with noted(
                connection, data_key, action="passphrase_reset", kind="user", record_id=user.id
            ):
                new = keyring.with_user(
                    user.uuid, user_name=user_name, passphrase=passphrase, data_key=data_key
                )
                version = len(migrating.STEP_NAMES)
                keep(connection, folder, replace(new, schema_version=version), data_key=data_key)
        finally:
            connection.close()
    finally:
        lock.release()
    Attempts(folder, clock=clock).succeeded(user.uuid, RECOVERY)


def _named(connection: Connection, user_name: str) -> Stored[User]:
    with database_errors():
        users = rows.select(connection, User, where="deleted_act IS NULL AND active = 1")
    for user in users:
        if folded_name(user.value.name) == folded_name(user_name):
            return user
    raise StoreError("store.no_such_user")
