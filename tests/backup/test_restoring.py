"""What is brought back is what was backed up, and nothing is overwritten."""

import datetime as dt
import os
import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.backup.conftest import files_in, refusal
from tests.clinics import PASSPHRASE, TODAY, USER, jpeg, spoiled, values
from tests.store.conftest import Made
from woundtrack.backup import restoring
from woundtrack.backup.folder import Folder, backups_in
from woundtrack.backup.making import back_up, folder_of
from woundtrack.backup.manifest import Manifest
from woundtrack.backup.opening import Opener, opened_by_passphrase, opened_by_recovery_key
from woundtrack.backup.restoring import beside, put_in_place, restore
from woundtrack.backup.types import Backup
from woundtrack.backup.verifying import verify
from woundtrack.errors import BackupError
from woundtrack.explain import explain
from woundtrack.records import Patient, Visit
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, VAULT_NAME
from woundtrack.store.recovery import new_recovery_key

DAY = TODAY.date()


def backed_up(clinic: Clinic, stick: Path, days: int = 0) -> Backup:
    now = TODAY + dt.timedelta(days=days)
    made = back_up(clinic, stick, now=lambda: now)
    assert made is not None
    return made.backup


def by_passphrase(backup: Backup) -> Opener:
    return opened_by_passphrase(backup, user_name=USER, passphrase=PASSPHRASE)


def test_the_folder_is_byte_for_byte_what_the_clinic_was(
    clinic: Clinic,
    case: SimpleNamespace,
    opened: Callable[..., Clinic],
    folder: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restoring, "_tell_the_journal", lambda *_all: None)
    made = back_up(opened(), stick)  # reads only, and so adds no line of its own
    assert made is not None
    backup = made.backup
    assert clinic._writing is not None
    clinic._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    restored = restore(backup, tmp_path / "back", opener=by_passphrase(backup))
    assert restored is not None
    kept = {KEYRING_NAME, DATABASE_NAME, VAULT_NAME}
    ours, theirs = (
        {name: data for name, data in files_in(place).items() if Path(name).parts[0] in kept}
        for place in (folder, tmp_path / "back")
    )
    assert theirs == ours
    assert restored.byte_count == sum(map(len, ours.values())) - len(ours[KEYRING_NAME])


def test_it_works_when_the_clinic_is_gone_and_the_journal_tells_of_it(
    clinic: Clinic, case: SimpleNamespace, folder: Path, stick: Path
) -> None:
    before = values(clinic, case.patient.id)
    backup = backed_up(clinic, stick)
    clinic.close()
    shutil.rmtree(folder)
    told: list[tuple[int, int]] = []
    restored = restore(
        backup, folder, opener=by_passphrase(backup), progress=lambda *counts: told.append(counts)
    )
    assert restored is not None
    assert (restored.photos, restored.damaged) == (1, ())
    assert told[-1] == (2, 2)
    again = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    try:
        assert values(again, case.patient.id) == before
        assert again.read(lambda r: r.photo_bytes(case.photo.value.vault_name)) == jpeg(1)
        assert again.check() == []
        lines = [one for one in again.read(lambda r: r.journal()) if one.action == "restored"]
        assert [(one.reason, one.user_id) for one in lines] == [(backup.id, 1)]
    finally:
        again.close()


def test_the_recovery_key_of_the_backup_opens_it(
    clinic: Clinic, made: Made, stick: Path, tmp_path: Path
) -> None:
    backup = backed_up(clinic, stick)
    text = new_recovery_key()
    clinic.write(lambda w: w.users.set_recovery_key(text))
    opener = opened_by_recovery_key(backup, made.recovery_key)
    assert restore(backup, tmp_path / "back", opener=opener) is not None
    later = backed_up(clinic, stick, days=1)
    old = made.recovery_key
    assert refusal(lambda: opened_by_recovery_key(later, old)) == "store.wrong_recovery_key"


def test_a_wrong_passphrase_opens_nothing(clinic: Clinic, stick: Path) -> None:
    backup = backed_up(clinic, stick)
    code = refusal(lambda: opened_by_passphrase(backup, user_name=USER, passphrase="wrong horse"))
    assert code == "store.wrong_passphrase"


