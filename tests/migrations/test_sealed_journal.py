"""A journal that was there before its chain is sealed with the migration, once and for all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.clinics import PASSPHRASE, USER, add_case
from tests.migrations.test_first_version import KEPT
from tests.migrations.test_steps import later_step, m998_more, m998_orphaning
from woundtrack.errors import RecordError, StoreError
from woundtrack.store import database
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.journal import journal_head
from woundtrack.store.keyring import load_keyring

STEP = "m007_sealed_journal"


def turned_back(folder: Path, *statements: str) -> None:
    """Make a closed clinic what the step before left, then carry these statements out."""
    _, key = load_keyring(folder).unlock(user_name=USER, passphrase=PASSPHRASE)
    connection = database.connect(folder / DATABASE_NAME, data_key=key, writable=True)
    for trigger in ("journal_kept", "journal_sealed", "journal_head_kept", "journal_not_removed"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for index in ("user", "action", "at"):
        connection.execute(f"DROP INDEX journal_{index}")
    connection.execute("DROP TABLE journal_head")
    connection.execute("ALTER TABLE journal DROP COLUMN mac")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (STEP,))
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def before(folder: Path, opened: Callable[..., Clinic]) -> Callable[..., Path]:
    """A closed clinic as the step before left it."""

    def make(*statements: str) -> Path:
        clinic = opened()
        clinic.write(add_case)
        clinic.close()
        turned_back(folder, *statements)
        return folder

    return make


def sealed(clinic: Clinic) -> tuple[str, int]:
    """What the line says that tells of the sealing, and how many lines there are now."""
    (line,) = [one for one in clinic.read(lambda r: r.journal()) if one.action == "sealed"]
    assert (line.user_id, line.kind, line.record_id) == (None, "journal", None)
    return line.reason, line.id


def test_the_first_version_s_journal_is_sealed_and_says_so(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KEPT / "clinic", tmp_path / "clinic"))
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    reason, number = sealed(clinic)
    assert reason == f"1–{number - 1}"
    count, findings = clinic.check_journal()
    assert findings == []
    assert count == clinic.read(lambda r: journal_head(r._connection)).count >= number
    clinic.close()


def test_lines_of_the_schema_before_are_sealed_as_they_stand(
    before: Callable[..., Path], opened: Callable[..., Clinic]
) -> None:
    before("DELETE FROM journal WHERE id IN (3, 4)")
    clinic = opened()
    reason, number = sealed(clinic)
    assert reason == f"1–{number - 1}"
    assert clinic.check() == []


def test_what_is_changed_after_the_sealing_shows(
    before: Callable[..., Path], opened: Callable[..., Clinic]
) -> None:
    before()
    clinic = opened()
    clinic.write(lambda w: w._connection.execute("DROP TRIGGER journal_kept"))
    clinic.write(lambda w: w._connection.execute("UPDATE journal SET reason = 'x' WHERE id = 3"))
    (found,) = clinic.check()
    assert found.code == "check.journal_altered"


def test_a_migration_that_fails_leaves_the_journal_as_it_was(
    before: Callable[..., Path], opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = before()
    with monkeypatch.context() as patch:
        later_step(patch, m998_orphaning)
        with pytest.raises(StoreError) as refused:
            opened()
        assert refused.value.code == "store.migration_failed"
    _, key = load_keyring(folder).unlock(user_name=USER, passphrase=PASSPHRASE)
    connection = database.connect(folder / DATABASE_NAME, data_key=key, writable=False)
    assert "mac" not in Database(connection)["journal"].columns_dict
    connection.close()
    assert sealed(opened())[1] > 1


def test_a_later_step_seals_nothing_anew(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = opened()
    clinic.write(add_case)
    clinic.write(lambda w: w._connection.execute("DROP TRIGGER journal_kept"))
    clinic.write(lambda w: w._connection.execute("UPDATE journal SET reason = 'x' WHERE id = 3"))
    clinic.close()
    later_step(monkeypatch, m998_more)
    later = opened()
    assert [one.code for one in later.check_journal()[1]] == ["check.journal_altered"]
    assert "sealed" not in [line.action for line in later.read(lambda r: r.journal())]


def test_a_mac_is_given_once(opened: Callable[..., Clinic]) -> None:
    clinic = opened()
    for change in ("mac = randomblob(32)", "mac = NULL", "mac = mac"):
        with pytest.raises(RecordError) as refused:
            clinic.write(
                lambda w, c=change: w._connection.execute(f"UPDATE journal SET {c} WHERE id = 1")
            )
        assert refused.value.code == "record.conflict"
