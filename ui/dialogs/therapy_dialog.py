"""One therapy course: what, how much, how, from when to when, and why it stopped."""

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.date_field import DateField, today
from ui.widgets.dose_changes import DoseChanges
from ui.widgets.form import Choice, Form, in_a_row
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import doubt_about, written
from ui.widgets.question import Question, asked_and_kept
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.catalogue import (
    FREQUENCIES,
    OTHER,
    ROUTES,
    THERAPIES,
    UNITS,
    frequency_name,
    route_name,
    unit_name,
)
from woundtrack.therapy.course import STOP_CAUSES
from woundtrack.therapy.quantity import Quantity, read_quantity
from woundtrack.therapy.told import course_question, therapy_told
from woundtrack.therapy.types import NEEDS_TEXT, StopCause
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer

_ADVERSE = StopCause.ADVERSE_EVENT
_FIELD_OF = {
    "record.therapy_name_missing": "name",
    "record.therapy_stops_before_start": "stop_on",
    "record.therapy_before_birth": "start_on",
    "record.therapy_after_death": "start_on",
    "record.sessions_left_out": "stop_on",
    "record.dose": "dose",
    "record.dose_change_outside": "dose_changes",
    "record.stop_day_missing": "stop_on",
    "record.day_in_future": "stop_on",
    "record.day_after_death": "stop_on",
    "record.stop_text_missing": "stop_reason",
}


