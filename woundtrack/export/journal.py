"""The journal as a table, CSV or Excel, written whole or not at all, and journalled itself."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.errors import StoreError
from woundtrack.export.placing import beside, put, refuse_inside
from woundtrack.export.sinks import CsvFolder, Sink, Workbook
from woundtrack.export.tables import EXCEL
from woundtrack.export.types import Cell
from woundtrack.records import Role
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.journal_pages import JournalFilter, JournalLine
from woundtrack.words import N_, _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader

TABLE = "journal"
_STEP = 200
"""After how many lines progress is told."""
COLUMNS = (
    N_("number"), N_("time (UTC)"), N_("user"), N_("action"), N_("kind of record"),
    N_("record number"), N_("patient code"), N_("reason"), N_("act"),
)  # fmt: skip


def export_journal(
    clinic: "Clinic",
    target: Path,
    wanted: JournalFilter,
    *,
    action_name: Callable[[str], str] = str,
    kind_name: Callable[[str], str] = str,
    progress: Progress = no_progress,
) -> int | None:
    """Write the lines that are wanted, newest first; return how many.

    A workbook where `target` ends in .xlsx, else one CSV file. None where `progress` returned
    False: nothing is left then, as after an error. Administrators only. Raises StoreError
    store.not_allowed, .read_only, .not_writable, .inside_clinic; ReportError and ExportError as
    `export.tables`.
    """
    if clinic.user.value.role is not Role.ADMINISTRATOR:
        raise StoreError("store.not_allowed")
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    excel = target.suffix.lower() == EXCEL
    with beside(target, folder=False) as part:
        place = part / (f"{TABLE}{EXCEL}" if excel else f"{TABLE}.csv")
        sink: Sink = Workbook(place) if excel else CsvFolder(part)
        try:
            sink.begin(TABLE, [_(title) for title in COLUMNS])

            def add(line: JournalLine) -> None:
                sink.add(TABLE, _cells(line, action_name, kind_name))

            written = clinic.read(lambda reader: _told(reader, wanted, add, progress))
            if written is None:
                return None
            sink.close()
        finally:
            sink.abandon()
        clinic.note("exported", TABLE, reason=str(written))
        put(place, target)
    return written


def _told(
    reader: "Reader",
    wanted: JournalFilter,
    tell: Callable[[JournalLine], None],
    progress: Progress,
) -> int | None:
    """Tell every line that is wanted; return how many, None where `progress` returned False."""
    pages = reader.journal_pages()
    total, done = pages.count(wanted), 0
    for line in pages.all_lines(wanted):
        if done % _STEP == 0 and progress(done, total) is False:
            return None
        tell(line)
        done += 1
    return done


def _cells(
    line: JournalLine, action_name: Callable[[str], str], kind_name: Callable[[str], str]
) -> tuple[Cell, ...]:
    entry = line.entry
    return (
        entry.id, entry.at_utc, line.user_name, action_name(entry.action), kind_name(entry.kind),
        entry.record_id, line.patient_code, entry.reason, entry.act_id,
    )  # fmt: skip
