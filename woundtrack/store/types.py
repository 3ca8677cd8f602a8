"""What the store answers besides the records themselves."""

import datetime as dt
from dataclasses import dataclass

from woundtrack.errors import StoreError
from woundtrack.photo.types import Photo
from woundtrack.records import Assessment, Patient, PhotoOutline, PhotoScale, Visit


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One line of the patient list."""

    id: int
    patient: Patient
    open_lesions: int
    lost_lesions: int
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


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field in which two records that are to be merged differ."""

    field: str
    keep: object
    other: object


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging two patients would ask and move. Counts are of live records."""

    conflicts: tuple[FieldConflict, ...]
    lesions: int
    visits: int
    photos: int
    courses: int
    same_days: tuple[dt.date, ...]
    """Days on which both have a visit: the two become one."""
    relabelled: tuple[tuple[str, str], ...]
    """Lesions of the other patient whose label is taken, and the label they would get."""
    labs: int = 0
    analgesics: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check of the whole clinic found; as text, its translated sentence."""

    code: str
    serious: bool
    data: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        from woundtrack.explain import explain

        return explain(StoreError(self.code, **dict(self.data)))


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the whole clinic read, and what it found."""

    findings: tuple[Finding, ...]
    records: int
    vault_files: int
    vault_bytes: int
    journal_entries: int = 0
    journal_end: str = ""
    """Where the journal that was read ends, to be noted; empty where the database is damaged."""

    @property
    def sound(self) -> bool:
        """Whether nothing serious was found."""
        return not any(finding.serious for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Correction:
    """Changes to a confirmed visit that nobody has confirmed yet, kept against loss.

    Not a record: charts, reports and revisions never see it. `on_revisions` says which
    revision each change was made on, as (kind, photo or lesion id, lesion id or 0, revision);
    the ids are 0 where a kind has no such part, and so is the revision of what was new.
    """

    scales: tuple[PhotoScale, ...] = ()
    outlines: tuple[PhotoOutline, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    taken_away: tuple[tuple[str, int, int], ...] = ()
    on_revisions: tuple[tuple[str, int, int, int], ...] = ()
    chosen: tuple[tuple[int, int], ...] = ()
    """Lesion id and the photo whose measurement a person chose to count."""
    visit: Visit | None = None
    """With what the patient answered, where that is corrected."""


@dataclass(frozen=True, slots=True)
class PendingCorrection:
    """A visit's correction that waits to be confirmed, with who made it and when."""

    correction: Correction
    at_utc: dt.datetime
    user_name: str