def test_a_damaged_key_file_in_a_backup_is_the_backups_not_the_clinics(
    clinic: Clinic, stick: Path
) -> None:
    backup = backed_up(clinic, stick)
    data = backup.path.read_bytes()
    at = data.index(b'"keyring"') + 40
    backup.path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(BackupError) as refused:
        by_passphrase(backup)
    assert backup.id in explain(refused.value)


def test_an_older_backup_can_be_chosen_and_goes_on_from_there(
    clinic: Clinic, case: SimpleNamespace, folder: Path, stick: Path
) -> None:
    first = backed_up(clinic, stick)
    clinic.write(lambda w: w.add(Visit(case.patient.id, DAY)))
    backed_up(clinic, stick, days=1)
    clinic.close()
    place = beside(folder)
    assert restore(first, place, opener=by_passphrase(first)) is not None
    kept = put_in_place(place, folder, today=DAY)
    assert kept is not None
    assert (kept / KEYRING_NAME).exists()
    again = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    try:
        assert len(again.read(lambda r: r.find(Visit))) == 1
        backed_up(again, stick, days=2)
        found = verify(folder_of(again, stick))
    finally:
        again.close()
    assert [(one.code, one.serious) for one in found.findings] == [
        ("backup.journal_restored", False)
    ]
    old = open_clinic(kept, user_name=USER, passphrase=PASSPHRASE)
    try:
        assert len(old.read(lambda r: r.find(Visit))) == 2
    finally:
        old.close()


def test_nothing_is_overwritten(clinic: Clinic, folder: Path, stick: Path, tmp_path: Path) -> None:
    backup = backed_up(clinic, stick)
    opener = by_passphrase(backup)
    before = files_in(folder)
    assert refusal(lambda: restore(backup, folder, opener=opener)) == "store.folder_not_empty"
    assert files_in(folder) == before
    (tmp_path / "back").mkdir()
    assert restore(backup, tmp_path / "back", opener=opener) is not None


def test_the_folder_of_the_backups_is_no_place_for_the_clinic(clinic: Clinic, stick: Path) -> None:
    backup = backed_up(clinic, stick)
    before = files_in(stick)
    opener, place = by_passphrase(backup), backup.path.parent.parent / "vault" / "back"
    assert refusal(lambda: restore(backup, place, opener=opener)) == "backup.inside_backups"
    assert files_in(stick) == before


