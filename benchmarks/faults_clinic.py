"""Jobs on a clinic: made, filled by an import, worked in, brought forward, looked at."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from benchmarks.faults_state import digest, faults_of, left_over
from benchmarks.faults_work import Job
from benchmarks.nothing_readable import FAMILY_NAME, FIRST_NAME, NOTE, NUMBER, PASSPHRASE
from woundtrack.errors import StoreError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Letterhead,
    Patient,
    PhotoOutline,
    PhotoScale,
    Role,
    Side,
    SizeMethod,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic, Writer, create_clinic, open_clinic
from woundtrack.store.keyring import load_keyring
from woundtrack.store.keys import CHEAP
from woundtrack.store.types import Correction

USER = f"{FIRST_NAME} Administrator"
COLLEAGUE, NEW_PASSPHRASE = "Colleague Cautious", "nine loud herons wade"
NOW = dt.datetime(2026, 6, 15, 9, 30, tzinfo=dt.UTC)
PHOTOS = 5
_OLD_USER, _OLD_PASSPHRASE = "Ada Novák", "correct horse battery"
"""Of the clinic of the first version (tests/data/first_version)."""
_SCALE = Scale(
    method=ScaleMethod.TWO_POINTS,
    homography_px_to_mm=((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0)),
    relative_sd=0.01,
)
_OUTLINE = Outline(rings=(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)),))
_MEASUREMENT = Measurement(
    area_cm2=1.0,
    area_cm2_sd=0.02,
    perimeter_cm=4.0,
    length_cm=1.4142,
    width_cm=1.4142,
    length_px=((0.0, 0.0), (100.0, 100.0)),
    width_px=((0.0, 100.0), (100.0, 0.0)),
)


@contextmanager
def opened(job: Job, *, old: bool = False, passphrase: str = "") -> Iterator[Clinic]:
    """The job's clinic, signed in; closed afterwards."""
    user, usual = (_OLD_USER, _OLD_PASSPHRASE) if old else (USER, PASSPHRASE)
    clinic = open_clinic(
        job.clinic, user_name=user, passphrase=passphrase or usual, clock=lambda: NOW
    )
    try:
        yield clinic
    finally:
        clinic.close()


def photo(number: int) -> tuple[bytes, Photo, bytes]:
    """A photo's bytes, facts and thumbnail: what a search for pictures would find."""
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + FAMILY_NAME.encode()
    noise = b"".join(hashlib.sha256(bytes([number, n])).digest() for n in range(250))
    data = start + noise * 12
    return data, Photo(4000, 3000, "image/jpeg", len(data)), start + bytes([number]) * 2000


def new_clinic(job: Job) -> None:
    """An empty clinic with its administrator."""
    create_clinic(
        job.clinic, clinic_name="Ward 4", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP
    )


def _create(job: Job) -> None:
    """A clinic with a patient, a lesion and a visit that is not confirmed."""
    new_clinic(job)
    with opened(job) as clinic:
        clinic.write(lambda writer: writer.add(_patient(NUMBER)))
        clinic.write(lambda writer: writer.add(Lesion(1, "A", "calf", Side.LEFT)))
        clinic.write(lambda writer: _visit(writer, dt.date(2026, 6, 1), number=99))
        clinic.write(lambda writer: writer.add(Visit(1, NOW.date())))


def _patient(number: str) -> Patient:
    return Patient(number, FAMILY_NAME, FIRST_NAME, dt.date(1961, 5, 4), note=NOTE)


def _visit(writer: Writer, day: dt.date, *, number: int, confirmed: bool = True) -> None:
    visit = writer.add(Visit(1, day, general_pain_nrs=3, note=NOTE))
    data, facts, thumbnail = photo(number)
    kept = writer.import_photo(data, facts, thumbnail)
    shown = writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
    scale = writer.add(PhotoScale(shown.id, _SCALE, confirmed=confirmed))
    outline = writer.add(PhotoOutline(shown.id, 1, _OUTLINE, confirmed))
    measured = writer.add(
        LesionMeasurement(
            visit_id=visit.id,
            lesion_id=1,
            photo_id=shown.id,
            outline_id=outline.id,
            outline_revision=outline.revision,
            scale_id=scale.id,
            scale_revision=scale.revision,
            measurement=_MEASUREMENT,
            confirmed=confirmed,
        )
    )
    counted = Assessment(
        visit.id, 1, size_method=SizeMethod.TRACED, measurement_id=measured.id, confirmed=confirmed
    )
    writer.add(counted)


def _steps(job: Job, clinic: Clinic, acts: list[Callable[[Writer], Any]]) -> None:
    """Do acts one after another, each shown as done; with its digest where a reference is made."""
    reference = bool(job.more.get("reference"))
    if reference:
        job.say(digest=digest(clinic))
    for act in acts:
        clinic.write(act)
        job.shown(**({"digest": digest(clinic)} if reference else {}))


