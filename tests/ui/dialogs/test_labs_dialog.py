"""One day's laboratory results through their form: keys, memory, questions, one act, one undo."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.acts import Acts
from ui.background import Background
from ui.dialogs import labs_dialog
from ui.dialogs.labs_dialog import LabsDialog
from ui.settings import Settings
from ui.widgets.lab_row import LabRow
from woundtrack.context.types import Comparator, LabResult
from woundtrack.records import Visit
from woundtrack.store.clinic import Clinic

TODAY = dt.date(2026, 3, 20)
VISIT = dt.date(2026, 3, 10)  # the ward's
EARLIER = dt.date(2026, 2, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labs_dialog, "today", lambda: TODAY)


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    return Acts(clinic, background)


@pytest.fixture
def patient_id(clinic: Clinic, ward: Any) -> int:
    """The ward's first patient, with phosphate and parathyroid hormone of a month before."""
    made = ward.patient.id

    def fill(writer: Any) -> None:
        writer.add(
            LabResult(made, EARLIER, "phosphate", 1.9, "mmol/L", lower_limit=0.8, upper_limit=1.45)
        )
        writer.add(LabResult(made, EARLIER, "pth", 400.0, "pg/mL", upper_limit=65.0))

    clinic.write(fill)
    return int(made)


@pytest.fixture
def opened(
    qtbot: QtBot, clinic: Clinic, acts: Acts, patient_id: int, tmp_path: Path
) -> Callable[..., LabsDialog]:
    def make(on: dt.date | None = None) -> LabsDialog:
        history = clinic.read(lambda r: r.history(patient_id))
        settings = Settings(tmp_path / "settings.ini")
        made = LabsDialog(acts=acts, history=history, settings=settings, on=on)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(made.isVisible)
        return made

    return make


def labs(clinic: Clinic, patient_id: int, on: dt.date) -> list[tuple[str, float]]:
    found = clinic.read(lambda r: r.find(LabResult, patient_id=patient_id))
    return [(one.value.analyte, one.value.value) for one in found if one.value.on == on]


def row(made: LabsDialog, analyte: str, number: int = 0) -> LabRow:
    return [each for each in made.sheet.rows if each.slot.analyte == analyte][number]


def saved(qtbot: QtBot, made: LabsDialog) -> None:
    with qtbot.waitSignal(made.acts.changed):
        made.save()
    qtbot.waitUntil(lambda: not made.isVisible())


def asked(qtbot: QtBot, made: LabsDialog) -> None:
    made.save()
    qtbot.waitUntil(made.question.isVisible)
    assert made.isVisible()


def test_values_are_typed_down_by_tab_and_enter_saves_them_in_one_act(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int, acts: Acts
) -> None:
    made = opened()
    assert made.on.date() == VISIT
    first = row(made, "calcium_total").value
    assert made.focusWidget() is first
    for text in ("2,31", "", "1.67", "<1"):
        field = made.focusWidget()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert made.focusWidget() is row(made, "albumin").value
    with qtbot.waitSignal(acts.changed):
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Return)
    assert labs(clinic, patient_id, VISIT) == [
        ("calcium_total", 2.31), ("phosphate", 1.67), ("pth", 1.0),
    ]  # fmt: skip
    found = clinic.read(lambda r: r.find(LabResult, patient_id=patient_id))
    pth = next(one.value for one in found if one.value.on == VISIT and one.value.analyte == "pth")
    assert (pth.comparator, pth.unit, pth.upper_limit) == (Comparator.BELOW, "pg/mL", 65.0)
    with qtbot.waitSignal(acts.changed):
        acts.undo()
    assert labs(clinic, patient_id, VISIT) == []


def test_tab_goes_from_the_day_to_the_values_and_from_the_last_to_saving(opened: Any) -> None:
    made = opened()
    made.on.setFocus()
    QTest.keyClick(made.on, Qt.Key.Key_Tab)
    assert made.focusWidget() is row(made, "calcium_total").value
    made.sheet.rows[-1].value.setFocus()
    for goal in (made.sheet.name, made.sheet.add_button, made.save_button):
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
        assert made.focusWidget() is goal


def test_every_row_is_in_view_for_a_patient_without_results_too(
    opened: Any, clinic: Clinic, patient_id: int
) -> None:
    assert opened().area.verticalScrollBar().maximum() == 0
    for one in clinic.read(lambda r: r.find(LabResult, patient_id=patient_id)):
        clinic.write(lambda w, one=one: w.delete(LabResult, one.id))
    for visit in clinic.read(lambda r: r.find(Visit, patient_id=patient_id)):
        clinic.write(lambda w, visit=visit: w.delete(Visit, visit.id))
    first = opened()
    assert not first.told.text()
    assert first.area.verticalScrollBar().maximum() == 0


def test_what_is_remembered_is_shown_so_until_it_is_typed_over(opened: Any) -> None:
    made = opened()
    phosphate = row(made, "phosphate")
    assert (phosphate.low.text(), phosphate.high.text()) == ("0.8", "1.45")
    assert phosphate.high.property("remembered")
    assert "10 Feb 2026" in phosphate.high.toolTip()
    assert "1.9 mmol/L" in phosphate.last.text()
    QTest.keyClicks(phosphate.high, "0")
    assert not phosphate.high.property("remembered")


