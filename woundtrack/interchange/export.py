"""The record as a folder of the open format, written whole or not at all, and journalled."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from woundtrack import __version__
from woundtrack.errors import InterchangeError, StoreError
from woundtrack.export.placing import beside, put, refuse_inside
from woundtrack.interchange.manifest import (
    MANIFEST,
    PATIENTS,
    PHOTOS,
    README,
    SCHEMA,
    FileEntry,
    Manifest,
)
from woundtrack.interchange.readme import README_TEXT
from woundtrack.interchange.schema import schema
from woundtrack.interchange.text import MAX_JSON_BYTES, dumped
from woundtrack.store.carried import SHARED, CarriedPhoto
from woundtrack.store.codec import codec_for
from woundtrack.store.files import sync_folder
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.migrating import STEP_NAMES
from woundtrack.words import N_, _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader

_JOURNALLED = N_("Open format")
_ENDINGS = (
    (0, b"\xff\xd8\xff", "jpg"), (0, b"\x89PNG", "png"), (4, b"ftypavif", "avif"),
    (4, b"ftyp", "heic"), (0, b"II*\0", "tif"), (0, b"MM\0*", "tif"), (8, b"WEBP", "webp"),
    (0, b"BM", "bmp"), (0, b"GIF8", "gif"),
)  # fmt: skip
"""What a file of each kind has at which place."""
OTHER_ENDING = "bin"
ENDINGS = (*dict.fromkeys(ending for _, _, ending in _ENDINGS), OTHER_ENDING)


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """What was written."""

    patients: int
    photos: int
    left_out: int
    """Records in the bin that name one of a patient who was not exported."""


def export_record(
    clinic: "Clinic",
    target: Path,
    *,
    patient_ids: Sequence[int] | None = None,
    progress: Progress = no_progress,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> ExportedRecord | None:
    """Write some patients, or the whole clinic, to the new or empty folder `target`.

    Nothing in it is encrypted; that it left is journalled before it is there. None where
    `progress` returned False: nothing is left then, as after an error. Raises InterchangeError
    interchange.photo_damaged, .nobody; ReportError report.not_allowed, .disk_full, …; StoreError
    store.folder_not_empty, .inside_clinic, and .read_only or .not_writable where nothing can be
    journalled.
    """
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    with beside(target, folder=True) as part:
        writing = _Writing(part, clinic, progress)
        done = clinic.read(lambda reader: writing.fill(reader, patient_ids, now()))
        if done is None:
            return None
        clinic.write(lambda writer: _journal(writer, patient_ids), reason=_(_JOURNALLED))
        put(part, target)
    return done


def exported_text(done: ExportedRecord) -> str:
    """What was written, in a sentence or two."""
    patients = ngettext("{count} patient", "{count} patients", done.patients)
    photos = ngettext("{count} photo", "{count} photos", done.photos)
    said = _("Exported: {patients}, {photos}.").format(
        patients=patients.format(count=done.patients), photos=photos.format(count=done.photos)
    )
    if not done.left_out:
        return said
    left = ngettext(
        "{count} record in the bin names one of another patient and was left out.",
        "{count} records in the bin name one of another patient and were left out.",
        done.left_out,
    )
    return f"{said} {left.format(count=done.left_out)}"


def _journal(writer: Any, patient_ids: Sequence[int] | None) -> None:
    for patient_id in (None,) if patient_ids is None else patient_ids:
        writer.note("exported", "clinic" if patient_id is None else "patient", patient_id)


class _StoppedError(Exception):
    """Somebody stopped it."""


class _Writing:
    """A folder that is being written."""

    def __init__(self, folder: Path, clinic: "Clinic", progress: Progress) -> None:
        self._folder, self._clinic, self._progress = folder, clinic, progress
        self._files: list[FileEntry] = []
        self._photos: dict[str, CarriedPhoto] = {}
        self._done, self._total = 0, 1

    def fill(
        self, reader: "Reader", patient_ids: Sequence[int] | None, now: dt.datetime
    ) -> ExportedRecord | None:
        """Everything in one snapshot of the clinic; None where stopped."""
        for name in (PATIENTS, PHOTOS):
            (self._folder / name).mkdir()
        self._reader = reader
        self._imported_at = reader.vault_files()
        try:
            carrying = reader.carrying_out(patient_ids, sha256_of=self._sha256_of)
            patients = carrying.patients()
            if not patients:
                raise InterchangeError("interchange.nobody")
            self._total = 1 + len(patients)
            for name in (SHARED, *patients):
                self._write_part(carrying, name)
            if patient_ids is None:
                self._write_loose_photos()
            self._finish(now, whole=patient_ids is None, left_out=carrying.left_out)
            self._advance()  # whoever stopped it now does not want it either
        except _StoppedError:
            return None
        return ExportedRecord(len(patients), len(self._photos), carrying.left_out)

    def _write_part(self, carrying: Any, name: str) -> None:
        try:
            part = carrying.part(name)
        except StoreError as error:
            if error.code not in ("store.photo_damaged", "store.photo_missing"):
                raise
            code = carrying.code_of(name)
            raise InterchangeError("interchange.photo_damaged", patient_code=code) from error
        data = dumped(codec_for(type(part))[0](part))
        if len(data) > MAX_JSON_BYTES:
            most_mb = MAX_JSON_BYTES // 10**6
            raise InterchangeError("interchange.too_large", file=part.path, most_mb=most_mb)
        self._write(part.path, data)
        self._files.append(FileEntry(part.path, hashlib.sha256(data).hexdigest(), len(data)))
        self._done += 1
        self._advance()

    def _sha256_of(self, vault_name: str) -> str:
        """Write a photo when it is named first; what its bytes are called."""
        known = self._photos.get(vault_name)
        if known is None:
            known = self._photos[vault_name] = self._write_photo(vault_name)
            self._advance()
        return known.sha256

    def _write_photo(self, vault_name: str) -> CarriedPhoto:
        data = self._reader.photo_bytes(vault_name)
        sha256 = hashlib.sha256(data).hexdigest()
        path = f"{PHOTOS}/{sha256}.{ending_of(data)}"
        self._write(path, data)
        return CarriedPhoto(path, sha256, len(data), self._imported_at[vault_name])

    def _write_loose_photos(self) -> None:
        """Photos of the vault that no record names yet; a damaged one is nobody's."""
        for vault_name in self._imported_at:
            try:
                self._sha256_of(vault_name)
            except StoreError as error:
                if error.code not in ("store.photo_damaged", "store.photo_missing"):
                    raise

    def _finish(self, now: dt.datetime, *, whole: bool, left_out: int) -> None:
        self._write(README, README_TEXT.encode())
        self._write(SCHEMA, dumped(schema()))
        manifest = Manifest(
            exported_at_utc=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            exported_by=self._clinic.user.value.name,
            program_version=__version__,
            schema_version=len(STEP_NAMES),
            clinic_name=self._clinic.clinic_name,
            whole_clinic=whole,
            left_out=left_out,
            files=tuple(self._files),
            photos=tuple(sorted(self._photos.values(), key=lambda photo: photo.path)),
        )
        # Last, for it is what makes the folder one of the format.
        self._write(MANIFEST, dumped(codec_for(Manifest)[0](manifest)))
        for folder in (self._folder / PATIENTS, self._folder / PHOTOS, self._folder):
            sync_folder(folder)

    def _write(self, path: str, data: bytes) -> None:
        with (self._folder / path).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _advance(self) -> None:
        if self._progress(self._done, self._total) is False:
            raise _StoppedError


def ending_of(data: bytes) -> str:
    """The ending by which other programs open a photo, told by its first bytes."""
    found = (end for place, sign, end in _ENDINGS if data[place : place + len(sign)] == sign)
    return next(found, OTHER_ENDING)
