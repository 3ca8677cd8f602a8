"""Opening backups without the clinic: by the key file that each manifest holds."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from woundtrack.backup.disk import target_errors
from woundtrack.backup.folder import Folder
from woundtrack.backup.manifest import keyring_of
from woundtrack.backup.types import Backup
from woundtrack.errors import BackupError, StoreError
from woundtrack.store import keys
from woundtrack.store.info import KEYRING_NAME
from woundtrack.store.keyring import Keyring, load_keyring
from woundtrack.store.recovery import recovery_secret


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opened the backups of a clinic; `user_uuid` is "" where it was the recovery key."""

    data_key: bytes
    user_uuid: str = ""

    def folder(self, backup: Backup) -> Folder:
        """The backups among which this one is."""
        return Folder(backup.path.parent.parent, self.data_key)


def opened_by_passphrase(backup: Backup, *, user_name: str, passphrase: str) -> Opener:
    """By the name and passphrase that a user had when the backup was made.

    Raises StoreError store.wrong_passphrase, BackupError backup.manifest_damaged, .gone, ….
    """
    uuid, data_key = _keyring(backup).unlock(user_name=user_name, passphrase=passphrase)
    return Opener(data_key, uuid)


def opened_by_recovery_key(backup: Backup, recovery_key: str) -> Opener:
    """By the recovery key that the clinic had when the backup was made.

    Raises StoreError store.recovery_key_mistyped, .wrong_recovery_key, BackupError.
    """
    keyring = _keyring(backup)
    secret = recovery_secret(recovery_key)
    return Opener(keys.unwrap_with_recovery_key(keyring.recovery, secret))


def keyring_from(content: bytes) -> Keyring:
    """A key file's content. Raises StoreError store.keyring_damaged, .newer."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / KEYRING_NAME).write_bytes(content)
        return load_keyring(Path(place))


def _keyring(backup: Backup) -> Keyring:
    with target_errors():
        content = keyring_of(backup.path)
    try:
        return keyring_from(content)
    except StoreError as error:
        if error.code != "store.keyring_damaged":
            raise
        # Of the backup's own, not of the clinic's, which may be sound.
        raise BackupError("backup.manifest_damaged", name=backup.id) from error
