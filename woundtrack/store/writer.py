"""What can be done to an open clinic, inside one act."""

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from woundtrack.errors import RecordError, StoreError
from woundtrack.lock_time import kept_minutes
from woundtrack.photo.code import next_number
from woundtrack.photo.types import Photo
from woundtrack.raters.types import RaterTrace
from woundtrack.records import (
    Assessment,
    CardRun,
    Lesion,
    LesionMeasurement,
    Letterhead,
    Patient,
    PhotoOutline,
    Role,
    Stored,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.store import bin as bin_
from woundtrack.store import (
    checks,
    merging,
    moving,
    parting,
    retracing,
    rows,
    undoing,
)
from woundtrack.store.act import Act
from woundtrack.store.closing import following, lesions_seen
from woundtrack.store.database import Connection, IntegrityError
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.keeping import Keeping
from woundtrack.store.kinds import is_draft, spec_of
from woundtrack.store.orphans import forget, forget_cut_off
from woundtrack.store.reader import LOCK_MINUTES_MOST
from woundtrack.store.types import ImportedPhoto
from woundtrack.store.users import Users
from woundtrack.store.vault import Vault, VaultFile

if TYPE_CHECKING:
    from woundtrack.store.arrivals import Arrivals
    from woundtrack.store.carried import Source

V = TypeVar("V")

_CODE_BYTES = 16


class Writer(Keeping):
    """What can be done. Each act is journalled with its user and can be undone as one."""

    def __init__(self, connection: Connection, *, vault: Vault, act: Act, users: Users) -> None:
        super().__init__(connection, vault=vault)
        self._act = act
        self.users = users
        self.files_made: list[Path] = []
        """Vault files that this act made, to be removed if it fails."""
        self.files_gone: list[VaultFile] = []
        """Vault files that belong to nothing once this act is done, and are removed then."""

    @property
    def act_id(self) -> int:
        """The act's number, by which it can be undone."""
        return self._act.id

    def add(self, value: V) -> Stored[V]:
        """A new record. Checks it (`woundtrack.store.checks`) and raises RecordError."""
        if isinstance(value, User):
            raise TypeError("users are added with add_user")
        self._refuse_to_write(value)
        value = cast(V, retracing.with_retrace_sd(self._connection, value))
        if isinstance(value, Patient) and not value.code:
            value = cast(V, replace(value, code=self._new_code()))
        checks.check(self._connection, value, today=self._act.today, record_id=None)
        return self._act.insert(value)

    def revise(self, stored: Stored[V], value: V, *, reason: str = "") -> Stored[V]:
        """A new revision. RecordError record.changed_meanwhile where `stored` is not latest.

        Drafts (confirmed False before and after) are overwritten without a new revision.
        An equal value changes nothing. A value that names another patient, visit or lesion
        is moved there first, with what must follow.
        """
        kind = type(value)
        latest = rows.get(self._connection, kind, stored.id)
        if latest.deleted:
            raise RecordError("record.in_bin")
        if latest.revision != stored.revision:
            raise RecordError("record.changed_meanwhile")
        if isinstance(value, Patient) and not value.code:
            value = cast(V, replace(value, code=cast(Patient, latest.value).code))
        value = cast(V, retracing.with_retrace_sd(self._connection, value, latest=latest.value))
        if value == latest.value:
            return cast(Stored[V], latest)
        self._refuse_to_write(value)
        if isinstance(value, User):
            self.users.check_change(cast(Stored[User], latest), value)
        latest = self._moved(latest, value)
        if value == latest.value:
            return cast(Stored[V], latest)
        checks.check(self._connection, value, today=self._act.today, record_id=stored.id)
        seen = lesions_seen(self._connection, Visit, stored.id) if kind is Visit else ()
        with following(self._act, seen):
            return cast(Stored[V], self._revised(latest, value, reason))

    def delete(self, kind: type[V], record_id: int, *, reason: str = "") -> None:
        """To the bin, with everything below it; closures follow the visits that are left."""
        with following(self._act, lesions_seen(self._connection, kind, record_id)):
            bin_.delete(self._act, kind, record_id, reason=reason or self._act.reason)

    def restore(self, kind: type[V], record_id: int) -> None:
        """Out of the bin, with what went in with it; closures follow the visits."""
        with following(self._act, lesions_seen(self._connection, kind, record_id)):
            bin_.restore(self._act, kind, record_id)

    def undo(self, act_id: int) -> None:
        """Return every record an act touched to what it was; refuse if changed since."""
        try:
            undoing.undo(self._act, act_id)
        except IntegrityError as error:
            raise StoreError("store.changed_since") from error

    def import_photo(self, data: bytes, photo: Photo, thumbnail: bytes) -> ImportedPhoto:
        """Encrypt original bytes and thumbnail into the vault and read them back."""
        name, made = self._vault.store(data, thumbnail)
        self.files_made += made
        self._connection.execute(
            "INSERT INTO vault_file (name, byte_count, at_utc) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO NOTHING",
            (name, len(data), self._act.at_utc.isoformat()),
        )
        shown = self.find(VisitPhoto, vault_name=name)
        return ImportedPhoto(name, photo, tuple(one.id for one in shown))

    def remove_loose(self, names: Collection[str]) -> None:
        """Remove photos that no record names, for good; administrators only, and journalled."""
        self.users.require_administrator()
        self.files_gone += forget(self._act, self._vault, names)

    def remove_cut_off(self) -> None:
        """Remove files whose writing was broken off, of which nothing can be read."""
        self.users.require_administrator()
        self.files_gone += forget_cut_off(self._act, self._vault)

    def move_photo(
        self, photo_id: int, visit_id: int, *, lesions: moving.LesionMap | None = None
    ) -> None:
        """A photo to another visit, with scale, outlines and measurements.

        To another patient's visit, `lesions` says which lesion each outlined one is there
        (None: its outline goes to the bin); else RecordError record.lesion_needed.
        """
        moving.move_photo(self._act, photo_id, visit_id, lesions=lesions or {})

    def move_visit(
        self, visit_id: int, patient_id: int, *, lesions: moving.LesionMap | None = None
    ) -> None:
        """A visit to another patient, with photos and assessments. Lesions seen at no other
        visit move along; for the others `lesions` says which they are there."""
        there = [lesion_id for lesion_id in (lesions or {}).values() if lesion_id is not None]
        seen = {*lesions_seen(self._connection, Visit, visit_id), *there}
        with following(self._act, sorted(seen)):
            moving.move_visit(self._act, visit_id, patient_id, lesions=lesions or {})

    def move_lesion(self, lesion_id: int, patient_id: int) -> None:
        """A lesion to another patient, with its assessments and photos, day by day."""
        moving.move_lesion(self._act, lesion_id, patient_id)

    def move_outline(self, outline_id: int, lesion_id: int) -> None:
        """An outline, with its measurements, to another lesion of the same patient."""
        moving.move_outline(self._act, outline_id, lesion_id)

    def merge_patients(
        self, keep_id: int, other_id: int, *, value: Patient, reason: str = ""
    ) -> Stored[Patient]:
        """Move everything of `other` to `keep`, whose value becomes `value`."""
        self._act.reason = reason or self._act.reason
        return merging.merge_patients(self._act, keep_id, other_id, value=value)

    def merge_lesions(self, keep_id: int, other_id: int, *, reason: str = "") -> None:
        """Move everything of lesion `other` to `keep`; refuses two outlines in one photo."""
        self._act.reason = reason or self._act.reason
        with following(self._act, (keep_id,)):
            merging.merge_lesions(self._act, keep_id, other_id)

    def take_in(
        self, source: "Source", arrivals: "Arrivals", *, progress: Progress = no_progress
    ) -> tuple[int, int]:
        """Take records in from another clinic; administrators only, for users come with them.

        Returns the first and last number of the journal's lines that came along. See
        `store.taking_in`.
        """
        from woundtrack.store.taking_in import take_in

        self.users.require_administrator()
        self.users.forget({uuid for kind, uuid in arrivals.new if kind == spec_of(User).table})
        return take_in(
            self._act, self._vault, source, arrivals, files_made=self.files_made, progress=progress
        )

    def note(self, action: str, kind: str, record_id: int | None, *, reason: str = "") -> None:
        """Journal what changes nothing: viewed, exported, printed."""
        self._act.journal(action, kind, record_id, reason or self._act.reason)

    def add_user(self, name: str, role: Role, passphrase: str) -> Stored[User]:
        """A new user with an own passphrase; administrators only."""
        return self.users.add(name, role, passphrase)

    def change_passphrase(self, user_id: int, *, old: str, new: str) -> None:
        """A user's own new passphrase."""
        self.users.change_passphrase(user_id, old=old, new=new)

    def set_passphrase(self, user_id: int, *, new: str) -> None:
        """A first or new passphrase for a user who forgot it; administrators only."""
        self.users.set_passphrase(user_id, new=new)

    def reactivate_user(self, user_id: int, *, new: str) -> Stored[User]:
        """Someone who had left may sign in again, by a new passphrase; administrators only."""
        user = self.get(User, user_id)
        back = self.revise(user, replace(user.value, active=True))
        self.users.set_passphrase(user_id, new=new)
        return back

    def set_most_lock_minutes(self, minutes: int) -> None:
        """The most idle minutes before anyone's window locks; administrators only."""
        self.users.require_administrator()
        self.set_setting(LOCK_MINUTES_MOST, str(kept_minutes(minutes)))

    def next_card_run(self, page_size: str) -> int:
        """Register a new print run of the card and return its number."""
        numbers = self._connection.execute("SELECT number FROM card_run").fetchall()
        number = next_number(number for (number,) in numbers)
        return self.add(CardRun(number=number, page_size=page_size)).value.number

    def set_setting(self, name: str, value: str) -> None:
        """Set a clinic-wide setting."""
        self._connection.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )
        self._act.journal("set", "setting", None, name)

    def set_letterhead(self, value: Letterhead) -> Stored[Letterhead]:
        """The clinic's letterhead, its first or another revision; administrators only."""
        known = self.letterhead()
        return self.add(value) if known is None else self.revise(known, value)

    def _refuse_to_write(self, value: object) -> None:
        """What must not be written now, though it may come back out of the bin."""
        if isinstance(value, Letterhead):
            self.users.require_administrator()
        # Nobody confirms a tracing in another's name.
        if isinstance(value, RaterTrace) and value.rater_id != self._act.user_id:
            raise RecordError("record.trace_is_another_s")
        if isinstance(value, Assessment | LesionMeasurement | PhotoOutline):
            parting.check_seen(self._connection, value)

    def _moved(self, latest: Stored[Any], value: Any) -> Stored[Any]:
        before = latest.value
        if isinstance(value, Visit) and value.patient_id != before.patient_id:
            self.move_visit(latest.id, value.patient_id)
        elif isinstance(value, VisitPhoto) and value.visit_id != before.visit_id:
            self.move_photo(latest.id, value.visit_id)
        elif isinstance(value, Lesion) and value.patient_id != before.patient_id:
            self.move_lesion(latest.id, value.patient_id)
        elif isinstance(value, PhotoOutline) and value.lesion_id != before.lesion_id:
            self.move_outline(latest.id, value.lesion_id)
        else:
            return latest
        return rows.get(self._connection, type(value), latest.id)

    def _revised(self, latest: Stored[Any], value: Any, reason: str) -> Stored[Any]:
        if is_draft(latest.value) and is_draft(value):
            return self._act.overwrite_draft(latest, value)
        confirmed = is_draft(latest.value) and not is_draft(value)
        action = "confirmed" if confirmed else "corrected"
        revised = self._act.replace(latest, value, action=action, reason=reason)
        if isinstance(value, User):
            self.users.changed(revised)
        return revised

    def _new_code(self) -> str:
        from woundtrack.photo.code import new_patient_code

        while True:
            code = new_patient_code(os.urandom(_CODE_BYTES))
            taken = self._connection.execute("SELECT 1 FROM patient WHERE code = ?", (code,))
            if taken.fetchone() is None:
                return code
