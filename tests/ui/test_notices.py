"""Who writes is said above every page, and after a crash one goes on where one was."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, PASSPHRASE, TODAY, USER, Ward
from tests.ui.pages.imports import press
from tests.ui.windows import dialogs, settled
from ui.actions import Needs
from ui.main_window import MainWindow
from ui.pages.visit.checks import Step
from ui.widgets.banner import Banner
from woundtrack.records import Assessment, Visit
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.lock import Holder

CRASHED = Holder(USER, "desk", 1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def told(window: MainWindow) -> str:
    return " ".join(banner.label.text() for banner in window.workspace.notices.findChildren(Banner))


def test_a_second_window_reads_and_writes_once_the_first_has_gone(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    second = open_clinic(clinic.folder, user_name=USER, passphrase=PASSPHRASE)
    window.enter(second)
    notices = window.workspace.notices
    assert f"{USER} (" in told(window)
    assert "has been working in this clinic since" in told(window)
    assert Needs.WRITING not in window.workspace.offers()
    assert not window.workspace.patients.new_button.isEnabled()
    notices.try_writing()
    qtbot.waitUntil(lambda: "this computer" in told(window))
    window.workspace.open_patient(ward.patient.id)
    settled(qtbot, window)
    clinic.close()
    with qtbot.waitSignal(notices.writing_began):
        notices.reading.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: window.workspace.notices is not notices)
    assert not second.read_only
    assert window.workspace.patient_id == ward.patient.id
    assert window.workspace.patients.new_button.isEnabled()
    settled(qtbot, window)
    second.write(lambda w: w.add(Visit(ward.patient.id, TODAY)))


def test_after_a_crash_one_goes_on_where_one_was(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    def act(writer: object) -> Visit:
        visit = writer.add(Visit(ward.patient.id, TODAY))  # type: ignore[attr-defined]
        lesion = ward.lesions[0].id
        writer.add(Assessment(visit.id, lesion, note="half"))  # type: ignore[attr-defined]
        return visit

    visit = clinic.write(act)
    clinic.left_over = CRASHED
    window.enter(clinic)
    qtbot.waitUntil(lambda: window.workspace.notices.crash is not None)
    assert "The visit of 17 Mar 2026 of Lefèvre" in told(window)
    crash = window.workspace.notices.crash
    press(crash, "Go on: ")
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    assert page.session.state.visit.id == visit.id
    assert page.step is Step.FORM
    assert clinic.left_over is None
    settled(qtbot, window)


def test_a_crash_that_left_nothing_open_is_not_told(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    clinic.left_over = CRASHED
    window.enter(clinic)
    settled(qtbot, window)
    assert clinic.read(lambda r: r.find(Visit))[0].value.on == LAST_WEEK  # and it is confirmed
    assert window.workspace.notices.crash is None
    assert told(window) == ""


def test_photos_that_came_in_before_the_crash_are_offered(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, painted: Callable[..., bytes], tmp_path: Path
) -> None:
    from ui.importing import take_in

    (tmp_path / "photo.jpg").write_bytes(painted(seed=3))
    take_in(clinic, tmp_path / "photo.jpg")
    clinic._vault.stored_here.clear()  # as another start of the program has it
    clinic.left_over = CRASHED
    window.enter(clinic)
    qtbot.waitUntil(lambda: window.workspace.notices.crash is not None)
    assert "1 photo came in and is in no visit." in told(window)
    press(window.workspace.notices.crash, "Look at the photos…")
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert dialogs()[0].list is not None
    settled(qtbot, window)


def test_a_synced_folder_is_told_of(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, monkeypatch: object
) -> None:
    monkeypatch.setenv("OneDrive", str(clinic.folder.parent))  # type: ignore[attr-defined]
    window.enter(clinic)
    qtbot.waitUntil(lambda: "OneDrive keeps the clinic’s folder in step" in told(window))
    assert Needs.WRITING in window.workspace.offers()
