"""The way back to the program before: by the copy that the upgrade left."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from migrations.all_steps import all_steps
from tests.clinics import PASSPHRASE, USER, add_case, values
from woundtrack.cli import main
from woundtrack.errors import StoreError
from woundtrack.records import Role
from woundtrack.store import migrating, opening
from woundtrack.store.clinic import Clinic
from woundtrack.store.info import BACKUPS_NAME, DATABASE_NAME, clinic_info
from woundtrack.store.rollback import roll_back, way_back

SECOND = {"user_name": "zoe", "passphrase": "nine idle herons wade"}


def m998_more(db: Database) -> None:
    db.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")


@pytest.fixture
def upgraded(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, list[object]]:
    """A clinic that a later program opened and worked in, and what was in it before."""
    clinic = opened()
    case = clinic.write(add_case)
    clinic.write(lambda w: w.add_user("zoe", Role.CLINICIAN, SECOND["passphrase"]))
    before = values(clinic, case.patient.id)
    clinic.close()

    def more():
        steps = all_steps()
        steps()(m998_more)
        return steps

    names = (*migrating.STEP_NAMES, "m998_more")
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "STEP_NAMES", names)
        patch.setattr(migrating.needs_migration, "__kwdefaults__", {"known": names})
        patch.setattr(migrating, "_program_steps", more)
        later = opened()
        note = replace(case.patient.value, note="written by the later program")
        later.write(lambda w: w.revise(case.patient, note))
        later.close()
    return folder, before


def test_the_old_program_gets_its_database_back(
    upgraded: tuple[Path, list[object]], opened: Callable[..., Clinic]
) -> None:
    folder, before = upgraded
    with pytest.raises(StoreError):
        opened()
    found = roll_back(folder, user_name=USER, passphrase=PASSPHRASE)
    assert found.acts_since == 1
    clinic = opened()
    assert values(clinic, 1) == before
    assert clinic.check() == []
    assert clinic.keyring_alarm == ""
    lines = clinic.read(lambda r: r.journal(limit=5))
    assert "rolled_back" in [line.action for line in lines]
    assert clinic_info(folder).schema_version == len(migrating.STEP_NAMES)


def test_what_was_given_up_is_kept(upgraded: tuple[Path, list[object]]) -> None:
    folder, _ = upgraded
    roll_back(folder, user_name=USER, passphrase=PASSPHRASE)
    (kept,) = (folder / BACKUPS_NAME).iterdir()
    assert kept.name.startswith("before-rollback-")
    assert not (folder / f"{DATABASE_NAME}-wal").exists()


def test_asking_changes_nothing(upgraded: tuple[Path, list[object]]) -> None:
    folder, _ = upgraded
    content = (folder / DATABASE_NAME).read_bytes()
    found = way_back(folder, user_name=USER, passphrase=PASSPHRASE)
    assert found.copy.parent == folder / BACKUPS_NAME
    assert (folder / DATABASE_NAME).read_bytes() == content


def test_not_while_someone_reads(upgraded: tuple[Path, list[object]], monkeypatch) -> None:
    folder, _ = upgraded
    monkeypatch.setattr("woundtrack.store.database.BUSY_TIMEOUT_MS", 50)
    keyring = opening.load_keyring(folder)
    _, key = keyring.unlock(user_name=USER, passphrase=PASSPHRASE)
    reader = opening.database.connect(folder / DATABASE_NAME, data_key=key, writable=False)
    with pytest.raises(StoreError) as refused:
        roll_back(folder, user_name=USER, passphrase=PASSPHRASE)
    assert refused.value.code == "store.busy"
    assert reader.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    reader.close()
    (only,) = (folder / BACKUPS_NAME).iterdir()
    assert only.name.startswith("before-migration-")


def test_not_for_a_clinician(upgraded: tuple[Path, list[object]]) -> None:
    with pytest.raises(StoreError) as refused:
        way_back(upgraded[0], **SECOND)
    assert refused.value.code == "store.not_allowed"


def test_wrong_passphrases_wait_as_at_the_sign_in(folder: Path) -> None:
    codes = []
    for _ in range(5):
        with pytest.raises(StoreError) as refused:
            way_back(folder, user_name=USER, passphrase="not this one")
        codes.append(refused.value.code)
    assert codes == ["store.wrong_passphrase"] * 4 + ["store.too_soon"]


def test_not_without_a_copy(folder: Path) -> None:
    with pytest.raises(StoreError) as refused:
        way_back(folder, user_name=USER, passphrase=PASSPHRASE)
    assert refused.value.code == "store.no_way_back"


def test_the_command_line_asks_first(
    upgraded: tuple[Path, list[object]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, _ = upgraded
    monkeypatch.setenv("WOUNDTRACK_PASSPHRASE", PASSPHRASE)
    command = ["clinic", "rollback", str(folder), "--user", USER]
    assert main(command) == 0
    assert "1 change was recorded since and would be given up." in capsys.readouterr().out
    assert main([*command, "--yes"]) == 0
    assert "1 later change was given up" in capsys.readouterr().out
    assert main([*command, "--yes"]) == 3
    assert "version that was here before" in capsys.readouterr().err
