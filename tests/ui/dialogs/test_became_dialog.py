"""Lesions that part or grow together through the dialog: one act, refused in place, taken back."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, Ward
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.became_dialog import BecameDialog
from ui.widgets.date_field import typed
from woundtrack.records import Lesion, Stored
from woundtrack.store.clinic import Clinic

DAY = LAST_WEEK + dt.timedelta(days=1)


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    return Acts(clinic, background)


def lesions(clinic: Clinic, ward: Ward) -> dict[str, Stored[Lesion]]:
    found = clinic.read(lambda r: r.find(Lesion, patient_id=ward.patient.id))
    return {lesion.value.label: lesion for lesion in found}


def opened(qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward, label: str = "A") -> Any:
    history = clinic.read(lambda r: r.history(ward.patient.id))
    dialog = BecameDialog(acts=acts, lesion=lesions(clinic, ward)[label], history=history)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_lesion_parts_into_two_new_ones_in_one_act_that_undo_takes_back(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    dialog = opened(qtbot, clinic, acts, ward)
    assert dialog.told.text() == "A became C and D."
    dialog.on.set_date(DAY)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save_button.click()
    found = lesions(clinic, ward)
    whole, parts = found["A"].value, (found["C"], found["D"])
    assert whole.became_ids == tuple(part.id for part in parts)
    assert whole.became_on == DAY
    assert saved.args == [parts[0].id]
    for part in parts:
        assert (part.value.site, part.value.side) == (whole.site, whole.side)
    with qtbot.waitSignal(acts.changed):
        acts.undo()
    found = lesions(clinic, ward)
    assert sorted(found) == ["A", "B"]
    assert found["A"].value.became_on is None


def test_two_lesions_grow_into_a_new_one(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    dialog = opened(qtbot, clinic, acts, ward)
    dialog.together.setChecked(True)
    dialog.on.set_date(DAY)
    dialog.with_.boxes[ward.lesions[1].id].setChecked(True)
    assert dialog.told.text() == "A and B became C."
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    found = lesions(clinic, ward)
    ends = (found["C"].id,), DAY
    assert all((found[each].value.became_ids, found[each].value.became_on) == ends for each in "AB")


def test_a_lesion_noted_already_but_never_seen_may_be_a_part(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    noted = clinic.write(lambda w: w.add(replace(ward.lesions[0].value, label="N")))
    dialog = opened(qtbot, clinic, acts, ward)
    assert list(dialog.parts.boxes) == [noted.id], "B was seen last week: another wound"
    dialog.on.set_date(DAY)
    dialog.parts.boxes[noted.id].setChecked(True)
    dialog.count.setValue(1)
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    found = lesions(clinic, ward)
    assert found["A"].value.became_ids == (noted.id, found["C"].id)


def test_what_was_chosen_stays_while_another_day_is_typed(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    noted = clinic.write(lambda w: w.add(replace(ward.lesions[0].value, label="N")))
    dialog = opened(qtbot, clinic, acts, ward)
    dialog.parts.boxes[noted.id].setChecked(True)
    dialog.together.setChecked(True)
    dialog.into.set_value(noted.id)
    dialog.on.selectAll()
    qtbot.keyClicks(dialog.on, typed(DAY))
    assert dialog.on.date() == DAY
    assert dialog.into.value() == noted.id
    dialog.parted.setChecked(True)
    assert dialog.parts.chosen() == [noted.id]


def test_one_is_no_parting_and_alone_nothing_grows_together(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    dialog = opened(qtbot, clinic, acts, ward)
    dialog.count.setValue(1)
    dialog.save_button.click()
    assert "at least two" in dialog.form.error_of("count")
    dialog.together.setChecked(True)
    dialog.save_button.click()
    assert "with which lesion" in dialog.form.error_of("with")
    assert sorted(lesions(clinic, ward)) == ["A", "B"]


def test_a_day_on_which_it_was_still_seen_is_refused_at_the_day(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    dialog = opened(qtbot, clinic, acts, ward)
    dialog.on.set_date(LAST_WEEK)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.form.error_of("on")))
    assert "confirmed form of 10 Mar 2026" in dialog.form.error_of("on")
    assert sorted(lesions(clinic, ward)) == ["A", "B"], "no part is left behind"


def test_what_is_recorded_is_corrected_or_taken_back_for_all_of_it(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    first = opened(qtbot, clinic, acts, ward)
    first.together.setChecked(True)
    first.on.set_date(DAY)
    first.with_.boxes[ward.lesions[1].id].setChecked(True)
    with qtbot.waitSignal(first.saved):
        first.save_button.click()

    later = DAY + dt.timedelta(days=2)
    second = opened(qtbot, clinic, acts, ward, "B")
    assert second.intro.text() == "Recorded: A and B became C on 11 Mar 2026."
    second.on.set_date(later)
    with qtbot.waitSignal(second.saved):
        second.save_button.click()
    assert {lesions(clinic, ward)[each].value.became_on for each in "AB"} == {later}

    third = opened(qtbot, clinic, acts, ward)
    with qtbot.waitSignal(third.saved):
        third.take_back.click()
    assert all(lesions(clinic, ward)[each].value.became_ids == () for each in "AB")
