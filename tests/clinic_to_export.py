"""Fixtures of every test that exports: an open, empty clinic, and a folder to write into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER
from woundtrack.store.clinic import Clinic, open_clinic


@pytest.fixture
def clinic(new_clinic: Callable[..., Path], tmp_path: Path) -> Iterator[Clinic]:
    """An open, empty clinic on 15 June 2026."""
    folder = new_clinic(tmp_path / "clinic", name="North", user=USER, passphrase=PASSPHRASE)
    opened = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to export into."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"
