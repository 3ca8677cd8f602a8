"""Jobs on backups: made while there are earlier ones, brought back and put in place, verified."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults_clinic import NOW, USER, opened, photo
from benchmarks.faults_stage import PLACE_OF_BACKUPS
from benchmarks.faults_state import digest
from benchmarks.faults_work import Job
from benchmarks.nothing_readable import PASSPHRASE
from woundtrack.backup.folder import Folder, backups_in
from woundtrack.backup.making import back_up
from woundtrack.backup.opening import opened_by_passphrase
from woundtrack.backup.restoring import put_in_place, restore
from woundtrack.backup.types import Backup
from woundtrack.backup.verifying import verify
from woundtrack.records import Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Writer, open_clinic

NEW = "brought-back"
"""Below the job's folder: where a clinic is brought back to."""
_PHOTOS = (21, 22, 23)


def _made(clinic: Clinic, stick: Path, *, day: int) -> None:
    """A backup of a day of its own: of each day only the last is kept."""
    back_up(clinic, stick, now=lambda: NOW + dt.timedelta(days=day))


def _taken(number: int) -> Callable[[Writer], object]:
    data, facts, thumbnail = photo(number)

    def act(writer: Writer) -> object:
        kept = writer.import_photo(data, facts, thumbnail)
        return writer.add(VisitPhoto(2, kept.vault_name, kept.photo))

    return act


def _first(job: Job) -> None:
    """A stick with one backup, and a clinic that went on since."""
    stick = job.root / PLACE_OF_BACKUPS
    stick.mkdir()
    with opened(job) as clinic:
        _made(clinic, stick, day=0)
        for number in _PHOTOS:
            clinic.write(_taken(number))


def _second(job: Job) -> None:
    """One more backup."""
    with opened(job) as clinic:
        _made(clinic, job.root / PLACE_OF_BACKUPS, day=1)


def _back_up(job: Job) -> None:
    """Two more backups, with a visit in between."""
    reference = bool(job.more.get("reference"))
    with opened(job) as clinic:
        _told(job, clinic, reference, shown=False)
        _made(clinic, job.root / PLACE_OF_BACKUPS, day=1)
        _told(job, clinic, reference)
        clinic.write(lambda writer: writer.add(Visit(1, dt.date(2026, 6, 9))))
        _told(job, clinic, reference)
        _made(clinic, job.root / PLACE_OF_BACKUPS, day=2)
        _told(job, clinic, reference)


def _told(job: Job, clinic: Clinic, reference: bool, *, shown: bool = True) -> None:
    facts = {"digest": digest(clinic)} if reference else {}
    if shown:
        job.shown(**facts)
    elif reference:
        job.say(**facts)


def _restore(job: Job) -> None:
    """The first backup into a new folder, compared, then in the place of the clinic."""
    reference = bool(job.more.get("reference"))
    if reference:
        with opened(job) as clinic:
            _told(job, clinic, True, shown=False)
            before = digest(clinic)
    (backup, *_) = _backups(job)
    opener = opened_by_passphrase(backup, user_name=USER, passphrase=PASSPHRASE)
    restore(backup, job.root / NEW, opener=opener)
    job.shown(**({"digest": before} if reference else {}))
    put_in_place(job.root / NEW, job.clinic, today=NOW.date())
    if reference:
        with opened(job) as clinic:
            _told(job, clinic, True)
    else:
        job.shown()


def _backups(job: Job) -> list[Backup]:
    return sorted(backups_in(job.root / PLACE_OF_BACKUPS), key=lambda one: one.number)


def finish(job: Job) -> None:
    """Where the clinic's folder is not there at all, take the step that was cut off once more."""
    if not job.clinic.exists():
        put_in_place(job.root / NEW, job.clinic, today=NOW.date())


def backups_sound(job: Job, clinic: Clinic) -> list[str]:
    """Every backup that was there or told is whole, and one more can be made."""
    told = 1 + (job.more["acts"] > 0) + (job.more["acts"] > 2)
    if job.more["work_done"] == "restore":
        told = 2
    found = _verified(job, clinic, at_least=told)
    if job.more["work_done"] == "back_up" and not found:
        _made(clinic, job.root / PLACE_OF_BACKUPS, day=3)
        found += [f"after one more: {one}" for one in _verified(job, clinic, at_least=told + 1)]
        found += [f"{path.name} is left" for path in (job.root / PLACE_OF_BACKUPS).rglob("*.part")]
    return found


def beside_sound(job: Job) -> list[str]:
    """The clinic that was put aside, and one that was brought back beside it, are whole."""
    before, after = job.more["states"][0], job.more["states"][-1]
    there = [(aside, before) for aside in job.root.glob("clinic-before-*")]
    there += [(job.root / NEW, after)] if (job.root / NEW).exists() else []
    found = []
    for folder, state in there:
        clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
        found += [f"{folder.name}: {one.code}" for one in clinic.examine().findings if one.serious]
        if digest(clinic) != state:
            found.append(f"{folder.name}: another state")
        clinic.close()
    return found


def _verified(job: Job, clinic: Clinic, *, at_least: int) -> list[str]:
    there = _backups(job)
    if len(there) < at_least:
        return [f"{len(there)} backups, {at_least} were told"]
    verified = verify(_folder(there[0], clinic))
    return [f"backup: {one.code} {dict(one.data)}" for one in verified.findings if one.serious]


def _folder(backup: Backup, clinic: Clinic) -> Folder:
    return Folder(backup.path.parents[1], clinic._data_key)


JOBS: dict[str, Callable[[Job], None]] = {
    "first": _first, "second": _second, "back_up": _back_up, "restore": _restore,
}  # fmt: skip
