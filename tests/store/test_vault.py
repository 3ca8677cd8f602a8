"""Photo files: kept byte for byte, recognised, and never half there."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, USER, a_photo, add_case, jpeg, spoiled
from woundtrack import words
from woundtrack.errors import StoreError
from woundtrack.records import Visit, VisitPhoto
from woundtrack.store import files, vault
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import VAULT_NAME
from woundtrack.store.vault import Vault


def refusal(ask) -> str:
    with pytest.raises(StoreError) as refused:
        ask()
    return refused.value.code


def in_vault(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / VAULT_NAME).rglob("*") if path.is_file())


def imported(clinic: Clinic, data: bytes, thumbnail: bytes = b"thumb") -> str:
    return clinic.write(lambda w: w.import_photo(data, a_photo(data), thumbnail)).vault_name


def test_original_and_thumbnail_come_back(clinic: Clinic) -> None:
    data = os.urandom(100_000)
    name = imported(clinic, data, b"small")
    assert clinic.read(lambda r: r.photo_bytes(name)) == data
    assert clinic.read(lambda r: r.thumbnail(name)) == b"small"


def test_a_photo_imported_twice_is_recognised(clinic, folder: Path, case) -> None:
    data = jpeg(1)
    before = in_vault(folder)
    again = clinic.write(lambda w: w.import_photo(data, a_photo(data), b"other thumb"))
    assert again.already_at == (case.photo.id,)
    assert again.vault_name == case.photo.value.vault_name
    assert in_vault(folder) == before
    clinic.write(lambda w: w.delete(VisitPhoto, case.photo.id))
    again = clinic.write(lambda w: w.import_photo(data, a_photo(data), b"thumb"))
    assert again.already_at == ()


def test_names_tell_nothing_and_differ_between_clinics(tmp_path: Path) -> None:
    one, other = (Vault(tmp_path, data_key=bytes([n]) * 32) for n in (1, 2))
    assert one.name_of(b"x") != other.name_of(b"x")
    assert one.name_of(b"x") == one.name_of(b"x")


def test_a_flipped_byte_anywhere_is_noticed(tmp_path: Path) -> None:
    store = Vault(tmp_path, data_key=b"k" * 32)
    name, (path, _) = store.store(b"original", b"thumb")
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert refusal(lambda: store.original(name)) == "store.photo_damaged"
    for cut in (0, 3, 10, 20, len(sound) - 1):
        path.write_bytes(sound[:cut])
        assert refusal(lambda: store.original(name)) == "store.photo_damaged"
    path.unlink()
    assert refusal(lambda: store.original(name)) == "store.photo_missing"


def test_a_file_in_anothers_place_does_not_open(tmp_path: Path) -> None:
    store = Vault(tmp_path, data_key=b"k" * 32)
    one, (path_one, thumb_one) = store.store(b"one", b"thumb")
    other, (path_other, _) = store.store(b"other", b"thumb")
    path_other.write_bytes(path_one.read_bytes())
    assert refusal(lambda: store.original(other)) == "store.photo_damaged"
    thumb_one.write_bytes(path_one.read_bytes())
    assert refusal(lambda: store.thumbnail(one)) == "store.photo_damaged"


def test_importing_again_mends_a_damaged_file(clinic: Clinic, folder: Path, case) -> None:
    name = case.photo.value.vault_name
    path = folder / VAULT_NAME / name[:2] / name
    path.write_bytes(spoiled(path.read_bytes()))
    assert refusal(lambda: clinic.read(lambda r: r.photo_bytes(name))) == "store.photo_damaged"
    assert [f.code for f in clinic.check()] == ["check.photo_damaged"]

    def fails(writer) -> None:
        writer.import_photo(jpeg(1), a_photo(jpeg(1)), b"thumb")
        raise ValueError

    with pytest.raises(ValueError):
        clinic.write(fails)
    assert clinic.read(lambda r: r.photo_bytes(name)) == jpeg(1)
    path.write_bytes(b"")
    assert imported(clinic, jpeg(1)) == name
    assert clinic.read(lambda r: r.photo_bytes(name)) == jpeg(1)
    assert clinic.check() == []


def test_an_act_that_fails_leaves_no_file(clinic: Clinic, folder: Path) -> None:
    def act(writer) -> None:
        writer.import_photo(jpeg(9), a_photo(jpeg(9)), b"thumb")
        raise ValueError

    with pytest.raises(ValueError):
        clinic.write(act)
    assert in_vault(folder) == []


def test_a_failed_act_keeps_a_file_that_was_there(clinic: Clinic, case) -> None:
    def act(writer) -> None:
        writer.import_photo(jpeg(1), a_photo(jpeg(1)), b"thumb")
        raise ValueError

    with pytest.raises(ValueError):
        clinic.write(act)
    assert clinic.read(lambda r: r.photo_bytes(case.photo.value.vault_name)) == jpeg(1)


@pytest.mark.parametrize("failing", [1, 2, 3, 4, 5])  # shelf, file and its folder, twice
def test_a_disk_that_fills_up_while_importing(
    clinic: Clinic, folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls = 0
    real = files.os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fsync)
    assert refusal(lambda: imported(clinic, jpeg(3))) == "store.disk_full"
    monkeypatch.undo()
    assert in_vault(folder) == []
    assert clinic.check() == []
    imported(clinic, jpeg(3))


def test_what_is_not_read_back_equal_is_refused(
    clinic: Clinic, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_disk(path: Path, data: bytes) -> None:
        path.write_bytes(data[:-20])

    monkeypatch.setattr(vault, "write_whole", bad_disk)
    assert refusal(lambda: imported(clinic, jpeg(3))) == "store.photo_damaged"
    assert in_vault(folder) == []


def test_a_full_database_is_said_and_changes_nothing(clinic: Clinic, folder: Path, case) -> None:
    def act(writer) -> None:
        (pages,) = writer._connection.execute("PRAGMA page_count").fetchone()
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        kept = writer.import_photo(jpeg(4), a_photo(jpeg(4)), b"thumb")
        writer.add(VisitPhoto(case.visit.id, kept.vault_name, kept.photo, note="n" * 100_000))

    before = in_vault(folder)
    assert refusal(lambda: clinic.write(act)) == "store.disk_full"
    assert in_vault(folder) == before
    assert len(clinic.read(lambda r: r.find(VisitPhoto))) == 1
    clinic.write(lambda w: w._connection.execute("PRAGMA max_page_count = 1000000").fetchall())
    latest = clinic.read(lambda r: r.get(Visit, case.visit.id))
    clinic.write(lambda w: w.revise(latest, replace(latest.value, note="n" * 100_000)))


_IMPORT = """
import sys
from pathlib import Path
from tests.clinics import a_photo, add_case, jpeg
from woundtrack.records import Visit, VisitPhoto
from woundtrack.store.clinic import open_clinic
import datetime as dt, os

