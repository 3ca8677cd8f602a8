"""Every earlier state of a record can be read in the window, measurements too."""

from dataclasses import replace
from types import SimpleNamespace

from pytestqt.qtbot import QtBot

from tests.clinics import MEASUREMENT, add_case
from ui.background import Background
from ui.dialogs.revisions_dialog import RevisionsDialog
from woundtrack.records import LesionMeasurement
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