def _import(job: Job) -> None:
    """Photos as the window takes them in: bytes into the vault, then each into the visit."""
    names: dict[int, str] = {}

    def take(number: int) -> Callable[[Writer], None]:
        data, facts, thumbnail = photo(number)

        def act(writer: Writer) -> None:
            names[number] = writer.import_photo(data, facts, thumbnail).vault_name

        return act

    def place(number: int) -> Callable[[Writer], Any]:
        return lambda writer: writer.add(VisitPhoto(2, names[number], photo(number)[1]))

    with opened(job) as clinic:
        _steps(job, clinic, [act for n in range(PHOTOS) for act in (take(n), place(n))])


def _save(job: Job) -> None:
    """A day's acts: drafts, a confirmation, a correction, the bin, undoing, users, letterhead."""
    with opened(job) as clinic:
        _steps(job, clinic, [*_visit_acts(), *_clinic_acts()])


def _visit_acts() -> list[Callable[[Writer], Any]]:
    def revise(kind: type, record_id: int, **fields: object) -> Callable[[Writer], Any]:
        def act(writer: Writer) -> None:
            stored = writer.get(kind, record_id)
            writer.revise(stored, replace(stored.value, **fields), reason="mistyped")

        return act

    def confirm(writer: Writer) -> None:
        for kind in (PhotoScale, PhotoOutline, LesionMeasurement, Assessment):
            stored = writer.get(kind, 2)
            value = replace(stored.value, confirmed=True)
            if isinstance(value, LesionMeasurement):
                value = replace(value, outline_revision=2, scale_revision=2)
            writer.revise(stored, value)

    day = dt.date(2026, 6, 8)
    return [
        lambda writer: writer.add(_patient("second")),
        lambda writer: _visit(writer, day, number=50, confirmed=False),
        revise(Assessment, 2, pain_nrs=4),
        revise(Assessment, 2, pain_nrs=5),
        confirm,
        lambda writer: writer.keep_correction(1, Correction(visit=writer.get(Visit, 1).value)),
        revise(Visit, 1, general_pain_nrs=7),
        lambda writer: writer.drop_correction(1),
        lambda writer: writer.delete(Visit, 3, reason="double"),
        lambda writer: writer.restore(Visit, 3),
    ]


def _clinic_acts() -> list[Callable[[Writer], Any]]:
    return [
        lambda writer: writer.add_user(COLLEAGUE, Role.CLINICIAN, PASSPHRASE),
        lambda writer: writer.set_passphrase(2, new=NEW_PASSPHRASE),
        lambda writer: writer.set_letterhead(Letterhead(("Ward 4", "Second floor"))),
        lambda writer: writer.set_setting("auto_lock_minutes", "3"),
        lambda writer: writer.note("exported", "patient", 1),
    ]


def _migrate(job: Job) -> None:
    """The clinic of the first version, opened by the program of today."""
    with opened(job, old=True) as clinic:
        job.say(digest=digest(clinic))  # opening it after a kill brings it there, too
        job.shown(digest=digest(clinic))


def _look(job: Job) -> None:
    """Open the clinic again and say what is wrong with it."""
    from benchmarks.faults_backup import backups_sound, beside_sound, finish
    from benchmarks.faults_leaving import taken_in_again

    more = job.more
    finish(job)
    with opened(job, old=more["old"]) as clinic:
        found = faults_of(
            clinic,
            states=more["states"],
            shown=more["acts"],
            on_its_way=more["on_its_way"],
            most_orphans=PHOTOS + 1 if more["work_done"] == "take_in" else 1,
        )
        if more["work_done"] in ("back_up", "restore"):
            found += backups_sound(job, clinic)
        if more["work_done"] == "restore":
            found += beside_sound(job)
        if more["work_done"] == "take_in":
            found += taken_in_again(job, clinic)
        users = clinic.read(lambda reader: len(reader.find(User)))
    if users == 2 and more["work_done"] == "save":
        found += _colleague(job)
    job.say(found=[*found, *left_over(job.clinic)])


def _colleague(job: Job) -> list[str]:
    """Who was added can sign in, by the one passphrase or the other."""
    opens = 0
    for passphrase in (PASSPHRASE, NEW_PASSPHRASE):
        try:
            load_keyring(job.clinic).unlock(user_name=COLLEAGUE, passphrase=passphrase)
            opens += 1
        except StoreError as error:
            if error.code != "store.wrong_passphrase":
                raise
    return [] if opens == 1 else [f"{opens} passphrases open for a user"]


JOBS: dict[str, Callable[[Job], None]] = {
    "create": _create, "import": _import, "save": _save, "migrate": _migrate, "look": _look,
}  # fmt: skip
