"""An event through its dialog: what each kind asks, kept with keys, refused in place, deleted."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.event_dialog import EventDialog
from woundtrack.context.events import EVENTS, FINDINGS
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import Stored, TherapyCourse
from woundtrack.store.clinic import Clinic

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    return Acts(clinic, background)


def events(clinic: Clinic, patient_id: int) -> list[Stored[ClinicalEvent]]:
    return clinic.read(lambda r: r.find(ClinicalEvent, patient_id=patient_id))


def opened(qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward, **options: Any) -> EventDialog:
    history = clinic.read(lambda r: r.history(ward.patient.id))
    dialog = EventDialog(acts=acts, history=history, **options)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def new(qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward) -> EventDialog:
    return opened(qtbot, clinic, acts, ward)


def test_a_biopsy_is_stored_with_its_result_and_its_lesion(
    new: EventDialog, qtbot: QtBot, clinic: Clinic, ward: Ward
) -> None:
    new.on.set_date(DAY)
    new.finding.set_value("confirmed")
    new.text.setText("  calcium in small vessels ")
    new.lesion.set_value(ward.lesions[0].id)
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
    (event,) = events(clinic, ward.patient.id)
    assert event.value == ClinicalEvent(
        ward.patient.id,
        EventKind.BIOPSY,
        DAY,
        lesion_id=ward.lesions[0].id,
        finding="confirmed",
        text="calcium in small vessels",
    )


@pytest.mark.parametrize("kind", list(EventKind))
def test_each_kind_asks_what_it_needs(new: EventDialog, kind: EventKind) -> None:
    new.kind.set_value(kind)
    assert new.until_on.isVisible() is EVENTS[kind].lasts
    assert new.lesion.isVisible() is EVENTS[kind].of_lesion
    assert new.course.isVisible() is (kind is EventKind.ADVERSE_EVENT)
    assert new.finding.isVisible() is bool(FINDINGS[kind])
    assert new.finding.count() == len(FINDINGS[kind]) + 1


def test_what_a_kind_does_not_ask_is_not_kept(
    new: EventDialog, qtbot: QtBot, clinic: Clinic, ward: Ward
) -> None:
    new.kind.set_value(EventKind.INFECTION)
    new.on.set_date(DAY)
    new.until_on.set_date(DAY + dt.timedelta(days=3))
    new.lesion.set_value(ward.lesions[0].id)
    new.kind.set_value(EventKind.BIOPSY)
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
    (event,) = events(clinic, ward.patient.id)
    assert event.value.until_on is None
    assert event.value.lesion_id == ward.lesions[0].id


def test_an_adverse_event_is_put_down_to_a_therapy(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    course = clinic.write(
        lambda w: w.add(TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1)))
    )
    dialog = opened(qtbot, clinic, acts, ward)
    dialog.kind.set_value(EventKind.ADVERSE_EVENT)
    dialog.on.set_date(DAY)
    dialog.course.set_value(course.id)
    dialog.text.setText("nausea")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    (event,) = events(clinic, ward.patient.id)
    assert (event.value.course_id, event.value.lesion_id) == (course.id, None)


def test_an_end_before_the_beginning_is_said_at_the_day(new: EventDialog, qtbot: QtBot) -> None:
    new.kind.set_value(EventKind.HOSPITAL_STAY)
    new.on.set_date(DAY)
    new.until_on.set_date(DAY - dt.timedelta(days=1))
    new.save_button.click()
    qtbot.waitUntil(lambda: "ends before it begins" in new.form.error_of("on"))
    assert new.isVisible()


def test_no_day_and_no_words_are_said_in_place(new: EventDialog, qtbot: QtBot) -> None:
    new.on.setText("32/13/2026")
    new.save_button.click()
    assert "not a day" in new.form.error_of("on")
    new.on.set_date(DAY)
    new.kind.set_value(EventKind.OTHER)
    new.save_button.click()
    qtbot.waitUntil(lambda: bool(new.form.error_of("text")))
    assert new.form.error_of("text") == "Please write what happened."


def test_an_event_is_edited_and_goes_to_the_bin(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    value = ClinicalEvent(ward.patient.id, EventKind.AMPUTATION, DAY, finding="toe")
    stored = clinic.write(lambda w: w.add(value))
    dialog = opened(qtbot, clinic, acts, ward, event=stored)
    assert dialog.finding.value() == "toe"
    dialog.finding.set_value("below_knee")
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(dialog.on, Qt.Key.Key_Return)
    (event,) = events(clinic, ward.patient.id)
    assert event.value.finding == "below_knee"
    again = opened(qtbot, clinic, acts, ward, event=event)
    with qtbot.waitSignal(again.saved):
        again.delete_button.click()
    assert events(clinic, ward.patient.id) == []


def test_what_lies_in_the_bin_stays_named(
    qtbot: QtBot, clinic: Clinic, acts: Acts, ward: Ward
) -> None:
    course = clinic.write(
        lambda w: w.add(TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1)))
    )
    value = ClinicalEvent(
        ward.patient.id, EventKind.ADVERSE_EVENT, DAY, course_id=course.id, text="nausea"
    )
    stored = clinic.write(lambda w: w.add(value))
    clinic.write(lambda w: w.delete(TherapyCourse, course.id))
    dialog = opened(qtbot, clinic, acts, ward, event=stored)
    assert dialog.course.currentText() == "in the bin"
    assert dialog.value() == value
