"""The window's export: of whom, named how, as what; told before, stopped without a trace."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.export.made import csv_rows, sheets
from tests.ui.conftest import Ward
from tests.ui.windows import dialog as dialog_of
from tests.ui.windows import open_patient
from ui.background import Background
from ui.dialogs import export_dialog
from ui.dialogs.export_dialog import ExportDialog
from ui.main_window import MainWindow
from woundtrack.export.types import Identity
from woundtrack.records import Consent, ConsentPurpose, Patient, Stored
from woundtrack.store.clinic import Clinic

DAY = dt.date(2026, 3, 17)
Make = Callable[..., ExportDialog]


@pytest.fixture
def make(
    qtbot: QtBot, clinic: Clinic, background: Background, tmp_path: Path
) -> Callable[[Stored[Patient] | None], ExportDialog]:
    """Shows the dialog; what is chosen in it lies in `out`."""
    (tmp_path / "out").mkdir()

    def make_(patient: Stored[Patient] | None = None) -> ExportDialog:
        made = ExportDialog(clinic, background, patient=patient, today=lambda: DAY)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.ask_folder = lambda: str(tmp_path / "out")
        made.ask_file = lambda name: str(tmp_path / "out" / name)
        made.show()
        qtbot.waitUntil(lambda: not background.is_busy())
        return made

    return make_


def consented(clinic: Clinic, ward: Ward) -> Stored[Patient]:
    given = Consent(ConsentPurpose.RESEARCH, dt.date(2026, 1, 5))
    value = replace(ward.patient.value, consents=(given,))
    return clinic.write(lambda w: w.revise(ward.patient, value))


def test_the_patient_in_view_is_exported_by_code_unless_otherwise_chosen(
    qtbot: QtBot, make: Make, clinic: Clinic, ward: Ward, tmp_path: Path
) -> None:
    dialog = make(consented(clinic, ward))
    assert dialog.people.text() == "1 patient."
    assert "Codes instead of names" in dialog.text.text()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "Saved as" in dialog.banner.label.text())
    (path,) = (tmp_path / "out").iterdir()
    code = ward.patient.value.code
    assert path.name == f"woundtrack-{code}-2026-03-17.xlsx"
    found = sheets(path)
    assert [row[0] for row in found["patients"]] == ["patient_code", code]
    assert "Lefèvre" not in str(found)
    assert not dialog.progress.isVisible()


def test_without_consent_by_code_is_not_offered_but_by_name_is(
    qtbot: QtBot, make: Make, ward: Ward, background: Background, tmp_path: Path
) -> None:
    dialog = make(ward.patient)
    assert not dialog.start_button.isEnabled()
    assert "not in force" in dialog.banner.label.text()
    dialog.named.set_value(Identity.IDENTIFIED)
    qtbot.waitUntil(dialog.start_button.isEnabled)
    assert dialog.banner.isHidden()
    dialog.kind.setCurrentIndex(1)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "Saved as" in dialog.banner.label.text())
    qtbot.waitUntil(lambda: not background.is_busy())
    folder = tmp_path / "out" / f"woundtrack-{ward.patient.value.code}-2026-03-17"
    assert csv_rows(folder, "patients")[0]["birth_name"] == "Lefèvre"


def test_of_the_whole_clinic_it_tells_who_is_left_out(
    make: Make, clinic: Clinic, ward: Ward
) -> None:
    consented(clinic, ward)
    dialog = make()
    assert dialog.whom.count() == 1
    assert dialog.people.text() == "1 patient. 1 without consent to research is left out."


def test_a_refusal_stands_in_the_dialog_and_nothing_is_lost(
    qtbot: QtBot, make: Make, ward: Ward, tmp_path: Path
) -> None:
    dialog = make(ward.patient)
    dialog.named.set_value(Identity.IDENTIFIED)
    qtbot.waitUntil(dialog.start_button.isEnabled)
    dialog.ask_file = lambda name: str(tmp_path / "nowhere" / name)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "not there any more" in dialog.banner.label.text())
    assert dialog.start_button.isEnabled()
    dialog.ask_file = lambda _name: ""
    dialog.start_button.click()
    assert dialog.start_button.isEnabled()
    assert list((tmp_path / "out").iterdir()) == []


def test_cancel_stops_it_and_leaves_nothing(
    qtbot: QtBot,
    make: Make,
    ward: Ward,
    background: Background,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    export = export_dialog.export_tables

    def slowly(*args: object, **more: object) -> object:
        begun.set()
        go_on.wait(10)
        return export(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(export_dialog, "export_tables", slowly)
    dialog = make(ward.patient)
    dialog.named.set_value(Identity.IDENTIFIED)
    qtbot.waitUntil(dialog.start_button.isEnabled)
    dialog.start_button.click()
    qtbot.waitUntil(begun.is_set)
    assert not dialog.form.isEnabled()
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert list((tmp_path / "out").iterdir()) == []


def test_the_menu_opens_it_with_and_without_a_patient(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    assert window.actions_["export_tables"].isEnabled()
    dialog = dialog_of(qtbot, window, "export_tables")
    assert dialog.whom.count() == 1
    dialog.reject()
    open_patient(qtbot, window, ward.patient.id)
    dialog = dialog_of(qtbot, window, "export_tables")
    assert "Lefèvre" in dialog.whom.currentText()
