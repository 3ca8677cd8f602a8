"""Records as they travel between clinics: by permanent uuid, with every state they ever had.

These are the values of the open format's files (`docs/formats.md`); their fields are its keys.
Nothing here names an integer key, for those are of one database only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

FORMAT = "woundtrack-open"
VERSION = 1
"""Raised when a key is renamed, removed or means something else; a new key does not raise it."""
SHARED = "shared"
"""The name of the part that holds what belongs to no patient."""


@dataclass(frozen=True, slots=True)
class CarriedAct:
    """What one person changed in one step: revisions name it, and it may undo another."""

    act: str
    """Its moment, and its number among the acts of that moment: "2026-05-20T09:30:00+00:00 #1"."""
    at_utc: str
    by_uuid: str | None
    """The user; None where the program itself did it."""
    reason: str
    undoes: str | None = None


def in_time(key: str) -> tuple[str, int]:
    """An act's moment, and its number among those of that moment: to sort by."""
    at_utc, _, number = key.rpartition(" #")
    return at_utc, int(number)


@dataclass(frozen=True, slots=True)
class CarriedRevision:
    """One state of a record: what it said, who wrote it, when and why."""

    revision: int
    """From 1, without a gap."""
    at_utc: str
    by_uuid: str | None
    reason: str
    act: str
    deleted: bool
    value: object
    """The record's fields as JSON."""


@dataclass(frozen=True, slots=True)
class CarriedRecord:
    """A record with all its states; the last one is the record as it stands."""

    kind: str
    uuid: str
    at_utc: str
    """As the record has it; of a draft that was written over, its revision says other things."""
    by_uuid: str | None
    reason: str
    act: str
    deleted_by: str | None
    """The act that put it into the bin; None where it is not there."""
    revisions: tuple[CarriedRevision, ...]


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """One line of the journal."""

    at_utc: str
    by_uuid: str | None
    action: str
    kind: str
    record_uuid: str | None
    act: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class CarriedCorrection:
    """What waits to be confirmed in a confirmed visit."""

    visit_uuid: str
    at_utc: str
    by_uuid: str | None
    value: object


@dataclass(frozen=True, slots=True)
class CarriedDrawing:
    """What a rater has drawn of a study's photo and not confirmed."""

    rater_photo_uuid: str
    rater_uuid: str
    round: int
    outline: object


@dataclass(frozen=True, slots=True)
class Part:
    """One file: everything of one patient, or what belongs to no patient."""

    part: str
    """The patient's uuid, or "shared"."""
    format: str = FORMAT
    version: int = VERSION
    acts: tuple[CarriedAct, ...] = ()
    records: tuple[CarriedRecord, ...] = ()
    """Parents before what hangs below them; of a kind in the order in which they were made."""
    journal: tuple[CarriedLine, ...] = ()
    corrections: tuple[CarriedCorrection, ...] = ()
    drawings: tuple[CarriedDrawing, ...] = ()

    @property
    def path(self) -> str:
        """The file's place in the folder."""
        return "shared.json" if self.part == SHARED else f"patients/{self.part}.json"


@dataclass(frozen=True, slots=True)
class CarriedPhoto:
    """An untouched photo beside the records, under a name that tells nothing."""

    path: str
    sha256: str
    byte_count: int
    imported_at_utc: str


class Source(Protocol):
    """What can be taken in: parts that were found sound, and their photos."""

    @property
    def photos(self) -> tuple[CarriedPhoto, ...]:
        """Every photo."""

    @property
    def whole_clinic(self) -> bool:
        """Whether everything of a clinic is there."""

    def parts(self) -> Iterable[Part]:
        """What belongs to no patient first, then the patients; read anew at each call."""

    def photo(self, photo: CarriedPhoto) -> tuple[bytes, bytes]:
        """A photo's original bytes, and a JPEG of at most 512 px."""