def test_stopped_it_leaves_nothing(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    backup = backed_up(clinic, stick)
    place = tmp_path / "disk" / "back"
    found = restore(backup, place, opener=by_passphrase(backup), progress=lambda *_counts: False)
    assert found is None
    assert list((tmp_path / "disk").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there")
def test_the_accounts_that_worked_with_the_clinic_still_do(
    clinic: Clinic, case: SimpleNamespace, folder: Path, stick: Path
) -> None:
    backup = backed_up(clinic, stick)
    clinic.close()
    folder.chmod(0o2770)
    place = beside(folder)
    restore(backup, place, opener=by_passphrase(backup))
    put_in_place(place, folder, today=DAY)
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert folder.stat().st_mode & 0o7777 == 0o2770
    assert modes == {0o660}
    assert (folder / VAULT_NAME).stat().st_mode & 0o770 == 0o770


def test_room_is_asked_for_before(
    clinic: Clinic, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backed_up(clinic, stick)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda _place: usage(10, 10, 1000))
    with pytest.raises(BackupError) as refused:
        restore(backup, tmp_path / "back", opener=by_passphrase(backup))
    assert refused.value.code == "backup.no_room"
    assert "MB" in explain(refused.value)
    assert not (tmp_path / "back").exists()


def test_a_network_share_is_no_place_for_a_clinic(
    clinic: Clinic, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from woundtrack.store import network

    backup = backed_up(clinic, stick)
    monkeypatch.setattr(network, "is_network", lambda _folder: True)
    opener = by_passphrase(backup)
    code = refusal(lambda: restore(backup, tmp_path / "back", opener=opener))
    assert code == "store.network_share"


def test_damaged_photos_are_told_and_all_else_comes_back(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    backup = backed_up(clinic, stick)
    name = case.photo.value.vault_name
    (path,) = stick.rglob(name)
    path.write_bytes(spoiled(path.read_bytes()))
    restored = restore(backup, tmp_path / "back", opener=by_passphrase(backup))
    assert restored is not None
    assert (restored.photos, restored.damaged) == (0, (name,))
    again = open_clinic(tmp_path / "back", user_name=USER, passphrase=PASSPHRASE)
    try:
        assert len(again.read(lambda r: r.find(Patient))) == 1
    finally:
        again.close()


def test_a_journal_that_was_altered_before_is_told_and_all_comes_back(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    connection = clinic._writing
    assert connection is not None
    connection.execute("DROP TRIGGER journal_kept")
    connection.execute("UPDATE journal SET action = 'viewed' WHERE id = 1")
    backup = backed_up(clinic, stick)
    restored = restore(backup, tmp_path / "back", opener=by_passphrase(backup))
    assert restored is not None
    assert (restored.photos, restored.damaged, restored.unbroken) == (1, (), False)


def test_a_damaged_database_is_not_brought_back(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    backup = backed_up(clinic, stick)
    opener = by_passphrase(backup)
    (path,) = (stick / backup.path.parent.parent / "pages").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + b"\0" + whole[5001:])
    place = tmp_path / "back"
    assert refusal(lambda: restore(backup, place, opener=opener)) == "backup.pages_damaged"
    path.unlink()
    assert refusal(lambda: restore(backup, place, opener=opener)) == "backup.pages_damaged"
    path.write_bytes(whole)
    backup.path.write_bytes(spoiled(backup.path.read_bytes()))
    assert refusal(lambda: restore(backup, place, opener=opener)) == "backup.manifest_damaged"
    assert not place.exists()


def test_what_reads_back_otherwise_is_taken_away(
    clinic: Clinic,
    case: SimpleNamespace,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def bad(_path: Path, _data: bytes) -> None:
        raise BackupError("backup.not_verified")

    backup = backed_up(clinic, stick)
    monkeypatch.setattr(restoring, "write_new", bad)
    opener = by_passphrase(backup)
    place = tmp_path / "disk" / "back"
    assert refusal(lambda: restore(backup, place, opener=opener)) == "backup.not_equal"
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_database_that_the_disk_keeps_otherwise_is_taken_away(
    clinic: Clinic, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = restoring.write_database

    def badly(folder: Folder, manifest: Manifest, path: Path) -> None:
        write(folder, manifest, path)
        path.write_bytes(spoiled(path.read_bytes()))

    backup = backed_up(clinic, stick)
    monkeypatch.setattr(restoring, "write_database", badly)
    opener = by_passphrase(backup)
    code = refusal(lambda: restore(backup, tmp_path / "back", opener=opener))
    assert code == "backup.not_equal"
    assert not (tmp_path / "back").exists()


def test_a_clinic_that_is_open_is_not_replaced(clinic: Clinic, folder: Path, stick: Path) -> None:
    backup = backed_up(clinic, stick)
    place = beside(folder)
    restore(backup, place, opener=by_passphrase(backup))
    code = refusal(lambda: put_in_place(place, folder, today=DAY))
    assert code == "backup.clinic_open"
    assert (folder / KEYRING_NAME).exists()


def test_where_the_second_renaming_fails_the_clinic_is_back(
    opened: Callable[..., Clinic], folder: Path, stick: Path
) -> None:
    opened().close()
    assert refusal(lambda: put_in_place(folder.with_name("none"), folder, today=DAY)) == (
        "backup.not_replaced"
    )
    opened().close()
    assert (folder / KEYRING_NAME).exists()


def test_the_list_needs_no_key_and_a_folder_without_backups_is_empty(
    clinic: Clinic, stick: Path, tmp_path: Path
) -> None:
    assert backups_in(stick) == ()
    first, second = backed_up(clinic, stick), backed_up(clinic, stick, days=1)
    (first.path.parent / "letter.txt").write_text("mine")
    assert backups_in(stick) == (second, first)
    assert refusal(lambda: backups_in(tmp_path / "nowhere")) == "backup.gone"
