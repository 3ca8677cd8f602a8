"""Backups of a clinic of 10,000 photos: the next one with 50 new, reading all, bringing it back.

The 10,000 are small (40 kB, thumbnails 8 kB), the 50 new ones of the size of a telephone's photo;
each new one comes with a visit, scale, outline, measurement and assessment, saved as a nurse saves
them. The floor is copying the new photos' files to the same disk, each made durable.
"""

import datetime as dt
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest import mock

from benchmarks import store_speed
from benchmarks.table import Row, markdown
from woundtrack.backup.folder import backups_in
from woundtrack.backup.making import back_up, folder_of
from woundtrack.backup.opening import opened_by_passphrase
from woundtrack.backup.restoring import restore
from woundtrack.backup.types import BackedUp
from woundtrack.backup.verifying import verify
from woundtrack.records import Lesion, Side, Visit
from woundtrack.store import keys
from woundtrack.store.clinic import Clinic, Writer, create_clinic, open_clinic
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, VAULT_NAME

TITLE = "Backups: 10,000 photos, 50 new ones"
PHOTOS, NEW = 10_000, 50
SMALL_BYTES, THUMBNAIL_BYTES, NEW_BYTES = 40_000, 8_000, 2_000_000
DAYS = 5
_USER, _PASSPHRASE = "bench", "a passphrase for benches"
_FIRST_DAY = dt.datetime(2026, 1, 5, 18, tzinfo=dt.UTC)
_VISITS = 20
MB = 1e6
T = TypeVar("T")


def run() -> list[Row]:
    """Build the clinic in a temporary folder, back it up daily, verify, bring back, compare."""
    with tempfile.TemporaryDirectory() as place:
        folder, target = Path(place) / "clinic", Path(place) / "stick"
        target.mkdir()
        create_clinic(
            folder, clinic_name="Bench", user_name=_USER, passphrase=_PASSPHRASE, cost=keys.CHEAP
        )
        clinic = open_clinic(folder, user_name=_USER, passphrase=_PASSPHRASE)
        try:
            lesions = _filled(clinic)
            rows = _making(clinic, lesions, target)
            rows += _reading(clinic, target)
        finally:
            clinic.close()
        return rows + _bringing_back(folder, target, Path(place) / "back")


def _making(clinic: Clinic, lesions: list[tuple[int, int]], target: Path) -> list[Row]:
    first, first_s = _timed(lambda: _made(clinic, target, 0))
    seconds, ratios, beyond, shares = [], [], [], []
    for day in range(1, DAYS + 1):
        photo_bytes, files = _a_day(clinic, lesions, day)
        floor_s = _copied(files, target.parent / f"floor {day}")
        made, took = _timed(lambda day=day: _made(clinic, target, day))
        assert made.new_files == 2 * NEW
        seconds.append(took)
        ratios.append(took / floor_s)
        beyond.append((made.new_bytes - photo_bytes) / MB)
        shares.append(made.new_bytes / photo_bytes)
    same, same_s = _timed(lambda: _made(clinic, target, DAYS + 1))
    database = first.backup.database_bytes / MB
    ratio = f"{statistics.median(ratios):.1f} × copying the new files"
    took = statistics.median(seconds)
    return [
        Row(
            "backup: the first", first_s, "s",
            f"{first.new_files} files, {database:.0f} MB of database",
        ),
        Row(
            "backup: 50 new photos of 2 MB", took, "s",
            f"{min(seconds):.2f} to {max(seconds):.2f} in {DAYS} days; {ratio}",
            "≤ 5 s", max(seconds) <= 5.0,
        ),
        Row(
            "backup: written for each byte of the new photos", statistics.median(shares), "",
            f"beyond them {min(beyond):.1f} to {max(beyond):.1f} MB: pages, manifest",
            "only the new bytes", max(beyond) <= 0.1 * NEW * NEW_BYTES / MB,
        ),
        Row("backup: nothing new", same_s, "s", f"{same.new_bytes / MB:.2f} MB written"),
    ]  # fmt: skip


