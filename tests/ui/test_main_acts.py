"""The acts of the window: from an empty clinic to a lesion, undo, bin, merging, moving."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import dialog, dialogs, names, open_patient, settled
from ui.actions import MENUS, Needs
from ui.main_window import MainWindow
from woundtrack.records import Assessment, Lesion, Patient, PatientStatus, Side, Visit
from woundtrack.store.clinic import Clinic

ACTS = [act for _title, acts in MENUS for act in acts if act.key]


def test_every_act_has_a_shortcut_of_its_own() -> None:
    shortcuts = [act.shortcut for act in ACTS]
    assert all(shortcuts)
    assert len(set(shortcuts)) == len(shortcuts)
    assert len({act.key for act in ACTS}) == len(ACTS)


def test_every_act_is_carried_out_by_someone(window: MainWindow) -> None:
    table = {**window._acts.table, **window._program}
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


def _form_of_a_look_alike(qtbot: QtBot, window: MainWindow, ward: Ward) -> Any:
    """A new patient's form, filled in and saved once: it shows who looks alike."""
    form = dialog(qtbot, window, "new_patient")
    form.hospital_number.setText("H-9")
    form.birth_name.setText("Lefevre")
    form.first_names.setText("Marie")
    form.birth_date.set_date(ward.patient.value.birth_date)
    form.save()
    qtbot.waitUntil(form.look_alikes.isVisible)
    return form


def test_a_look_alike_is_shown_before_a_second_record_is_made(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    form = _form_of_a_look_alike(qtbot, window, ward)
    assert len(clinic.read(lambda r: r.find(Patient))) == 2
    with qtbot.waitSignal(window.workspace.patient_page.loaded):
        form._others.itemAt(0).widget().click()
    assert window.workspace.patient_id == ward.patient.id
    assert len(clinic.read(lambda r: r.find(Patient))) == 2


def test_someone_else_of_the_same_name_can_be_saved(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    form = _form_of_a_look_alike(qtbot, window, ward)
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
    open_patient(qtbot, window, ward.patient.id)
    form = dialog(qtbot, window, "edit_patient")
    form.status.set_value(PatientStatus.MOVED)
    form.save()
    patients = window.workspace.patients
    qtbot.waitUntil(patients.empty.isVisible)
    assert "those who moved or died" in patients.empty.text(), "the clinic has patients"
    patients.everyone.setChecked(True)
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
    moved = clinic.read(lambda r: r.history(ward.other.id))
    assert len(moved.assessments) == 2, "what was measured went along"
    assert [lesion.value.label for lesion in moved.lesions] == ["A", "B"]


def test_which_lesion_of_the_other_patient_it_is_has_to_be_said(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    lesion = ward.lesions[0]

    def before(writer: Any) -> Any:
        visit = writer.add(Visit(ward.patient.id, dt.date(2026, 2, 3)))
        writer.add(Assessment(visit.id, lesion.id))
        return writer.add(Lesion(ward.other.id, "C", "thigh", Side.LEFT))

    theirs = clinic.write(before)
    open_patient(qtbot, window, ward.patient.id)
    form = dialog(qtbot, window, "move")
    form.choose(ward.other.id)
    qtbot.waitUntil(lambda: lesion.id in form._maps)
    assert not form.save_button.isEnabled(), "a click more would have left it out"
    form._maps[lesion.id].set_value(theirs.id)
    assert form.save_button.isEnabled()
    form.save()
    qtbot.waitUntil(lambda: not dialogs())
    moved = clinic.read(lambda r: r.history(ward.other.id))
    assert theirs.id in {each.value.lesion_id for each in moved.assessments}


def test_a_new_patient_taken_back_is_on_screen_no_more(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    space, made = window.workspace, []
    new = Patient("H9", "Zweig", "Ada", dt.date(1950, 2, 1))
    space.acts.do(lambda w: w.add(new), text="new patient", done=made.append)
    qtbot.waitUntil(lambda: bool(made))
    open_patient(qtbot, window, made[0].id)
    window.run("undo")
    qtbot.waitUntil(lambda: space.patient_id is None)
    assert space.pages.currentWidget() is space.start
    assert not window.actions_["new_visit"].isEnabled()
