"""The window itself: languages, lock, sizes, and what is kept when its pages are made anew."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import USER, Ward
from tests.ui.windows import dialog, dialogs, names, open_patient, settled
from ui import theme
from ui.main_window import MainWindow
from ui.pages.sign_in_page import SignInPage
from ui.small_screens import size_window
from woundtrack import words
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.records import Assessment, Visit
from woundtrack.store.clinic import Clinic


def test_the_language_changes_at_once_and_stays_with_the_patient(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.set_language("fr")
    settled(qtbot, window)
    assert words.language() == "fr"
    assert window.settings.language == "fr"
    qtbot.waitUntil(lambda: window.workspace.view is not None)
    assert window.workspace.patient_id == ward.patient.id
    assert window.actions_["language_fr"].isChecked()
    window.set_language("en")
    settled(qtbot, window)


def test_locking_forgets_the_keys_and_coming_back_shows_the_same_patient(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    from tests.ui.conftest import PASSPHRASE

    open_patient(qtbot, window, ward.patient.id)
    window.run("lock")
    settled(qtbot, window)
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    assert page.who.text() == USER
    qtbot.waitUntil(page.passphrase.line.hasFocus)
    assert clinic._closed
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.view is not None)
    assert window.workspace.patient_id == ward.patient.id


def test_who_comes_back_before_the_clinic_is_closed_may_write_again(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.ui.conftest import PASSPHRASE

    close = clinic.close

    def slow() -> None:
        sleep(0.5)  # a disk that takes its time
        close()

    monkeypatch.setattr(clinic, "close", slow)
    window.run("lock")
    page = window.centralWidget()
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: window.clinic is not None, timeout=10_000)
    assert not window.clinic.read_only


def test_an_idle_window_locks_itself_and_closes_its_dialogs(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog(qtbot, window, "new_patient")
    window._door.idle.timeout.emit()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), SignInPage))
    assert not dialogs()
    settled(qtbot, window)


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    "key",
    [
        "new_patient", "edit_patient", "new_lesion", "edit_lesion", "new_therapy", "sessions",
        "report", "print_card", "protocol", "loose_photos", "merge_patients", "merge_lesions",
        "move", "revisions", "delete_visit", "bin", "users", "check_clinic", "passphrase", "about",
        "guide", "lock_after",
    ],
)  # fmt: skip
def test_every_dialog_opens_in_every_language(
    qtbot: QtBot, window: MainWindow, ward: Ward, key: str, language: str
) -> None:
    words.set_language(language)
    open_patient(qtbot, window, ward.patient.id)
    shown = dialog(qtbot, window, key)
    settled(qtbot, window)
    assert shown.windowTitle()
    shown.reject()


def test_settings_remember_the_window_and_no_patient(
    qtbot: QtBot, window: MainWindow, ward: Ward, tmp_path: Path
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.set_theme("dark")
    assert theme.is_dark()
    window.set_theme("light")
    window.settings.keep_layout("window", window.saveGeometry())
    window.settings.save()
    text = (tmp_path / "settings.ini").read_text()
    assert "layout" in text
    for secret in (*names(window), "Lefèvre", "Marie", "H1", ward.patient.value.code):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text


def test_text_grows_and_shrinks_by_steps(qtbot: QtBot, window: MainWindow) -> None:
    window.run("larger")
    settled(qtbot, window)
    assert window.settings.zoom == theme.ZOOMS[1]
    window.run("usual")
    settled(qtbot, window)
    assert window.settings.zoom == 1.0


def test_larger_text_in_a_visit_stays_in_that_visit(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    visit_id = window.workspace.view.history.visits[0].id
    window.workspace.open_visit(visit_id)
    qtbot.waitUntil(lambda: window.workspace.visit_id == visit_id)
    window.run("larger")
    qtbot.waitUntil(lambda: window.workspace.visit_id == visit_id)
    assert window.workspace.on_visit
    window.run("usual")
    settled(qtbot, window)


def test_photos_dropped_on_a_patient_open_todays_visit_with_them(
    qtbot: QtBot, window: MainWindow, ward: Ward, painted: Any, tmp_path: Path
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    photo = tmp_path / "IMG_1.JPG"
    photo.write_bytes(painted(dt.datetime.now()))  # noqa: DTZ005 (a camera's own clock)
    window.workspace.patient_page.files_dropped.emit([photo])
    assert window.workspace.on_visit
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None and len(page.session.state.photos) == 1)
    settled(qtbot, window)


def test_a_narrow_window_folds_the_list_away_beside_a_visit(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    window.resize(960, 700)
    open_patient(qtbot, window, ward.patient.id)
    assert window.workspace.patients.isVisible()
    window.workspace.open_visit(window.workspace.view.history.visits[0].id)
    assert not window.workspace.patients.isVisible()
    settled(qtbot, window)
    window.workspace.open_patient(ward.patient.id)
    assert window.workspace.patients.isVisible()
    settled(qtbot, window)


def test_typing_begins_in_the_first_field_and_the_buttons_come_last(
    qtbot: QtBot, window: MainWindow
) -> None:
    form = dialog(qtbot, window, "new_patient")
    qtbot.waitUntil(form.hospital_number.hasFocus)
    order, widget = [], form.hospital_number
    for _step in range(200):
        order.append(widget)
        widget = widget.nextInFocusChain()
    assert order.index(form.birth_date) < order.index(form.note) < order.index(form.save_button)


def test_a_patient_is_not_offered_as_their_own_double(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    form = dialog(qtbot, window, "merge_patients")
    qtbot.waitUntil(lambda: bool(form.picker.model.rows()))
    assert [row.id for row in form.picker.model.rows()] == [ward.other.id]


def test_another_language_in_a_visit_keeps_the_list_folded_away(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    window.resize(1280, 760)
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.open_visit(window.workspace.view.history.visits[0].id)
    assert window.workspace.patients.isHidden()
    qtbot.waitUntil(lambda: window.workspace.visit_id is not None)
    window.set_language("fr")
    qtbot.waitUntil(lambda: window.workspace.visit_id is not None)
    assert window.workspace.patients.isHidden()
    settled(qtbot, window)
    assert window.width() <= 1280


def test_a_small_screen_is_filled_and_not_overrun(window: MainWindow) -> None:
    room = window.screen().availableSize()
    size_window(window)
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_a_patient_that_cannot_be_read_is_said_in_the_page(
    qtbot: QtBot, window: MainWindow, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise StoreError("store.damaged")

    monkeypatch.setattr(window.clinic, "read", broken)
    window.workspace.patient_page.open_patient(ward.patient.id)
    qtbot.waitUntil(window.workspace.message.isVisible)
    assert explain(StoreError("store.damaged")) in window.workspace.message.label.text()


def typed_note(window: MainWindow, lesion_id: int) -> str:
    state = window.workspace.visit_page.session.state
    return state.assessment(lesion_id).note if state is not None else ""


@pytest.mark.parametrize("act", ["language_fr", "larger"])
def test_a_new_visit_without_a_day_keeps_what_was_typed_when_pages_are_made_anew(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, act: str
) -> None:
    from ui.pages.visit.checks import Step

    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    settled(qtbot, window)
    page.show_step(Step.FORM)
    lesion_id = ward.lesions[1].id
    page.form.show_lesion(lesion_id)
    page.form.bedside.note.setFocus()
    qtbot.keyClicks(page.form.bedside.note, "smells")
    assert typed_note(window, lesion_id) == "smells"
    window.run(act)
    # Once more before the new page has read the visit.
    window.run("smaller")
    qtbot.waitUntil(lambda: window.workspace.visit_page is not page)
    qtbot.waitUntil(lambda: typed_note(window, lesion_id) == "smells")
    made = window.workspace.visit_page
    assert window.workspace.on_visit
    assert made.step is Step.FORM
    assert made.form.lesion_id == lesion_id
    assert made.form.bedside.note.toPlainText() == "smells"
    # Its day makes it a record, with all of it.
    made.session.set_date(dt.date(2026, 3, 16), today=dt.date(2026, 3, 17))
    qtbot.waitUntil(lambda: window.workspace.visit_id is not None)
    qtbot.waitUntil(lambda: not made.session.saver.pending)
    kept = clinic.read(lambda r: r.find(Assessment, visit_id=window.workspace.visit_id))
    assert [each.value.note for each in kept] == ["smells"]
    window.run("usual")
    window.set_language("en")
    settled(qtbot, window)


def test_photos_that_wait_for_a_day_wait_on_when_pages_are_made_anew(
    qtbot: QtBot, window: MainWindow, ward: Ward, painted: Any, tmp_path: Path
) -> None:
    photo = tmp_path / "no-day.jpg"
    photo.write_bytes(painted(None, seed=5))
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.import_files([photo])
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.desk.waiting == 1)
    window.run("larger")
    qtbot.waitUntil(lambda: window.workspace.visit_page is not page)
    made = window.workspace.visit_page
    qtbot.waitUntil(lambda: made.desk.waiting == 1)
    assert made.desk.questions()[0].paths == (photo,)
    window.run("usual")
    settled(qtbot, window)


def test_a_day_given_just_before_pages_are_made_anew_counts(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.workspace.new_visit()
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    state, lesion_id = page.session.state, ward.lesions[0].id
    page.session.set_assessment(lesion_id, replace(state.assessment(lesion_id), note="dry"))
    page.session.set_date(dt.date(2026, 3, 16), today=dt.date(2026, 3, 17))
    window.run("larger")
    qtbot.waitUntil(lambda: window.workspace.visit_page is not page)
    qtbot.waitUntil(lambda: window.workspace.visit_id is not None)
    made = window.workspace.visit_page
    qtbot.waitUntil(lambda: not made.session.saver.pending)
    stored = clinic.read(lambda r: r.find(Visit, patient_id=ward.patient.id))
    assert sorted(each.value.on.day for each in stored) == [10, 16]
    kept = clinic.read(lambda r: r.find(Assessment, visit_id=window.workspace.visit_id))
    assert [each.value.note for each in kept] == ["dry"]
    window.run("usual")
    settled(qtbot, window)
