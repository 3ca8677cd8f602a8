"""A disk that refuses is not taken for a damaged backup."""

from pathlib import Path

import pytest

from woundtrack.backup.database_copy import sound_database
from woundtrack.errors import BackupError, StoreError
from woundtrack.store import database


@pytest.mark.parametrize(
    ("refused", "told"),
    [("store.not_writable", "store.not_writable"), ("store.damaged", "backup.database_damaged")],
)
def test_only_damage_is_called_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, told: str
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise StoreError(refused)

    monkeypatch.setattr(database, "connect", refuse)
    with (
        pytest.raises((StoreError, BackupError)) as caught,
        sound_database(tmp_path / "clinic.db", data_key=b"k" * 32, name="the last"),
    ):
        pass
    assert caught.value.code == told
