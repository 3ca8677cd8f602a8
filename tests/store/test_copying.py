"""A copy of the clinic opens by itself, holds everything, and is all there or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, USER, jpeg, spoiled, values
from woundtrack.errors import StoreError
from woundtrack.store import files, vault
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import VAULT_NAME


def refusal(ask: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as refused:
        ask()
    return refused.value.code


def test_the_copy_holds_everything_and_opens_without_the_original(
    clinic: Clinic, case: SimpleNamespace, folder: Path, tmp_path: Path
) -> None:
    target, told = tmp_path / "disk" / "copy", []
    before = values(clinic, case.patient.id)
    copied = clinic.copy_to(target, progress=lambda done, total: told.append((done, total)))
    assert copied is not None
    assert (copied.photos, copied.damaged) == (1, 0)
    written = [path for path in target.rglob("*") if path.is_file() and path.suffix != ".json"]
    assert copied.byte_count == sum(path.stat().st_size for path in written)
    assert told == [(0, 1), (1, 1)]
    clinic.close()
    shutil.rmtree(folder)
    again = open_clinic(target, user_name=USER, passphrase=PASSPHRASE)
    try:
        assert values(again, case.patient.id) == before
        assert again.read(lambda r: r.photo_bytes(case.photo.value.vault_name)) == jpeg(1)
        assert again.check() == []
    finally:
        again.close()


def test_the_journal_says_that_a_copy_was_made(clinic: Clinic, tmp_path: Path) -> None:
    clinic.copy_to(tmp_path / "copy")
    assert clinic.read(lambda r: r.journal())[0].action == "copied"


def test_nothing_readable_lies_in_the_copy(
    clinic: Clinic, case: SimpleNamespace, tmp_path: Path
) -> None:
    target = tmp_path / "copy"
    clinic.copy_to(target)
    written = b"".join(path.read_bytes() for path in target.rglob("*") if path.is_file())
    for secret in ("Lefèvre", "Ada Novák", "SourceName"):
        assert secret.encode() not in written
    assert b"\xff\xd8\xff\xe0" not in written


def test_stopped_or_failed_leaves_nothing_behind(
    clinic: Clinic, case: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy"
    assert clinic.copy_to(target, progress=lambda *_counts: False) is None
    assert not target.exists()
    target.mkdir()

    def full(_path: Path, _data: bytes) -> None:
        raise StoreError("store.disk_full")

    monkeypatch.setattr(vault, "write_whole", full)
    assert refusal(lambda: clinic.copy_to(target)) == "store.disk_full"
    assert list(target.iterdir()) == []


def test_a_copy_that_reads_back_otherwise_is_taken_away(
    clinic: Clinic, case: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy"
    monkeypatch.setattr(
        vault, "write_whole", lambda path, data: files.write_whole(path, spoiled(data))
    )
    assert refusal(lambda: clinic.copy_to(target)) == "store.copy_not_verified"
    assert not target.exists()


def test_a_photo_damaged_here_is_counted_and_the_rest_is_copied(
    clinic: Clinic, case: SimpleNamespace, folder: Path, tmp_path: Path
) -> None:
    name = case.photo.value.vault_name
    path = folder / VAULT_NAME / name[:2] / name
    path.write_bytes(spoiled(path.read_bytes()))
    copied = clinic.copy_to(tmp_path / "copy")
    assert copied is not None
    assert (copied.photos, copied.damaged) == (0, 1)


def test_places_that_are_no_place_for_a_copy(clinic: Clinic, folder: Path, tmp_path: Path) -> None:
    assert refusal(lambda: clinic.copy_to(folder / "copy")) == "store.copy_inside"
    assert refusal(lambda: clinic.copy_to(folder)) == "store.copy_inside"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    assert refusal(lambda: clinic.copy_to(tmp_path / "full")) == "store.folder_not_empty"
    assert (tmp_path / "full" / "letter.txt").read_text() == "mine"
