"""Photos that no record names, records without their photo: found, kept, and removed on request."""

import datetime as dt
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clinics import a_photo, add_case, jpeg
from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Role, VisitPhoto
from woundtrack.store import files
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import VAULT_NAME
from woundtrack.store.vault import Vault

NURSE = ("Bo Ek", "another good passphrase")
OWN = "one of their own making"


def imported(clinic: Clinic, data: bytes) -> str:
    return clinic.write(lambda w: w.import_photo(data, a_photo(data), b"thumb")).vault_name


def in_vault(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / VAULT_NAME).rglob("*") if path.is_file())


@pytest.fixture
def left(opened: Callable[..., Clinic]) -> tuple[Callable[..., Clinic], str]:
    """A clinic that was closed after an import which nobody put into a visit."""
    clinic = opened()
    name = imported(clinic, jpeg(7))
    assert not clinic.orphans()  # its import may be under way
    clinic.close()
    return opened, name


def test_a_photo_without_a_visit_is_found_whatever_its_age(folder, left) -> None:
    opened, name = left
    for path in (folder / VAULT_NAME).rglob("*"):
        os.utime(path, (0, 0))
    clinic = opened()
    (loose,) = clinic.orphans().loose
    assert (loose.name, loose.has_original) == (name, True)
    assert loose.came_at_utc == dt.datetime(2026, 6, 15, 9, 30, tzinfo=dt.UTC)
    assert clinic.read(lambda r: r.photo_bytes(name)) == jpeg(7)
    assert [(f.code, f.serious) for f in clinic.examine().findings] == [("check.orphans", False)]


def test_put_into_a_visit_it_is_loose_no_more(left) -> None:
    opened, name = left
    clinic = opened()
    case = clinic.write(add_case)
    clinic.write(lambda w: w.add(VisitPhoto(case.visit.id, name, a_photo(jpeg(7)))))
    assert not clinic.orphans()


def test_what_the_bin_and_earlier_revisions_name_is_kept(clinic: Clinic, case, opened) -> None:
    clinic.write(lambda w: w.delete(VisitPhoto, case.photo.id))
    clinic.close()
    assert opened().orphans().loose == ()


def test_removing_is_journalled_and_takes_the_files(folder, left) -> None:
    opened, name = left
    clinic = opened()
    clinic.write(lambda w: w.remove_loose([name]))
    assert in_vault(folder) == []
    assert not clinic.orphans()
    last = clinic.read(lambda r: r.journal())[0]
    assert (last.action, last.reason) == ("removed_for_good", name[:8])
    assert clinic.check() == []


def test_a_removal_that_fails_takes_no_file(folder, left) -> None:
    opened, name = left
    clinic = opened()

    def act(writer) -> None:
        writer.remove_loose([name])
        raise ValueError

    with pytest.raises(ValueError):
        clinic.write(act)
    assert [each.name for each in clinic.orphans().loose] == [name]
    assert len(in_vault(folder)) == 2


def test_a_photo_of_a_visit_is_never_removed(clinic: Clinic, case) -> None:
    name = case.photo.value.vault_name
    clinic.write(lambda w: w.delete(VisitPhoto, case.photo.id))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.remove_loose([name]))
    assert refused.value.code == "record.photo_in_use"
    clinic.write(lambda w: w.restore(VisitPhoto, case.photo.id))
    assert clinic.read(lambda r: r.photo_bytes(name)) == jpeg(1)


def test_a_photo_that_came_in_once_more_is_not_removed(folder: Path, left) -> None:
    opened, name = left
    clinic = opened()
    (loose,) = clinic.orphans().loose  # in a list on the screen
    assert imported(clinic, jpeg(7)) == loose.name == name
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.remove_loose([name]))
    assert refused.value.code == "record.photo_in_use"
    assert name in in_vault(folder)


