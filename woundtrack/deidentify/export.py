"""De-identified pictures and their table, written whole or not at all, and journalled."""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.deidentify.choose import Candidate, candidates_of
from woundtrack.deidentify.picture import PictureFormat, encoded, frame_of, shown
from woundtrack.deidentify.table import PICTURES, PURPOSE_NAMES, Row, about_pictures
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.errors import ExportError
from woundtrack.export.case import Case, case_of
from woundtrack.export.dictionary import (
    ABOUT,
    ABOUT_COLUMNS,
    DICTIONARY,
    DICTIONARY_COLUMNS,
    dictionary_rows,
)
from woundtrack.export.placing import beside, put, refuse_inside
from woundtrack.export.sinks import CsvFolder, Sink, Workbook
from woundtrack.export.types import Identity
from woundtrack.photo.read import decode_photo
from woundtrack.records import ConsentPurpose, Patient
from woundtrack.store.health import Progress, no_progress
from woundtrack.words import N_, _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer
    from woundtrack.store.reader import Reader

BY_CODE = Identity.BY_CODE
_JOURNALLED = N_("Pictures for {purpose}, each looked at by {name}")


class TableFormat(StrEnum):
    """What the table beside the pictures is."""

    CSV = "csv"
    EXCEL = "xlsx"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One picture as a person confirmed it: for these lesions, so cut, so masked."""

    patient_id: int
    photo_id: int
    lesion_ids: tuple[int, ...]
    crop: Crop
    masks: tuple[Mask, ...]
    seen: tuple[int, ...]
    """The revisions that were looked at, as the candidate had them."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many pictures of how many patients were written, and who had not agreed (by code)."""

    pictures: int
    patients: int
    left_out: tuple[str, ...] = ()


def confirmed_of(candidate: Candidate, crop: Crop, masks: Sequence[Mask]) -> Confirmed:
    """A candidate's picture, confirmed as it was looked at."""
    return Confirmed(
        candidate.case.history.patient.id,
        candidate.photo.id,
        tuple(each.lesion_id for each in candidate.drawn),
        crop,
        tuple(masks),
        candidate.seen,
    )


def export_pictures(
    clinic: "Clinic",
    target: Path,
    confirmed: Sequence[Confirmed],
    *,
    purpose: ConsentPurpose,
    confirmed_by: str,
    picture_format: PictureFormat = PictureFormat.JPEG,
    table_format: TableFormat = TableFormat.CSV,
    progress: Progress = no_progress,
) -> Exported | None:
    """Write the confirmed pictures and their table into a new or empty folder, and journal them.

    Nothing is written but what a person confirmed; consent is asked again, as of today. None where
    `progress` returned False: nothing is left then, as after an error. Raises ExportError
    deidentify.nothing_confirmed, .nobody, .changed, .not_plain, export.too_much_for_excel;
    StoreError store.folder_not_empty, .inside_clinic, and store.read_only or .not_writable where
    nothing can be journalled; ReportError for what the disk refuses.
    """
    if not confirmed or not confirmed_by.strip():
        raise ExportError("deidentify.nothing_confirmed")
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    with beside(target, folder=True) as part:
        sink = _sink(part, table_format)
        try:
            job = _Job(part, sink, purpose, picture_format, progress)
            exported = clinic.read(lambda reader: job.fill(reader, confirmed))
            if exported is None:
                return None
            sink.close()
        finally:
            sink.abandon()
        _same_time(part)
        # Journalled before it is there: what left unrecorded would be worse than a line too many.
        _journal(clinic, job.photo_ids, purpose, confirmed_by)
        put(part, target)
    return exported


def exported_text(done: Exported) -> str:
    """What was written and who was left out, in a sentence or two."""
    text = ngettext("{count} picture exported.", "{count} pictures exported.", done.pictures)
    said = [text.format(count=done.pictures)]
    if done.left_out:
        said.append(left_out_text(done.left_out))
    return " ".join(said)


def left_out_text(codes: Sequence[str], *, most: int | None = None) -> str:
    """How many patients have not agreed, and their codes, `most` of them at most."""
    more = " …" if most is not None and len(codes) > most else ""
    text = ngettext(
        "{count} patient is left out, without consent to it: {codes}.",
        "{count} patients are left out, without consent to it: {codes}.",
        len(codes),
    )
    return text.format(count=len(codes), codes=", ".join(codes[:most]) + more)


