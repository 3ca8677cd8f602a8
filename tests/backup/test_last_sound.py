"""Nothing that happens to a folder of backups takes the last sound one away."""

import datetime as dt
import errno
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER, spoiled
from woundtrack.backup import making
from woundtrack.backup.folder import ASIDE_SUFFIX, PAGES, Folder, backups_in
from woundtrack.backup.making import back_up, folder_of
from woundtrack.backup.manifest import Manifest
from woundtrack.backup.opening import Opener
from woundtrack.backup.restoring import restore
from woundtrack.backup.types import BackedUp, Keep
from woundtrack.backup.verifying import verify
from woundtrack.errors import StoreError
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.vault import Vault


def made(clinic: Clinic, stick: Path, hours: int = 0, **options: object) -> BackedUp:
    """A backup some hours after the test's day began."""
    now = TODAY + dt.timedelta(hours=hours)
    found = back_up(clinic, stick, now=lambda: now, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def spoil_page(folder: Folder, manifest: Manifest, number: int) -> None:
    """Turn one bit of a page, in the file that holds it."""
    table = manifest.table
    path = folder.path / PAGES / table.packs[table.pack_of[number]]
    at, data = table.place_of[number] * manifest.page_bytes + 99, path.read_bytes()
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_verifying_keeps_what_a_damaged_file_of_pages_still_has(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    first = made(clinic, stick)
    clinic.write(lambda w: w.note("exported", "clinic", None))
    second = made(clinic, stick, hours=24)
    folder = folder_of(clinic, stick)
    (old, new), _ = folder.manifests()
    pages = range(old.database_pages)
    given_up = next(n for n in pages if old.table.digest(n) != new.table.digest(n))
    spoil_page(folder, old, given_up)
    told = {str(dict(one.data)["name"]) for one in verify(folder).findings}
    assert told == {old.table.packs[0], first.backup.id}
    opener = Opener(folder.data_key)
    restored = restore(second.backup, tmp_path / "back", opener=opener)
    assert restored is not None
    assert (restored.photos, restored.damaged) == (1, ())
    third = made(clinic, stick, hours=48)
    assert third.new_bytes > second.backup.database_bytes  # nothing is built on the damaged file


@pytest.fixture
def twin(
    clinic: Clinic, case: SimpleNamespace, tmp_path: Path, stick: Path
) -> Iterator[tuple[Clinic, Clinic]]:
    """A clinic that was backed up, and a second one brought back beside it, both open."""
    backup = made(clinic, stick).backup
    place = tmp_path / "beside"
    assert restore(backup, place, opener=Opener(folder_of(clinic, stick).data_key)) is not None
    second = open_clinic(place, user_name=USER, passphrase=PASSPHRASE)
    yield clinic, second
    second.close()


def test_a_second_clinic_brought_back_beside_takes_none_of_the_first_away(
    twin: tuple[Clinic, Clinic], stick: Path
) -> None:
    clinic, second = twin
    rule = Keep(days=1, weeks=0, months=0, years=0)
    ours = made(clinic, stick, hours=1, keep=rule).backup
    theirs = made(second, stick, hours=2, keep=rule).backup
    assert {ours, theirs} <= set(backups_in(stick))
    later = made(clinic, stick, hours=3, keep=rule).backup
    assert set(backups_in(stick)) == {theirs, later}


def test_a_damaged_manifest_takes_no_sound_ones_place(
    clinic: Clinic, case: SimpleNamespace, stick: Path
) -> None:
    sound, torn = made(clinic, stick).backup, made(clinic, stick, hours=24).backup
    torn.path.write_bytes(spoiled(torn.path.read_bytes()))
    rule = Keep(days=0, weeks=2, months=0, years=0)
    last = made(clinic, stick, hours=7 * 24, keep=rule)
    assert last.removed == 0
    assert [one.number for one in backups_in(stick)] == [3, 2, 1]
    assert sound in backups_in(stick)


def test_a_page_that_the_disk_forgot_is_written_anew_before_long(
    clinic: Clinic, case: SimpleNamespace, stick: Path, tmp_path: Path
) -> None:
    made(clinic, stick)
    folder = folder_of(clinic, stick)
    (first,), _ = folder.manifests()
    for number in range(0, first.database_pages, 3):
        spoil_page(folder, first, number)
    for day in range(1, making._TURNS + 1):
        last = made(clinic, stick, hours=24 * day)
    place = tmp_path / "back"
    restored = restore(last.backup, place, opener=Opener(folder.data_key))
    assert restored is not None
    assert restored.damaged == ()


def test_a_photo_that_the_disk_cannot_read_keeps_nothing_else_back(
    clinic: Clinic,
    case: SimpleNamespace,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = made(clinic, stick).backup
    name, read = case.photo.value.vault_name, Vault._content

    def bad_sector(self: Vault, path: Path) -> bytes:
        if path.name == name and stick in path.parents:
            raise StoreError("store.io") from OSError(errno.EIO, "bad sector")
        return read(self, path)

    monkeypatch.setattr(Vault, "_content", bad_sector)
    folder = folder_of(clinic, stick)
    restored = restore(backup, tmp_path / "back", opener=Opener(folder.data_key))
    assert restored is not None
    assert restored.damaged == (name,)
    assert [one.code for one in verify(folder).findings] == ["backup.photo_damaged"]
    monkeypatch.undo()
    assert len(list(stick.rglob(f"*{ASIDE_SUFFIX}"))) == 1
    made(clinic, stick, hours=24)
    assert verify(folder).sound


def test_a_clock_a_year_ahead_for_one_backup_takes_none_away(clinic: Clinic, stick: Path) -> None:
    rule = Keep(days=3, weeks=2, months=2)
    hours = [0, 24, 365 * 24, 48, 72]
    for hour in hours:
        made(clinic, stick, hours=hour, keep=rule)
    assert [one.number for one in backups_in(stick)] == [5, 4, 3, 2]
