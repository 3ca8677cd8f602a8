"""What a power failure leaves in SQLite's log is told from damage to what was saved."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from woundtrack.store.log_check import Log, log_of, read_log

FRAME = 24 + 4096
NAME = "one.db"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A hundred rows of about a page each; the log begins anew with the next change."""
    path = tmp_path / "first" / NAME
    path.parent.mkdir()
    with closing(opened(path)) as connection:
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, content BLOB)")
        change(connection, 100)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        yield path, connection


def opened(path: Path) -> sqlite3.Connection:
    """As `store.database` opens it: what a log holds goes into the file at once."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return connection


def change(connection: sqlite3.Connection, rows: int) -> None:
    """One change of so many pages."""
    connection.execute("BEGIN")
    for number in range(1, rows + 1):
        connection.execute("REPLACE INTO row VALUES (?, ?)", (number, os.urandom(3900)))
    connection.execute("COMMIT")


def after_power_failure(path: Path, folder: str, *, lost: int) -> Path:
    """The files as they are, with half of a frame of the log not written."""
    copy = path.parent.parent / folder / NAME
    copy.parent.mkdir()
    shutil.copy(path, copy)
    copy.with_name(f"{NAME}-wal").write_bytes(
        overwritten(path, 32 + FRAME * (lost - 1) + 2048, bytes(2048))
    )
    return copy


def overwritten(path: Path, at: int, data: bytes) -> bytes:
    log = bytearray(path.with_name(f"{NAME}-wal").read_bytes())
    log[at : at + len(data)] = data
    return bytes(log)


def test_power_that_fails_twice_in_the_first_change_of_a_log_is_no_damage(database) -> None:
    path, connection = database
    change(connection, 10)
    once = after_power_failure(path, "second", lost=3)
    assert read_log(once) == Log(cut=True)
    with closing(opened(once)) as second:
        change(second, 4)
        told = read_log(once)
        assert (len(told.replaced), told.damaged) == (4, ())
        twice = after_power_failure(once, "third", lost=2)
    assert read_log(twice) == Log(cut=True)
    with closing(opened(twice)) as third:
        assert third.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_whole_frame_of_noughts_before_later_changes_is_damage(database) -> None:
    path, connection = database
    for _ in range(3):
        change(connection, 4)
    sound = read_log(path)
    assert (len(sound.replaced), sound.cut, sound.damaged) == (4, False, ())
    told = log_of(overwritten(path, 32 + FRAME * 5, bytes(FRAME)))
    assert told.damaged == (6, 7)  # the one after it runs on from nothing that is there
    last = log_of(overwritten(path, 32 + FRAME * 9, bytes(FRAME)))
    assert (last.damaged, last.cut) == ((), True)


def test_an_older_head_in_a_sector_of_its_own_ends_no_change(database) -> None:
    path, connection = database
    change(connection, 60)
    head = 32 + FRAME * 41
    assert head % 512 == 504
    older = (7).to_bytes(4, "big") + (100).to_bytes(4, "big")
    told = log_of(overwritten(path, head, older))
    assert (told.damaged, told.cut) == ((), True)
