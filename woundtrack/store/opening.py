"""Making a clinic, and opening one: keyring, lock, database, schema, user."""

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from woundtrack.errors import StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import database, keys, migrating, rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection, database_errors
from woundtrack.store.files import disk_errors
from woundtrack.store.info import DATABASE_NAME, LOCK_NAME, VAULT_NAME
from woundtrack.store.journal import journal_key
from woundtrack.store.keyring import Keyring, load_keyring, new_keyring, save_keyring
from woundtrack.store.keys import Cost
from woundtrack.store.lock import WriterLock
from woundtrack.store.log_check import read_log
from woundtrack.store.network import refuse_network
from woundtrack.store.recovery import new_recovery_key, recovery_secret


@dataclass(frozen=True, slots=True)
class Opened:
    """What unlocking gives: `writing` and `lock` are None where another process writes."""

    folder: Path
    clinic_name: str
    user: Stored[User]
    data_key: bytes
    writing: Connection | None
    lock: WriterLock | None
    writer_name: str


def create_clinic(
    folder: Path,
    *,
    clinic_name: str,
    user_name: str,
    passphrase: str,
    cost: Cost | None = None,
) -> str:
    """Make a new clinic store with its first administrator; return the recovery key's text.

    Refuses a folder that holds anything, a network share, a weak passphrase. `cost` of the
    passphrase's derivation is measured on this machine unless given.
    """
    refuse_network(folder)
    clinic_name, user_name = " ".join(clinic_name.split()), " ".join(user_name.split())
    if not clinic_name or not user_name:
        raise StoreError("store.name_missing")
    keys.check_passphrase(passphrase, user_name=user_name)
    existed = folder.exists()
    with disk_errors():
        if existed and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError("store.folder_not_empty")
        folder.mkdir(parents=True, exist_ok=True)
    try:
        return _fill(folder, clinic_name, user_name, passphrase, cost or keys.tuned_cost())
    except BaseException:
        _empty(folder, remove=not existed)
        raise


def _fill(folder: Path, clinic_name: str, user_name: str, passphrase: str, cost: Cost) -> str:
    data_key = keys.new_data_key()
    recovery_text = new_recovery_key()
    uuid = str(uuid4())
    keyring = new_keyring(
        clinic_name=clinic_name,
        clinic_uuid=str(uuid4()),
        recovery=keys.wrap_with_recovery_key(data_key, recovery_secret(recovery_text)),
        cost=cost,
        schema_version=len(migrating.STEP_NAMES),
    ).with_user(uuid, user_name=user_name, passphrase=passphrase, data_key=data_key)
    with disk_errors(), database_errors():
        (folder / VAULT_NAME).mkdir()
        connection = database.create(folder / DATABASE_NAME, data_key=data_key)
        try:
            migrating.migrate_new(connection, data_key=data_key)
            connection.execute("BEGIN IMMEDIATE")
            act = _act_without_user(connection, data_key)
            act.insert(User(user_name, Role.ADMINISTRATOR), uuid=uuid)
            connection.execute("COMMIT")
        finally:
            connection.close()
    # Last, for it is what makes the folder a clinic.
    save_keyring(folder, keyring)
    return recovery_text


def unlock(folder: Path, *, user_name: str, passphrase: str) -> Opened:
    """Open a clinic for a user. Raises StoreError store.no_clinic, .wrong_passphrase, …"""
    keyring = load_keyring(folder)
    refuse_network(folder)
    uuid, data_key = keyring.unlock(user_name=user_name, passphrase=passphrase)
    lock = WriterLock(folder / LOCK_NAME, data_key=data_key)
    try:
        if not lock.acquire():
            return _opened_for_reading(folder, keyring, uuid, data_key, lock.holder())
    except StoreError as error:
        if error.code != "store.not_writable":
            raise
        # A folder that this account may read only.
        return _opened_for_reading(folder, keyring, uuid, data_key, lock.holder(), locked=False)
    try:
        connection = open_current(folder, keyring, data_key=data_key)
        user = _user(connection, uuid)
        lock.sign(user_name=user.value.name)
    except BaseException:
        lock.release()
        raise
    return Opened(
        folder=folder,
        clinic_name=keyring.clinic_name,
        user=user,
        data_key=data_key,
        writing=connection,
        lock=lock,
        writer_name=user.value.name,
    )


