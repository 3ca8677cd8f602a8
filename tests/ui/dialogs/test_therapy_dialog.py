"""A therapy course through its dialog: added, refused in place, stopped, deleted."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.acts import Acts
from ui.background import Background
from ui.dialogs.therapy_dialog import TherapyDialog
from ui.widgets.date_field import today
from woundtrack import words
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import Stored, TherapyCourse
from woundtrack.store.clinic import Clinic
from woundtrack.therapy.catalogue import THERAPIES
from woundtrack.therapy.types import DoseChange, StopCause, TherapySession


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    """Acts on this test's clinic."""
    return Acts(clinic, background)


def courses(clinic: Clinic, patient_id: int) -> list[Stored[TherapyCourse]]:
    return clinic.read(lambda r: r.find(TherapyCourse, patient_id=patient_id))


def opened(qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, **options: Any) -> Any:
    dialog = TherapyDialog(clinic, background, acts=acts, **options)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def said(dialog: Any, field: str) -> str:
    """The sentence at a field."""
    return "".join(form.error_of(field) for form in dialog.forms if field in form._lines)


@pytest.fixture
def new(qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any) -> Any:
    """The dialog for a new course of the ward's patient."""
    return opened(qtbot, clinic, background, acts, patient_id=ward.patient.id)


def test_a_course_is_stored_with_keys_and_not_with_words(
    new: Any, qtbot: QtBot, clinic: Clinic, ward: Any
) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("12,5")
    new.frequency.set_value("each_dialysis")
    new.start_on.set_date(dt.date(2026, 3, 10))
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
    (course,) = courses(clinic, ward.patient.id)
    assert course.value == TherapyCourse(
        patient_id=ward.patient.id,
        therapy="sts_iv",
        name="",
        start_on=dt.date(2026, 3, 10),
        dose=12.5,
        unit="g",
        route="intravenous",
        frequency="each_dialysis",
    )


def test_no_dose_is_ever_filled_in(new: Any) -> None:
    for key in THERAPIES:
        new.therapy.set_value(key)
        assert new.dose.text() == ""


def test_written_routes_and_frequencies_are_kept_as_written(
    new: Any, qtbot: QtBot, clinic: Clinic, ward: Any
) -> None:
    new.therapy.set_value("other")
    new.name.setText("Honey")
    new.route.setCurrentText("under the dressing")
    new.frequency.setCurrentText("6 nights in 7")
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
    (course,) = courses(clinic, ward.patient.id)
    assert course.value.route == "under the dressing"
    assert course.value.frequency == "6 nights in 7"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("therapy", lambda d: d.therapy.set_value("")),
        ("name", lambda d: d.therapy.set_value("other")),
        ("dose", lambda d: d.dose.setText("much")),
        ("dose", lambda d: d.dose.setText("-1")),
        ("start_on", lambda d: d.start_on.setText("")),
        ("start_on", lambda d: d.start_on.setText("31/02/2026")),
        ("stop_on", lambda d: d.stop_on.setText("soon")),
        ("stop_reason", lambda d: d.stop_cause.set_value(StopCause.ADVERSE_EVENT)),
        ("dose_changes", lambda d: d.dose_changes.add_button.click()),
    ],
)
def test_what_is_wrong_is_said_at_its_field(new: Any, field: str, change: Any) -> None:
    new.therapy.set_value("sts_iv")
    change(new)
    new.save_button.click()
    assert said(new, field)
    assert new.isVisible()


def test_a_thousand_or_a_decimal_is_asked_about(new: Any) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("1,200")
    new.save_button.click()
    assert "1200 or 1.2" in said(new, "dose")
    new.dose.setText("12.5")
    new.dose_changes.add_button.click()
    new.dose_changes.rows[0].on.set_date(dt.date(2026, 3, 20))
    new.dose_changes.rows[0].dose.setText("2,500 mg")
    new.save_button.click()
    assert "2500 or 2.5" in said(new, "dose_changes")


