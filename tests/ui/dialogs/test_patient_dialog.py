"""What a patient's dialog asks beside who they are: dialysis, risk factors, last contact."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.patient_dialog import PatientDialog
from woundtrack.context.risks import RISK_FACTORS
from woundtrack.context.types import RiskFactor
from woundtrack.records import DialysisMode, Patient, Stored
from woundtrack.store.clinic import Clinic

SINCE = dt.date(2019, 5, 1)


@pytest.fixture
def opened(qtbot: QtBot, clinic: Clinic, background: Background, ward: Ward) -> Any:
    """Open the ward's patient in the dialog."""
    acts = Acts(clinic, background)

    def make() -> PatientDialog:
        history = clinic.read(lambda r: r.history(ward.patient.id))
        dialog = PatientDialog(clinic, background, acts=acts, history=history)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def kept(clinic: Clinic, ward: Ward) -> Stored[Patient]:
    return clinic.read(lambda r: r.get(Patient, ward.patient.id))


def test_dialysis_contact_and_risks_are_kept(
    qtbot: QtBot, opened: Any, clinic: Clinic, ward: Ward
) -> None:
    dialog = opened()
    assert not dialog.dialysis_since_on.isEnabled()
    dialog.dialysis.set_value(DialysisMode.HAEMODIALYSIS)
    dialog.dialysis_since_on.set_date(SINCE)
    dialog.last_contact_on.set_date(dt.date(2026, 3, 15))
    dialog.risks.rows["diabetes"].set_value(True)
    dialog.risks.rows["obesity"].set_value(False)
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    patient = kept(clinic, ward).value
    assert patient.dialysis_since_on == SINCE
    assert patient.last_contact_on == dt.date(2026, 3, 15)
    assert patient.risk_factors == (RiskFactor("diabetes", True), RiskFactor("obesity", False))


def test_opened_and_saved_again_nothing_changes(
    qtbot: QtBot, opened: Any, clinic: Clinic, ward: Ward
) -> None:
    risks = (RiskFactor("shock", True), RiskFactor("unheard_of", True))
    value = replace(
        ward.patient.value,
        dialysis=DialysisMode.PERITONEAL,
        dialysis_since_on=SINCE,
        risk_factors=risks,
        last_contact_on=dt.date(2026, 3, 1),
    )
    clinic.write(lambda w: w.revise(ward.patient, value))
    dialog = opened()
    assert dialog.value() == kept(clinic, ward).value, "an answer that cannot be shown stays"


def test_the_contact_that_the_record_tells_stands_beside_its_field(opened: Any) -> None:
    hint = opened().forms[1]._lines["last_contact_on"].hint.text()
    assert hint == "The record itself says 10 Mar 2026; the later one counts."


def test_a_refused_day_is_said_at_its_own_field_in_front(
    qtbot: QtBot, opened: Any, ward: Ward
) -> None:
    dialog = opened()
    dialog.last_contact_on.set_date(dt.date(1950, 1, 1))
    dialog.tabs.setCurrentIndex(1)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.forms[1].error_of("last_contact_on")))
    assert dialog.tabs.currentIndex() == 0
    assert dialog.last_contact_on.isVisible()


def test_keys_answer_risk_factors_one_after_the_other(qtbot: QtBot, opened: Any) -> None:
    dialog = opened()
    dialog.tabs.setCurrentIndex(1)
    rows = list(dialog.risks.rows.values())
    qtbot.waitUntil(rows[0].isVisible)
    rows[0].setFocus()
    for key in "yn":
        qtbot.keyClicks(dialog.focusWidget(), key)
    assert (rows[0].value(), rows[1].value()) == (True, False)
    assert dialog.focusWidget() is rows[2]
    qtbot.keyClick(rows[2], Qt.Key.Key_Up)
    qtbot.keyClick(rows[1], Qt.Key.Key_Backspace)
    assert rows[1].value() is None
    assert dialog.isVisible(), "Enter goes on: it saves nothing"
    qtbot.keyClick(rows[1], Qt.Key.Key_Return)
    assert dialog.focusWidget() is rows[2]


def test_every_factor_that_is_asked_has_a_line(opened: Any) -> None:
    asked = {key for key, risk in RISK_FACTORS.items() if risk.asked}
    assert set(opened().risks.rows) == asked


def test_tab_goes_from_the_tabs_through_the_risks_to_save(qtbot: QtBot, opened: Any) -> None:
    dialog = opened()
    dialog.tabs.setCurrentIndex(1)
    rows = list(dialog.risks.rows.values())
    qtbot.waitUntil(rows[0].isVisible)
    dialog.tabs.setFocus()
    for expected in (*rows, dialog.save_button):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is expected


def test_a_click_on_the_other_page_puts_the_keyboard_on_its_first_line(
    qtbot: QtBot, opened: Any
) -> None:
    dialog = opened()
    qtbot.waitUntil(dialog.hospital_number.isVisible)
    dialog.hospital_number.setFocus()
    second = dialog.tabs.tabRect(1).center()
    qtbot.mouseClick(dialog.tabs, Qt.MouseButton.LeftButton, pos=second)
    first, *_others = dialog.risks.rows.values()
    qtbot.waitUntil(lambda: first.isAncestorOf(dialog.focusWidget()) or first.hasFocus())
    qtbot.keyClicks(dialog.focusWidget(), "y")
    assert first.value() is True