def test_limits_go_with_their_unit(opened: Any) -> None:
    made = opened()
    phosphate = row(made, "phosphate")
    phosphate.value.setFocus()
    phosphate.value.setText("5,2 mg/dl")
    phosphate.value.editingFinished.emit()
    assert (phosphate.value.text(), phosphate.unit.value()) == ("5.2", "mg/dL")
    assert phosphate.high.text() == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,200", "1200 or 1.2?"),
        ("5.2 pg/mL", "pg/mL"),
        ("-3", "number"),
        ("high", "number"),
        ("1.200 foo", "foo"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_row(
    opened: Any, clinic: Clinic, patient_id: int, text: str, told: str
) -> None:
    made = opened()
    row(made, "albumin").value.setText("33")
    row(made, "phosphate").value.setText(text)
    made.save()
    assert told in row(made, "phosphate").error.text()
    assert made.isVisible()
    assert labs(clinic, patient_id, VISIT) == []
    assert row(made, "albumin").value.text() == "33"


def test_what_was_asked_goes_as_soon_as_something_else_is_typed(opened: Any, qtbot: QtBot) -> None:
    made = opened()
    calcium = row(made, "calcium_total")
    calcium.value.setText("9.2")
    asked(qtbot, made)
    calcium.unit.set_value("mg/dL")
    assert not made.question.isVisible()
    assert calcium.error.isHidden()


def test_a_value_far_from_those_that_occur_is_asked_about_once(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened()
    row(made, "calcium_total").value.setText("9.2")
    asked(qtbot, made)
    assert "9.2 mg/dL?" in row(made, "calcium_total").error.text()
    with qtbot.waitSignal(made.acts.changed):
        made.question.button.click()
    assert labs(clinic, patient_id, VISIT) == [("calcium_total", 9.2)]


def test_all_rows_are_seen_at_once_where_the_screen_has_room(opened: Any) -> None:
    dialog = opened()
    assert dialog.area.height() >= dialog.sheet.sizeHint().height()


def test_figures_that_follow_are_live(opened: Any) -> None:
    made = opened()
    QTest.keyClicks(row(made, "calcium_total").value, "2.2")
    QTest.keyClicks(row(made, "phosphate").value, "1.67")
    QTest.keyClicks(row(made, "pth").value, "390")
    assert "3.67 mmol²/L² = 45.6 mg²/dL²" in made.derived.text()
    assert "6.0 × upper limit" in made.derived.text()
    row(made, "pth").high.setText("")
    row(made, "pth").high.textEdited.emit("")
    assert "upper limit is missing" in made.derived.text()


def test_a_day_is_corrected_added_to_and_emptied_in_one_act(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int, acts: Acts
) -> None:
    made = opened(EARLIER)
    assert row(made, "phosphate").value.text() == "1.9"
    row(made, "phosphate").value.setText("1.8")
    row(made, "pth").value.setText("")
    row(made, "crp").value.setText("12")
    saved(qtbot, made)
    assert labs(clinic, patient_id, EARLIER) == [("crp", 12.0), ("phosphate", 1.8)]
    with qtbot.waitSignal(acts.changed):
        acts.undo()
    assert labs(clinic, patient_id, EARLIER) == [("phosphate", 1.9), ("pth", 400.0)]


def test_what_nobody_touched_is_kept_to_the_last_digit(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    tiny = LabResult(patient_id, EARLIER, "crp", 1.23456789e-7, "mg/L", upper_limit=1 / 3)
    clinic.write(lambda w: w.add(tiny))
    made = opened(EARLIER)
    assert not any(each.is_touched() for each in made.sheet.rows)
    row(made, "crp").note.setText("by the new method")
    saved(qtbot, made)
    found = [one.value for one in clinic.read(lambda r: r.find(LabResult, patient_id=patient_id))]
    assert replace(tiny, note="by the new method") in found


def test_opened_for_a_day_another_date_moves_its_results(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened(EARLIER)
    made.on.set_date(dt.date(2026, 2, 11))
    assert "move" in made.told.text()
    saved(qtbot, made)
    assert labs(clinic, patient_id, EARLIER) == []
    moved = labs(clinic, patient_id, dt.date(2026, 2, 11))
    assert moved == [("phosphate", 1.9), ("pth", 400.0)]


def test_another_day_shows_its_results_and_keeps_what_is_typed_beside_them(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened()
    row(made, "phosphate").value.setText("1.2")
    made.on.set_date(EARLIER)
    assert [row(made, "phosphate", at).value.text() for at in (0, 1)] == ["1.9", "1.2"]
    assert "2" in row(made, "phosphate", 1).title.text()
    assert row(made, "pth").value.text() == "400"
    made.on.set_date(VISIT)
    assert row(made, "phosphate").value.text() == "1.2"
    assert row(made, "pth").value.text() == ""
    saved(qtbot, made)
    assert labs(clinic, patient_id, VISIT) == [("phosphate", 1.2)]
    assert len(labs(clinic, patient_id, EARLIER)) == 2


def test_a_correction_is_one_again_when_its_day_is(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    clinic.write(lambda w: w.add(LabResult(patient_id, VISIT, "crp", 30.0, "mg/L")))
    made = opened()
    made.on.set_date(VISIT)
    row(made, "crp").value.setText("3")
    for day in (EARLIER, VISIT):
        made.on.set_date(day)
    assert [one.value.text() for one in made.sheet.rows if one.slot.analyte == "crp"] == ["3"]
    saved(qtbot, made)
    assert labs(clinic, patient_id, VISIT) == [("crp", 3.0)]


def test_typed_for_another_day_it_is_asked_whether_it_stands_beside_what_is_there(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened()
    row(made, "phosphate").value.setText("1.9")
    made.on.set_date(EARLIER)
    asked(qtbot, made)
    assert "Keep both?" in made.question.label.text()
    assert len(labs(clinic, patient_id, EARLIER)) == 2


def test_a_free_name_much_like_a_known_analyte_is_asked_about(opened: Any, qtbot: QtBot) -> None:
    made = opened()
    made.sheet.name.setCurrentText("phos")
    QTest.keyClick(made.sheet.name, Qt.Key.Key_Return)
    made.focusWidget().setText("1.3")
    asked(qtbot, made)
    assert "Is it Phosphate?" in made.question.label.text()


def test_a_second_result_and_a_free_analyte_are_added_as_rows(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened(EARLIER)
    for text, value in (("Phosphate", "1.1"), ("Ferritin", "812 µg/L")):
        made.sheet.name.setCurrentText(text)
        QTest.keyClick(made.sheet.name, Qt.Key.Key_Return)
        assert made.isVisible()
        made.focusWidget().setText(value)
    assert [row(made, "phosphate", at).value.text() for at in (0, 1)] == ["1.9", "1.1"]
    saved(qtbot, made)
    found = clinic.read(lambda r: r.find(LabResult, patient_id=patient_id))
    ferritin = next(one.value for one in found if one.value.analyte == "other")
    assert (ferritin.name, ferritin.value, ferritin.unit) == ("Ferritin", 812.0, "µg/L")
    again = opened()
    assert row(again, "other").unit.value() == "µg/L"
    assert row(again, "other").title.text() == "Ferritin"


def test_what_is_typed_survives_a_save_that_fails(
    opened: Any, qtbot: QtBot, clinic: Clinic, patient_id: int
) -> None:
    made = opened()
    row(made, "albumin").value.setText("33")
    made.on.set_date(dt.date(2099, 1, 1))
    made.save()
    qtbot.waitUntil(lambda: bool(made.forms[0].error_of("on")))
    assert row(made, "albumin").value.text() == "33"
    made.on.set_date(VISIT)
    row(made, "albumin").low.setText("50")
    row(made, "albumin").high.setText("35")
    made.save()
    qtbot.waitUntil(lambda: bool(row(made, "albumin").error.text()))
    assert "lower limit" in row(made, "albumin").error.text()
    row(made, "albumin").low.setText("30")
    saved(qtbot, made)
    assert labs(clinic, patient_id, VISIT) == [("albumin", 33.0)]


def test_limits_without_a_value_are_not_lost_silently(opened: Any) -> None:
    made = opened()
    QTest.keyClicks(row(made, "albumin").high, "50")
    made.save()
    assert made.isVisible()
    assert row(made, "albumin").error.text()


def test_arrows_go_to_the_neighbours(opened: Any) -> None:
    made = opened()
    first = made.focusWidget()
    QTest.keyClick(first, Qt.Key.Key_Down)
    below = row(made, "calcium_corrected")
    assert made.focusWidget() is below.value
    QTest.keyClick(below.value, Qt.Key.Key_Right)
    assert made.focusWidget() is below.unit
    QTest.keyClick(below.unit, Qt.Key.Key_Right)
    assert made.focusWidget() is below.low
    QTest.keyClick(below.low, Qt.Key.Key_Left)
    QTest.keyClick(below.unit, Qt.Key.Key_Left)
    QTest.keyClick(below.value, Qt.Key.Key_Up)
    assert made.focusWidget() is first


def test_escape_leaves_at_once_only_where_nothing_was_typed(opened: Any) -> None:
    made = opened()
    QTest.keyClicks(made.focusWidget(), "2.2")
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert made.isVisible()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    untouched = opened()
    QTest.keyClick(untouched, Qt.Key.Key_Escape)
    assert not untouched.isVisible()


def test_the_form_begins_with_the_last_visit_unless_it_has_its_results(
    opened: Any, clinic: Clinic, patient_id: int
) -> None:
    assert opened().on.date() == VISIT
    clinic.write(lambda w: w.add(LabResult(patient_id, VISIT, "crp", 3.0, "mg/L")))
    assert opened().on.date() == TODAY
    clinic.write(lambda w: w.add(Visit(patient_id, TODAY)))
    assert opened().on.date() == TODAY
