"""A clinic with one lesion's photos, made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinic_to_export import out as out
from tests.clinics import PASSPHRASE, TODAY, USER
from tests.compare.clinic_of_shots import add_lesion
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP


@pytest.fixture(scope="session")
def with_photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare") / "clinic"
    create_clinic(folder, clinic_name="North", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP)
    opened = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    opened.write(add_lesion)
    opened.close()
    return folder


@pytest.fixture
def clinic_folder(with_photos: Path, tmp_path: Path) -> Path:
    """A copy of the clinic."""
    return Path(shutil.copytree(with_photos, tmp_path / "clinic"))


@pytest.fixture
def clinic(clinic_folder: Path) -> Iterator[Clinic]:
    """The clinic, open on 15 June 2026."""
    opened = open_clinic(clinic_folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    yield opened
    opened.close()