@pytest.mark.parametrize(
    ("field", "start_on", "stop_on"),
    [
        ("stop_on", dt.date(2026, 3, 10), dt.date(2026, 3, 9)),
        ("start_on", dt.date(1950, 1, 1), None),
    ],
)
def test_what_the_store_refuses_is_said_at_its_field(
    new: Any, qtbot: QtBot, field: str, start_on: dt.date, stop_on: dt.date | None
) -> None:
    new.therapy.set_value("sts_iv")
    new.start_on.set_date(start_on)
    new.stop_on.set_date(stop_on)
    new.save_button.click()
    qtbot.waitUntil(lambda: bool(said(new, field)))
    assert new.save_button.isEnabled()


def test_stopping_and_deleting_can_be_undone(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    value = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 10))
    course = clinic.write(lambda w: w.add(value))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    dialog.stop_button.click()
    dialog.stop_cause.set_value(StopCause.ADVERSE_EVENT)
    dialog.stop_reason.setText("Nausea")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    (stopped,) = courses(clinic, ward.patient.id)
    assert stopped.value.stop_on is not None
    assert stopped.value.stop_reason == "Nausea"
    assert stopped.value.stop_cause is StopCause.ADVERSE_EVENT
    again = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=stopped)
    with qtbot.waitSignal(again.saved):
        again.delete_button.click()
    assert courses(clinic, ward.patient.id) == []
    with qtbot.waitSignal(acts.changed):
        acts.undo()
    assert len(courses(clinic, ward.patient.id)) == 1


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_dose_is_shown_and_read_back_in_every_language(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any, language: str
) -> None:
    words.set_language(language)
    value = TherapyCourse(
        ward.patient.id, "sts_iv", "", dt.date(2026, 3, 10), dose=1200.25, unit="mg",
        route="oral", frequency="daily", stop_on=dt.date(2026, 3, 30),
        stop_cause=StopCause.OTHER, stop_reason="moved",
        dose_changes=(DoseChange(dt.date(2026, 3, 20), 1500.5, "mg", "twice_daily"),),
    )  # fmt: skip
    course = clinic.write(lambda w: w.add(value))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    assert dialog.value() == value


def test_long_sentences_are_not_cut_off(new: Any, qtbot: QtBot) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("x")
    new.save_button.click()
    qtbot.waitUntil(lambda: new.source.height() >= new.source.heightForWidth(new.source.width()))
    assert new.source.text()
    assert new.source.height() >= new.source.heightForWidth(new.source.width())


def test_a_unit_typed_with_the_dose_goes_to_its_field(new: Any) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("12,5 g")
    new.dose.editingFinished.emit()
    assert (new.dose.text(), new.unit.value()) == ("12.5", "g")
    assert new.value().dose == 12.5


def test_dose_changes_are_kept_in_the_order_of_their_days(
    new: Any, qtbot: QtBot, clinic: Clinic, ward: Any
) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("12.5")
    new.start_on.set_date(dt.date(2026, 3, 10))
    for day, dose in ((24, "20 g"), (17, "25")):
        new.dose_changes.add_button.click()
        new.dose_changes.rows[-1].on.set_date(dt.date(2026, 3, day))
        new.dose_changes.rows[-1].dose.setText(dose)
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
    (course,) = courses(clinic, ward.patient.id)
    assert course.value.dose_changes == (
        DoseChange(dt.date(2026, 3, 17), 25.0, "g"),
        DoseChange(dt.date(2026, 3, 24), 20.0, "g"),
    )


def test_a_dose_far_off_is_asked_and_never_refused(
    new: Any, qtbot: QtBot, clinic: Clinic, ward: Any
) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("25 mg")
    new.save_button.click()
    assert "25 mg" in new.question.label.text()
    assert new.dose.text() == "25 mg"
    assert courses(clinic, ward.patient.id) == []
    with qtbot.waitSignal(new.saved):
        new.question.button.click()
    (course,) = courses(clinic, ward.patient.id)
    assert (course.value.dose, course.value.unit) == (25.0, "mg")
    assert "25 mg" in course.reason


def test_an_answer_holds_for_its_question_alone(new: Any, clinic: Clinic, ward: Any) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("25 mg")
    new.save_button.click()
    new.dose.setText("250 g")
    new.save_button.click()
    assert "250 g" in new.question.label.text()
    assert courses(clinic, ward.patient.id) == []


def test_a_usual_dose_is_not_asked(new: Any, qtbot: QtBot) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("25 g")
    with qtbot.waitSignal(new.saved):
        new.save_button.click()
        assert not new.question.isVisibleTo(new)


