"""A patient's tables, or the whole clinic's, written whole or not at all, and journalled."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.errors import ExportError
from woundtrack.export.case import case_of
from woundtrack.export.dictionary import (
    ABOUT,
    ABOUT_COLUMNS,
    DICTIONARY,
    DICTIONARY_COLUMNS,
    NAMED,
    TABLES,
    about_rows,
    dictionary_rows,
)
from woundtrack.export.placing import beside, put, refuse_inside
from woundtrack.export.sinks import CsvFolder, Sink, Workbook
from woundtrack.export.types import Identity
from woundtrack.records import ConsentPurpose, Patient, Stored
from woundtrack.store.health import Progress, no_progress
from woundtrack.words import N_, _, labelled, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader

EXCEL = ".xlsx"
"""The ending that asks for a workbook; any other target is a folder of CSV files."""
_JOURNALLED = N_("Tables")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many patients were written, and how many were left out for want of consent."""

    patients: int
    left_out: int = 0


def export_tables(
    clinic: "Clinic",
    target: Path,
    *,
    identity: Identity,
    patient_id: int | None = None,
    progress: Progress = no_progress,
) -> Exported | None:
    """Write every table of one patient, or of the whole clinic, and journal that they left.

    `target` is a workbook where it ends in .xlsx, which is replaced, else a new or empty folder
    for CSV files. By code, only patients whose consent to research is in force are written. None
    where `progress` returned False: nothing is left then, as after an error. Raises ExportError
    export.no_consent, .nobody, .too_much_for_excel; ReportError report.not_allowed, .disk_full,
    .bad_name, .folder_gone, .not_written; StoreError store.folder_not_empty, .inside_clinic, and
    store.read_only or .not_writable where nothing can be journalled.
    """
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    with beside(target, folder=not _is_workbook(target)) as part:
        place = part / target.name if _is_workbook(target) else part
        sink: Sink = Workbook(place) if _is_workbook(target) else CsvFolder(place)
        try:
            exported = clinic.read(
                lambda reader: _fill(reader, sink, identity, patient_id, progress)
            )
            if exported is None:
                return None
            sink.close()
        finally:
            sink.abandon()
        # Journalled before it is there: what left unrecorded would be worse than a line too many.
        kind = "clinic" if patient_id is None else "patient"
        clinic.write(
            lambda writer: writer.note("exported", kind, patient_id),
            reason=labelled(_(_JOURNALLED), _(NAMED[identity])),
        )
        put(place, target)
    return exported


def who_would_be(
    clinic: "Clinic", *, identity: Identity, patient_id: int | None = None
) -> Exported:
    """How many patients an export would hold and leave out, without making it."""
    chosen, left_out = clinic.read(lambda reader: _chosen(reader, identity, patient_id, _today()))
    return Exported(len(chosen), left_out)


def exported_text(done: Exported) -> str:
    """What was written and what was not, in a sentence or two."""
    text = ngettext("{count} patient exported.", "{count} patients exported.", done.patients)
    said = text.format(count=done.patients)
    if not done.left_out:
        return said
    missing = ngettext(
        "{count} was left out: no consent to research is in force.",
        "{count} were left out: no consent to research is in force.",
        done.left_out,
    )
    return f"{said} {missing.format(count=done.left_out)}"


def _is_workbook(target: Path) -> bool:
    return target.suffix.lower() == EXCEL


def _fill(
    reader: "Reader",
    sink: Sink,
    identity: Identity,
    patient_id: int | None,
    progress: Progress,
) -> Exported | None:
    """Everything in one snapshot of the clinic; None where stopped."""
    today = _today()
    patients, left_out = _chosen(reader, identity, patient_id, today)
    if not patients:
        code = "export.nobody" if patient_id is None else "export.no_consent"
        raise ExportError(code, count=left_out)
    _begin(sink, identity)
    for done, patient in enumerate(patients):
        if progress(done, len(patients)) is False:
            return None
        case = case_of(reader.history(patient.id), today=today)
        for table in TABLES:
            columns = table.columns_in(identity)
            for row in table.rows(case):
                sink.add(table.key, [column.cell(case, row, identity) for column in columns])
    _tell_about(sink, identity, Exported(len(patients), left_out), today)
    if progress(len(patients), len(patients)) is False:
        return None
    return Exported(len(patients), left_out)


def _chosen(
    reader: "Reader", identity: Identity, patient_id: int | None, today: dt.date
) -> tuple[list[Stored[Patient]], int]:
    """Who is written, and how many are left out."""
    asked = [reader.get(Patient, patient_id)] if patient_id is not None else reader.find(Patient)
    chosen = asked
    if identity is Identity.BY_CODE:
        research = ConsentPurpose.RESEARCH
        chosen = [each for each in asked if each.value.consents_to(research, on=today)]
        # In the order of the codes: that of names or birth would tell something of both.
        chosen.sort(key=lambda each: each.value.code)
    return chosen, len(asked) - len(chosen)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _begin(sink: Sink, identity: Identity) -> None:
    sink.begin(ABOUT, ABOUT_COLUMNS)
    sink.begin(DICTIONARY, DICTIONARY_COLUMNS)
    for row in dictionary_rows(identity):
        sink.add(DICTIONARY, row)
    for table in TABLES:
        columns = table.columns_in(identity)
        sink.begin(table.key, [column.title(identity) for column in columns])


def _tell_about(sink: Sink, identity: Identity, exported: Exported, today: dt.date) -> None:
    for row in about_rows(
        identity,
        patients=exported.patients,
        left_out=exported.left_out,
        made_on=today,
        quoted=isinstance(sink, CsvFolder),
    ):
        sink.add(ABOUT, row)
