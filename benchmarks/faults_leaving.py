"""Jobs of what leaves the clinic and comes in: a report, tables, the open format."""

import shutil
from collections.abc import Callable

from benchmarks.faults_clinic import COLLEAGUE, new_clinic, opened
from benchmarks.faults_stage import OUT
from benchmarks.faults_state import digest
from benchmarks.faults_work import Job
from woundtrack.demo.output import patient_report
from woundtrack.export.placing import write_file
from woundtrack.export.tables import export_tables
from woundtrack.export.types import Identity
from woundtrack.interchange.export import export_record
from woundtrack.interchange.importing import import_record, look_at_folder
from woundtrack.records import User
from woundtrack.store.clinic import Clinic

PARCEL = "parcel"
LEFT = ("tables", "tables.xlsx", "open", "report.pdf")


def _place(job: Job) -> None:
    """Where it is exported to."""
    (job.root / OUT).mkdir()


def _export(job: Job) -> None:
    """Tables as CSV and as a workbook, the open format, a PDF: each a line of the journal."""
    out = job.root / OUT
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


def _parcel(job: Job) -> None:
    """A folder of the open format of this clinic, and a new, empty clinic in its place."""
    (job.root / OUT).mkdir()
    with opened(job) as clinic:
        # Two users of one name would not be taken for one person.
        other = User(COLLEAGUE, clinic.user.value.role)
        clinic.write(lambda writer: writer.revise(clinic.user, other))
        export_record(clinic, job.root / OUT / PARCEL)
    shutil.rmtree(job.clinic)
    new_clinic(job)


def _take_in(job: Job) -> None:
    """Take the folder in: records and photos in one act."""
    reference = bool(job.more.get("reference"))
    with opened(job) as clinic:
        if reference:
            job.say(digest=digest(clinic))
        _taken_in(job, clinic)
        job.shown(**({"digest": digest(clinic)} if reference else {}))


def _taken_in(job: Job, clinic: Clinic) -> None:
    looked = look_at_folder(clinic, job.root / OUT / PARCEL)
    assert looked is not None
    import_record(clinic, looked[0])


def taken_in_again(job: Job, clinic: Clinic) -> list[str]:
    """What was broken off can be done once more, with the photos that lie there already."""
    if digest(clinic) == job.more["states"][0]:
        _taken_in(job, clinic)
    return [] if digest(clinic) == job.more["states"][-1] else ["taken in again: another state"]


JOBS: dict[str, Callable[[Job], None]] = {
    "place": _place, "export": _export, "parcel": _parcel, "take_in": _take_in,
}  # fmt: skip