class TherapyDialog(RecordDialog):
    """Adds a course, or revises, stops or deletes one. Nothing is recommended or filled in.

    A dose far from the published ones, and a therapy that already runs, are asked about.
    """

    saved = Signal(int)
    field_of = MappingProxyType(_FIELD_OF)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        patient_id: int,
        course: Stored[TherapyCourse] | None = None,
        others: Sequence[TherapyCourse] = (),
        parent: QWidget | None = None,
    ) -> None:
        title = _("New therapy") if course is None else _("Edit therapy")
        super().__init__(title=title, acts=acts, parent=parent)
        self._clinic, self._background = clinic, background
        self._patient_id, self._course, self._others = patient_id, course, others
        value = course.value if course else None
        self.question = Question()
        self.question.answered.connect(self.save)
        self.column.addWidget(self.question)
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(4))
        for form in (self._build_what(value), self._build_when(value)):
            self.forms.append(form)
            halves.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(halves)
        self.column.addStretch(1)
        self._build_buttons()
        self.therapy.currentIndexChanged.connect(lambda _index: self._follow_therapy())
        self._follow_therapy()
        self.resize(theme.text_grid(125), 0)
        self.grow()

    def _build_what(self, value: TherapyCourse | None) -> Form:
        form = Form(stacked=True)
        pairs = [(key, _(therapy.name)) for key, therapy in THERAPIES.items()]
        self.therapy = Choice(
            [("", _("Choose a therapy")), *pairs],
            chosen=value.therapy if value else "",
            searchable=True,
        )
        self.name = QLineEdit(value.name if value else "")
        self.dose = QLineEdit(written(value.dose) if value and value.dose is not None else "")
        self.dose.editingFinished.connect(self._take_unit)
        self.unit = OpenChoice(
            {unit: unit_name(unit) for unit in UNITS}, value=value.unit if value else ""
        )
        self.route = OpenChoice({}, value=value.route if value else "")
        self.frequency = OpenChoice({}, value=value.frequency if value else "")
        self.dose_changes = DoseChanges(value.dose_changes if value else ())
        self.dose_changes.grown.connect(self.grow)
        form.add("therapy", _("Therapy"), self.therapy)
        form.add("name", _("Name, where it is not in the list"), self.name)
        form.add("dose", _("Dose and unit"), in_a_row(self.dose, self.unit, stretch=(2, 1)))
        self.unit.setAccessibleName(_("Unit"))
        form.add("route", _("Route"), self.route)
        form.add("frequency", _("How often"), self.frequency)
        form.add("dose_changes", _("Dose changes"), self.dose_changes)
        self.source = theme.label(role="muted")
        self.source.setWordWrap(True)
        form.add_wide(self.source)
        return form

    def _build_when(self, value: TherapyCourse | None) -> Form:
        form = Form(stacked=True)
        self.start_on = DateField(value.start_on if value else today())
        self.stop_on = DateField(value.stop_on if value else None)
        self.stop_cause = Choice(
            [(None, _("Not said")), *((cause, _(text)) for cause, text in STOP_CAUSES.items())],
            chosen=value.stop_cause if value else None,
        )
        self.stop_reason = QLineEdit(value.stop_reason if value else "")
        self.note = QPlainTextEdit(value.note if value else "")
        self.note.setFixedHeight(theme.grid(12))
        self.note.setTabChangesFocus(True)
        form.add("start_on", _("First day"), self.start_on)
        form.add("stop_on", _("Last day"), self.stop_on, hint=_("Empty while it goes on."))
        form.add("stop_cause", _("Why it stopped"), self.stop_cause)
        form.add("stop_reason", _("Which event, which other reason"), self.stop_reason)
        self.event_too = QCheckBox(_("Note it among the events, on the last day"))
        form.add_wide(self.event_too)
        self.stop_cause.currentIndexChanged.connect(lambda _index: self._offer_event())
        self._offer_event()
        form.add("note", _("Note"), self.note)
        return form

    def _build_buttons(self) -> None:
        if self._course is None:
            return
        self.stop_button = QPushButton(_("Stopped today"))
        self.stop_button.setEnabled(self._course.value.stop_on is None)
        self.stop_button.clicked.connect(self._stop_today)
        self.delete_button = QPushButton(_("Delete"))
        self.delete_button.clicked.connect(self._delete)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.buttons.addButton(self.delete_button, role)
        self.buttons.addButton(self.stop_button, role)

    def _follow_therapy(self) -> None:
        """Offer what is usual for the therapy chosen; leave what is written."""
        therapy = THERAPIES.get(self.therapy.value() or "")
        routes = therapy.routes if therapy and therapy.routes else tuple(ROUTES)
        often = therapy.frequencies if therapy and therapy.frequencies else tuple(FREQUENCIES)
        self.route.offer({key: route_name(key) for key in routes})
        self.frequency.offer({key: frequency_name(key) for key in often})
        self.dose_changes.offer({key: frequency_name(key) for key in often})
        if therapy and not self.unit.value():
            self.unit.set_value(therapy.unit)
        if therapy and len(therapy.routes) == 1 and not self.route.value():
            self.route.set_value(therapy.routes[0])
        told = therapy_told(therapy) if therapy else ""
        self.source.setText(told)
        self.source.setVisible(bool(told))
        self.question.forget()
        self.grow()

    def _offer_event(self) -> None:
        """An adverse event that is told here for the first time may be noted as one, too."""
        told = self._course is not None and self._course.value.stop_cause is _ADVERSE
        self.event_too.setVisible(self.stop_cause.value() is _ADVERSE and not told)
        self.grow()

    def _event_of(self, course: Stored[TherapyCourse]) -> ClinicalEvent | None:
        value = course.value
        if self.event_too.isHidden() or not self.event_too.isChecked() or value.stop_on is None:
            return None
        return ClinicalEvent(
            patient_id=value.patient_id,
            kind=EventKind.ADVERSE_EVENT,
            on=value.stop_on,
            course_id=course.id,
            text=value.stop_reason,
        )

    def _take_unit(self) -> None:
        """A unit written behind the dose goes to its own field."""
        typed = read_quantity(self.dose.text())
        if typed is not None and typed.unit:
            self.unit.set_value(typed.unit)
            self.dose.setText(written(typed.value))

    def _stop_today(self) -> None:
        self.stop_on.set_date(today())
        self.stop_cause.setFocus()
        self.stop_button.setEnabled(False)

    def value(self) -> TherapyCourse | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        if not self.dates_are_valid(start_on=self.start_on, stop_on=self.stop_on):
            return None
        therapy, start_on = self.therapy.value(), self.start_on.date()
        if not therapy:
            self.show_at("therapy", _("Choose the therapy, or “Other therapy” and its name."))
            return None
        if therapy == OTHER and not self.name.text().strip():
            self.show_at("name", _("Write the name of the therapy."))
            return None
        dose = read_quantity(self.dose.text())
        if self.dose.text().strip() and (dose is None or dose.value <= 0):
            plain = _("Write a number above zero, like 12.5, or nothing.")
            self.show_at("dose", doubt_about(self.dose.text()) or plain)
            return None
        if slip := self.dose_changes.slip():
            self.show_at("dose_changes", slip)
            return None
        if start_on is None:
            self.show_at("start_on", _("Fill in the first day, like 31/12/2026."))
            return None
        if self.stop_cause.value() in NEEDS_TEXT and not self.stop_reason.text().strip():
            self.show_at("stop_reason", _("Write which event or which other reason it was."))
            return None
        return self._made(therapy, start_on, dose)

    def _made(self, therapy: str, start_on: dt.date, dose: Quantity | None) -> TherapyCourse:
        unit = (dose.unit if dose else "") or self.unit.value()
        changes = self.dose_changes.value(unit=unit)
        return TherapyCourse(
            patient_id=self._patient_id,
            therapy=therapy,
            name=self.name.text().strip(),
            start_on=start_on,
            stop_on=self.stop_on.date(),
            dose=dose.value if dose else None,
            unit=unit if dose else "",
            route=self.route.value(),
            frequency=self.frequency.value(),
            stop_reason=self.stop_reason.text().strip(),
            note=self.note.toPlainText().strip(),
            stop_cause=self.stop_cause.value(),
            dose_changes=changes,
        )

    def save(self) -> None:
        """Write the course."""
        self.question.say("")  # what is asked is asked of what stands there now
        value, stored = self.value(), self._course
        if value is None:
            return
        before = stored.value if stored else None
        question = course_question(value, before=before, others=self._others)
        if not self.question.settles(question):
            self.grow()
            return
        reason = asked_and_kept(question)

        def act(writer: "Writer") -> Stored[TherapyCourse]:
            course = writer.add(value) if stored is None else writer.revise(stored, value)
            if (event := self._event_of(course)) is not None:
                writer.add(event)
            return course

        self.write(
            act,
            text=_("new therapy") if stored is None else _("edit therapy"),
            done=lambda result: self.saved.emit(result.id),
            reason=reason,
        )

    def _delete(self) -> None:
        if self._course is not None:
            self.put_into_bin(self._course, text=_("delete therapy"), done=self.saved.emit)
