"""The database file in one state, read beside SQLite without disturbing it."""

import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.backup.conftest import refusal
from tests.clinics import PASSPHRASE, USER, add_case
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
    done = threading.Event()

    def nurse() -> None:
        for number in range(20):
            clinic.write(lambda w, n=number: add_case(w, str(n), f"Name {n}", n=n))
        done.set()

    thread = threading.Thread(target=nurse)
    thread.start()
    seen = []
    while not done.is_set():
        names = names_in(read(clinic), clinic, tmp_path / f"{len(seen)}.db")
        assert names == [f"Name {n}" for n in range(len(names))]
        seen.append(len(names))
    thread.join()
    assert seen == sorted(seen)
    assert len(seen) > 2


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


SECOND = """
import sys
import threading
from pathlib import Path
from woundtrack.store.clinic import open_clinic
clinic = open_clinic(Path(sys.argv[1]), user_name=sys.argv[2], passphrase=sys.argv[3])
print(len(clinic.read(lambda r: r.journal())), flush=True)
clinic.close()
"""


def test_reading_the_raw_file_takes_none_of_the_databases_locks_away(
    clinic: Clinic, folder: Path
) -> None:
    clinic.write(lambda w: add_case(w, "1", "Moreau"))
    read(clinic)
    # Whoever believes to be the last to close the database folds the log in and removes it.
    arguments = [sys.executable, "-c", SECOND, str(folder), USER, PASSPHRASE]
    subprocess.run(arguments, check=True, capture_output=True)
    assert (folder / f"{DATABASE_NAME}-wal").exists()
    # Another process as a writer, past the lock of the clinic: the worst case.
    script = (
        "import sys; from pathlib import Path; from woundtrack.store.database import connect\n"
        "connect(Path(sys.argv[1]), data_key=bytes.fromhex(sys.argv[2]), writable=True).close()"
    )
    key = clinic._data_key.hex()
    arguments = [sys.executable, "-c", script, str(folder / DATABASE_NAME), key]
    subprocess.run(arguments, check=True, capture_output=True)
    assert (folder / f"{DATABASE_NAME}-wal").exists()
    clinic.write(lambda w: add_case(w, "2", "Weiß", n=2))
    assert clinic.check() == []
