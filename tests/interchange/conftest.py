"""One clinic with everything, what it exported, and an empty one: made once, copied for each."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER
from tests.interchange.made import NEWCOMER, copied, fill, opened
from woundtrack.interchange.export import export_record
from woundtrack.store.clinic import Clinic, create_clinic
from woundtrack.store.keys import CHEAP

NOW = dt.datetime(2026, 6, 15, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty clinic whose administrator is another person."""
    folder = tmp_path_factory.mktemp("bare") / "clinic"
    create_clinic(folder, clinic_name="Sud", user_name=NEWCOMER, passphrase=PASSPHRASE, cost=CHEAP)
    return folder


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A closed clinic with everything, and the folder that it exported."""
    place = tmp_path_factory.mktemp("full")
    create_clinic(
        place / "clinic", clinic_name="Nord", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP
    )
    clinic = opened(place / "clinic", user=USER)
    fill(clinic)
    export_record(clinic, place / "out", now=lambda: NOW)
    clinic.close()
    return place / "clinic", place / "out"


@pytest.fixture
def source(full: tuple[Path, Path], tmp_path: Path) -> Iterator[Clinic]:
    """The clinic with everything, as it was after its export."""
    clinic = copied(full[0], tmp_path / "source", user=USER)
    yield clinic
    clinic.close()


@pytest.fixture
def exported(full: tuple[Path, Path], tmp_path: Path) -> Path:
    """What it exported, to be spoiled."""
    return Path(shutil.copytree(full[1], tmp_path / "exported"))


@pytest.fixture
def target(bare: Path, tmp_path: Path) -> Iterator[Clinic]:
    """The empty clinic."""
    clinic = copied(bare, tmp_path / "target", user=NEWCOMER)
    yield clinic
    clinic.close()
