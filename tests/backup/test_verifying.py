"""Verifying reads every byte: whatever is changed is found and named."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.backup.conftest import files_in, refusal
from tests.clinics import PASSPHRASE, TODAY, USER, spoiled
from woundtrack.backup.folder import ASIDE_SUFFIX, Folder, backups_in
from woundtrack.backup.image import Image
from woundtrack.backup.making import back_up, folder_of
from woundtrack.backup.opening import Opener
from woundtrack.backup.restoring import restore
from woundtrack.backup.verifying import verify
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import DATABASE_NAME


def made(clinic: Clinic, stick: Path, days: int = 0) -> Folder:
    now = TODAY + dt.timedelta(days=days)
    assert back_up(clinic, stick, now=lambda: now) is not None
    return folder_of(clinic, stick)


def codes(folder: Folder) -> list[str]:
    return sorted(one.code for one in verify(folder).findings)


def test_it_counts_what_it_read(clinic: Clinic, case: SimpleNamespace, stick: Path) -> None:
    folder = made(clinic, stick)
    told: list[tuple[int, int]] = []
    found = verify(folder, progress=lambda *counts: told.append(counts))
    written = files_in(stick)
    assert (found.files, found.byte_count) == (len(written), sum(map(len, written.values())))
    assert told == [(n, 4) for n in range(1, 5)]
    assert found.sound


def test_one_flipped_bit_anywhere_is_found_and_its_file_named(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    made(clinic, stick)
    folder = made(clinic, stick, days=1)
    for name, data in files_in(stick).items():
        path = stick / name
        for at in {0, 3, 5, len(data) // 3, len(data) // 2, len(data) - 1}:
            path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            found = verify(folder).findings
            assert any(one.serious and path.stem in str(one) for one in found), (name, at)
            path.with_name(path.name + ASIDE_SUFFIX).unlink(missing_ok=True)
            path.write_bytes(data)
    assert verify(folder).findings == ()


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0"])
def test_a_file_cut_or_lengthened_is_found(
    clinic: Clinic, case: SimpleNamespace, stick: Path, change: Callable[[bytes], bytes]
) -> None:
    folder = made(clinic, stick)
    for name, data in files_in(stick).items():
        (stick / name).write_bytes(change(data))
        assert not verify(folder).sound, name
        for path in stick.rglob(f"*{ASIDE_SUFFIX}"):
            path.unlink()
        (stick / name).write_bytes(data)
    assert verify(folder).sound


def test_a_missing_file_is_found(clinic: Clinic, case: SimpleNamespace, stick: Path) -> None:
    folder = made(clinic, stick)
    written = files_in(stick)
    expected = {"pages": "backup.database_damaged", "vault": "backup.photo_missing"}
    for name, data in written.items():
        code = expected.get(Path(name).parts[1])
        if code is not None:
            (stick / name).unlink()
            assert code in codes(folder)
            (stick / name).write_bytes(data)


def test_what_is_damaged_is_set_aside_and_the_next_backup_writes_it_anew(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    folder = made(clinic, stick)
    for name, data in files_in(stick).items():
        if "backups" not in name:
            (stick / name).write_bytes(spoiled(data))
    assert codes(folder).count("backup.photo_damaged") == 2
    assert len(list(stick.rglob(f"*{ASIDE_SUFFIX}"))) == 3
    made(clinic, stick, days=1)
    newest, before = backups_in(stick)
    found = verify(folder).findings
    assert {dict(one.data)["name"] for one in found} == {before.id}
    assert newest.id != before.id


def test_a_damaged_manifest_counts_for_nothing_any_more(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    made(clinic, stick)
    folder = made(clinic, stick, days=1)
    newest, before = backups_in(stick)
    newest.path.write_bytes(spoiled(newest.path.read_bytes()))
    assert codes(folder) == ["backup.manifest_damaged"]
    assert backups_in(stick) == (before,)
    made(clinic, stick, days=2)
    assert codes(folder) == []


def test_stopped_it_says_so(clinic: Clinic, case: SimpleNamespace, stick: Path) -> None:
    found = verify(made(clinic, stick), progress=lambda *_counts: False)
    assert [one.code for one in found.findings] == ["backup.stopped"]
    assert not found.sound


def test_a_file_of_someone_else_is_named_and_does_no_harm(clinic: Clinic, stick: Path) -> None:
    folder = made(clinic, stick)
    (folder.path / "pages" / "._strewn").write_bytes(b"by a Mac")
    (folder.path / "letter.txt").write_text("mine")
    found = verify(folder)
    assert sorted(str(dict(one.data)["name"]) for one in found.findings) == [
        "._strewn",
        "letter.txt",
    ]
    assert found.sound


def test_a_folder_without_backups_is_told(clinic: Clinic, stick: Path) -> None:
    assert refusal(lambda: verify(folder_of(clinic, stick))) == "backup.none"


@pytest.mark.parametrize(
    ("action", "code"),
    [("viewed", "backup.journal_parted"), ("rolled_back", "backup.journal_restored")],
)
def test_a_database_that_was_put_back_is_told_unless_the_program_did_it(
    opened: Callable[..., Clinic],
    folder: Path,
    stick: Path,
    tmp_path: Path,
    action: str,
    code: str,
) -> None:
    clinic = opened()
    clinic.write(lambda w: w.note("restored", "clinic", None))  # long before
    clinic.close()
    older = shutil.copy(folder / DATABASE_NAME, tmp_path / "older.db")
    clinic = opened()
    clinic.write(lambda w: w.note("exported", "clinic", None))
    made(clinic, stick, days=1)
    clinic.close()
    shutil.copy(older, folder / DATABASE_NAME)
    later = TODAY + dt.timedelta(days=1, hours=1)
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: later)
    clinic.write(lambda w: w.note(action, "clinic", None))
    backups = made(clinic, stick, days=2)
    clinic.close()
    found = verify(backups).findings
    assert [one.code for one in found] == [code]
    assert backups_in(stick)[0].id in str(found[0])


def test_a_database_that_was_damaged_when_it_was_backed_up_is_told_and_not_brought_back(
    opened: Callable[..., Clinic],
    folder: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened().close()
    path = folder / DATABASE_NAME
    data = path.read_bytes()
    path.write_bytes(data[:-2000] + bytes([data[-2000] ^ 1]) + data[-1999:])
    monkeypatch.setattr(Image, "require_sound", lambda *_all: None)
    opened()
    backups = made(opened(), stick)  # which only reads
    assert codes(backups) == ["backup.database_damaged"]
    opener, (backup,) = Opener(backups.data_key), backups_in(stick)
    code = refusal(lambda: restore(backup, tmp_path / "back", opener=opener))
    assert code == "backup.database_damaged"


def test_a_journal_that_was_altered_is_told(
    opened: Callable[..., Clinic], folder: Path, stick: Path
) -> None:
    clinic = opened()
    connection = clinic._writing
    assert connection is not None
    connection.execute("DROP TRIGGER journal_kept")
    connection.execute("UPDATE journal SET action = 'viewed' WHERE id = 1")
    backups = made(clinic, stick)
    assert codes(backups) == ["backup.journal_broken"]
