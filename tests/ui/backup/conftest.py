"""A small clinic, a stick for its backups, and a keeper who waits for nobody."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinics import jpeg
from tests.ui.windows import dialogs
from ui.background import Background
from ui.backup.keeper import BackupKeeper
from woundtrack.backup.plan import set_plan
from woundtrack.backup.types import Plan
from woundtrack.photo.types import Photo
from woundtrack.store.clinic import Clinic


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty disk for backups."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def photographed(clinic: Clinic) -> Clinic:
    """The clinic with one photo."""
    data = jpeg()
    photo = Photo(width_px=40, height_px=30, media_type="image/jpeg", byte_count=len(data))
    clinic.write(lambda w: w.import_photo(data, photo, b"thumb"))
    return clinic


@pytest.fixture
def planned(photographed: Clinic, stick: Path) -> Clinic:
    """The clinic with one photo, whose backups go to the stick."""
    set_plan(photographed, Plan(stick))
    return photographed


@pytest.fixture
def keeper(background: Background) -> Iterator[BackupKeeper]:
    """Nobody is signed in yet."""
    made = BackupKeeper(background, now=lambda: dt.datetime.now().astimezone())
    yield made
    made.leave()


@pytest.fixture(autouse=True)
def _dialogs_closed(gone: None) -> Iterator[None]:
    yield
    for each in dialogs():
        each.reject()