class _Job:
    """One export under way."""

    def __init__(
        self,
        folder: Path,
        sink: Sink,
        purpose: ConsentPurpose,
        picture_format: PictureFormat,
        progress: Progress,
    ) -> None:
        self._folder, self._sink, self._purpose = folder, sink, purpose
        self._format, self._progress = picture_format, progress
        self._today = today()
        self.photo_ids: list[int] = []

    def fill(self, reader: "Reader", confirmed: Sequence[Confirmed]) -> Exported | None:
        """Everything in one snapshot of the clinic; None where stopped."""
        self._begin()
        left_out: list[str] = []
        patients = 0
        for case in _cases(reader, confirmed, self._today):
            if not case.patient.consents_to(self._purpose, on=self._today):
                left_out.append(case.patient.code)
                continue
            patients += 1
            found = {each.photo.id: each for each in candidates_of(case)}
            whose = [each for each in confirmed if each.patient_id == case.history.patient.id]
            for each in sorted(whose, key=lambda one: one.photo_id):
                if self._progress(len(self.photo_ids), len(confirmed)) is False:
                    return None
                self._write(reader, _still(each, found), each)
        if not self.photo_ids:
            raise ExportError("deidentify.nobody", count=len(left_out))
        exported = Exported(len(self.photo_ids), patients, tuple(left_out))
        self._tell_about(exported)
        done = self._progress(len(confirmed), len(confirmed))
        return None if done is False else exported

    def _begin(self) -> None:
        self._sink.begin(ABOUT, ABOUT_COLUMNS)
        self._sink.begin(DICTIONARY, DICTIONARY_COLUMNS)
        for row in dictionary_rows(BY_CODE, (PICTURES,)):
            self._sink.add(DICTIONARY, row)
        titles = [column.title(BY_CODE) for column in PICTURES.columns_in(BY_CODE)]
        self._sink.begin(PICTURES.key, titles)

    def _write(self, reader: "Reader", candidate: Candidate, each: Confirmed) -> None:
        _facts, pixels = decode_photo(reader.photo_bytes(candidate.photo.value.vault_name))
        data = encoded(shown(pixels, each.crop, each.masks), self._format)
        name = f"{candidate.name}.{self._format}"
        with (self._folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        frame, count = frame_of(each.crop), len(each.masks)
        for drawn in candidate.drawn or (None,):
            row = Row(name, candidate, frame, drawn, count)
            columns = PICTURES.columns_in(BY_CODE)
            cells = [column.cell(candidate.case, row, BY_CODE) for column in columns]
            self._sink.add(PICTURES.key, cells)
        self.photo_ids.append(candidate.photo.id)

    def _tell_about(self, done: Exported) -> None:
        rows = about_pictures(
            self._purpose, patients=done.patients, pictures=done.pictures,
            left_out=done.left_out, on=self._today,
        )  # fmt: skip
        for row in rows:
            self._sink.add(ABOUT, row)


def today() -> dt.date:
    """The day by which consent is judged."""
    return dt.datetime.now().astimezone().date()


def _cases(reader: "Reader", confirmed: Sequence[Confirmed], day: dt.date) -> Iterator[Case]:
    """Whose pictures these are, in the order of the codes: that of names would tell of them."""
    patients = [reader.get(Patient, key) for key in {each.patient_id for each in confirmed}]
    for patient in sorted(patients, key=lambda each: each.value.code):
        yield case_of(reader.history(patient.id), today=day)


def _still(each: Confirmed, found: dict[int, Candidate]) -> Candidate:
    """The candidate as it is now, which must be as it was when it was looked at."""
    now = found.get(each.photo_id)
    if now is None or now.seen != each.seen:
        raise ExportError("deidentify.changed")
    return now.of_lesions(each.lesion_ids)


def _sink(folder: Path, table_format: TableFormat) -> Sink:
    if table_format is TableFormat.CSV:
        return CsvFolder(folder)
    return Workbook(folder / f"{PICTURES.key}.{TableFormat.EXCEL}")


def _same_time(folder: Path) -> None:
    """All files bear the noon of today: when each was made tells of the order of the work."""
    noon = dt.datetime.combine(today(), dt.time(12), dt.UTC).timestamp()
    for path in folder.iterdir():
        os.utime(path, (noon, noon))


def _journal(
    clinic: "Clinic", photo_ids: Sequence[int], purpose: ConsentPurpose, name: str
) -> None:
    told = _(_JOURNALLED).format(purpose=_(PURPOSE_NAMES[purpose]), name=name)
    journal_pictures(clinic, photo_ids, reason=told)


def journal_pictures(clinic: "Clinic", photo_ids: Sequence[int], *, reason: str) -> None:
    """One act that journals each photo as exported."""

    def note(writer: "Writer") -> None:
        for each in photo_ids:
            writer.note("exported", "visit_photo", each)

    clinic.write(note, reason=reason)
