"""`woundtrack clinic check` names what is not as it was written, and goes on with the rest."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER, add_case
from tests.store.conftest import folder, made, opened
from woundtrack.cli import main
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import DATABASE_NAME

__all__ = ["folder", "made", "opened"]


@pytest.fixture
def filled(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Path]:
    """A closed clinic in which these statements were carried out by somebody else's tool."""
    monkeypatch.setenv("WOUNDTRACK_PASSPHRASE", PASSPHRASE)

    def make(*statements: str) -> Path:
        clinic = opened()
        clinic.write(add_case)
        names = ("journal_kept", "journal_not_removed")
        drop = [f"DROP TRIGGER {name}" for name in names] if statements else []
        for statement in (*drop, *statements):
            clinic.write(lambda w, s=statement: w._connection.execute(s))
        clinic.close()
        return folder

    return make


def check(folder: Path, *more: str) -> int:
    return main(["clinic", "check", str(folder), "--user", USER, *more])


def test_a_sound_clinic_tells_where_its_journal_ends(
    filled: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = filled()
    assert check(folder) == 0
    told = capsys.readouterr().out
    assert "All records and photos are sound." in told
    end = told.rstrip(".\n").rpartition(" ")[2]
    assert check(folder, "--journal", end) == 0
    assert f"still has all that it had at {end}." in capsys.readouterr().out
    number, _, seal = end.partition("-")
    assert f"Journal: {number} entries" in told  # of one moment
    for other in (f"{number}-{seal[::-1]}", f"999-{seal}", "anything"):
        assert check(folder, "--journal", other) == 1
        assert f"is not the one that ended with {other}" in capsys.readouterr().out


def test_each_break_is_named_with_its_number_and_time(
    filled: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = filled(
        "UPDATE journal SET at_utc = '2026-03-04T10:00:00+00:00' WHERE id = 3",
        "DELETE FROM journal WHERE id IN (6, 7)",
        "DELETE FROM journal WHERE id = 1",
        "UPDATE assessment SET forms = 'moon dust' WHERE id = 1",
    )
    assert check(folder) == 1
    told = capsys.readouterr().out
    assert "its beginning is missing, entry 1." in told
    assert "entry 3, dated 4 Mar 2026" in told
    assert "entry 6–7 is missing, after the one of 15 Jun 2026" in told
    assert "records (assessment) cannot be read" in told
    assert "4 problems found." in told


def test_a_last_change_that_was_cut_off_is_told_once(
    folder: Path,
    opened: Callable[..., Clinic],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WOUNDTRACK_PASSPHRASE", PASSPHRASE)
    opened().write(add_case)
    crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    (crashed / f"{DATABASE_NAME}-shm").unlink()  # of a machine whose power failed
    log = crashed / f"{DATABASE_NAME}-wal"
    log.write_bytes(log.read_bytes()[:-9] + bytes(9))
    for told in (1, 0):
        assert check(crashed) == 0
        assert capsys.readouterr().out.count("Look whether what was entered last") == told


def test_where_a_clinic_does_not_open_the_damaged_page_is_named(
    filled: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled() / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert check(path.parent) == 1
    assert "page 1 is not what was written" in capsys.readouterr().out
    path.write_bytes(b"")
    assert check(path.parent) == 1
    assert "cut short" in capsys.readouterr().out
