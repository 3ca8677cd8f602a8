"""The steps: from empty, from the first schema, failing, and from the future."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from migrations.all_steps import SET_NAME, all_steps
from tests.clinics import PASSPHRASE, USER, add_case, values
from woundtrack.errors import StoreError
from woundtrack.store import database, migrating, opening
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import BACKUPS_NAME, DATABASE_NAME, clinic_info
from woundtrack.store.keyring import load_keyring
from woundtrack.store.kinds import SPECS
from woundtrack.store.rows import layout_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def schema() -> Database:
    """A database at the newest schema, unencrypted, in memory."""
    db = Database(sqlite3.connect(":memory:"))
    all_steps().apply(db)
    return db


def test_the_program_knows_the_steps_by_name() -> None:
    steps = all_steps()
    assert tuple(step.name for step in steps._migrations) == migrating.STEP_NAMES
    assert steps.name == SET_NAME == migrating._SET_NAME
    found = sorted(path.stem for path in (ROOT / "migrations").glob("m*.py"))
    assert tuple(found) == migrating.STEP_NAMES
    assert all(re.fullmatch(r"m\d{3}_[a-z_]+", name) for name in found)


def test_steps_need_nothing_of_the_program() -> None:
    code = (
        "import sys; from migrations.all_steps import all_steps; all_steps(); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not [name for name in run.stdout.split() if name.split(".")[0] == "woundtrack"]


def test_columns_are_the_fields_of_the_records(schema: Database) -> None:
    head = ("id", "uuid", "revision", "at_utc", "user_id", "reason", "act_id", "deleted_act")
    for spec in SPECS:
        columns = [column.name for column in schema[spec.table].columns]
        assert sorted(columns) == sorted(head + layout_of(spec.kind).columns)


def test_every_table_is_strict_and_every_reference_indexed(schema: Database) -> None:
    for table in schema.tables:
        if table.name.startswith(("sqlite_", "_sqlite")):
            continue
        assert "STRICT" in table.schema
    for spec in SPECS:
        indexed = {index.columns[0] for index in schema[spec.table].indexes}
        assert {column for column, _ in spec.parents} <= indexed


@pytest.fixture
def filled(folder: Path, opened: Callable[..., Clinic]) -> tuple[Path, list[object]]:
    """A closed clinic, and what is in it."""
    clinic = opened()
    case = clinic.write(add_case)
    before = values(clinic, case.patient.id)
    clinic.close()
    return folder, before


def later_step(monkeypatch: pytest.MonkeyPatch, *functions: Callable[[Database], None]) -> None:
    """Let the program know more steps than it has."""

    def more():
        steps = all_steps()
        for function in functions:
            steps()(function)
        return steps

    names = (*migrating.STEP_NAMES, *(function.__name__ for function in functions))
    monkeypatch.setattr(migrating, "STEP_NAMES", names)
    monkeypatch.setattr(migrating.needs_migration, "__kwdefaults__", {"known": names})
    monkeypatch.setattr(migrating, "_program_steps", more)


def m998_more(db: Database) -> None:
    """A step that rebuilds a table which others reference."""
    db["patient"].transform(types={"note": str}, rename={"note": "remark"})
    db.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")


def m998_orphaning(db: Database) -> None:
    """A step that leaves records without what they name."""
    db.execute("DELETE FROM visit")


def m999_failing(db: Database) -> None:
    """A step that breaks half way."""
    db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT")
    raise RuntimeError("half way")


def tables(folder: Path) -> set[str]:
    """The tables in a closed clinic's database."""
    _, key = load_keyring(folder).unlock(user_name=USER, passphrase=PASSPHRASE)
    connection = database.connect(folder / DATABASE_NAME, data_key=key, writable=False)
    try:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {row[0] for row in found.fetchall()}
    finally:
        connection.close()