clinic = open_clinic(Path(sys.argv[1]), user_name=sys.argv[2], passphrase=sys.argv[3])
visit = clinic.read(lambda r: r.find(Visit))[0]

def one(number):
    def act(writer):
        data = jpeg(number % 250) + number.to_bytes(4, "big")
        kept = writer.import_photo(data, a_photo(data), b"thumb%d" % number)
        writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
    clinic.write(act)

for number in range(10_000):
    one(number)
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7])
def test_a_killed_import_leaves_nothing_half_saved(folder, opened, after: int) -> None:
    clinic = opened()
    clinic.write(add_case)
    clinic.close()
    root = Path(__file__).parents[2]
    importing = subprocess.Popen(
        [sys.executable, "-c", _IMPORT, str(folder), USER, PASSPHRASE],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    with importing:
        assert importing.stdout is not None
        done = -1
        while done < after:
            done = int(importing.stdout.readline())
        importing.kill()
    clinic = opened()
    assert clinic.check() == []
    photos = clinic.read(lambda r: r.find(VisitPhoto))
    assert len(photos) >= after + 2  # all that were reported, and the one of the case
    for photo in photos:
        assert clinic.read(lambda r, p=photo: r.photo_bytes(p.value.vault_name)).startswith(
            b"\xff\xd8"
        )
    assert len(clinic.orphans().loose) <= 1  # what was on its way, and is offered


def test_a_check_counts_and_can_be_stopped(clinic: Clinic, case: SimpleNamespace) -> None:
    seen: list[tuple[int, int]] = []
    result = clinic.examine(progress=lambda done, total: seen.append((done, total)))
    assert result.sound
    assert result.records == 19  # with the user
    assert seen[-1][0] == seen[-1][1]
    stopped = clinic.check(progress=lambda _done, _total: False)
    assert [finding.code for finding in stopped] == ["check.stopped"]


def test_what_cannot_be_taken_back_stays_and_the_failure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_key = b"k" * 32
    kept = Vault(tmp_path, data_key=data_key)

    def fail(*_arguments: object, **_more: object) -> bytes:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Path, "read_bytes", fail)
    monkeypatch.setattr(Path, "unlink", fail)
    assert refusal(lambda: kept.store(b"photo", b"thumb")) == "store.io"
    assert any(path.is_file() for path in tmp_path.rglob("*"))


def test_the_check_names_each_file_and_whose_it_is(clinic: Clinic, folder: Path, case) -> None:
    name, loose = case.photo.value.vault_name, imported(clinic, jpeg(9))
    for path in in_vault(folder):
        path.write_bytes(spoiled(path.read_bytes()))
    told = {str(finding) for finding in clinic.check()}
    assert len(told) == 4
    of_case = next(one for one in told if "damaged" in one)
    for said in (name[:8], case.patient.value.code, words.date(case.visit.value.on)):
        assert said in of_case
    assert sum(loose[:8] in one for one in told) == 2
    (folder / VAULT_NAME / name[:2] / name).unlink()
    assert "check.photo_missing" in {finding.code for finding in clinic.check()}
