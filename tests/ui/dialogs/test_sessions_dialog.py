"""Sessions through their dialog: a batch with its preview, one undo, edits, units, questions."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.windows import dialog, dialogs, open_patient, settled
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.sessions_dialog import SessionsDialog
from ui.main_window import MainWindow
from ui.widgets import schedule_field
from woundtrack import words
from woundtrack.records import Stored, TherapyCourse
from woundtrack.store.clinic import Clinic
from woundtrack.therapy.types import TherapySession

TODAY = dt.date(2026, 3, 20)
START = dt.date(2026, 3, 2)  # a Monday
RECORDED = dt.date(2026, 3, 4)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's day; the store's own is later, and must not judge instead."""
    monkeypatch.setattr(schedule_field, "today", lambda: TODAY)


@pytest.fixture
def acts(clinic: Clinic, background: Background) -> Acts:
    return Acts(clinic, background)


@pytest.fixture
def courses(clinic: Clinic, ward: Any) -> list[Stored[TherapyCourse]]:
    """Thiosulfate with one session, and rheopheresis with none."""

    def fill(writer: Any) -> list[Any]:
        made = [
            writer.add(TherapyCourse(ward.patient.id, "sts_iv", "", START, dose=25.0, unit="g")),
            writer.add(TherapyCourse(ward.patient.id, "rheopheresis", "", START)),
        ]
        writer.add(TherapySession(made[0].id, RECORDED, 25.0, "g", 60.0))
        return made

    return clinic.write(fill)


