"""The clinic backs itself up once that is due, tries again what failed, and disturbs nobody."""

import datetime as dt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.backup import keeper as keeping
from ui.backup.keeper import BackupKeeper, wants
from woundtrack.backup.folder import backups_in
from woundtrack.backup.plan import last_backup, set_plan
from woundtrack.backup.types import LastBackup, Plan
from woundtrack.store.clinic import Clinic

NOW = dt.datetime(2026, 3, 17, 9, 0, tzinfo=dt.UTC)
PLAN = Plan(Path("stick"))


def tried(code: str, *, minutes: int, made_days: int = 2) -> LastBackup:
    made = NOW - dt.timedelta(days=made_days)
    return LastBackup(NOW - dt.timedelta(minutes=minutes), code, made, PLAN.target)


@pytest.mark.parametrize(
    ("last", "there", "wanted"),
    [
        (None, True, True),
        (tried("", minutes=5, made_days=0), True, False),
        (tried("", minutes=5, made_days=1), True, True),
        (tried("backup.full", minutes=59), True, False),
        (tried("backup.full", minutes=60), True, True),
        (tried("backup.full", minutes=-600), True, True),  # the clock was set back
        (tried("backup.gone", minutes=600), False, False),
        (tried("backup.gone", minutes=1), True, True),  # the stick is back
    ],
)
def test_it_is_made_when_due_and_a_failure_is_tried_again(
    last: LastBackup | None, there: bool, wanted: bool
) -> None:
    assert wants(PLAN, last, NOW, there=there) is wanted


def test_some_time_after_the_sign_in_it_is_made_by_itself(
    qtbot: QtBot, keeper: BackupKeeper, planned: Clinic, stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(keeping, "FIRST_MS", 1)
    monkeypatch.setattr(keeping, "LOOK_MS", 10)
    with qtbot.waitSignal(keeper.made):
        keeper.begin(planned)
    qtbot.waitUntil(lambda: keeper.known.last is not None)
    assert len(backups_in(stick)) == 1
    qtbot.wait(40)  # it is looked again, and nothing is due
    assert len(backups_in(stick)) == 1


def test_a_missing_stick_is_remembered_and_one_that_comes_back_is_noticed(
    qtbot: QtBot, keeper: BackupKeeper, planned: Clinic, stick: Path, tmp_path: Path
) -> None:
    keeper.begin(planned)
    stick.rename(tmp_path / "drawer")
    with qtbot.waitSignal(keeper.failed):
        keeper.look()
    qtbot.waitUntil(lambda: keeper.known.last is not None)
    assert keeper.known.last is not None
    assert keeper.known.last.code == "backup.gone"
    assert not keeper.at_work
    (tmp_path / "drawer").rename(stick)
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    qtbot.waitUntil(lambda: not keeper.background.is_busy())
    assert len(backups_in(stick)) == 1


def test_leaving_stops_it_and_nothing_counts(
    qtbot: QtBot, keeper: BackupKeeper, planned: Clinic, stick: Path
) -> None:
    keeper.begin(planned)
    qtbot.waitUntil(lambda: keeper.loaded)
    made: list[object] = []
    keeper.made.connect(made.append)
    keeper.back_up_now()
    keeper.leave()
    qtbot.waitUntil(lambda: not keeper.background.is_busy())
    assert not made
    assert backups_in(stick) == ()
    assert last_backup(planned) is None


def test_who_may_only_read_backs_up_when_asked_and_not_by_itself(
    qtbot: QtBot, keeper: BackupKeeper, planned: Clinic, stick: Path
) -> None:
    planned.read_only = True
    keeper.begin(planned)
    qtbot.waitUntil(lambda: keeper.loaded)
    assert not keeper.known.wanted
    with qtbot.waitSignal(keeper.made):
        keeper.back_up_now()
    assert len(backups_in(stick)) == 1
    qtbot.waitUntil(lambda: not keeper.background.is_busy())


def test_only_when_asked_is_never_by_itself(
    qtbot: QtBot, keeper: BackupKeeper, planned: Clinic, stick: Path
) -> None:
    set_plan(planned, Plan(stick, every_days=0))
    keeper.begin(planned)
    qtbot.waitUntil(lambda: keeper.loaded)
    keeper.look()
    qtbot.waitUntil(lambda: not keeper.background.is_busy())
    assert backups_in(stick) == ()
