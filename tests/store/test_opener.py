"""The file that opens a clinic by a double click."""

import os
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.opener import OPENER_NAME, leave_opener


def test_a_clinic_that_was_opened_has_it_and_gets_it_back(folder: Path, clinic: Clinic) -> None:
    opener = folder / OPENER_NAME
    assert "woundtrack" in opener.read_text("utf-8")
    clinic.close()
    opener.unlink()
    open_clinic(folder, user_name=USER, passphrase=PASSPHRASE).close()
    assert opener.is_file()


def test_what_someone_wrote_in_it_stays(tmp_path: Path) -> None:
    (tmp_path / OPENER_NAME).write_text("ours")
    leave_opener(tmp_path)
    assert (tmp_path / OPENER_NAME).read_text() == "ours"


def test_a_disk_that_refuses_it_does_not_keep_anyone_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "clinic").mkdir()
    leave_opener(tmp_path / "clinic")
    assert list((tmp_path / "clinic").iterdir()) == []


def test_what_was_cut_off_while_it_was_written_goes(tmp_path: Path) -> None:
    (tmp_path / f"{OPENER_NAME}.0a1b2c3d.part").write_text("A double")
    leave_opener(tmp_path)
    assert [path.name for path in tmp_path.glob("clinic*")] == [OPENER_NAME]
