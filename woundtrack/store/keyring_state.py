"""Whether the key file is the newest one: the database keeps the MAC of the last that was written.

An older key file opens with passphrases and a recovery key that were replaced since. The file is
written just before the database commits; a crash between the two leaves the file one state ahead,
which names the state before it and is taken for what it is.
"""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.store import migrating
from woundtrack.store.database import Connection, database_errors
from woundtrack.store.keyring import Keyring, load_keyring, save_keyring
from woundtrack.store.names import sealed_names
from woundtrack.store.types import Finding

_STATE = "keyring_state"
"""The setting with the serial number and the MAC of the newest key file."""
_ALARM = "keyring_alarm"
"""The setting that holds the MAC of the file which should have been there, until an
administrator accepts the one that is."""


class KeyringState(StrEnum):
    """What the database says of the key file that is there."""

    NEWEST = "newest"
    NEW_TO_IT = "new_to_it"
    """One state ahead after a crash, or never seen by this database: taken as it is."""
    OLDER = "older"
    DATABASE_OLDER = "database_older"


def state_of(connection: Connection, keyring: Keyring) -> KeyringState:
    """How the key file stands to the database."""
    serial, mac = _kept(connection)
    if not mac:
        return KeyringState.NEW_TO_IT
    if keyring.serial and keyring.mac == mac:
        return KeyringState.NEWEST
    if keyring.serial == serial + 1 and keyring.before == mac:
        return KeyringState.NEW_TO_IT
    older_database = keyring.serial > serial
    return KeyringState.DATABASE_OLDER if older_database else KeyringState.OLDER


def alarm_of(connection: Connection, keyring: Keyring) -> str:
    """The code of what an administrator must be told of the key file, or ""."""
    with database_errors():
        state = state_of(connection, keyring)
        waiting = _setting(connection, _ALARM)
    if state is KeyringState.OLDER or (waiting and waiting != keyring.mac):
        return "store.keyring_older"
    return "store.database_older" if state is KeyringState.DATABASE_OLDER else ""


def settle(connection: Connection, folder: Path, keyring: Keyring, *, data_key: bytes) -> str:
    """At opening: take a file that may be taken, note one that may not; return the alarm's code.

    A file of the first format, or one without the list of names, is written anew. Where that
    fails (a full disk) the clinic opens all the same, and it is done at the next chance.
    """
    alarm = alarm_of(connection, keyring)
    try:
        with database_errors():
            connection.execute("BEGIN IMMEDIATE")
            try:
                _settle(connection, folder, keyring, data_key, alarm)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except StoreError:
        return alarm
    return alarm


def _settle(
    connection: Connection, folder: Path, keyring: Keyring, data_key: bytes, alarm: str
) -> None:
    if alarm == "store.keyring_older":
        if not _setting(connection, _ALARM):
            _set(connection, _ALARM, _kept(connection)[1])
        return
    _forget_alarm(connection)
    current = keyring.schema_version == len(migrating.STEP_NAMES)
    if not (keyring.serial and keyring.names and current):
        version = len(migrating.STEP_NAMES)
        keep(connection, folder, replace(keyring, schema_version=version), data_key=data_key)
    elif state_of(connection, keyring) is not KeyringState.NEWEST:
        _set(connection, _STATE, f"{keyring.serial} {keyring.mac}")


def keep(connection: Connection, folder: Path, keyring: Keyring, *, data_key: bytes) -> Keyring:
    """Write the key file as the next state, inside the caller's transaction, which commits next.

    The list of names is made anew: of those who are active and have a wrap.
    """
    serial, mac = _kept(connection)
    may = {entry.owner for entry in keyring.entries}
    found = connection.execute(
        "SELECT uuid, name FROM user WHERE deleted_act IS NULL AND active = 1"
    ).fetchall()
    names = sealed_names([(uuid, name) for uuid, name in found if uuid in may], data_key=data_key)
    kept = save_keyring(
        folder,
        replace(keyring, names=names, serial=max(serial, keyring.serial) + 1, before=mac),
        data_key=data_key,
    )
    _set(connection, _STATE, f"{kept.serial} {kept.mac}")
    return kept


def accept(connection: Connection, folder: Path, *, data_key: bytes) -> None:
    """Take the key file that is there for the right one, inside the caller's transaction."""
    keyring = load_keyring(folder)
    keyring.require_genuine(data_key)
    _forget_alarm(connection)
    keep(connection, folder, keyring, data_key=data_key)


def check_keyring(connection: Connection, folder: Path, *, data_key: bytes) -> list[Finding]:
    """What is wrong with the key file as it lies there now."""
    try:
        keyring = load_keyring(folder)
        keyring.require_genuine(data_key)
        code = alarm_of(connection, keyring)
    except StoreError as error:
        code = error.code
    return [Finding(code, serious=True)] if code else []


def _kept(connection: Connection) -> tuple[int, str]:
    serial, _, mac = _setting(connection, _STATE).partition(" ")
    return (int(serial), mac) if serial.isdigit() else (0, "")


def _setting(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _forget_alarm(connection: Connection) -> None:
    connection.execute("DELETE FROM setting WHERE name = ?", (_ALARM,))
