"""Jobs that write outside the clinic: a report, tables, the open format."""

from collections.abc import Callable

from benchmarks.faults_clinic import opened
from benchmarks.faults_stage import OUT
from benchmarks.faults_state import digest
from benchmarks.faults_work import Job
from woundtrack.demo.output import patient_report
from woundtrack.export.placing import write_file
from woundtrack.export.tables import export_tables
from woundtrack.export.types import Identity
from woundtrack.interchange.export import export_record

LEFT = ("tables", "tables.xlsx", "open", "report.pdf")


def _export(job: Job) -> None:
    """Tables as CSV and as a workbook, the open format, a PDF: each a line of the journal."""
    out = job.root / OUT
    out.mkdir()
    reference = bool(job.more.get("reference"))

    def shown() -> None:
        job.shown(**({"digest": digest(clinic)} if reference else {}))

    with opened(job) as clinic:
        if reference:
            job.say(digest=digest(clinic))
        for name in LEFT[:2]:
            export_tables(clinic, out / name, identity=Identity.IDENTIFIED)
            shown()
        export_record(clinic, out / LEFT[2])
        shown()
        history = clinic.read(lambda reader: reader.history(1))
        note = lambda: clinic.write(lambda writer: writer.note("exported", "patient", 1))  # noqa: E731
        data = patient_report(clinic, history)
        write_file(data, out / LEFT[3], clinic_folder=job.clinic, note=note)
        shown()


JOBS: dict[str, Callable[[Job], None]] = {"export": _export}
