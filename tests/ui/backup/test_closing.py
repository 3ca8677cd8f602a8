"""At closing the clinic is backed up where that was settled and something changed."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.clinics import a_patient
from tests.ui.windows import settled
from ui.main_window import MainWindow
from woundtrack.backup import making
from woundtrack.backup.folder import backups_in
from woundtrack.backup.making import back_up
from woundtrack.backup.plan import set_plan
from woundtrack.backup.types import Plan
from woundtrack.errors import BackupError
from woundtrack.store.clinic import Clinic


@pytest.fixture
def closing(qtbot: QtBot, window: MainWindow, clinic: Clinic, stick: Path) -> MainWindow:
    """The window of a clinic that is backed up at closing, and was just now."""
    set_plan(clinic, Plan(stick))
    back_up(clinic, stick)
    window.backups.keeper.refresh()
    settled(qtbot, window)
    return window


@pytest.fixture
def _changed(closing: MainWindow) -> None:
    closing.clinic.write(lambda w: w.add(a_patient()))


def closed(qtbot: QtBot, window: MainWindow, clinic: Clinic) -> None:
    qtbot.waitUntil(lambda: clinic._closed and not window.isVisible())
    qtbot.waitUntil(lambda: window.closing.shown is None)


def test_nothing_is_asked_where_nothing_changed(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path
) -> None:
    closing.close()
    closed(qtbot, closing, clinic)
    assert len(backups_in(stick)) == 1


@pytest.mark.usefixtures("_changed")
def test_what_changed_is_backed_up_and_then_the_program_closes(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path
) -> None:
    (before,) = backups_in(stick)
    closing.close()
    closed(qtbot, closing, clinic)
    assert backups_in(stick)[0].number == before.number + 1


@pytest.mark.usefixtures("_changed")
def test_a_clinic_that_is_locked_while_the_window_closes_does_not_hold_it_open(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach = closing.backups.keeper.reach

    def locked_meanwhile(_target: Path) -> bool:
        clinic.close()
        return True

    monkeypatch.setattr(reach, "answers", locked_meanwhile)
    closing.close()
    closed(qtbot, closing, clinic)
    assert closing.closing.shown is None


@pytest.mark.usefixtures("_changed")
def test_it_is_closed_without_it_when_asked(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    made = making._made

    def slowly(*args: object) -> object:
        begun.set()
        go_on.wait(10)
        return made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "_made", slowly)
    closing.close()
    qtbot.waitUntil(begun.is_set)
    small = closing.closing.shown
    assert small is not None
    assert small.isVisible()
    assert not closing.isVisible()  # no patient is seen meanwhile
    assert not closing._door.idle.running
    go_on.set()
    small.leave.click()
    closed(qtbot, closing, clinic)
    assert len(backups_in(stick)) == 1


@pytest.mark.usefixtures("_changed")
def test_the_end_of_the_workstations_session_is_not_held_up(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path
) -> None:
    closing.closing._hurry()
    closing.close()
    closed(qtbot, closing, clinic)
    assert len(backups_in(stick)) == 1


@pytest.mark.usefixtures("_changed")
def test_a_stick_that_is_away_holds_nobody_up(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path, tmp_path: Path
) -> None:
    stick.rename(tmp_path / "away")
    closing.close()
    closed(qtbot, closing, clinic)
    assert len(backups_in(tmp_path / "away")) == 1


@pytest.mark.usefixtures("_changed")
def test_a_failure_is_said_and_the_program_closes_by_itself(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise BackupError("backup.full")

    monkeypatch.setattr(making, "_made", full)
    closing.close()
    qtbot.waitUntil(lambda: closing.closing.shown is not None)
    small = closing.closing.shown
    assert small is not None
    qtbot.waitUntil(small.again.isVisible)
    assert "full" in small.text.text()
    assert "by itself" in small.count.text()
    small._left_s = 0
    small._count_down()
    closed(qtbot, closing, clinic)
    assert clinic._closed


def test_locking_and_switching_user_back_nothing_up(
    qtbot: QtBot, closing: MainWindow, clinic: Clinic, stick: Path
) -> None:
    clinic.write(lambda w: w.add(a_patient()))
    closing.run("switch_user")
    settled(qtbot, closing)
    assert closing.backups.status.isHidden()
    assert closing.backups.keeper.clinic is None
    assert len(backups_in(stick)) == 1
