"""What is known of a backup, of making one, of verifying one and of bringing one back."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from woundtrack.store.types import Finding


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as its own head tells: believed only once it was opened with the clinic's key."""

    path: Path
    clinic_uuid: str
    clinic_name: str
    at_utc: dt.datetime
    number: int
    """Counts the backups of a clinic in a folder, whatever the clock says."""
    photos: int
    photo_bytes: int
    """Of the photos' originals."""
    database_bytes: int
    users: int
    """Who could sign in."""
    schema_version: int

    @property
    def id(self) -> str:
        """What a person calls it by."""
        return self.path.stem

    @property
    def byte_count(self) -> int:
        """About what a clinic brought back from it takes on the disk."""
        return self.photo_bytes + self.database_bytes


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made."""

    backup: Backup
    new_bytes: int
    """Written to the folder for it: photos, changed pages of the database, the manifest."""
    new_files: int
    """Originals and thumbnails that were not there yet."""
    new_photos: int
    """Originals that were not there yet."""
    damaged: int
    """Photos that the clinic itself could not give, and that no earlier backup has."""
    removed: int
    """Old backups that were thinned out."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read of a folder of backups, and what was found; sound where nothing was."""

    backups: tuple[Backup, ...]
    findings: tuple[Finding, ...]
    files: int
    byte_count: int

    @property
    def sound(self) -> bool:
        """Whether nothing serious was found."""
        return not any(finding.serious for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Restored:
    """A clinic brought back into a folder of its own, and compared."""

    folder: Path
    backup: Backup
    photos: int
    byte_count: int
    damaged: tuple[str, ...]
    """Vault names of photos that the backup could not give."""
    unbroken: bool = True
    """Whether the journal is as it was written; where not, it was altered before the backup."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Of how many days, weeks, months and years the last backup is kept; None: of all of them.

    Days without a backup are not counted: a clock that runs ahead takes nothing away.
    """

    days: int = 14
    weeks: int = 13
    months: int = 24
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the clinic's backups go, and when one is due."""

    target: Path
    every_days: int = 1
    """0: only when asked for."""
    at_closing: bool = True
    keep: Keep = Keep()


@dataclass(frozen=True, slots=True)
class LastBackup:
    """How the last try went, and when one last went well."""

    tried_utc: dt.datetime
    code: str
    """"" where it went well, else the code of what went wrong."""
    made_utc: dt.datetime | None
    """When the last one was made that is whole; None: never."""
    target: Path
