"""A clinic for every store test: made once, copied for each."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER, add_case
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP


@dataclass(frozen=True)
class Made:
    """A template clinic and its recovery key."""

    folder: Path
    recovery_key: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made") / "clinic"
    key = create_clinic(
        folder, clinic_name="Wundzentrum", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP
    )
    return Made(folder, key)


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """A clinic's folder, closed, with one administrator."""
    return Path(shutil.copytree(made.folder, tmp_path / "clinic"))


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[..., Clinic]]:
    """Open the clinic of this test; all that was opened is closed afterwards."""
    clinics = []

    def open_(user: str = USER, passphrase: str = PASSPHRASE, new: str = "") -> Clinic:
        clinic = open_clinic(
            folder,
            user_name=user,
            passphrase=passphrase,
            new_passphrase=new,
            clock=lambda: TODAY,
        )
        clinics.append(clinic)
        return clinic

    yield open_
    for clinic in clinics:
        clinic.close()


@pytest.fixture
def clinic(opened: Callable[..., Clinic]) -> Clinic:
    """An open clinic on 15 June 2026."""
    return opened()


@pytest.fixture
def case(clinic: Clinic) -> SimpleNamespace:
    """A patient with two lesions, a visit with everything, and a course."""
    return clinic.write(add_case)
