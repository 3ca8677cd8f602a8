"""Analgesics through their dialog: what is offered, told and asked, and another dose in one act."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.acts import Acts
from ui.background import Background
from ui.dialogs import analgesic_dialog
from ui.dialogs.analgesic_dialog import AnalgesicDialog
from ui.widgets import analgesic_fields
from woundtrack.context.types import AnalgesicUse
from woundtrack.store.clinic import Clinic

TODAY = dt.date(2026, 3, 20)
START = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (analgesic_dialog, analgesic_fields):
        monkeypatch.setattr(module, "today", lambda: TODAY)


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    return Acts(clinic, background)


@pytest.fixture
def oxycodone(clinic: Clinic, ward: Any) -> Any:
    value = AnalgesicUse(
        ward.patient.id, "oxycodone", START, route="oral", dose=10.0, unit="mg", times_a_day=2.0
    )
    return clinic.write(lambda w: w.add(value))


@pytest.fixture
def opened(qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Any) -> Callable[..., AnalgesicDialog]:
    def make(use: Any = None, *, changing: bool = False) -> AnalgesicDialog:
        others = clinic.read(lambda r: r.history(ward.patient.id)).analgesics
        made = AnalgesicDialog(
            acts=acts, patient_id=ward.patient.id, use=use, changing=changing, others=others
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(made.isVisible)
        return made

    return make


def uses(clinic: Clinic) -> list[AnalgesicUse]:
    return [one.value for one in clinic.read(lambda r: r.find(AnalgesicUse))]


def saved(qtbot: QtBot, made: AnalgesicDialog) -> None:
    with qtbot.waitSignal(made.acts.changed):
        made.save()
    qtbot.waitUntil(lambda: not made.isVisible())


def test_one_is_added_and_told_what_it_comes_to(opened: Any, qtbot: QtBot, clinic: Clinic) -> None:
    made = opened()
    assert made.focusWidget() is made.fields.drug
    made.fields.drug.setCurrentText("Oxycodone")
    made.fields.dose.setText("0,01 g")
    made.fields.dose.editingFinished.emit()
    assert (made.fields.dose.text(), made.fields.unit.value()) == ("0.01", "g")
    QTest.keyClicks(made.fields.times, "2")
    assert "route" in made.fields.told.text()
    made.fields.route.set_value("oral")
    assert made.fields.told.text().startswith("30 mg of oral morphine equivalents a day.")
    saved(qtbot, made)
    (use,) = uses(clinic)
    assert (use.drug, use.dose, use.unit, use.times_a_day, use.route, use.start_on) == (
        "oxycodone", 0.01, "g", 2.0, "oral", TODAY,
    )  # fmt: skip


def test_a_screen_reader_is_told_each_field(opened: Any) -> None:
    made = opened()
    fields = made.fields
    names = {field: getattr(fields, field).accessibleName() for field in ("drug", "dose", "times")}
    assert names == {"drug": "Analgesic", "dose": "One dose, and its unit", "times": "Times a day"}


def test_a_patch_has_its_unit_and_route_and_no_times_a_day(opened: Any) -> None:
    made = opened()
    fields = made.fields
    QTest.keyClicks(fields.times, "2")
    fields.drug.setCurrentText("Fentanyl, patch")
    assert (fields.unit.value(), fields.route.value()) == ("µg/h", "transdermal")
    assert (fields.times.text(), fields.times.isEnabled()) == ("", False)
    QTest.keyClicks(fields.dose, "25")
    assert fields.told.text().startswith("60 mg")
    fields.drug.setCurrentText("Paracetamol")
    assert fields.unit.value() == "g"


def test_the_route_of_a_drug_chosen_by_mistake_goes_with_it(opened: Any) -> None:
    made = opened()
    fields = made.fields
    fields.drug.setCurrentText("Fentanyl, patch")
    fields.drug.setCurrentText("Oxycodone")
    assert (fields.unit.value(), fields.route.value()) == ("mg", "")
    fields.route.set_value("rectal")
    fields.drug.setCurrentText("Fentanyl, patch")
    assert fields.route.value() == "rectal"


def test_another_dose_of_what_has_ended_begins_anew(
    opened: Any, qtbot: QtBot, clinic: Clinic, oxycodone: Any
) -> None:
    last = dt.date(2026, 3, 9)
    ended = clinic.write(lambda w: w.revise(oxycodone, replace(oxycodone.value, stop_on=last)))
    made = opened(ended, changing=True)
    assert "2 Mar 2026 to 9 Mar 2026" in made.before.text()
    QTest.keyClicks(made.fields.dose, "15")
    saved(qtbot, made)
    assert [(use.dose, use.stop_on) for use in uses(clinic)] == [(10.0, last), (15.0, None)]


def test_another_dose_ends_the_old_one_the_day_before_in_one_act(
    opened: Any, qtbot: QtBot, clinic: Clinic, acts: Acts, oxycodone: Any
) -> None:
    made = opened(oxycodone, changing=True)
    assert made.focusWidget() is made.fields.dose
    assert "10 mg" in made.before.text()
    assert not made.fields.drug.isEnabled()
    QTest.keyClicks(made.focusWidget(), "15")
    with qtbot.waitSignal(acts.changed):
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Return)
    old, new = uses(clinic)
    assert old.stop_on == dt.date(2026, 3, 19)
    assert (new.drug, new.dose, new.times_a_day, new.route) == ("oxycodone", 15.0, 2.0, "oral")
    assert (new.start_on, new.stop_on) == (TODAY, None)
    with qtbot.waitSignal(acts.changed):
        acts.undo()
    (back,) = uses(clinic)
    assert (back.dose, back.stop_on) == (10.0, None)


@pytest.mark.parametrize(
    ("dose", "day", "field"),
    [("15", START, "start_on"), ("10", TODAY, "dose"), ("", TODAY, "dose")],
)
def test_another_dose_is_another_and_begins_later(
    opened: Any, clinic: Clinic, oxycodone: Any, dose: str, day: dt.date, field: str
) -> None:
    made = opened(oxycodone, changing=True)
    made.fields.dose.setText(dose)
    made.fields.start_on.set_date(day)
    made.save()
    assert any(form.error_of(field) for form in made.forms if field in form._lines)
    assert [use.dose for use in uses(clinic)] == [10.0]


def test_one_is_corrected_stopped_and_deleted(
    opened: Any, qtbot: QtBot, clinic: Clinic, acts: Acts, oxycodone: Any
) -> None:
    made = opened(oxycodone)
    made.stop_button.click()
    saved(qtbot, made)
    assert uses(clinic)[0].stop_on == TODAY
    stored = clinic.read(lambda r: r.find(AnalgesicUse))[0]
    deleting = opened(stored)
    assert not deleting.stop_button.isEnabled()
    with qtbot.waitSignal(acts.changed):
        deleting.delete_button.click()
    assert uses(clinic) == []


def test_nothing_changed_is_no_act(
    opened: Any, qtbot: QtBot, clinic: Clinic, oxycodone: Any
) -> None:
    made = opened(oxycodone)
    made.save()
    assert not made.isVisible()
    assert len(clinic.read(lambda r: r.revisions(AnalgesicUse, oxycodone.id))) == 1


def test_the_same_drug_at_once_and_a_slip_of_the_unit_are_asked_about_once(
    opened: Any, qtbot: QtBot, clinic: Clinic, oxycodone: Any
) -> None:
    made = opened()
    made.fields.drug.setCurrentText("oxycodone")
    made.fields.dose.setText("1000")
    made.fields.times.setText("2")
    made.fields.route.set_value("oral")
    made.save()
    qtbot.waitUntil(made.question.isVisible)
    assert "3,000 mg" in made.question.label.text()
    assert "add up" in made.question.label.text()
    with qtbot.waitSignal(made.acts.changed):
        made.question.button.click()
    assert [use.dose for use in uses(clinic)] == [10.0, 1000.0]


def test_a_free_name_is_kept_and_said_to_have_no_figure(
    opened: Any, qtbot: QtBot, clinic: Clinic
) -> None:
    made = opened()
    made.fields.drug.setCurrentText("Cannabidiol")
    assert "not known" in made.fields.told.text()
    saved(qtbot, made)
    assert [(use.drug, use.name) for use in uses(clinic)] == [("other", "Cannabidiol")]


@pytest.mark.parametrize(
    ("name", "text"),
    [("dose", "ten"), ("dose", "0"), ("dose", "10 mg 2x"), ("times", "2 mg"), ("times", "often")],
)
def test_what_is_no_number_is_refused_at_its_field(
    opened: Any, clinic: Clinic, name: str, text: str
) -> None:
    made = opened()
    made.fields.drug.setCurrentText("Morphine")
    getattr(made.fields, name).setText(text)
    made.save()
    assert made.forms[0].error_of(name)
    assert uses(clinic) == []


def test_digits_that_may_be_a_thousand_are_asked_about(opened: Any, clinic: Clinic) -> None:
    made = opened()
    made.fields.drug.setCurrentText("Morphine")
    made.fields.dose.setText("1,200")
    made.save()
    assert "1200 or 1.2?" in made.forms[0].error_of("dose")
    assert uses(clinic) == []


def test_what_is_typed_survives_a_save_that_fails(
    opened: Any, qtbot: QtBot, clinic: Clinic
) -> None:
    made = opened()
    made.fields.drug.setCurrentText("Morphine")
    QTest.keyClicks(made.fields.dose, "10")
    made.fields.stop_on.set_date(dt.date(2099, 1, 1))
    made.save()
    qtbot.waitUntil(lambda: bool(made.forms[1].error_of("stop_on")))
    assert (made.fields.dose.text(), made.fields.drug.value()) == ("10", "morphine")
    made.fields.stop_on.set_date(None)
    saved(qtbot, made)
    assert [use.dose for use in uses(clinic)] == [10.0]
