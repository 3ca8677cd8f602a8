"""A clinic for every test of pictures: made once, copied for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER
from woundtrack.deidentify import export
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP


@pytest.fixture(scope="session")
def empty_clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures") / "clinic"
    create_clinic(folder, clinic_name="North", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP)
    return folder


@pytest.fixture
def clinic(empty_clinic: Path, tmp_path: Path) -> Iterator[Clinic]:
    """An open, empty clinic on 15 June 2026."""
    folder = Path(shutil.copytree(empty_clinic, tmp_path / "clinic"))
    opened = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "today", TODAY.date)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to export into."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"
