"""What lies in a folder of the open format, with the means to see that it is as it was written."""

from dataclasses import dataclass

from woundtrack.store.carried import FORMAT, VERSION, CarriedPhoto

MANIFEST, SCHEMA, README = "manifest.json", "schema.json", "README.txt"
PHOTOS, PATIENTS = "photos", "patients"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of records."""

    path: str
    sha256: str
    byte_count: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first file to read: which format, from where, and every other file."""

    exported_at_utc: str
    exported_by: str
    """The user's name."""
    program_version: str
    schema_version: int
    """How many steps the schema of the clinic's database had."""
    clinic_name: str
    whole_clinic: bool
    """Whether everything of the clinic is here, or some patients alone."""
    left_out: int
    """Records in the bin that name one of a patient who is not here."""
    files: tuple[FileEntry, ...]
    """What belongs to no patient first, then a file a patient."""
    photos: tuple[CarriedPhoto, ...]
    format: str = FORMAT
    version: int = VERSION