def test_the_same_therapy_twice_is_asked(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    running = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1))
    dialog = opened(
        qtbot, clinic, background, acts, patient_id=ward.patient.id, others=[running]
    )  # fmt: skip
    dialog.therapy.set_value("sts_iv")
    dialog.save_button.click()
    assert "1 Mar 2026" in dialog.question.label.text()
    with qtbot.waitSignal(dialog.saved):
        dialog.question.button.click()


def test_a_stop_before_a_session_is_said_at_its_field(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    value = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1))
    course = clinic.write(lambda w: w.add(value))
    clinic.write(lambda w: w.add(TherapySession(course.id, dt.date(2026, 3, 9))))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    dialog.stop_on.set_date(dt.date(2026, 3, 8))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "9 Mar 2026" in said(dialog, "stop_on"))
    assert [kept.value for kept in courses(clinic, ward.patient.id)] == [value]


def test_tab_goes_through_a_new_dose_change_before_the_link(new: Any) -> None:
    for _ in range(2):
        new.dose_changes.add_button.click()
    order, widget = [], new.frequency
    while widget is not new.dose_changes.add_button:
        widget = widget.nextInFocusChain()
        order.append(widget)
    wanted = [part for row in new.dose_changes.rows for part in (row.on, row.dose, row.often)]
    assert [each for each in order if each in wanted] == wanted


def test_enter_twice_does_not_answer_the_question(new: Any, clinic: Clinic, ward: Any) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("25 mg")
    new.dose.setFocus()
    for _ in range(3):
        QTest.keyClick(new.focusWidget(), Qt.Key.Key_Return)
    assert new.question.isVisible()
    assert courses(clinic, ward.patient.id) == []


def test_a_question_goes_when_what_it_asked_about_has_changed(new: Any) -> None:
    new.therapy.set_value("sts_iv")
    new.dose.setText("25 mg")
    new.save_button.click()
    assert new.question.isVisible()
    new.dose.setText("25 g")
    new.stop_cause.set_value(StopCause.ADVERSE_EVENT)
    new.save_button.click()
    assert not new.question.isVisible(), "what stops the saving now is the event without a name"


def test_enter_saves_an_edited_course_and_neither_stops_nor_deletes_it(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    value = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 10))
    course = clinic.write(lambda w: w.add(value))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    dialog.name.setText("Stada")
    dialog.name.setFocus()
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    (saved,) = courses(clinic, ward.patient.id)
    assert (saved.value.name, saved.value.stop_on) == ("Stada", None)


def test_an_adverse_event_that_stopped_a_course_is_noted_as_an_event_where_it_is_wished(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    started = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1))
    course = clinic.write(lambda w: w.add(started))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    assert not dialog.event_too.isVisible()
    dialog.stop_on.set_date(dt.date(2026, 3, 10))
    dialog.stop_cause.set_value(StopCause.ADVERSE_EVENT)
    dialog.stop_reason.setText("nausea")
    assert dialog.event_too.isVisible()
    assert not dialog.event_too.isChecked(), "the day of the event is not known to the program"
    dialog.event_too.setChecked(True)
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    (event,) = clinic.read(lambda r: r.find(ClinicalEvent, patient_id=ward.patient.id))
    assert event.value == ClinicalEvent(
        ward.patient.id,
        EventKind.ADVERSE_EVENT,
        dt.date(2026, 3, 10),
        course_id=course.id,
        text="nausea",
    )
    (stopped,) = courses(clinic, ward.patient.id)
    again = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=stopped)
    assert not again.event_too.isVisible(), "it was told before"


def test_an_event_on_a_last_day_to_come_is_refused_at_that_day(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any
) -> None:
    started = TherapyCourse(ward.patient.id, "sts_iv", "", dt.date(2026, 3, 1))
    course = clinic.write(lambda w: w.add(started))
    dialog = opened(qtbot, clinic, background, acts, patient_id=ward.patient.id, course=course)
    dialog.stop_on.set_date(today() + dt.timedelta(days=3))
    dialog.stop_cause.set_value(StopCause.ADVERSE_EVENT)
    dialog.stop_reason.setText("nausea")
    dialog.event_too.setChecked(True)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "still to come" in said(dialog, "stop_on"))
    (unchanged,) = courses(clinic, ward.patient.id)
    assert unchanged.value == started
