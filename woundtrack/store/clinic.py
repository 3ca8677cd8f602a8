"""The open clinic: who is signed in, questions read, acts written.

One writer thread owns the writing connection; each reading thread has its own read-only
one. Nothing here is called from the GUI thread except through `ui.background`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from woundtrack.photo.types import Photo
from woundtrack.records import Patient, PatientHistory, Role, Stored, User

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ClinicInfo:
    """What can be known of a clinic before anyone signs in."""

    folder: Path
    clinic_name: str
    user_names: tuple[str, ...]
    schema_version: int


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One line of the patient list."""

    id: int
    patient: Patient
    open_lesions: int
    lesions: int
    last_visit_on: dt.date | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Who did what to which record, when. `act` groups what one act changed."""

    id: int
    at_utc: dt.datetime
    user_id: int | None
    action: str
    kind: str
    record_id: int | None
    act_id: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPhoto:
    """A photo's bytes in the vault, verified by reading them back."""

    vault_name: str
    photo: Photo
    already_at: tuple[int, ...]
    """Ids of the visit photos that already show these same bytes."""


def create_clinic(
    folder: Path,
    *,
    clinic_name: str,
    user_name: str,
    passphrase: str,
) -> str:
    """Make a new clinic store with its first administrator; return the recovery key's text.

    Refuses a folder that holds anything, a network share, a weak passphrase.
    """
    raise NotImplementedError


def clinic_info(folder: Path) -> ClinicInfo:
    """What the sign-in page shows. Raises StoreError where there is no clinic."""
    raise NotImplementedError


def open_clinic(folder: Path, *, user_name: str, passphrase: str) -> "Clinic":
    """Open and unlock (migrating after a backup where needed).

    Raises StoreError: store.wrong_passphrase, store.newer, store.damaged, …; a clinic that
    another process writes is opened read-only (`Clinic.read_only`, `Clinic.writer_name`).
    """
    raise NotImplementedError


def reset_passphrase(folder: Path, *, recovery_key: str, user_name: str, passphrase: str) -> None:
    """Give a user a new passphrase by the recovery key."""
    raise NotImplementedError


class Clinic:
    """An unlocked clinic with its signed-in user."""

    folder: Path
    clinic_name: str
    user: Stored[User]
    read_only: bool
    writer_name: str

    def read(self, question: "Callable[[Reader], T]") -> T:
        """Answer a question on the calling thread, in one consistent snapshot."""
        raise NotImplementedError

    def write(self, act: "Callable[[Writer], T]", *, reason: str = "") -> T:
        """Do an act in one transaction on the writer thread, and wait for it."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish queued acts, then forget the keys."""
        raise NotImplementedError


class Reader:
    """What can be asked. Every method is one or a few indexed queries."""

    def get(self, kind: type[V], record_id: int) -> Stored[V]:
        """One record, deleted or not. Raises RecordError record.missing."""
        raise NotImplementedError

    def find(self, kind: type[V], *, deleted: bool = False, **equal: object) -> list[Stored[V]]:
        """Records whose named columns equal the given values, in their natural order."""
        raise NotImplementedError

    def revisions(self, kind: type[V], record_id: int) -> list[Stored[V]]:
        """Every revision of a record, oldest first."""
        raise NotImplementedError

    def search_patients(
        self, text: str = "", *, everyone: bool = False, limit: int = 200
    ) -> list[PatientRow]:
        """Patients by any part of name, number, code or birth date; active ones unless
        `everyone`."""
        raise NotImplementedError

    def look_alikes(self, patient: Patient) -> list[Stored[Patient]]:
        """Patients who could be the same person (number, or birth date and similar name)."""
        raise NotImplementedError

    def history(self, patient_id: int) -> PatientHistory:
        """Everything of one patient, without what lies in the bin."""
        raise NotImplementedError

    def photo_bytes(self, vault_name: str) -> bytes:
        """The original file, decrypted and verified."""
        raise NotImplementedError

    def thumbnail(self, vault_name: str) -> bytes:
        """A JPEG of at most 512 px, decrypted."""
        raise NotImplementedError

    def bin(self, patient_id: int | None = None) -> list[Stored[object]]:
        """What was deleted and can be restored."""
        raise NotImplementedError

    def journal(self, *, limit: int = 500, before_id: int | None = None) -> list[JournalEntry]:
        """The journal, newest first."""
        raise NotImplementedError


class Writer(Reader):
    """What can be done. Each act is journalled with its user and can be undone as one."""

    act_id: int

    def add(self, value: V) -> Stored[V]:
        """A new record. Checks it (`woundtrack.store.checks`) and raises RecordError."""
        raise NotImplementedError

    def revise(self, stored: Stored[V], value: V, *, reason: str = "") -> Stored[V]:
        """A new revision. RecordError record.changed_meanwhile where `stored` is not latest.

        Drafts (confirmed False before and after) are overwritten without a new revision.
        """
        raise NotImplementedError

    def delete(self, kind: type[V], record_id: int, *, reason: str = "") -> None:
        """To the bin, with everything below it."""
        raise NotImplementedError

    def restore(self, kind: type[V], record_id: int) -> None:
        """Out of the bin, with what went in with it."""
        raise NotImplementedError

    def undo(self, act_id: int) -> None:
        """Return every record an act touched to what it was; refuse if changed since."""
        raise NotImplementedError

    def import_photo(self, data: bytes, photo: Photo, thumbnail: bytes) -> ImportedPhoto:
        """Encrypt original bytes and thumbnail into the vault and read them back."""
        raise NotImplementedError

    def merge_patients(
        self, keep_id: int, other_id: int, *, value: Patient, reason: str = ""
    ) -> Stored[Patient]:
        """Move everything of `other` to `keep`, whose value becomes `value`."""
        raise NotImplementedError

    def merge_lesions(self, keep_id: int, other_id: int, *, reason: str = "") -> None:
        """Move everything of lesion `other` to `keep`; refuses two outlines in one photo."""
        raise NotImplementedError

    def note(self, action: str, kind: str, record_id: int | None) -> None:
        """Journal what changes nothing: viewed, exported, printed."""
        raise NotImplementedError

    def add_user(self, name: str, role: Role, passphrase: str) -> Stored[User]:
        """A new user with an own passphrase; administrators only."""
        raise NotImplementedError

    def change_passphrase(self, user_id: int, *, old: str, new: str) -> None:
        """A user's own new passphrase."""
        raise NotImplementedError

    def next_card_run(self, page_size: str) -> int:
        """Register a new print run of the card and return its number."""
        raise NotImplementedError

    def setting(self, name: str) -> str | None:
        """A clinic-wide setting."""
        raise NotImplementedError

    def set_setting(self, name: str, value: str) -> None:
        """Set a clinic-wide setting."""
        raise NotImplementedError