def test_an_older_clinic_is_backed_up_and_brought_forward(
    filled: tuple[Path, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = filled
    later_step(monkeypatch, m998_more)
    opened = opening.unlock(folder, user_name=USER, passphrase=PASSPHRASE)
    columns = opened.writing.execute("SELECT name FROM pragma_table_info('patient')").fetchall()
    assert ("remark",) in columns
    assert opened.writing.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert opened.writing.execute("PRAGMA foreign_key_check").fetchall() == []
    opened.writing.close()
    opened.lock.release()
    (backup,) = (folder / BACKUPS_NAME).iterdir()
    assert not backup.read_bytes().startswith(b"SQLite")
    assert "Lefèvre".encode() not in backup.read_bytes()
    assert "extra" in tables(folder)
    assert clinic_info(folder).schema_version == len(migrating.STEP_NAMES)


@pytest.mark.parametrize("steps", [(m999_failing,), (m998_more, m999_failing), (m998_orphaning,)])
def test_a_step_that_fails_returns_the_old_clinic(
    filled: tuple[Path, list[object]],
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
    steps: tuple[Callable[[Database], None], ...],
) -> None:
    folder, before = filled
    with monkeypatch.context() as patch:
        later_step(patch, *steps)
        with pytest.raises(StoreError) as refused:
            opened()
        assert refused.value.code == "store.migration_failed"
    assert {"extra", "half"}.isdisjoint(tables(folder))
    clinic = opened()
    assert values(clinic, 1) == before
    assert clinic.check() == []
    assert clinic_info(folder).schema_version == len(migrating.STEP_NAMES)
    assert list((folder / BACKUPS_NAME).iterdir()) == []  # each try would leave another


def test_all_steps_are_made_at_once(
    filled: tuple[Path, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = filled
    _, key = load_keyring(folder).unlock(user_name=USER, passphrase=PASSPHRASE)
    outside = database.connect(folder / DATABASE_NAME, data_key=key, writable=False)
    seen = []

    def extra() -> tuple[int]:
        return outside.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone()

    def m999_looking(_db: Database) -> None:
        seen.append(extra())

    later_step(monkeypatch, m998_more, m999_looking)
    connection = database.connect(folder / DATABASE_NAME, data_key=key, writable=True)
    migrating.migrate_existing(connection, folder, data_key=key).close()
    assert seen == [(0,)]  # one step was made, and nobody else saw it while the next one ran
    assert extra() == (1,)
    outside.close()


def test_a_database_that_does_not_open_after_a_failed_step_is_put_back(
    filled: tuple[Path, list[object]],
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, before = filled

    def m999_ruining(_db: Database) -> None:
        (folder / DATABASE_NAME).write_bytes(b"ruined" * 1000)
        raise RuntimeError

    with monkeypatch.context() as patch:
        later_step(patch, m999_ruining)
        with pytest.raises(StoreError) as refused:
            opened()
        assert refused.value.code == "store.migration_failed"
    clinic = opened()
    assert values(clinic, 1) == before
    assert clinic.check() == []


def test_a_newer_clinic_is_refused_and_left_alone(
    filled: tuple[Path, list[object]],
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, _ = filled
    with monkeypatch.context() as patch:
        later_step(patch, m998_more)
        newer = opening.unlock(folder, user_name=USER, passphrase=PASSPHRASE)
        newer.writing.close()
        newer.lock.release()
    content = (folder / DATABASE_NAME).read_bytes()
    with pytest.raises(StoreError) as refused:
        opened()
    assert refused.value.code == "store.newer"
    assert (folder / DATABASE_NAME).read_bytes() == content


def test_no_room_for_the_backup_means_no_migration(
    filled: tuple[Path, list[object]],
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, before = filled

    def full(*_args: object, **_kwargs: object) -> None:
        raise StoreError("store.disk_full")

    with monkeypatch.context() as patch:
        later_step(patch, m998_more)
        patch.setattr(migrating, "backup_database", full)
        with pytest.raises(StoreError) as refused:
            opened()
        assert refused.value.code == "store.disk_full"
    assert values(opened(), 1) == before


def test_a_second_opener_does_not_migrate(
    filled: tuple[Path, list[object]],
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = opened()
    with monkeypatch.context() as patch:
        later_step(patch, m998_more)
        with pytest.raises(StoreError) as refused:
            opened()
        assert refused.value.code == "store.in_use"
    assert first.check() == []
