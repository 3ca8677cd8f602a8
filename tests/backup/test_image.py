"""The database file in one state, read beside SQLite without disturbing it."""

import itertools
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.backup.conftest import refusal
from tests.clinics import a_patient, add_case
from woundtrack.backup import image as image_module
from woundtrack.backup.database_copy import sound_database
from woundtrack.backup.image import opened_image
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.log_check import PAGE_BYTES


def read(clinic: Clinic) -> bytes:
    """The whole image, inside a read transaction."""

    def within(reader: object) -> bytes:
        reader.journal()  # type: ignore[attr-defined]
        with opened_image(path, data_key=clinic._data_key) as image:
            data = b"".join(page for chunk in image.chunks() for page in chunk)
            assert len(data) == image.count * PAGE_BYTES
            return data

    path = clinic.folder / DATABASE_NAME
    return clinic.read(within)


def names_in(data: bytes, clinic: Clinic, place: Path) -> list[str]:
    """The patients' names in an image, opened as a database of its own."""
    place.write_bytes(data)
    with sound_database(place, data_key=clinic._data_key, name="") as connection:
        return [row[0] for row in connection.execute("SELECT birth_name FROM patient")]


def checkpoint(clinic: Clinic, mode: str) -> None:
    connection = clinic._writing
    assert connection is not None
    connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()


@pytest.mark.parametrize("mode", ["PASSIVE", "RESTART", "TRUNCATE"])
def test_what_is_in_the_log_counts_and_what_is_folded_in_too(
    clinic: Clinic, tmp_path: Path, mode: str
) -> None:
    clinic.write(lambda w: add_case(w, "1", "Moreau"))
    checkpoint(clinic, mode)
    assert names_in(read(clinic), clinic, tmp_path / "1.db") == ["Moreau"]
    clinic.write(lambda w: add_case(w, "2", "Weiß", n=2))
    assert names_in(read(clinic), clinic, tmp_path / "2.db") == ["Moreau", "Weiß"]


def test_every_image_taken_while_others_write_is_sound(clinic: Clinic, tmp_path: Path) -> None:
    connection = clinic._writing
    assert connection is not None
    connection.execute("PRAGMA wal_autocheckpoint = 8")  # the log begins anew every few acts
    stop = threading.Event()

    def nurse() -> None:
        numbers = itertools.count()
        while not stop.is_set():
            number = next(numbers)
            clinic.write(lambda w, n=number: w.add(a_patient(str(n), f"Name {n}")))

    thread = threading.Thread(target=nurse)
    thread.start()
    try:
        images = [read(clinic) for _ in range(8)]
    finally:
        stop.set()
        thread.join()
    seen = 0
    for number, data in enumerate(images):
        names = names_in(data, clinic, tmp_path / f"{number}.db")
        assert names == [f"Name {n}" for n in range(len(names))]
        assert len(names) >= seen
        seen = len(names)


def test_a_log_that_does_not_settle_is_told(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.write(lambda w: add_case(w, "1", "Moreau"))
    monkeypatch.setattr(image_module, "_is_still", lambda *_all: False)
    assert refusal(lambda: read(clinic)) == "store.busy"


def test_a_damaged_log_is_told(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.write(lambda w: add_case(w, "1", "Moreau"))
    bad = SimpleNamespace(damaged=(3,))
    monkeypatch.setattr(image_module, "log_of", lambda _content: bad)
    assert refusal(lambda: read(clinic)) == "store.log_damaged"


PROBE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except OSError:
        print("taken")
"""
"""Whether SQLite's shared lock on a database is held, asked from outside: by its place there."""


@pytest.mark.skipif(sys.platform == "win32", reason="locks there belong to the descriptor")
def test_reading_the_raw_file_takes_none_of_the_databases_locks_away(clinic: Clinic) -> None:
    read(clinic)
    path = clinic.folder / DATABASE_NAME
    arguments = [sys.executable, "-c", PROBE, str(path)]
    found = subprocess.run(arguments, check=True, capture_output=True, text=True)
    assert found.stdout == "taken\n"
