"""The window's way out in the open format and in again; nothing is there unless it is whole."""

import datetime as dt
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import dialog as dialog_of
from tests.ui.windows import dialogs, open_patient
from ui.actions import Needs
from ui.background import Background
from ui.dialogs.record_export_dialog import RecordExportDialog
from ui.dialogs.record_import_dialog import RecordImportDialog
from ui.main_window import MainWindow
from woundtrack.interchange import export, importing
from woundtrack.interchange.export import export_record
from woundtrack.records import Patient, Stored, Visit
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

DAY = dt.date(2026, 3, 17)


def shown(qtbot: QtBot, dialog: RecordExportDialog | RecordImportDialog, place: Path) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.ask_folder = lambda: str(place)
    dialog.show()


def exporting(
    qtbot: QtBot, clinic: Clinic, background: Background, place: Path,
    patient: Stored[Patient] | None = None,
) -> RecordExportDialog:  # fmt: skip
    place.mkdir()
    dialog = RecordExportDialog(clinic, background, patient=patient, today=lambda: DAY)
    shown(qtbot, dialog, place)
    return dialog


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Clinic]:
    """Another clinic, empty."""
    folder, words = tmp_path / "other", "of the other one"
    create_clinic(folder, clinic_name="Sud", user_name="zoe", passphrase=words, cost=CHEAP)
    clinic = open_clinic(folder, user_name="zoe", passphrase=words)
    yield clinic
    clinic.close()


def test_the_patient_in_view_is_offered_and_the_warning_stands_before_writing(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward, tmp_path: Path
) -> None:
    dialog = exporting(qtbot, clinic, background, tmp_path / "out", ward.patient)
    assert dialog.whom.value() == ward.patient.id
    assert dialog.warning.isVisible()
    assert "nothing is encrypted" in dialog.warning.label.text()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "Exported: 1 patient" in dialog.banner.label.text(), timeout=10_000)
    code = ward.patient.value.code
    folder = tmp_path / "out" / f"woundtrack-record-{code}-2026-03-17"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert not manifest["whole_clinic"]
    assert [path.stem for path in (folder / "patients").iterdir()] == [ward.patient.uuid]
    close = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert close.text() == "Close"


def test_cancel_leaves_nothing(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    begun, go_on = threading.Event(), threading.Event()
    whole = export.export_record

    def slowly(*rest: object, **named: object) -> object:
        begun.set()
        go_on.wait(10)
        return whole(*rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "export_record", slowly)
    dialog = exporting(qtbot, clinic, background, tmp_path / "out")
    dialog.start_button.click()
    assert begun.wait(10)
    assert not dialog.form.isEnabled()
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    assert list((tmp_path / "out").iterdir()) == []


def test_inside_the_clinic_is_refused_in_the_dialog(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward, tmp_path: Path
) -> None:
    dialog = exporting(qtbot, clinic, background, tmp_path / "out")
    dialog.ask_folder = lambda: str(clinic.folder)
    dialog.start_button.click()
    qtbot.waitUntil(dialog.banner.isVisible, timeout=10_000)
    assert "clinic's own folder" in dialog.banner.label.text()
    assert dialog.start_button.isEnabled()


def test_a_folder_is_looked_at_and_taken_in_when_a_person_says_so(
    qtbot: QtBot, clinic: Clinic, other: Clinic, background: Background, ward: Ward, tmp_path: Path
) -> None:
    export_record(clinic, tmp_path / "folder")
    dialog = RecordImportDialog(other, background)
    shown(qtbot, dialog, tmp_path / "folder")
    assert not dialog.import_button.isEnabled()
    dialog.start_button.click()
    qtbot.waitUntil(dialog.import_button.isEnabled, timeout=10_000)
    assert "2 new patients." in dialog.found.text()
    assert clinic.clinic_name in dialog.found.text()
    assert other.read(lambda r: r.find(Patient)) == []
    with qtbot.waitSignal(dialog.imported, timeout=10_000):
        dialog.import_button.click()
    assert ward.patient.uuid in {one.uuid for one in other.read(lambda r: r.find(Patient))}
    assert not dialog.import_button.isEnabled()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "here already" in dialog.found.text(), timeout=10_000)
    assert not dialog.import_button.isEnabled()


def test_patients_who_are_here_get_what_is_new_unless_only_new_ones_are_wanted(
    qtbot: QtBot, clinic: Clinic, other: Clinic, background: Background, ward: Ward, tmp_path: Path
) -> None:
    export_record(clinic, tmp_path / "folder")
    looked = importing.look_at_folder(other, tmp_path / "folder")
    assert looked is not None
    importing.import_record(other, looked[0])
    clinic.write(lambda w: w.add(Visit(ward.patient.id, dt.date(2026, 2, 2))))
    export_record(clinic, tmp_path / "later")
    dialog = RecordImportDialog(other, background)
    shown(qtbot, dialog, tmp_path / "later")
    assert not dialog.new_only.isVisible()
    before = len(other.read(lambda r: r.find(Visit)))
    for only_new, more in ((True, 0), (False, 1)):
        dialog.start_button.click()
        qtbot.waitUntil(dialog.import_button.isEnabled, timeout=10_000)
        assert "New records for 1 patient" in dialog.found.text()
        dialog.new_only.setChecked(only_new)
        dialog.import_button.click()
        qtbot.waitUntil(lambda: not dialog.found.isVisible(), timeout=10_000)
        assert len(other.read(lambda r: r.find(Visit))) == before + more


def test_a_spoiled_folder_is_refused_with_its_file(
    qtbot: QtBot, clinic: Clinic, other: Clinic, background: Background, ward: Ward, tmp_path: Path
) -> None:
    export_record(clinic, tmp_path / "folder")
    shutil.rmtree(tmp_path / "folder" / "patients")
    dialog = RecordImportDialog(other, background)
    shown(qtbot, dialog, tmp_path / "folder")
    dialog.start_button.click()
    qtbot.waitUntil(dialog.banner.isVisible, timeout=10_000)
    assert f"patients/{ward.patient.uuid}.json is missing" in dialog.banner.label.text()
    assert not dialog.import_button.isEnabled()


def test_closing_stops_the_import(
    qtbot: QtBot, clinic: Clinic, other: Clinic, background: Background, ward: Ward, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    export_record(clinic, tmp_path / "folder")
    begun, go_on = threading.Event(), threading.Event()
    whole = importing.import_record

    def slowly(*rest: object, **named: object) -> object:
        begun.set()
        go_on.wait(10)
        return whole(*rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_record", slowly)
    dialog = RecordImportDialog(other, background)
    shown(qtbot, dialog, tmp_path / "folder")
    dialog.start_button.click()
    qtbot.waitUntil(dialog.import_button.isEnabled, timeout=10_000)
    dialog.import_button.click()
    assert begun.wait(10)
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)
    assert other.read(lambda r: r.find(Patient)) == []


def test_the_menu_opens_both_and_only_an_administrator_imports(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    made = dialog_of(qtbot, window, "export_record")
    assert made.whom.value() == ward.patient.id
    made.reject()
    qtbot.waitUntil(lambda: not dialogs())
    made = dialog_of(qtbot, window, "import_record")
    assert isinstance(made, RecordImportDialog)
    made.reject()
    assert window.actions_["import_record"].isEnabled()
    has = window.workspace.offers()
    window.actions_.offer(has & ~Needs.ADMINISTRATOR)
    assert not window.actions_["import_record"].isEnabled()
    assert window.actions_["export_record"].isEnabled()
