"""The window: menus, languages, lock, and the way from an empty clinic to a lesion."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import USER, Ward
from ui import theme
from ui.actions import MENUS, Needs
from ui.background import Background
from ui.main_window import MainWindow
from ui.pages.sign_in_page import SignInPage
from ui.settings import Settings
from woundtrack import words
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.records import Assessment, Lesion, Patient, PatientStatus, Side, Visit
from woundtrack.store.clinic import Clinic


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, clinic: Clinic, tmp_path: Path
) -> Iterator[MainWindow]:
    errors: list[Exception] = []
    theme.apply(qapp, choice="light")
    background = Background(on_error=errors.append)
    made = MainWindow(
        settings=Settings(tmp_path / "settings.ini"), background=background, folder=clinic.folder
    )
    made.show()
    made.enter(clinic)
    qtbot.waitUntil(lambda: not background.is_busy())
    yield made
    for dialog in dialogs():
        dialog.reject()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    if errors:
        raise errors[0]


def dialogs() -> list[Any]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def dialog(qtbot: QtBot, window: MainWindow, key: str) -> Any:
    window.run(key)
    qtbot.waitUntil(lambda: bool(dialogs()))
    return dialogs()[0]


def open_patient(qtbot: QtBot, window: MainWindow, patient_id: int) -> None:
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        window.workspace.open_patient(patient_id)


def names(window: MainWindow) -> list[str]:
    return [row.patient.family_name for row in window.workspace.patients.model.rows()]


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.background.is_busy())


ACTS = [act for _title, acts in MENUS for act in acts if act.key]


def test_every_act_has_a_shortcut_of_its_own() -> None:
    shortcuts = [act.shortcut for act in ACTS]
    assert all(shortcuts)
    assert len(set(shortcuts)) == len(shortcuts)
    assert len({act.key for act in ACTS}) == len(ACTS)


def test_every_act_is_carried_out_by_someone(window: MainWindow) -> None:
    table = window._acts.table
    for act in ACTS:
        own = hasattr(window, f"_do_{act.key}")
        choice = act.choice in ("theme", "language")
        assert own or choice or act.key in table, act.key


def test_what_cannot_be_done_is_not_offered(qtbot: QtBot, window: MainWindow, ward: Ward) -> None:
    assert not window.actions_["edit_patient"].isEnabled()
    open_patient(qtbot, window, ward.patient.id)
    assert window.actions_["edit_patient"].isEnabled()
    assert window.actions_["edit_lesion"].isEnabled()
    window.lock()
    for act in ACTS:
        assert window.actions_[act.key].isEnabled() == (act.needs == Needs.NOTHING), act.key


def test_a_first_patient_and_a_lesion_through_the_body_map(
    qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    assert window.workspace.patients.empty.isVisible()
    form = dialog(qtbot, window, "new_patient")
    form.save()
    assert form.forms[0].error_of("hospital_number")
    form.hospital_number.setText("H-77")
    form.birth_name.setText("Nguyễn")
    form.birth_date.setText("31/2/1960")
    form.save()
    assert form.forms[0].error_of("birth_date")
    form.birth_date.setText("2.3.1960")
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        form.save()
    settled(qtbot, window)
    assert names(window) == ["Nguyễn"]
    page = window.workspace.patient_page
    knee = page.body.point_px(*_left_calf())
    qtbot.mouseClick(page.body, Qt.MouseButton.LeftButton, pos=knee.toPoint())
    qtbot.waitUntil(lambda: bool(dialogs()))
    lesion_form = dialogs()[0]
    assert lesion_form.site.value() == "calf"
    assert lesion_form.side.value() is Side.LEFT
    assert lesion_form.label.text() == "A"
    assert lesion_form.rule.text() == "peripheral"
    lesion_form.save()
    qtbot.waitUntil(lambda: page.view is not None and len(page.view.lesions) == 1)
    stored = clinic.read(lambda r: r.find(Lesion))[0].value
    assert (stored.site, stored.side, stored.class_by_rule) == ("calf", Side.LEFT, "peripheral")
    assert stored.body_x == pytest.approx(_left_calf()[1], abs=0.02)


def _left_calf() -> tuple[Any, float, float]:
    from woundtrack.records import BodyView

    return BodyView.BACK, 0.42, 0.78


def test_a_look_alike_is_shown_before_a_second_record_is_made(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    form = dialog(qtbot, window, "new_patient")
    form.hospital_number.setText("H-9")
    form.birth_name.setText("Lefevre")
    form.first_names.setText("Marie")
    form.birth_date.set_date(ward.patient.value.birth_date)
    form.save()
    qtbot.waitUntil(form.look_alikes.isVisible)
    assert len(clinic.read(lambda r: r.find(Patient))) == 2
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        form._others.itemAt(0).widget().click()
    assert window.workspace.patient_id == ward.patient.id
    assert len(clinic.read(lambda r: r.find(Patient))) == 2


def test_someone_else_of_the_same_name_can_be_saved(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    form = dialog(qtbot, window, "new_patient")
    form.hospital_number.setText("H-9")
    form.birth_name.setText("Lefevre")
    form.first_names.setText("Marie")
    form.birth_date.set_date(ward.patient.value.birth_date)
    form.save()
    qtbot.waitUntil(form.look_alikes.isVisible)
    form.save()
    qtbot.waitUntil(lambda: len(clinic.read(lambda r: r.find(Patient))) == 3)
    (added,) = clinic.read(lambda r: r.find(Patient, hospital_number="H-9"))
    assert (added.value.birth_name, added.value.first_names) == ("Lefevre", "Marie")


def test_search_finds_as_one_types(qtbot: QtBot, window: MainWindow, ward: Ward) -> None:
    patients = window.workspace.patients
    patients.refresh()
    qtbot.waitUntil(lambda: len(names(window)) == 2)
    qtbot.keyClicks(patients.search, "lefe")
    qtbot.waitUntil(lambda: names(window) == ["Lefèvre"])
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        qtbot.keyClick(patients.search, Qt.Key.Key_Return)
    assert window.workspace.patient_id == ward.patient.id
    patients.search.setText("nobody of this name")
    qtbot.waitUntil(patients.empty.isVisible)


def test_who_died_leaves_the_daily_list_and_keeps_the_record(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.other.id)
    form = dialog(qtbot, window, "edit_patient")
    form.status.set_value(PatientStatus.DIED)
    form.died_on.set_date(dt.date(2026, 3, 12))
    form.save()
    qtbot.waitUntil(lambda: names(window) == ["Lefèvre"])
    window.workspace.patients.everyone.setChecked(True)
    qtbot.waitUntil(lambda: sorted(names(window)) == ["Lefèvre", "Moreau"])
    open_patient(qtbot, window, ward.other.id)
    assert any("died" in text for text, _tone in window.workspace.view.chips)


def test_a_death_before_birth_is_refused_at_its_field(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.other.id)
    form = dialog(qtbot, window, "edit_patient")
    form.status.set_value(PatientStatus.DIED)
    form.died_on.set_date(dt.date(1900, 1, 1))
    form.save()
    qtbot.waitUntil(lambda: bool(form.forms[1].error_of("died_on")))
    assert form.isVisible(), "the dialog stays, with what was typed"
    assert window.workspace.view.history.patient.value.status is PatientStatus.ACTIVE


def test_an_act_is_undone_and_redone_from_the_menu(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    window.run("delete_lesion")
    qtbot.waitUntil(lambda: len(clinic.read(lambda r: r.history(ward.patient.id)).lesions) == 1)
    settled(qtbot, window)
    assert "lesion A to the bin" in window.actions_["undo"].text()
    window.run("undo")
    qtbot.waitUntil(lambda: len(clinic.read(lambda r: r.history(ward.patient.id)).lesions) == 2)
    settled(qtbot, window)
    window.run("redo")
    qtbot.waitUntil(lambda: len(clinic.read(lambda r: r.history(ward.patient.id)).lesions) == 1)
    settled(qtbot, window)


def test_the_bin_gives_back_what_was_deleted(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    clinic.write(lambda w: w.delete(Patient, ward.other.id))
    bin_ = dialog(qtbot, window, "bin")
    qtbot.waitUntil(lambda: bin_.table.rowCount() == 1)
    bin_.table.selectRow(0)
    bin_.restore_button.click()
    qtbot.waitUntil(lambda: bin_.table.rowCount() == 0)
    assert len(clinic.read(lambda r: r.find(Patient))) == 2


def test_two_patients_are_merged_after_their_conflicts_were_shown(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.other.id)
    form = dialog(qtbot, window, "merge_patients")
    form.choose(ward.patient.id)
    qtbot.waitUntil(form.save_button.isEnabled)
    assert {"birth_name", "birth_date"} <= set(form._choices)
    form._choices["birth_name"][0].button(1).setChecked(True)
    with qtbot.waitSignal(form.merged):
        form.save()
    settled(qtbot, window)
    kept = clinic.read(lambda r: r.history(ward.other.id))
    assert kept.patient.value.birth_name == "Lefèvre"
    assert kept.patient.value.hospital_number == "H2"
    assert len(kept.lesions) == 2
    window.run("undo")
    settled(qtbot, window)
    assert len(clinic.read(lambda r: r.history(ward.patient.id)).lesions) == 2


def test_a_visit_moves_to_the_right_patient(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    form = dialog(qtbot, window, "move")
    form.choose(ward.other.id)
    qtbot.waitUntil(form.save_button.isEnabled)
    form.save()
    qtbot.waitUntil(lambda: len(clinic.read(lambda r: r.history(ward.other.id)).visits) == 1)
    settled(qtbot, window)
    assert clinic.read(lambda r: r.history(ward.patient.id)).visits == ()


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
    assert page.user_name.text() == USER
    assert clinic._closed
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.view is not None)
    assert window.workspace.patient_id == ward.patient.id


def test_an_idle_window_locks_itself_and_closes_its_dialogs(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog(qtbot, window, "new_patient")
    window._idle.timeout.emit()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), SignInPage))
    assert not dialogs()
    settled(qtbot, window)


def test_a_second_window_on_the_clinic_can_only_read(
    qtbot: QtBot, background: Background, window: MainWindow, ward: Ward
) -> None:
    from ui.pages.workspace import Workspace

    class Reading:
        """The clinic as a second program has it."""

        read_only, writer_name = True, "Jo at desk 2"

        def __getattr__(self, name: str) -> Any:
            return getattr(window.clinic, name)

    space = Workspace(Reading(), background, settings=window.settings)  # type: ignore[arg-type]
    qtbot.addWidget(space)
    assert Needs.WRITING not in space.offers()
    assert not space.patients.new_button.isEnabled()
    assert "Jo at desk 2" in space._read_only_words()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    "key",
    [
        "new_patient", "edit_patient", "new_lesion", "edit_lesion", "new_therapy", "report",
        "print_card", "merge_patients", "merge_lesions", "move", "revisions", "delete_visit",
        "bin", "users", "journal", "passphrase", "about", "guide", "lock_after",
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
    for _step in range(60):
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
    window._fit_screen()
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
    qtbot.waitUntil(lambda: typed_note(window, lesion_id) == "smells")
    made = window.workspace.visit_page
    assert made is not page
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
