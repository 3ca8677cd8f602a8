"""Making a clinic, and opening one: keyring, lock, database, schema, user."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from woundtrack.errors import StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import database, keys, migrating, rows, signing_in
from woundtrack.store.attempts import Attempts
from woundtrack.store.database import Connection, database_errors
from woundtrack.store.files import disk_errors, make_folder, remove_parts
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, LOCK_NAME, VAULT_NAME
from woundtrack.store.keyring import Keyring, load_keyring, new_keyring
from woundtrack.store.keyring_state import alarm_of, keep, settle
from woundtrack.store.keys import Cost
from woundtrack.store.lock import Holder, WriterLock
from woundtrack.store.log_check import log_to_open
from woundtrack.store.network import refuse_network
from woundtrack.store.opener import leave_opener
from woundtrack.store.recovery import new_recovery_key, recovery_secret
from woundtrack.store.signing_in import Clock
from woundtrack.store.synced import refuse_synced
from woundtrack.store.unsigned import act_without_user, noted
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class Opened:
    """What unlocking gives: `writing` and `lock` are None where nothing can be written here."""

    folder: Path
    clinic_name: str
    user: Stored[User]
    data_key: bytes
    writing: Connection | None
    lock: WriterLock | None
    is_locked: bool = False
    """Another process writes; else, without a lock, this account may not write to the folder."""
    writer: Holder | None = None
    """Who that is, where it can be read."""
    keyring_alarm: str = ""
    """The code of what must be told of the key file (`store.keyring_state`)."""


def utc_now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


def create_clinic(
    folder: Path,
    *,
    clinic_name: str,
    user_name: str,
    passphrase: str,
    cost: Cost | None = None,
) -> str:
    """Make a new clinic store with its first administrator; return the recovery key's text.

    Refuses a folder that holds anything, a network share, a synced folder, a weak passphrase.
    `cost` of the passphrase's derivation is measured on this machine unless given.
    """
    refuse_network(folder)
    refuse_synced(folder)
    clinic_name, user_name = " ".join(clinic_name.split()), " ".join(user_name.split())
    if not clinic_name or not user_name:
        raise StoreError("store.name_missing")
    keys.check_passphrase(passphrase, user_name=user_name)
    existed = folder.exists()
    with disk_errors():
        if existed and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError("store.folder_not_empty")
    try:
        with disk_errors():
            make_folder(folder)
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
        make_folder(folder / VAULT_NAME)
        connection = database.create(folder / DATABASE_NAME, data_key=data_key)
        try:
            migrating.migrate_new(connection, data_key=data_key)
            connection.execute("BEGIN IMMEDIATE")
            act = act_without_user(connection, data_key)
            act.insert(User(user_name, Role.ADMINISTRATOR), uuid=uuid)
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            # Last, for it is what makes the folder a clinic.
            keep(connection, folder, keyring, data_key=data_key)
            connection.execute("COMMIT")
        finally:
            connection.close()
    return recovery_text


def unlock(
    folder: Path,
    *,
    user_name: str,
    passphrase: str,
    new_passphrase: str = "",
    clock: Clock = utc_now,
) -> Opened:
    """Open a clinic for a user. Raises StoreError store.no_clinic, .wrong_passphrase, …

    A passphrase that an administrator gave opens only together with the user's own new one:
    else store.passphrase_provisional.
    """
    keyring = load_keyring(folder)
    refuse_network(folder)
    uuid, data_key = signing_in.by_passphrase(
        folder, keyring, user_name=user_name, passphrase=passphrase, clock=clock
    )
    entry = keyring.entry_of(uuid)
    provisional = entry is not None and entry.provisional
    if provisional:
        if not new_passphrase:
            raise StoreError("store.passphrase_provisional")
        signing_in.check_own(new_passphrase, given=passphrase, user_name=user_name)
    opened = _opened(folder, keyring, uuid, data_key)
    if opened.writing is not None:
        leave_opener(folder)
    if provisional:
        _make_own(opened, new_passphrase)
    Attempts(folder, clock=clock).succeeded(uuid)
    return opened


def _make_own(opened: Opened, passphrase: str) -> None:
    """The user's own passphrase in the place of the administrator's."""
    try:
        if opened.writing is None:
            raise StoreError("store.in_use", writer=writer_text(opened.writer))
        user = opened.user
        with noted(
            opened.writing, opened.data_key,
            action="passphrase_changed", kind="user", record_id=user.id,
        ):  # fmt: skip
            keyring = load_keyring(opened.folder).with_user(
                user.uuid,
                user_name=user.value.name,
                passphrase=passphrase,
                data_key=opened.data_key,
            )
            keep(opened.writing, opened.folder, keyring, data_key=opened.data_key)
    except BaseException:
        if opened.writing is not None:
            opened.writing.close()
        if opened.lock is not None:
            opened.lock.release()
        raise


def reopened(folder: Path, *, user_uuid: str, data_key: bytes) -> Opened:
    """Open again for who is signed in: to write, where nobody else does any more.

    Raises StoreError store.closed where that user may not sign in any more, and as `unlock`.
    """
    keyring = load_keyring(folder)
    refuse_network(folder)
    if user_uuid not in {entry.owner for entry in keyring.entries}:
        raise StoreError("store.closed")
    return _opened(folder, keyring, user_uuid, data_key)


def _opened(folder: Path, keyring: Keyring, uuid: str, data_key: bytes) -> Opened:
    lock = WriterLock(folder / LOCK_NAME, data_key=data_key)
    try:
        if not lock.acquire():
            return _opened_for_reading(folder, keyring, uuid, data_key, lock.holder())
    except StoreError as error:
        if error.code != "store.not_writable":
            raise
        # A folder that this account may read only.
        return _opened_for_reading(folder, keyring, uuid, data_key, None, locked=False)
    try:
        remove_parts(folder, of=KEYRING_NAME)
        connection = open_current(folder, keyring, data_key=data_key)
        user = _user(connection, uuid)
        alarm = settle(connection, folder, keyring, data_key=data_key)
        signing_in.refuse_older(alarm, user)
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
        keyring_alarm=alarm,
    )


def open_current(folder: Path, keyring: Keyring, *, data_key: bytes) -> Connection:
    """The writing connection, at the program's schema. The caller holds the lock."""
    path = folder / DATABASE_NAME
    if not path.exists():
        raise StoreError("store.database_missing")
    if path.stat().st_size == 0:  # opening it would make a new, empty database of it
        raise StoreError("store.damaged")
    log = log_to_open(path)
    connection = database.connect(path, data_key=data_key, writable=True)
    try:
        if migrating.needs_migration(connection):
            connection = migrating.migrate_existing(connection, folder, data_key=data_key)
        if log.cut or log.lost:
            with noted(connection, data_key, action="cut_off", kind="clinic"):
                pass
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_for_reading(
    folder: Path,
    keyring: Keyring,
    uuid: str,
    data_key: bytes,
    writer: Holder | None,
    *,
    locked: bool = True,
) -> Opened:
    """Without the lock: another process has it (`locked`), or the folder is not to be written."""
    if not (folder / DATABASE_NAME).exists():
        raise StoreError("store.database_missing")
    connection = database.connect(folder / DATABASE_NAME, data_key=data_key, writable=False)
    try:
        if migrating.needs_migration(connection):
            code = "store.in_use" if locked else "store.older"
            raise StoreError(code, writer=writer_text(writer))
        user = _user(connection, uuid)
        alarm = alarm_of(connection, keyring)
        signing_in.refuse_older(alarm, user)
    finally:
        connection.close()
    return Opened(
        folder=folder,
        clinic_name=keyring.clinic_name,
        user=user,
        data_key=data_key,
        writing=None,
        lock=None,
        keyring_alarm=alarm,
        is_locked=locked,
        writer=writer,
    )


def writer_text(writer: Holder | None) -> str:
    """Who writes, for a sentence."""
    return str(writer) if writer is not None else _("Somebody")


def _user(connection: Connection, uuid: str) -> Stored[User]:
    with database_errors():
        where = "uuid = ? AND deleted_act IS NULL AND active = 1"
        found = rows.select(connection, User, where=where, parameters=(uuid,))
    if not found:
        raise StoreError("store.wrong_passphrase")
    return found[0]


def _empty(folder: Path, *, remove: bool) -> None:
    """Take away what a failed creation made, in a folder that was empty before."""
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if remove and folder.is_dir():
        folder.rmdir()