def _reading(clinic: Clinic, target: Path) -> list[Row]:
    found, took = _timed(lambda: verify(folder_of(clinic, target)))
    return [
        Row(
            f"backup: verified, {len(found.backups)} backups", took, "s",
            f"{found.files} files, {found.byte_count / MB / took:.0f} MB/s",
            "sound", found.sound,
        )
    ]  # fmt: skip


def _bringing_back(folder: Path, target: Path, back: Path) -> list[Row]:
    newest = backups_in(target)[0]
    opener = opened_by_passphrase(newest, user_name=_USER, passphrase=_PASSPHRASE)
    restored, took = _timed(lambda: restore(newest, back, opener=opener))
    assert restored is not None
    kept = [path for path in (folder / VAULT_NAME).rglob("*") if path.is_file()]
    kept.append(folder / KEYRING_NAME)
    pairs = ((path.read_bytes(), (back / path.relative_to(folder)).read_bytes()) for path in kept)
    differ = sum(ours != theirs for ours, theirs in pairs)
    clinic = open_clinic(back, user_name=_USER, passphrase=_PASSPHRASE)
    try:
        problems = len(clinic.check())
        told = clinic.read(lambda r: r.journal(limit=50))
    finally:
        clinic.close()
    assert any(line.action == "restored" for line in told)
    assert (back / DATABASE_NAME).exists()
    rate = f"{restored.byte_count / MB / took:.0f} MB/s, compared"
    return [
        Row("backup: brought back", took, "s", rate),
        Row(
            "backup: photo and key files that differ then",
            differ,
            "",
            f"of {len(kept)}",
            "0",
            not differ,
        ),
        Row(
            "backup: problems a check finds then",
            problems,
            "",
            "pages, records, photos, journal",
            "0",
            not problems,
        ),
    ]


def _made(clinic: Clinic, target: Path, day: int) -> BackedUp:
    now = _FIRST_DAY + dt.timedelta(days=day)
    made = back_up(clinic, target, now=lambda: now)
    assert made is not None
    return made


def _filled(clinic: Clinic) -> list[tuple[int, int]]:
    """Patients, each with a lesion and the photos of its visits; ids of patients and lesions."""
    chance = random.Random(7)
    made: list[tuple[int, int]] = []

    def act(writer: Writer) -> None:
        for number in range(PHOTOS // _VISITS):
            patient = writer.add(store_speed.a_patient(chance, number))
            lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
            made.append((patient.id, lesion.id))
            for week in range(_VISITS):
                visit = writer.add(Visit(patient.id, _FIRST_DAY.date() - dt.timedelta(weeks=week)))
                data, small = chance.randbytes(SMALL_BYTES), chance.randbytes(THUMBNAIL_BYTES)
                store_speed.add_measured(writer, visit.id, lesion.id, data, small)

    with mock.patch("os.fsync"):  # nothing is measured here
        clinic.write(act)
    return made


def _a_day(clinic: Clinic, lesions: list[tuple[int, int]], day: int) -> tuple[int, list[Path]]:
    """A day's visits, saved one by one; the bytes of their vault files, and these."""
    chance = random.Random(day)
    before = {file.path for file in clinic._vault.listing()}
    on = (_FIRST_DAY + dt.timedelta(days=day)).date()
    for patient_id, lesion_id in chance.sample(lesions, NEW):
        data, small = chance.randbytes(NEW_BYTES), chance.randbytes(THUMBNAIL_BYTES)
        visit = clinic.write(partial(Writer.add, value=Visit(patient_id, on)))
        clinic.write(
            partial(
                store_speed.add_measured,
                visit_id=visit.id,
                lesion_id=lesion_id,
                data=data,
                thumbnail=small,
            )
        )
    files = [file.path for file in clinic._vault.listing() if file.path not in before]
    return sum(path.stat().st_size for path in files), files


def _copied(files: list[Path], target: Path) -> float:
    """Seconds to copy these files, each made durable."""
    target.mkdir()
    start = time.perf_counter()
    for path in files:
        with (target / path.name).open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
    took = time.perf_counter() - start
    shutil.rmtree(target)
    return took


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


if __name__ == "__main__":
    print(markdown(run()))
