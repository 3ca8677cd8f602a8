"""Every earlier state of a record can be read in the window, measurements too."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

from pytestqt.qtbot import QtBot

from tests.clinics import MEASUREMENT, a_patient, add_case
from ui.background import Background
from ui.dialogs.revisions_dialog import RevisionsDialog, changes
from woundtrack.context.types import CalcinosisSubtype, CauseFacts, RiskFactor
from woundtrack.records import Lesion, LesionMeasurement, Side
from woundtrack.store.carried_values import stand_in
from woundtrack.store.clinic import Clinic


def test_a_corrected_area_stands_beside_the_one_before(
    qtbot: QtBot, clinic: Clinic, background: Background
) -> None:
    case: SimpleNamespace = clinic.write(add_case)
    stored = case.measurements[0]
    larger = replace(MEASUREMENT, area_cm2=2.0)
    clinic.write(
        lambda w: w.revise(stored, replace(stored.value, measurement=larger), reason="edge")
    )
    history = clinic.read(lambda r: r.history(case.patient.id))
    dialog = RevisionsDialog(clinic, background, history=history)
    qtbot.addWidget(dialog)
    names = [dialog.record.itemText(row) for row in range(dialog.record.count())]
    assert "Measurement of lesion A, 4 May 2026" in names
    assert "Assessment of lesion A, 4 May 2026" in names
    assert any(name.startswith("Scale of photo") for name in names)
    dialog.record.set_value((LesionMeasurement, stored.id))
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    cells = [dialog.table.item(0, column).text() for column in range(5)]
    assert cells[0] == "2"
    assert cells[3] == "Measurement: 1.00 ± 0.04 cm², 1.4 × 1.4 cm → 2.00 ± 0.04 cm², 1.4 × 1.4 cm"
    assert cells[4] == "edge"


def test_of_many_answers_only_those_that_changed_are_told() -> None:
    before = replace(
        a_patient(), risk_factors=(RiskFactor("diabetes", True), RiskFactor("shock", True))
    )
    after = replace(
        before, risk_factors=(RiskFactor("diabetes", False), RiskFactor("sepsis", True))
    )
    assert changes(before, after) == ["Diabetes: yes → no", "Shock: yes → –", "Sepsis: – → yes"]
    assert changes(before, replace(before, risk_factors=())) == [
        "Risk factors: Diabetes: yes, Shock: yes → –"
    ]


def test_what_a_lesion_became_is_told_by_letters_and_facts_by_name() -> None:
    before = Lesion(1, "A", "calf", Side.LEFT)
    facts = CauseFacts(subtype=CalcinosisSubtype.DYSTROPHIC, largest_mm=12.5)
    after = replace(before, cause_facts=facts, became_ids=(2, 9), became_on=dt.date(2026, 3, 10))
    assert changes(before, after, labels={2: "B"}) == [
        "Subtype: – → dystrophic",
        "Largest deposit: – → 12.50 mm",
        "Became the lesions: – → B, 9",
        "Became them on: – → 10 Mar 2026",
    ]


def test_a_record_that_did_not_come_along_is_not_told_by_a_number() -> None:
    away = stand_in("0e7749af-9d70-4327-91e3-298ef720d437")
    before = Lesion(away, "A", "calf", Side.LEFT, became_ids=(2, away))
    after = Lesion(3, "A", "calf", Side.LEFT, became_ids=(2,))
    assert changes(before, after, labels={2: "B"}) == [
        "Patient: one that is not here → 3",
        "Became the lesions: B, one that is not here → B",
    ]
