"""Fixtures for every test: private folders, offscreen Qt, the English catalogue."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PYTEST_XDIST_WORKER" in os.environ:  # the workers share the cores among themselves
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENCV_FOR_THREADS_NUM", "1")

from woundtrack import words

MEMORY_DISK = Path("/dev/shm")
ROOM_BYTES = 4 << 30


def pytest_configure() -> None:
    """Temporary folders in memory, where there is room: nothing here asks a disk to be durable."""
    if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))


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
def new_clinic(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Lays a closed, empty clinic into a folder: made once for each user, copied each time.

    The key derivation costs nothing.
    """
    from woundtrack.store.clinic import create_clinic
    from woundtrack.store.keys import CHEAP

    made: dict[tuple[str, str, str], Path] = {}

    def copied(folder: Path, *, name: str, user: str, passphrase: str) -> Path:
        kept = made.get((name, user, passphrase))
        if kept is None:
            kept = made[name, user, passphrase] = tmp_path_factory.mktemp("new") / "clinic"
            create_clinic(kept, clinic_name=name, user_name=user, passphrase=passphrase, cost=CHEAP)
        return Path(shutil.copytree(kept, folder))

    return copied


@pytest.fixture(scope="session")
def real_photos() -> Path:
    """The folder of real photographs, or a skip that says why."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("WOUNDTRACK_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no real photos here: set WOUNDTRACK_DATA to their folder")
    return folder