def test_only_an_administrator_removes(folder, left) -> None:
    opened, name = left
    clinic = opened()
    clinic.write(lambda w: w.add_user(NURSE[0], Role.CLINICIAN, NURSE[1]))
    clinic.close()
    nurse = open_clinic(folder, user_name=NURSE[0], passphrase=NURSE[1], new_passphrase=OWN)
    with pytest.raises(StoreError) as refused:
        nurse.write(lambda w: w.remove_loose([name]))
    assert refused.value.code == "store.not_allowed"
    assert [each.name for each in nurse.orphans().loose] == [name]
    nurse.close()


def test_a_record_whose_photo_is_gone_is_named(folder: Path, clinic: Clinic, case) -> None:
    name = case.photo.value.vault_name
    (folder / VAULT_NAME / name[:2] / name).unlink()
    (lacking,) = clinic.orphans().lacking
    assert (lacking.photo_id, lacking.visit_on) == (case.photo.id, dt.date(2026, 5, 4))
    assert not lacking.in_bin


def test_only_the_small_picture_is_left(folder, left) -> None:
    opened, name = left
    (folder / VAULT_NAME / name[:2] / name).unlink()
    (loose,) = opened().orphans().loose
    assert not loose.has_original


def cut_down(folder: Path, name: str, *, kept: int | None) -> Path:
    """As a program killed while it wrote, or before it renamed (None), leaves an original."""
    path = folder / VAULT_NAME / name[:2] / name
    part = path.with_name(f"{name}.0123abcd{files.PART_SUFFIX}")
    part.write_bytes(path.read_bytes()[:kept])
    path.unlink()
    return part


def test_a_part_that_was_whole_is_put_in_its_place(folder, left) -> None:
    opened, name = left
    part = cut_down(folder, name, kept=None)
    clinic = opened()
    clinic.write(lambda w: w.bin())  # queued after the rescue
    assert not part.exists()
    assert clinic.read(lambda r: r.photo_bytes(name)) == jpeg(7)
    assert [each.has_original for each in clinic.orphans().loose] == [True]


def test_a_part_that_was_cut_off_is_told_and_goes_on_request(folder, left) -> None:
    opened, name = left
    part = cut_down(folder, name, kept=1000)
    clinic = opened()
    clinic.write(lambda w: w.bin())
    assert part.exists()
    assert clinic.orphans().cut_off == 1
    assert "check.cut_off" in [finding.code for finding in clinic.examine().findings]
    clinic.write(lambda w: w.remove_cut_off())
    assert not part.exists()
    assert clinic.orphans().cut_off == 0


def test_a_new_shelf_is_synced_with_the_folder_it_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could take the shelf, and the photo with it, after "imported"."""
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    name, _made = Vault(tmp_path / "vault", data_key=b"k" * 32).store(b"photo", b"thumb")
    shelf = tmp_path / "vault" / name[:2]
    assert synced[:3] == [tmp_path, tmp_path / "vault", shelf]


def test_new_files_are_for_whom_the_folder_is_for(folder: Path, opened) -> None:
    if os.name == "nt":
        pytest.skip("Windows inherits rights by itself")
    (folder / "clinic.lock").unlink(missing_ok=True)
    for mode, wanted in ((0o2770, 0o660), (0o700, 0o600)):
        folder.chmod(mode)
        (folder / VAULT_NAME).chmod(mode)
        (folder / "clinic.lock").unlink(missing_ok=True)
        clinic = opened()
        name = imported(clinic, bytes([wanted & 0xFF]) * 100)
        clinic.close()
        shelf = folder / VAULT_NAME / name[:2]
        assert (folder / "clinic.lock").stat().st_mode & 0o777 == wanted
        assert (shelf / name).stat().st_mode & 0o777 == wanted
        assert shelf.stat().st_mode & 0o077 == mode & 0o077


def test_a_stick_that_knows_no_rights_and_a_share_that_syncs_no_folder_take_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the clinic may go there."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    def refuse(*_args: object, **_facts: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(files.os, "fsync", fsync)
    monkeypatch.setattr(files.os, "chmod", refuse)
    name, made = Vault(tmp_path / "vault", data_key=b"k" * 32).store(b"photo", b"thumb")
    assert len(made) == 2
    assert Vault(tmp_path / "vault", data_key=b"k" * 32).original(name) == b"photo"
