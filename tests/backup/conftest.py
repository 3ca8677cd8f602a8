"""A clinic with a case, and a stick to back it up to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.conftest import case, clinic, folder, made, opened
from woundtrack.errors import WoundtrackError

__all__ = ["case", "clinic", "folder", "made", "opened"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty disk for backups."""
    place = tmp_path / "stick"
    place.mkdir()
    return place


def refusal(ask: Callable[[], object]) -> str:
    """The code with which this is refused."""
    with pytest.raises(WoundtrackError) as refused:
        ask()
    return refused.value.code


def files_in(place: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, but the lock."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != "lock"
    }
