"""What was on its way when the window locked: it shows nothing, loses nothing, holds nothing."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, TODAY, USER, Ward
from tests.ui.pages.imports import press
from tests.ui.windows import dialogs, open_patient, settled, sign_in
from ui import importing
from ui.main_window import MainWindow
from woundtrack.photo.importing import Taken
from woundtrack.records import Assessment, Visit
from woundtrack.store.clinic import Clinic, Writer, open_clinic
from woundtrack.store.lock import Holder


def come_back(qtbot: QtBot, window: MainWindow) -> None:
    """Sign in again, as the same person."""
    sign_in(qtbot, window, USER, PASSPHRASE)
    settled(qtbot, window)


@pytest.mark.parametrize("key", ["report", "export_record"])
def test_a_dialog_that_waited_for_an_answer_opens_no_more(
    qtbot: QtBot, window: MainWindow, ward: Ward, key: str
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    type_note(window, ward, "not saved yet, so the export waits")
    window.run(key)
    window.run("lock")
    settled(qtbot, window)
    assert dialogs() == []
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]


def test_an_act_that_ends_after_locking_is_named_nowhere(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    settled(qtbot, window)
    go, space = Event(), window.workspace

    def act(writer: Writer) -> None:
        go.wait(10)
        writer.note("viewed", "patient", ward.patient.id)

    space.acts.do(
        act, text="patient Lefèvre", done=lambda _none: space.status.emit("Lefèvre is in the bin")
    )
    window.run("lock")
    go.set()
    settled(qtbot, window)
    assert "Lefèvre" not in window.actions_["undo"].text()
    assert window.statusBar().currentMessage() == ""
    assert not window.actions_["new_visit"].isEnabled()


def type_note(window: MainWindow, ward: Ward, text: str) -> None:
    session, lesion_id = window.workspace.visit_page.session, ward.lesions[0].id
    value = session.state.assessment(lesion_id)
    session.set_assessment(lesion_id, Assessment(value.visit_id, lesion_id, note=text))


def test_an_import_goes_on_where_the_lock_broke_it_off(
    qtbot: QtBot,
    window: MainWindow,
    ward: Ward,
    painted: Callable[..., bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "card").mkdir()
    for seed in range(3):
        (tmp_path / "card" / f"{seed}.jpg").write_bytes(painted(seed=seed))
    first, go = Event(), Event()
    really = importing.take_in

    def slowly(clinic: Clinic, path: Path) -> Taken:
        if first.is_set():
            go.wait(10)
        first.set()
        return really(clinic, path)

    monkeypatch.setattr(importing, "take_in", slowly)
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.import_files([tmp_path / "card"])
    session = window.workspace.visit_page.session
    qtbot.waitUntil(lambda: session.state is not None and len(session.state.photos) == 1)
    window.run("lock")
    go.set()
    settled(qtbot, window)
    come_back(qtbot, window)
    session = window.workspace.visit_page.session
    qtbot.waitUntil(lambda: session.state is not None and len(session.state.photos) == 3)
    settled(qtbot, window)
    assert len({one.value.vault_name for one in session.state.photos}) == 3


def test_a_crash_is_told_again_after_a_lock_until_someone_has_answered(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    clinic, since = window.clinic, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    clinic.write(lambda w: w.add(Visit(ward.patient.id, TODAY)))
    crash = Holder(user_name=USER, machine="ward-3", process=1, since_utc=since)
    clinic.left_over = crash
    window.run("lock")
    settled(qtbot, window)
    come_back(qtbot, window)
    assert window.clinic.left_over == crash
    notice = window.workspace.notices
    qtbot.waitUntil(lambda: notice.crash is not None)
    press(notice.crash, "Close")
    window.run("lock")
    settled(qtbot, window)
    come_back(qtbot, window)
    assert window.workspace.notices.crash is None


def slips(clinic: Clinic) -> int:
    """How many visits without a day wait in the store."""
    sql = "SELECT count(*) FROM setting WHERE name LIKE 'visit without a day%'"
    return int(clinic.read(lambda r: r._connection.execute(sql).fetchone()[0]))


def test_a_visit_without_a_day_comes_back_once(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    type_note(window, ward, "typed before the lock")
    qtbot.waitUntil(lambda: slips(window.clinic) == 1)
    settled(qtbot, window)
    window.run("lock")
    settled(qtbot, window)
    come_back(qtbot, window)
    page, lesion_id = window.workspace.visit_page, ward.lesions[0].id
    assert page.session.state.assessment(lesion_id).note == "typed before the lock"
    assert page.unfinished.isHidden()  # it is on the page already
    type_note(window, ward, "and after it")
    qtbot.waitUntil(lambda: not page.session.saver._timer.isActive())
    settled(qtbot, window)
    assert slips(window.clinic) == 1


def test_a_clinic_that_opens_for_a_page_that_is_gone_is_closed_again(
    qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    window.run("lock")
    settled(qtbot, window)
    page = window.centralWidget()
    page.who.set_text(USER)
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    window.show_set_up()  # the card's links stay open while it unlocks
    settled(qtbot, window)
    assert window.clinic is None
    again = open_clinic(clinic.folder, user_name=USER, passphrase=PASSPHRASE)
    try:
        assert not again.read_only
    finally:
        again.close()


def test_closing_the_window_right_after_locking_leaves_no_trace_of_a_crash(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    folder: Path = window.clinic.folder
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    settled(qtbot, window)
    type_note(window, ward, "typed, and locked, and closed at once")
    window.run("lock")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    try:
        assert not again.read_only
        assert again.left_over is None
        assert slips(again) == 1
    finally:
        again.close()


def test_a_bad_end_is_told_on_the_sign_in_page_until_someone_closes_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.run("lock")
    settled(qtbot, window)
    window.tell_ended(["a report"])
    sentence = "The program ended unexpectedly last time."
    for _made_anew in range(2):
        banner = window.centralWidget()._notice
        assert sentence in banner.label.text()
        window.set_zoom(1.1)
    press(window.centralWidget()._notice, "Copy report")
    assert QApplication.clipboard().text() == "a report"
    press(window.centralWidget()._notice, "Close")
    assert window.centralWidget()._notice is None
    window.set_zoom(1.0)
    assert window.centralWidget()._notice is None