def reset_passphrase(folder: Path, *, recovery_key: str, user_name: str, passphrase: str) -> None:
    """Give a user a new passphrase by the recovery key; it is journalled.

    Raises StoreError store.recovery_key_mistyped, .wrong_recovery_key, .no_such_user,
    .weak_passphrase, .in_use where another process writes.
    """
    keyring = load_keyring(folder)
    refuse_network(folder)
    data_key = keys.unwrap_with_recovery_key(keyring.recovery, recovery_secret(recovery_key))
    uuid = keyring.owner_of(user_name)
    if uuid is None:
        raise StoreError("store.no_such_user")
    keyring = keyring.with_user(uuid, user_name=user_name, passphrase=passphrase, data_key=data_key)
    lock = WriterLock(folder / LOCK_NAME, data_key=data_key)
    if not lock.acquire():
        raise StoreError("store.in_use", writer=lock.holder())
    try:
        connection = open_current(folder, keyring, data_key=data_key)
        try:
            user = _user(connection, uuid)
            with database_errors():
                act = _act_without_user(connection, data_key)
                act.journal("passphrase_reset", "user", user.id)
            schema_version = load_keyring(folder).schema_version
            save_keyring(folder, replace(keyring, schema_version=schema_version))
        finally:
            connection.close()
    finally:
        lock.release()


def open_current(folder: Path, keyring: Keyring, *, data_key: bytes) -> Connection:
    """The writing connection, at the program's schema. The caller holds the lock."""
    path = folder / DATABASE_NAME
    if not path.exists():
        raise StoreError("store.database_missing")
    log = read_log(path)
    if log.damaged:  # opening would go on without what comes after the damage, and forget it
        raise StoreError("store.log_damaged", first=log.damaged[0])
    connection = database.connect(path, data_key=data_key, writable=True)
    try:
        if migrating.needs_migration(connection):
            connection = migrating.migrate_existing(connection, folder, data_key=data_key)
            version = len(migrating.STEP_NAMES)
            save_keyring(folder, replace(keyring, schema_version=version))
        if log.cut:
            with database_errors():
                _act_without_user(connection, data_key).journal("cut_off", "clinic", None)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_for_reading(
    folder: Path,
    keyring: Keyring,
    uuid: str,
    data_key: bytes,
    writer_name: str,
    *,
    locked: bool = True,
) -> Opened:
    """Without the lock: another process has it (`locked`), or the folder is not to be written."""
    if not (folder / DATABASE_NAME).exists():
        raise StoreError("store.database_missing")
    connection = database.connect(folder / DATABASE_NAME, data_key=data_key, writable=False)
    try:
        if migrating.needs_migration(connection):
            raise StoreError("store.in_use" if locked else "store.older", writer=writer_name)
        user = _user(connection, uuid)
    finally:
        connection.close()
    return Opened(
        folder=folder,
        clinic_name=keyring.clinic_name,
        user=user,
        data_key=data_key,
        writing=None,
        lock=None,
        writer_name=writer_name,
    )


def _user(connection: Connection, uuid: str) -> Stored[User]:
    with database_errors():
        where = "uuid = ? AND deleted_act IS NULL AND active = 1"
        found = rows.select(connection, User, where=where, parameters=(uuid,))
    if not found:
        raise StoreError("store.wrong_passphrase")
    return found[0]


def _act_without_user(connection: Connection, data_key: bytes) -> Act:
    now, key = dt.datetime.now(dt.UTC), journal_key(data_key)
    return Act(connection, journal_key=key, user_id=None, at_utc=now, today=now.date(), reason="")


def _empty(folder: Path, *, remove: bool) -> None:
    """Take away what a failed creation made, in a folder that was empty before."""
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if remove and folder.is_dir():
        folder.rmdir()
