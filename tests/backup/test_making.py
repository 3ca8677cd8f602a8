"""A backup holds everything, adds only what is new, and is there whole or not at all."""

import datetime as dt
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.backup.conftest import files_in, refusal
from tests.clinics import TODAY, a_photo, add_visit, jpeg, spoiled
from woundtrack.backup import disk, making, pack
from woundtrack.backup.folder import backups_in
from woundtrack.backup.making import back_up, folder_of
from woundtrack.backup.pages import photo_names
from woundtrack.backup.types import BackedUp, Keep
from woundtrack.backup.verifying import verify
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.store.files import PART_SUFFIX
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, VAULT_NAME


def made(clinic: Clinic, stick: Path, days: int = 0, **options: object) -> BackedUp:
    """A backup some days after the test's day."""
    now = TODAY + dt.timedelta(days=days)
    found = back_up(clinic, stick, now=lambda: now, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def another(clinic: Clinic, case: SimpleNamespace, n: int) -> None:
    """One more visit, with one more photo."""
    day, lesion_id = dt.date(2026, 5, 4 + n), case.lesions[0].id
    clinic.write(lambda w: add_visit(w, case.patient.id, day, [lesion_id], n))


def test_a_backup_of_an_open_clinic_is_whole(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    told: list[tuple[int, int]] = []
    done = made(clinic, stick, progress=lambda *counts: told.append(counts))
    assert (done.backup.photos, done.new_files, done.damaged, done.removed) == (1, 2, 0, 0)
    assert done.backup.users == 1
    assert backups_in(stick) == (done.backup,)
    assert done.new_bytes == sum(map(len, files_in(stick).values()))
    assert told[-1][0] == told[-1][1]
    folder = folder_of(clinic, stick)
    assert verify(folder).findings == ()
    assert photo_names(folder, folder.manifests()[0]) == {case.photo.value.vault_name}


def test_the_next_one_writes_what_is_new_and_touches_nothing_else(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    first = made(clinic, stick)
    before = files_in(stick)
    another(clinic, case, 9)
    second = made(clinic, stick, days=1)
    after = files_in(stick)
    new = {name: data for name, data in after.items() if name not in before}
    assert {name: after[name] for name in before} == before
    assert sum(map(len, new.values())) == second.new_bytes
    assert second.new_files == 2
    assert (second.backup.number, second.backup.photos) == (2, 2)
    assert second.new_bytes < first.new_bytes / 2


def test_nothing_readable_lies_in_it(clinic: Clinic, case: SimpleNamespace, stick: Path) -> None:
    made(clinic, stick)
    written = b"".join(files_in(stick).values())
    for secret in ("Lefèvre", "Ada Novák", "SourceName"):
        assert secret.encode() not in written
    assert b"\xff\xd8\xff\xe0" not in written


def test_the_journal_and_the_clinic_say_that_it_was_made(clinic: Clinic, stick: Path) -> None:
    done = made(clinic, stick)
    lines = [one for one in clinic.read(lambda r: r.journal()) if one.action == "backed_up"]
    assert [line.reason for line in lines] == [done.backup.id]


def test_who_may_only_read_backs_up_too_and_the_journal_tells_of_it_later(
    clinic: Clinic, case: SimpleNamespace, stick: Path, opened: Callable[..., Clinic]
) -> None:
    second = opened()
    assert second.read_only
    done = made(second, stick)
    assert done.backup.photos == 1
    assert verify(folder_of(second, stick)).sound
    clinic.close()
    lines = opened().read(lambda r: r.journal())
    assert [line.reason for line in lines if line.action == "backed_up"] == [done.backup.id]


@pytest.mark.parametrize("stop_at", [1, 2])
def test_stopped_it_is_not_there_and_the_earlier_ones_are(
    clinic: Clinic, case: SimpleNamespace, stick: Path, stop_at: int
) -> None:
    first = made(clinic, stick)
    another(clinic, case, 9)
    assert back_up(clinic, stick, progress=lambda done, _total: done < stop_at) is None
    assert backups_in(stick) == (first.backup,)
    assert verify(folder_of(clinic, stick)).sound
    assert made(clinic, stick, days=1).backup.photos == 2


CODES = {
    errno.ENOSPC: "backup.full",
    errno.EACCES: "backup.not_writable",
    errno.ENODEV: "backup.gone",
    errno.EIO: "backup.io",
}


@pytest.mark.parametrize("number", CODES)
def test_a_disk_that_fails_at_any_file_leaves_the_earlier_backup_whole(
    clinic: Clinic,
    case: SimpleNamespace,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    first = made(clinic, stick)
    another(clinic, case, 9)
    kept = shutil.copytree(stick, stick.with_name("kept"))
    sync = disk.sync_file
    for good in range(4):  # two photo files, the pages, the manifest
        shutil.rmtree(stick)
        shutil.copytree(kept, stick)
        left = iter(range(good))

        def fail(file: object, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise OSError(number, os.strerror(number))
            sync(file)  # type: ignore[arg-type]

        monkeypatch.setattr(disk, "sync_file", fail)
        monkeypatch.setattr(pack, "sync_file", fail)
        assert refusal(lambda: back_up(clinic, stick)) == CODES[number]
        assert backups_in(stick) == (first.backup,)
        assert not list(stick.rglob(f"*{PART_SUFFIX}"))
    monkeypatch.undo()
    assert verify(folder_of(clinic, stick)).sound
    assert made(clinic, stick, days=1).backup.photos == 2


def test_what_a_killed_run_left_is_cleared_up_by_the_next(
    clinic: Clinic, case: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_all: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(making._Making, "_put", killed)
        with pytest.raises(KeyboardInterrupt):
            back_up(clinic, stick)
    folder = folder_of(clinic, stick)
    (folder.path / "pages" / f"new.0123{PART_SUFFIX}").write_bytes(b"half")
    (left_over,) = folder.pack_sizes()
    another(clinic, case, 9)
    made(clinic, stick)
    assert left_over not in folder.pack_sizes()
    assert not list(stick.rglob(f"*{PART_SUFFIX}"))
    assert verify(folder).sound


def test_what_reads_back_otherwise_does_not_count(
    clinic: Clinic, case: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bad(bytes):
        def __ne__(self, _other: object) -> bool:
            return True

    seal = clinic._vault.sealed
    monkeypatch.setattr(clinic._vault, "sealed", lambda name: Bad(seal(name)))
    assert refusal(lambda: back_up(clinic, stick)) == "backup.not_verified"
    assert backups_in(stick) == ()


def test_a_photo_damaged_in_the_clinic_is_counted_once_no_backup_has_it(
    clinic: Clinic, case: SimpleNamespace, folder: Path, stick: Path, tmp_path: Path
) -> None:
    made(clinic, stick)
    name = case.photo.value.vault_name
    path = folder / VAULT_NAME / name[:2] / name
    path.write_bytes(spoiled(path.read_bytes()))
    assert made(clinic, stick, days=1).damaged == 0
    (other := tmp_path / "other").mkdir()
    assert made(clinic, other).damaged == 1
    found = verify(folder_of(clinic, other)).findings
    assert [one.code for one in found] == ["backup.photo_missing"]


def test_a_damaged_database_is_not_backed_up(
    opened: Callable[..., Clinic], folder: Path, stick: Path
) -> None:
    opened().close()
    path = folder / DATABASE_NAME
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    clinic = opened()
    assert refusal(lambda: back_up(clinic, stick)) == "store.damaged"
    assert backups_in(stick) == ()


def test_a_key_file_that_was_changed_is_not_backed_up(
    clinic: Clinic, folder: Path, stick: Path
) -> None:
    path = folder / KEYRING_NAME
    path.write_bytes(path.read_bytes().replace(b"Wundzentrum", b"Mundzentrum"))
    assert refusal(lambda: back_up(clinic, stick)) == "store.keyring_damaged"
    assert backups_in(stick) == ()


def test_backups_of_a_newer_program_are_left_to_it(clinic: Clinic, stick: Path) -> None:
    path = made(clinic, stick).backup.path
    newer = path.read_bytes().replace(b'"format": 1', b'"format": 2')
    path.write_bytes(newer.replace(b"WTB1", b"WTB2"))
    assert refusal(lambda: backups_in(stick)) == "backup.newer"
    assert refusal(lambda: back_up(clinic, stick)) == "backup.newer"
    assert refusal(lambda: verify(folder_of(clinic, stick))) == "backup.newer"
    assert path.exists()


def test_places_that_are_no_place_for_backups(
    clinic: Clinic, folder: Path, stick: Path, tmp_path: Path
) -> None:
    assert refusal(lambda: back_up(clinic, folder / "backups")) == "backup.inside_clinic"
    assert refusal(lambda: back_up(clinic, tmp_path / "unplugged")) == "backup.gone"
    assert not (tmp_path / "unplugged").exists()


def test_only_one_works_in_a_folder_at_a_time(clinic: Clinic, stick: Path) -> None:
    codes = []

    def meanwhile(_done: int, _total: int) -> None:
        if not codes:
            codes.append("")
            codes[0] = refusal(lambda: back_up(clinic, stick))

    assert back_up(clinic, stick, progress=meanwhile) is not None
    assert codes == ["backup.in_use"]


@pytest.mark.skipif(os.name == "nt", reason="folders pass their rights on there")
def test_every_account_that_may_write_to_the_target_can_go_on_with_the_backups(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    stick.chmod(0o770)
    before = os.umask(0o077)
    try:
        made(clinic, stick)
    finally:
        os.umask(before)
    rights = {path: path.stat().st_mode & 0o070 for path in stick.rglob("*")}
    assert len(rights) > 6
    assert rights == {path: 0o070 if path.is_dir() else 0o060 for path in rights}


def test_two_clinics_share_a_folder_and_keep_apart(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    from tests.clinics import PASSPHRASE, USER
    from woundtrack.store.clinic import create_clinic, open_clinic
    from woundtrack.store.keys import CHEAP

    place = tmp_path / "second"
    create_clinic(place, clinic_name="B", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP)
    other = open_clinic(place, user_name=USER, passphrase=PASSPHRASE)
    try:
        ours, theirs = made(clinic, stick), made(other, stick)
        assert {one.clinic_name for one in backups_in(stick)} == {"Wundzentrum", "B"}
        assert backups_in(stick, clinic_uuid=ours.backup.clinic_uuid) == (ours.backup,)
        assert theirs.backup.number == 1
        assert verify(folder_of(clinic, stick)).sound
        assert verify(folder_of(other, stick)).sound
    finally:
        other.close()


def test_old_ones_are_thinned_and_what_they_alone_named_goes(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    rule = Keep(days=2, weeks=0, months=0, years=0)
    for day in range(4):
        another(clinic, case, 5 + day)
        last = made(clinic, stick, days=day, keep=rule)
    assert [one.number for one in backups_in(stick)] == [4, 3]
    assert last.removed == 1
    folder = folder_of(clinic, stick)
    manifests, _ = folder.manifests()
    assert folder.pack_sizes().keys() == {name for one in manifests for name in one.table.packs}
    assert verify(folder).findings == ()


def test_a_manifest_that_cannot_be_read_keeps_everything(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    rule = Keep(days=1, weeks=0, months=0, years=0)
    first = made(clinic, stick, keep=rule)
    path = first.backup.path
    path.write_bytes(b"?" + path.read_bytes()[1:])
    packs = folder_of(clinic, stick).pack_sizes().keys()
    for day in (1, 2):
        made(clinic, stick, days=day, keep=rule)
    assert packs <= folder_of(clinic, stick).pack_sizes().keys()
    assert path.exists()


def test_where_a_disk_knows_no_locks_nothing_is_taken_away(
    clinic: Clinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from woundtrack.backup import folder as folder_module

    def no_locks(_file: object) -> bool:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(folder_module, "try_lock", no_locks)
    rule = Keep(days=1, weeks=0, months=0, years=0)
    for day in range(3):
        assert made(clinic, stick, days=day, keep=rule).removed == 0
    assert len(backups_in(stick)) == 3


def test_a_share_that_cannot_sync_a_folder_will_do(
    clinic: Clinic, case: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_folder: Path) -> None:
        raise OSError(errno.EINVAL, "cannot")

    monkeypatch.setattr(disk, "sync_folder", cannot)
    assert made(clinic, stick).new_files == 2
    assert verify(folder_of(clinic, stick)).sound


def test_once_too_many_old_pages_lie_about_all_are_written_anew(
    clinic: Clinic, case: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_SMALL_BYTES", 0)
    monkeypatch.setattr(making, "_OFTEN", 0.5)
    first, second = made(clinic, stick), made(clinic, stick, days=1)
    assert second.new_bytes > first.backup.database_bytes
    manifests, _ = folder_of(clinic, stick).manifests()
    assert not set(manifests[0].table.packs) & set(manifests[1].table.packs)
    assert verify(folder_of(clinic, stick)).sound


def test_photos_that_come_while_it_reads_are_in_it(
    clinic: Clinic, case: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(writer: Writer) -> None:
        data = jpeg(7)
        writer.import_photo(data, a_photo(data), b"\xff\xd8small")

    log = making.opened_image

    def nurse_goes_on(path: Path, *, data_key: bytes) -> object:
        clinic.write(add)
        return log(path, data_key=data_key)

    monkeypatch.setattr(making, "opened_image", nurse_goes_on)
    assert made(clinic, stick).backup.photos == 2
    assert verify(folder_of(clinic, stick)).findings == ()


def test_a_stick_that_was_pulled_out_is_told_and_nothing_is_made_in_its_place(
    clinic: Clinic, stick: Path
) -> None:
    made(clinic, stick)
    shutil.rmtree(stick)
    assert refusal(lambda: back_up(clinic, stick)) == "backup.gone"
    assert not stick.exists()
