"""Users and their passphrases: the records in the database, the wraps in the keyring.

The new keyring is written just before the act is committed: a wrap without a record opens
nothing, while a record without a wrap would lock a person out. Users are never deleted, for the
record is signed with them: who leaves is made inactive, and loses the wrap.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Role, Stored, User
from woundtrack.store import keyring_state, keys, rows, signing_in
from woundtrack.store.act import Act
from woundtrack.store.attempts import Attempts
from woundtrack.store.files import disk_errors, write_whole
from woundtrack.store.info import KEYRING_NAME
from woundtrack.store.keyring import Keyring, folded_name, load_keyring
from woundtrack.store.recovery import recovery_secret
from woundtrack.store.signing_in import Clock


class Users:
    """Changes of users inside one act."""

    def __init__(self, act: Act, *, folder: Path, data_key: bytes, clock: Clock) -> None:
        self._act = act
        self._folder = folder
        self._data_key = data_key
        self._clock = clock
        self._keyring: Keyring | None = None
        self._replaced: bytes | None = None

    def add(self, name: str, role: Role, passphrase: str) -> Stored[User]:
        """A new user, who replaces this passphrase at the first sign-in.

        Raises RecordError record.user_exists, StoreError store.weak_passphrase.
        """
        self.require_administrator()
        name = " ".join(name.split())
        self._refuse_taken(name, but=None)
        uuid = str(uuid4())
        keyring = self._ring()
        self._keyring = keyring.with_user(
            uuid,
            user_name=name,
            passphrase=passphrase,
            data_key=self._data_key,
            provisional=True,
        )
        return self._act.insert(User(name=name, role=role), uuid=uuid)

    def change_passphrase(self, user_id: int, *, old: str, new: str) -> None:
        """The signed-in user's own new passphrase, after the old one.

        A wrong old one counts as at the sign-in, for someone else may sit there.
        """
        if user_id != self._act.user_id:
            raise StoreError("store.not_allowed")
        user = rows.get(self._act.connection, User, user_id)
        with signing_in.counted(self._folder, user.uuid, clock=self._clock):
            self._ring().unlock_owner(user.uuid, passphrase=old)
        Attempts(self._folder, clock=self._clock).succeeded(user.uuid)
        self._wrap(user, new)

    def set_passphrase(self, user_id: int, *, new: str) -> None:
        """A new passphrase for a user, who replaces it at the next sign-in; administrators only.

        Nobody needs the old one: the signed-in administrator has the data key, and wraps it anew.
        """
        self.require_administrator()
        user = rows.get(self._act.connection, User, user_id)
        self._wrap(user, new, provisional=user_id != self._act.user_id)
        Attempts(self._folder, clock=self._clock).succeeded(user.uuid)

    def set_recovery_key(self, text: str) -> None:
        """A new recovery key; the old one opens only backups made before. Administrators only.

        Raises StoreError store.recovery_key_mistyped.
        """
        self.require_administrator()
        wrap = keys.wrap_with_recovery_key(self._data_key, recovery_secret(text))
        self._keyring = replace(self._ring(), recovery=wrap)
        self._act.journal("recovery_key_changed", "user", self._act.user_id)

    def accept_keyring(self) -> None:
        """Take the key file that is there for the right one; administrators only."""
        self.require_administrator()
        self._keep_for_return()
        keyring_state.accept(self._act.connection, self._folder, data_key=self._data_key)
        self._act.journal("keyring_accepted", "clinic", None)

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
            self._keep_for_return()
            keyring_state.keep(
                self._act.connection, self._folder, self._keyring, data_key=self._data_key
            )

    def put_back(self) -> None:
        """The key file as it was: the act that changed it failed."""
        if self._replaced is not None:
            write_whole(self._folder / KEYRING_NAME, self._replaced)

    def _keep_for_return(self) -> None:
        with disk_errors():
            self._replaced = (self._folder / KEYRING_NAME).read_bytes()

    def _wrap(self, user: Stored[User], passphrase: str, *, provisional: bool = False) -> None:
        if not user.value.active:
            raise RecordError("record.user_inactive")
        self._keyring = self._ring().with_user(
            user.uuid,
            user_name=user.value.name,
            passphrase=passphrase,
            data_key=self._data_key,
            provisional=provisional,
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
