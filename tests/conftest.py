"""Fixtures for every test: private folders, offscreen Qt, the English catalogue."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from woundtrack import words


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test starts and ends in English."""
    words.set_language("en")
    yield
    words.set_language("en")


@pytest.fixture(autouse=True)
def _private_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, cache and temporary files of a test never reach the real home."""
    home = tmp_path / "home"
    for name in ("config", "cache", "data", "state", "tmp"):
        (home / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))


@pytest.fixture(scope="session")
def real_photos() -> Path:
    """The folder of real photographs, or a skip that says why."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("WOUNDTRACK_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no real photos here: set WOUNDTRACK_DATA to their folder")
    return folder
