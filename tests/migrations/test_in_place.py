"""Databases of the days when the first step was edited in place come to the same schema."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from migrations import m001_first_schema, m004_context, m005_photo_view
from migrations.all_steps import STEPS, all_steps
from tests.clinics import PASSPHRASE, USER, add_case, values
from woundtrack.records import PhotoView, VisitPhoto
from woundtrack.store import database
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import BACKUPS_NAME, DATABASE_NAME
from woundtrack.store.keyring import load_keyring

EDITED = Path(__file__).parents[1] / "data" / "edited_in_place.sql"
FIRST = "m001_first_schema"
BEFORE_CONTEXT = 10
"""How many parts of `values` there were before the fourth step."""


def empty() -> Database:
    return Database(sqlite3.connect(":memory:"))


def recorded(db: Database, *names: str) -> Database:
    """The database as if it had had these steps and no others."""
    steps = all_steps()
    steps.ensure_migrations_table(db)
    db.execute("DELETE FROM _sqlite_migrations")
    for name in names:
        steps._record_applied(db, name)
    return db


def edited_in_place() -> Database:
    db = empty()
    db.conn.executescript(EDITED.read_text("utf-8"))
    return recorded(db, FIRST)


def stopped_after(count: int) -> Callable[[], Database]:
    """A database with what the first steps make, recorded with the very first alone."""

    def make() -> Database:
        db = empty()
        for module in STEPS[:count]:
            module.migrate(db)
        return recorded(db, FIRST)

    return make


def shape(db: Database) -> dict[str, Any]:
    """Tables with their columns whatever their order, indexes, and triggers."""
    tables = {
        name: sorted(
            db.execute(
                'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,)
            ).fetchall()
        )
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    references = {
        name: sorted(
            db.execute(
                'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (name,)
            ).fetchall()
        )
        for name in tables
    }
    others = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
    ).fetchall()
    plain = {
        (kind, name, " ".join((sql or "").replace("IF NOT EXISTS ", "").split()))
        for kind, name, sql in others
    }
    return {"tables": tables, "references": references, "others": plain}


@pytest.mark.parametrize(
    "made", [edited_in_place, *(stopped_after(count) for count in range(1, len(STEPS) + 1))]
)
def test_all_ways_lead_to_one_schema(made: Callable[[], Database]) -> None:
    new, old = empty(), made()
    all_steps().apply(new)
    all_steps().apply(old)
    assert shape(old) == shape(new)
    assert [row[0] for row in old.execute("SELECT name FROM _sqlite_migrations ORDER BY id")] == [
        module.__name__.rpartition(".")[2] for module in STEPS
    ]


def test_the_edited_schema_had_what_the_first_did_not() -> None:
    first = empty()
    m001_first_schema.migrate(first)
    then = edited_in_place()
    assert set(shape(then)["tables"]) - set(shape(first)["tables"]) >= {
        "rater_study", "therapy_session", "pending_trace",
    }  # fmt: skip
    columns = {row[0] for row in shape(then)["tables"]["assessment"]}
    assert "forms" in columns
    assert "bwat" not in columns


def turned_back(folder: Path) -> None:
    """Make a closed clinic what a program of the days before the fourth step had made."""
    _, key = load_keyring(folder).unlock(user_name=USER, passphrase=PASSPHRASE)
    connection = database.connect(folder / DATABASE_NAME, data_key=key, writable=True)
    for table in m004_context.TABLES:
        connection.execute(f"DROP TABLE {table}")
    for table, definition in (*m004_context.COLUMNS, *m005_photo_view.COLUMNS):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {definition.split()[0]}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name <> ?", (FIRST,))
    connection.close()


def test_a_clinic_of_those_days_opens_with_all_its_values(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    case = clinic.write(add_case)
    before = values(clinic, case.patient.id)[:BEFORE_CONTEXT]
    clinic.close()
    turned_back(folder)
    again = opened()
    assert values(again, case.patient.id)[:BEFORE_CONTEXT] == before
    assert again.check() == []
    assert len(list((folder / BACKUPS_NAME).iterdir())) == 1


def test_photos_of_those_days_have_no_view_and_can_be_given_one(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    case = clinic.write(add_case)
    clinic.close()
    turned_back(folder)
    again = opened()
    photo = again.read(lambda r: r.get(VisitPhoto, case.photo.id))
    assert photo.value.view is None
    told = replace(photo.value, view=PhotoView.CLOSE_UP)
    again.write(lambda w: w.revise(photo, told))
    kept = again.read(lambda r: r.revisions(VisitPhoto, photo.id))
    assert [each.value.view for each in kept] == [None, PhotoView.CLOSE_UP]
