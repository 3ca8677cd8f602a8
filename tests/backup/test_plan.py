"""Where backups go and when; how the last one went."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.backup.conftest import refusal
from tests.clinics import TODAY
from woundtrack.backup.making import back_up
from woundtrack.backup.plan import LAST, PLAN, is_due, last_backup, plan_of, set_plan
from woundtrack.backup.types import Keep, LastBackup, Plan
from woundtrack.records import Role
from woundtrack.store.clinic import Clinic, open_clinic

DAILY = Plan(Path("/stick"))


def last(made: dt.datetime | None, code: str = "") -> LastBackup:
    return LastBackup(TODAY, code, made, Path("/stick"))


def test_a_plan_is_kept_and_journalled(clinic: Clinic, stick: Path) -> None:
    assert plan_of(clinic) is None
    plan = Plan(stick, every_days=7, at_closing=False, keep=Keep(3, 2, 1, 0))
    set_plan(clinic, plan)
    assert plan_of(clinic) == plan
    line = clinic.read(lambda r: r.journal())[0]
    assert (line.action, line.kind, line.reason) == ("set", "setting", PLAN)


def test_only_an_administrator_settles_it(clinic: Clinic, folder: Path, stick: Path) -> None:
    words = "another long passphrase"
    clinic.write(lambda w: w.add_user("Eve Clinician", Role.CLINICIAN, words))
    clinic.close()
    hers = open_clinic(
        folder, user_name="Eve Clinician", passphrase=words, new_passphrase="x" + words
    )
    try:
        assert refusal(lambda: set_plan(hers, Plan(stick))) == "store.not_allowed"
        assert back_up(hers, stick) is not None
    finally:
        hers.close()


def test_settings_that_cannot_be_read_count_as_none(clinic: Clinic) -> None:
    for text in ("", "[]", "{}", '{"target": 3}', "nothing"):
        clinic.write(lambda w, text=text: w.set_setting(PLAN, text))
        clinic.write(lambda w, text=text: w.set_setting(LAST, text))
        assert (plan_of(clinic), last_backup(clinic)) == (None, None)


def test_how_the_last_one_went_is_remembered(clinic: Clinic, stick: Path, tmp_path: Path) -> None:
    assert last_backup(clinic) is None
    back_up(clinic, stick, now=lambda: TODAY)
    assert last_backup(clinic) == LastBackup(TODAY, "", TODAY, stick)
    stick.rename(tmp_path / "pulled out")
    later = TODAY + dt.timedelta(days=1)
    assert refusal(lambda: back_up(clinic, stick, now=lambda: later)) == "backup.gone"
    assert last_backup(clinic) == LastBackup(later, "backup.gone", TODAY, stick)


def test_the_plans_rule_thins(clinic: Clinic, stick: Path) -> None:
    set_plan(clinic, Plan(stick, keep=Keep(1, 0, 0, 0)))
    back_up(clinic, stick, now=lambda: TODAY)
    second = back_up(clinic, stick, now=lambda: TODAY + dt.timedelta(days=1))
    assert second is not None
    assert second.removed == 1


def test_one_is_due_once_the_days_are_over() -> None:
    assert is_due(None, DAILY, TODAY)
    assert is_due(last(None, "backup.gone"), DAILY, TODAY)
    assert not is_due(last(TODAY - dt.timedelta(hours=2)), DAILY, TODAY)
    assert is_due(last(TODAY - dt.timedelta(days=1)), DAILY, TODAY)
    assert not is_due(last(TODAY - dt.timedelta(days=1)), Plan(Path("/stick"), 7), TODAY)
    assert is_due(last(TODAY - dt.timedelta(days=7)), Plan(Path("/stick"), 7), TODAY)


def test_another_disk_has_none_yet() -> None:
    assert is_due(last(TODAY), Plan(Path("/share")), TODAY)


def test_one_from_the_future_is_not_believed() -> None:
    assert is_due(last(TODAY + dt.timedelta(days=400)), DAILY, TODAY)


def test_the_day_is_the_local_one() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    evening = dt.datetime(2026, 6, 15, 14, tzinfo=dt.UTC)
    assert not is_due(last(evening), DAILY, evening.astimezone(dt.UTC) + dt.timedelta(hours=2))
    assert is_due(last(evening), DAILY, (evening + dt.timedelta(hours=2)).astimezone(tokyo))


def test_only_when_asked() -> None:
    asked_only = Plan(Path("/stick"), every_days=0, at_closing=False)
    assert not is_due(None, asked_only, TODAY)
