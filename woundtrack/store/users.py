"""Users and their passphrases: the records in the database, the wraps in the keyring.

The new keyring is written just before the act is committed: a wrap without a record opens
nothing, while a record without a wrap would lock a person out.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import keys, rows
from woundtrack.store.act import Act
from woundtrack.store.keyring import Keyring, folded_name, load_keyring, save_keyring
from woundtrack.store.recovery import new_recovery_key, recovery_secret


class Users:
    """Changes of users inside one act."""

    def __init__(self, act: Act, *, folder: Path, data_key: bytes) -> None:
        self._act = act
        self._folder = folder
        self._data_key = data_key
        self._keyring: Keyring | None = None

    def add(self, name: str, role: Role, passphrase: str) -> Stored[User]:
        """A new user. Raises RecordError record.user_exists, StoreError store.weak_passphrase."""
        self.require_administrator()
        name = " ".join(name.split())
        self._refuse_taken(name, but=None)
        uuid = str(uuid4())
        keyring = self._ring()
        self._keyring = keyring.with_user(
            uuid, user_name=name, passphrase=passphrase, data_key=self._data_key
        )
        return self._act.insert(User(name=name, role=role), uuid=uuid)

    def change_passphrase(self, user_id: int, *, old: str, new: str) -> None:
        """The signed-in user's own new passphrase, after the old one."""
        if user_id != self._act.user_id:
            raise StoreError("store.not_allowed")
        user = rows.get(self._act.connection, User, user_id)
        self._ring().unlock_owner(user.uuid, passphrase=old)
        self._wrap(user, new)

    def set_passphrase(self, user_id: int, *, new: str) -> None:
        """A new passphrase for another user; administrators only."""
        self.require_administrator()
        self._wrap(rows.get(self._act.connection, User, user_id), new)

    def new_recovery_key(self) -> str:
        """A new recovery key; the old one opens nothing any more. Administrators only."""
        self.require_administrator()
        text = new_recovery_key()
        wrap = keys.wrap_with_recovery_key(self._data_key, recovery_secret(text))
        self._keyring = replace(self._ring(), recovery=wrap)
        self._act.journal("recovery_key_changed", "user", self._act.user_id)
        return text

    def check_change(self, latest: Stored[User], value: User) -> None:
        """Refuse what must not happen to a user: by a clinician, or to the last administrator."""
        self.require_administrator()
        if folded_name(value.name) != folded_name(latest.value.name):
            self._refuse_taken(value.name, but=latest.id)
        if not value.active or value.role is not Role.ADMINISTRATOR:
            where = "deleted_act IS NULL AND active = 1 AND role = ? AND id <> ?"
            parameters = (Role.ADMINISTRATOR.value, latest.id)
            others = rows.select(self._act.connection, User, where=where, parameters=parameters)
            # Who came with imported records has no passphrase yet, and cannot sign in.
            may_sign_in = {entry.owner for entry in self._ring().entries}
            if not any(other.uuid in may_sign_in for other in others):
                raise RecordError("record.last_administrator")

    def changed(self, user: Stored[User]) -> None:
        """Follow a user's new revision: an inactive one loses the wrap, a name its hash."""
        if user.value.active:
            self._keyring = self._ring().renamed(user.uuid, user_name=user.value.name)
        else:
            self._keyring = self._ring().without_user(user.uuid)

    def forget(self, uuids: Collection[str]) -> None:
        """Take away the wraps of users who had no record here: they open nothing any more."""
        for entry in self._ring().entries:
            if entry.owner in uuids:
                self._keyring = self._ring().without_user(entry.owner)

    def save(self) -> None:
        """Write the keyring if this act changed it."""
        if self._keyring is not None:
            save_keyring(self._folder, self._keyring)

    def _wrap(self, user: Stored[User], passphrase: str) -> None:
        if not user.value.active:
            raise RecordError("record.user_inactive")
        self._keyring = self._ring().with_user(
            user.uuid,
            user_name=user.value.name,
            passphrase=passphrase,
            data_key=self._data_key,
        )
        self._act.journal("passphrase_changed", "user", user.id)

    def _ring(self) -> Keyring:
        return self._keyring or load_keyring(self._folder)

    def require_administrator(self) -> None:
        """Raise StoreError store.not_allowed unless an administrator is signed in."""
        if self._act.user_id is None:
            return  # the clinic is being made
        user = rows.get(self._act.connection, User, self._act.user_id).value
        if user.role is not Role.ADMINISTRATOR:
            raise StoreError("store.not_allowed")

    def _refuse_taken(self, name: str, *, but: int | None) -> None:
        if not name.strip():
            raise RecordError("record.name_missing")
        where = "deleted_act IS NULL AND id IS NOT ?"
        for other in rows.select(self._act.connection, User, where=where, parameters=(but,)):
            if folded_name(other.value.name) == folded_name(name):
                raise RecordError("record.user_exists", name=name)