@pytest.fixture
def opened(
    qtbot: QtBot, clinic: Clinic, background: Background, acts: Acts, ward: Any, courses: Any
) -> Callable[..., SessionsDialog]:
    def make(number: int = 0) -> SessionsDialog:
        history = clinic.read(lambda r: r.history(ward.patient.id))
        made = SessionsDialog(
            clinic, background, acts=acts, history=history, course_id=courses[number].id
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def sessions(clinic: Clinic, course: Stored[TherapyCourse]) -> list[TherapySession]:
    return [one.value for one in clinic.read(lambda r: r.find(TherapySession, course_id=course.id))]


def schedule(made: SessionsDialog, first: dt.date, last: dt.date, *weekdays: int) -> None:
    made.entry.schedule.first_on.set_date(first)
    made.entry.schedule.last_on.set_date(last)
    for number in weekdays:
        made.entry.schedule.weekdays[number].setChecked(True)


def previewed(made: SessionsDialog) -> list[tuple[str, bool]]:
    rows = [made.entry.schedule.preview.item(i) for i in range(made.entry.schedule.preview.count())]
    return [(row.text(), row.checkState() is Qt.CheckState.Checked) for row in rows]


def done(qtbot: QtBot, made: SessionsDialog, act: Callable[[], None]) -> None:
    """Do an act and wait until the dialog shows the record as it is then."""
    with qtbot.waitSignal(made._acts.changed):
        act()
    qtbot.waitUntil(lambda: not made._background.is_busy())


def test_a_batch_is_previewed_added_and_taken_back_as_one(
    opened: Any, qtbot: QtBot, clinic: Clinic, courses: Any
) -> None:
    made = opened()
    schedule(made, START, dt.date(2026, 3, 23), 0, 2, 4)
    texts = previewed(made)
    assert len(texts) == 10
    assert texts[0] == ("Monday, 2 March 2026", True)
    assert texts[1] == ("Wednesday, 4 March 2026 · already recorded", False)
    assert texts[-1] == ("Monday, 23 March 2026 · still to come", False)
    assert "8" in made.entry.save_button.text()
    made.entry.fields.lines["dose"].setText("25000 mg")
    made.entry.fields.lines["duration_min"].setText("1 h")
    made.entry.schedule.preview.item(0).setCheckState(Qt.CheckState.Unchecked)
    done(qtbot, made, made.entry.save_button.click)
    added = sessions(clinic, courses[0])
    assert len(added) == 8
    assert {(each.dose, each.unit) for each in added} == {(25.0, "g"), (25000.0, "mg")}
    assert {each.duration_min for each in added} == {60.0}
    assert made.table.rowCount() == 8
    done(qtbot, made, made.undo_button.click)
    assert [each.on for each in sessions(clinic, courses[0])] == [RECORDED]
    assert not made.undo_button.isEnabled()


def test_one_day_needs_no_weekday(opened: Any, qtbot: QtBot, clinic: Clinic, courses: Any) -> None:
    made = opened(1)
    assert not made.entry.save_button.isEnabled()
    QTest.keyClicks(made.entry.schedule.first_on, "10/03/2026")
    assert not made.entry.schedule.weekdays[0].isEnabled()
    made.entry.fields.lines["plasma_volume_ml"].setText("3 L")
    made.entry.fields.lines["blood_flow_ml_min"].setText("120")
    done(qtbot, made, lambda: QTest.keyClick(made.entry.schedule.first_on, Qt.Key.Key_Return))
    (session,) = sessions(clinic, courses[1])
    assert session == TherapySession(
        courses[1].id, dt.date(2026, 3, 10), blood_flow_ml_min=120.0, plasma_volume_ml=3000.0
    )


def test_a_day_outside_the_course_cannot_be_ticked(opened: Any) -> None:
    made = opened()
    made.entry.schedule.first_on.set_date(START - dt.timedelta(days=1))
    assert previewed(made) == [("Sunday, 1 March 2026 · outside the course", False)]
    assert not made.entry.schedule.preview.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert not made.entry.save_button.isEnabled()


def test_a_recorded_day_can_be_ticked_for_a_second_session(
    opened: Any, qtbot: QtBot, clinic: Clinic, courses: Any
) -> None:
    made = opened()
    made.entry.schedule.first_on.set_date(RECORDED)
    made.entry.schedule.preview.item(0).setCheckState(Qt.CheckState.Checked)
    done(qtbot, made, made.entry.save_button.click)
    assert [each.on for each in sessions(clinic, courses[0])] == [RECORDED, RECORDED]


def test_an_impossible_range_is_said_at_its_field(opened: Any) -> None:
    made = opened()
    schedule(made, TODAY, START, 0)
    assert made.entry.schedule.form.error_of("days")
    schedule(made, START, dt.date(2062, 3, 2))
    assert made.entry.schedule.form.error_of("days")
    assert not made.entry.save_button.isEnabled()


@pytest.mark.parametrize("text", ["60 mL", "soon", "25000"])
def test_what_does_not_fit_is_said_at_its_field(
    opened: Any, clinic: Clinic, courses: Any, text: str
) -> None:
    made = opened()
    made.entry.schedule.first_on.set_date(TODAY)
    made.entry.fields.lines["duration_min"].setText(text)
    made.entry.save_button.click()
    assert made.entry.fields.error_of("duration_min")
    assert len(sessions(clinic, courses[0])) == 1


def test_a_dose_far_off_is_asked_and_kept_where_it_is_right(
    opened: Any, qtbot: QtBot, clinic: Clinic, courses: Any
) -> None:
    made = opened()
    made.entry.schedule.first_on.set_date(TODAY)
    made.entry.fields.lines["dose"].setText("25 mg")
    made.entry.save_button.click()
    assert "25 mg" in made.question.label.text()
    assert made.question.isVisible()
    assert len(sessions(clinic, courses[0])) == 1
    done(qtbot, made, made.question.button.click)
    stored = clinic.read(lambda r: r.find(TherapySession, on=TODAY))[0]
    assert (stored.value.dose, stored.value.unit) == (25.0, "mg")
    assert "25 mg" in stored.reason


def test_nothing_is_filled_in_until_it_is_asked_for(opened: Any) -> None:
    made = opened()
    assert {line.text() for line in made.entry.fields.lines.values()} == {""}
    made.entry.again.click()
    assert made.entry.fields.lines["dose"].text() == "25 g"
    assert made.entry.fields.lines["duration_min"].text() == "60"


def test_a_session_is_corrected_and_removed_by_the_keyboard(
    opened: Any, qtbot: QtBot, clinic: Clinic, courses: Any
) -> None:
    made = opened()
    made.table.selectRow(0)
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    assert made.entry.schedule.first_on.date() == RECORDED
    made.entry.fields.lines["duration_min"].setText("90")
    made.entry.schedule.first_on.set_date(dt.date(2026, 3, 5))
    done(qtbot, made, made.entry.save_button.click)
    (session,) = sessions(clinic, courses[0])
    assert (session.on, session.duration_min) == (dt.date(2026, 3, 5), 90.0)
    made.table.selectRow(0)
    done(qtbot, made, lambda: QTest.keyClick(made.table, Qt.Key.Key_Delete))
    assert sessions(clinic, courses[0]) == []
    done(qtbot, made, made.undo_button.click)
    assert len(sessions(clinic, courses[0])) == 1


def test_a_corrected_session_outside_the_course_is_refused_with_a_sentence(
    opened: Any, qtbot: QtBot
) -> None:
    made = opened()
    made.table.selectRow(0)
    made.edit()
    made.entry.schedule.first_on.set_date(START - dt.timedelta(days=1))
    made.entry.save_button.click()
    qtbot.waitUntil(lambda: made.banner.isVisible())
    assert made.entry.save_button.isEnabled()
    assert made.entry.schedule.first_on.date() == START - dt.timedelta(days=1)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_a_session_has_is_read_back_in_every_language(opened: Any, language: str) -> None:
    words.set_language(language)
    made = opened(1)
    made.entry.fields.show_session(
        TherapySession(1, START, duration_min=92.5, plasma_volume_ml=1234.5, note="n")
    )
    values = made.entry.fields.values()
    assert (values["duration_min"], values["plasma_volume_ml"]) == (92.5, 1234.5)
    assert values["note"] == "n"


def test_the_page_opens_the_sessions_of_the_chosen_course(
    qtbot: QtBot, window: MainWindow, ward: Any, courses: Any
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    therapies = window.workspace.patient_page.therapies
    rows = [therapies.list.item(i).text() for i in range(therapies.list.count())]
    therapies.list.setCurrentRow(rows.index("Rheopheresis"))
    therapies.sessions.click()
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert dialogs()[0].chosen.id == courses[1].id


def test_without_a_course_the_way_is_said(qtbot: QtBot, window: MainWindow, ward: Any) -> None:
    open_patient(qtbot, window, ward.other.id)
    made = dialog(qtbot, window, "sessions")
    settled(qtbot, window)
    assert made.banner.isVisible()
    assert not made.entry.save_button.isEnabled()


def test_a_clinic_that_is_read_shows_sessions_and_takes_none(
    opened: Any, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic, "read_only", True)
    made = opened()
    made.table.selectRow(0)
    assert made.table.rowCount() == 1
    for part in (made.entry, made.edit_button, made.remove_button, made.undo_button):
        assert not part.isEnabled()


def test_a_course_moves_to_another_patient_with_its_sessions(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Any, courses: Any
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    moving = dialog(qtbot, window, "move")
    settled(qtbot, window)
    moving.what.set_value(("course", courses[0].id))
    moving.choose(ward.other.id)
    qtbot.waitUntil(moving.save_button.isEnabled)
    moving.save_button.click()
    qtbot.waitUntil(lambda: not dialogs())
    settled(qtbot, window)
    history = clinic.read(lambda r: r.history(ward.other.id))
    assert [course.id for course in history.courses] == [courses[0].id]
    assert [session.value.on for session in history.sessions] == [RECORDED]


def test_tab_goes_from_the_days_through_the_fields_to_add(opened: Any) -> None:
    made = opened(1)
    made.course.setCurrentIndex(1 - made.course.currentIndex())
    widget, passed = made.entry.schedule.preview, []
    while widget is not made.entry.save_button:
        widget = widget.nextInFocusChain()
        passed.append(widget)
    lines = list(made.entry.fields.lines.values())
    assert [each for each in passed if each in lines] == lines


def test_enter_adds_and_answers_no_question(opened: Any, clinic: Clinic, courses: Any) -> None:
    made = opened()
    made.entry.schedule.first_on.set_date(TODAY)
    dose = made.entry.fields.lines["dose"]
    dose.setText("25 mg")
    dose.setFocus()
    for _ in range(3):
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Return)
    assert made.question.isVisible()
    assert made.focusWidget() is dose
    assert len(sessions(clinic, courses[0])) == 1


@pytest.mark.parametrize(("language", "text"), [("en", "every week"), ("fr", "chaque semaine")])
def test_one_week_is_told_in_words(opened: Any, language: str, text: str) -> None:
    words.set_language(language)
    made = opened()
    every = made.entry.schedule.every
    assert every.text() == text
    every.setValue(2)
    assert every.text() == {"en": "every 2 wk", "fr": "toutes les 2 sem."}[language]
