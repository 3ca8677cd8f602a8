"""Damaged databases, and that nothing on the disk can be read without a key."""

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.clinics import PASSPHRASE, USER, a_patient, add_case
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.records import Patient
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.database import database_errors, is_of_disk
from woundtrack.store.database_check import last_change_finding
from woundtrack.store.info import DATABASE_NAME


@pytest.fixture
def filled(folder: Path, opened: Callable[..., Clinic]) -> Path:
    """A closed clinic with enough in it that most pages hold records."""
    clinic = opened()
    clinic.write(add_case)
    clinic.write(lambda w: [w.add(a_patient(f"{n}", note="n" * 500)) for n in range(200)])
    clinic.close()
    return folder


@pytest.mark.parametrize("place", [3, 20, 100, 4000, 5000, 60_000, 100_000, -300])
def test_a_flipped_byte_is_noticed_by_opening_or_by_the_check(
    filled: Path, opened: Callable[..., Clinic], place: int
) -> None:
    path = filled / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[place] ^= 0x40
    path.write_bytes(content)
    try:
        clinic = opened()
        found = {finding.code for finding in clinic.check()}
    except StoreError as error:
        found = {error.code}
    assert found <= {"store.damaged", "check.pages"}
    assert len(found) == 1


def test_a_page_half_written_while_folding_the_wal_in_is_no_damage(
    folder: Path, opened: Callable[..., Clinic], tmp_path: Path
) -> None:
    opened().write(add_case)
    cut_off = Path(shutil.copytree(folder, tmp_path / "cut off"))
    log = cut_off.joinpath(f"{DATABASE_NAME}-wal").read_bytes()
    frames = range(32, end_of_log(cut_off), 24 + 4096)
    pages = [int.from_bytes(log[at : at + 4], "big") for at in frames]
    database = bytearray((cut_off / DATABASE_NAME).read_bytes())
    page = max(each for each in pages if each * 4096 <= len(database))
    database[(page - 1) * 4096 + 2048 : page * 4096] = bytes(2048)
    (cut_off / DATABASE_NAME).write_bytes(database)
    clinic = open_clinic(cut_off, user_name=USER, passphrase=PASSPHRASE)
    assert clinic.check() == []
    clinic.close()


def test_a_last_act_that_was_damaged_since_is_told_by_the_logs_index(
    folder: Path, opened: Callable[..., Clinic], tmp_path: Path
) -> None:
    opened().write(add_case)
    crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    database, log = crashed / DATABASE_NAME, crashed / f"{DATABASE_NAME}-wal"
    sound, end = log.read_bytes(), end_of_log(crashed)
    assert last_change_finding(database) == []
    for damaged in (
        sound[: end - 9] + bytes([sound[end - 9] ^ 1]) + sound[end - 8 :],
        sound[: end - 9],
    ):
        log.write_bytes(damaged)
        (told,) = last_change_finding(database)
        assert told.serious
        assert "clinic.db-wal" in str(told)
    (crashed / f"{DATABASE_NAME}-shm").unlink()
    assert last_change_finding(database) == []


def end_of_log(folder: Path) -> int:
    """Where what counts in the log ends, by its index: older bytes may follow."""
    frames = folder.joinpath(f"{DATABASE_NAME}-shm").read_bytes()[16:20]
    return 32 + int.from_bytes(frames, sys.byteorder) * (24 + 4096)


def test_reading_a_damaged_page_says_so(filled: Path, opened: Callable[..., Clinic]) -> None:
    path = filled / DATABASE_NAME
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):  # all but the first
        content[page * 4096 + 2000] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        opened().read(lambda r: r.find(Patient))
    assert refused.value.code == "store.damaged"
    assert "backup" in explain(refused.value)


@pytest.mark.parametrize("left", [0, 1, 4096, 10_000])
def test_a_cut_off_database_is_damaged(filled, opened, left: int) -> None:
    path = filled / DATABASE_NAME
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(StoreError) as refused:
        opened().read(lambda r: r.find(Patient))
    assert refused.value.code == "store.damaged"


def test_a_stored_value_that_makes_no_sense_is_damage(clinic: Clinic) -> None:
    patient = clinic.write(lambda w: w.add(a_patient()))
    clinic.write(lambda w: w._connection.execute("UPDATE patient SET sex = 'neither'"))
    with pytest.raises(StoreError) as refused:
        clinic.read(lambda r: r.get(Patient, patient.id))
    assert refused.value.code == "store.damaged"
    assert [finding.code for finding in clinic.check()] == ["check.unreadable_records"]


def everything(folder: Path) -> Iterable[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        yield path.name, path.name.encode() + (path.read_bytes() if path.is_file() else b"")


SECRETS = ("Lefèvre", "LEFEVRE", "lefevre", "Zanzibar-Note", "1958-03-02", "H-4711", "SourceName")


def test_nothing_is_readable_on_disk(folder: Path, clinic: Clinic, tmp_path: Path) -> None:
    case = clinic.write(lambda w: add_case(w, "H-4711"))
    value = replace(case.patient.value, note="Zanzibar-Note")
    clinic.write(lambda w: w.revise(case.patient, value), reason="Zanzibar-Note")
    clinic.read(lambda r: (r.search_patients("lef"), r.photo_bytes(case.photo.value.vault_name)))
    copies = Path(shutil.copytree(folder, tmp_path / "while open"))  # WAL and all
    clinic.close()
    names = {name for name, _ in everything(copies)}
    assert f"{DATABASE_NAME}-wal" in names
    for place in (copies, folder):
        for name, content in everything(place):
            for secret in SECRETS:
                for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                    assert secret.encode(encoding) not in content, name
            for header in (b"JFIF", b"SQLite format", case.patient.value.code.encode()):
                assert header not in content, name
            assert not content.removeprefix(name.encode()).startswith(b"\xff\xd8")
    used = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert used == []


def test_closing_folds_the_wal_into_the_database(folder: Path, clinic: Clinic) -> None:
    clinic.write(add_case)
    clinic.close()
    assert {path.name for path in folder.iterdir()} == {
        "clinic.json",
        "clinic.db",
        "clinic.lock",
        "clinic.woundtrack",
        "vault",
    }


def test_a_refused_index_of_the_log_is_the_disks_refusal() -> None:
    error = dbapi2.OperationalError("locking protocol")
    error.sqlite_errorcode = dbapi2.SQLITE_PROTOCOL
    with pytest.raises(StoreError) as refused, database_errors():
        raise error
    assert refused.value.code == "store.io"
    assert is_of_disk(error)
