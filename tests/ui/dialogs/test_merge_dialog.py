"""Merging two patients: what is said where there is no second one."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.merge_dialog import MergePatientsDialog
from woundtrack.records import Patient, PatientStatus
from woundtrack.store.clinic import Clinic


def test_a_clinic_of_one_patient_has_no_double(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward
) -> None:
    clinic.write(lambda writer: writer.delete(Patient, ward.other.id))
    acts = Acts(clinic, background)
    dialog = MergePatientsDialog(clinic, background, acts=acts, patient=ward.patient)
    qtbot.addWidget(dialog)
    dialog.show()
    picker = dialog.picker
    qtbot.waitUntil(lambda: bool(picker.empty.text()))
    assert "only patient" in picker.empty.text()
    picker.search.setText("nobody like this")
    qtbot.waitUntil(lambda: "Nobody matches" in picker.empty.text())
    picker.search.clear()
    moved = replace(ward.other.value, hospital_number="H3", code="", status=PatientStatus.MOVED)
    clinic.write(lambda w: w.add(moved))
    picker.everyone.setChecked(False)
    qtbot.waitUntil(lambda: "Tick the box" in picker.empty.text())
