"""Every byte of the database's file and of its log is watched over."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER, a_patient, add_case
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.file_check import FileDamage, file_damage, file_findings
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.log_check import log_of

PAGE = 4096
FRAME = 24 + PAGE


@pytest.fixture
def closed(folder: Path, opened: Callable[..., Clinic]) -> tuple[Path, bytes]:
    """A closed clinic's database and its data key."""
    clinic = opened()
    clinic.write(add_case)
    key = clinic._data_key
    clinic.close()
    return folder / DATABASE_NAME, key


@pytest.fixture
def crashed(folder: Path, opened: Callable[..., Clinic], tmp_path: Path) -> tuple[Path, bytes]:
    """What a clinic leaves behind on a machine whose power failed: database and log."""
    clinic = opened()
    for number in range(4):
        clinic.write(lambda w, n=number: w.add(a_patient(f"{n}")))
    copy = Path(shutil.copytree(folder, tmp_path / "killed"))
    (copy / f"{DATABASE_NAME}-shm").unlink()  # it lives in memory alone
    return copy / DATABASE_NAME, clinic._data_key


def flipped(path: Path, places: list[int]) -> Iterator[int]:
    """With one bit turned at each of these places, one after another."""
    whole, chance = path.read_bytes(), random.Random(7)
    for place in places:
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        yield place
    path.write_bytes(whole)


def test_every_flipped_byte_of_the_file_names_its_page(closed: tuple[Path, bytes]) -> None:
    path, key = closed
    assert file_damage(path, data_key=key) == FileDamage()
    size = path.stat().st_size
    places = [0, 15, 16, 28, PAGE - 1, PAGE, size - 1, *random.Random(3).sample(range(size), 30)]
    for place in flipped(path, places):
        found = file_damage(path, data_key=key)
        wanted = tuple(range(1, size // PAGE + 1)) if place < 16 else (place // PAGE + 1,)
        assert found.pages == wanted
        (told,) = file_findings(path, data_key=key)
        assert f"page {wanted[0]} " in str(told)


@pytest.mark.parametrize("left", [0, 1, PAGE, 5 * PAGE, -PAGE, -1, -PAGE - 7])
def test_a_file_that_is_cut_short_or_empty_is_told(closed: tuple[Path, bytes], left: int) -> None:
    path, key = closed
    path.write_bytes(path.read_bytes()[:left])
    assert file_damage(path, data_key=key)
    assert all(one.serious for one in file_findings(path, data_key=key))


@pytest.mark.parametrize("more", [b"x", bytes(PAGE)])
def test_bytes_behind_the_end_are_told(closed: tuple[Path, bytes], more: bytes) -> None:
    path, key = closed
    pages = path.stat().st_size // PAGE
    path.write_bytes(path.read_bytes() + more)
    assert file_damage(path, data_key=key).pages == (pages + 1,)


def test_the_log_that_is_left_is_sound(crashed: tuple[Path, bytes]) -> None:
    path, key = crashed
    assert file_damage(path, data_key=key) == FileDamage()
    log = log_of(path.with_name(path.name + "-wal").read_bytes())
    assert log.replaced
    assert log.pages == max(log.pages or 0, *log.replaced)


def frames_of(log: Path) -> list[int]:
    """In which frames a change ends, from 0."""
    content = log.read_bytes()
    salts = content[16:24]
    found = []
    for number, at in enumerate(range(32, len(content) - FRAME + 1, FRAME)):
        if content[at + 8 : at + 16] != salts:
            break
        if content[at + 4 : at + 8] != bytes(4):
            found.append(number)
    return found


def test_a_flipped_byte_before_a_later_change_stops_the_opening(
    crashed: tuple[Path, bytes],
) -> None:
    path, key = crashed
    log = path.with_name(path.name + "-wal")
    ends = frames_of(log)
    last_but_one = 32 + FRAME * (ends[-2] + 1)
    places = [*range(32), 32, 36, 40, 47, 48, 55, 56, 32 + FRAME, last_but_one - 1]
    for place in flipped(log, places):
        found = file_damage(path, data_key=key)
        assert found.frames[:1] == (max(place - 32 + FRAME, 0) // FRAME,), place
        (told,) = file_findings(path, data_key=key)
        assert told.code == "store.log_damaged"
    next(flipped(log, [48]))
    with pytest.raises(StoreError) as refused:
        open_clinic(path.parent, user_name=USER, passphrase=PASSPHRASE)
    assert refused.value.code == "store.log_damaged"
    assert "{" not in explain(refused.value)


def test_a_last_change_that_is_not_whole_is_left_out_and_told(
    crashed: tuple[Path, bytes],
) -> None:
    path, key = crashed
    log = path.with_name(path.name + "-wal")
    ends = frames_of(log)
    next(flipped(log, [32 + FRAME * ends[-1] + 100]))
    found = file_damage(path, data_key=key)
    assert found.log_cut
    assert not found
    (told,) = file_findings(path, data_key=key)
    assert (told.code, told.serious) == ("check.log_cut", False)
    clinic = open_clinic(path.parent, user_name=USER, passphrase=PASSPHRASE)
    assert clinic.check() == []
    assert "cut_off" in [line.action for line in clinic.read(lambda r: r.journal())]
    clinic.close()


def test_a_log_that_was_not_written_to_its_end_is_no_damage(crashed: tuple[Path, bytes]) -> None:
    path, key = crashed
    log = path.with_name(path.name + "-wal")
    whole = log.read_bytes()
    for left in (0, 31, 32, 33, 32 + FRAME - 1, 32 + FRAME, len(whole) - 1):
        log.write_bytes(whole[:left])
        assert not file_damage(path, data_key=key).frames


def test_an_open_clinic_s_log_is_read_by_the_check(clinic: Clinic) -> None:
    for number in range(3):
        clinic.write(lambda w, n=number: w.add(a_patient(f"{n}")))
    assert clinic.check() == []
    log = clinic.folder / f"{DATABASE_NAME}-wal"
    content = bytearray(log.read_bytes())
    content[60] ^= 1
    log.write_bytes(content)
    (found,) = clinic.check()
    assert found.code == "store.log_damaged"
