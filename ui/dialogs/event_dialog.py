"""One event of a patient: what, when, of which lesion, put down to which therapy."""

from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QWidget

from ui import theme
from ui.acts import Acts
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.date_field import DateField, today
from ui.widgets.form import Choice, Form, in_a_row
from woundtrack.context.events import EVENTS, FINDINGS, event_name, finding_name
from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.records import PatientHistory, Stored
from woundtrack.report.labels import lesion_name
from woundtrack.therapy.course import period_text, therapy_name
from woundtrack.words import _

_FIELD_OF = {
    "record.event_ends_before_start": "on",
    "record.event_text_missing": "text",
    "record.day_in_future": "on",
    "record.day_before_birth": "on",
    "record.day_after_death": "on",
    "record.lesion_of_other_patient": "lesion",
    "record.course_of_other_patient": "course",
}


class EventDialog(RecordDialog):
    """Adds an event, or revises or deletes one; it asks what the chosen kind needs."""

    saved = Signal(int)
    field_of = MappingProxyType(_FIELD_OF)

    def __init__(
        self,
        *,
        acts: Acts,
        history: PatientHistory,
        event: Stored[ClinicalEvent] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("New event") if event is None else _("Edit event")
        super().__init__(title=title, acts=acts, parent=parent)
        self._history, self._event = history, event
        self.form = Form(stacked=True)
        self._build(event.value if event else None)
        self.forms.append(self.form)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        if event is not None:
            self.delete_button = theme.button(_("Delete"))
            self.delete_button.setAutoDefault(False)
            self.delete_button.clicked.connect(lambda: self._delete(event))
            self.buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.kind.currentIndexChanged.connect(lambda _index: self._follow_kind())
        self.resize(theme.text_grid(72), 0)
        self._follow_kind(finding=event.value.finding if event else "")

    def _build(self, value: ClinicalEvent | None) -> None:
        self.kind = Choice(
            [(kind, event_name(kind)) for kind in EVENTS], chosen=value.kind if value else None
        )
        self.on = DateField(value.on if value else today())
        self.until_on = DateField(value.until_on if value else None)
        self._until = theme.label(_("until"), role="muted")
        self.until_on.setAccessibleName(_("Last day"))
        self.finding = Choice([("", _("Not said"))])
        self.text = QLineEdit(value.text if value else "")
        lesions = [(each.id, lesion_name(each.value)) for each in self._history.lesions]
        self.lesion = _either(
            lesions, none=_("None, or several"), held=value.lesion_id if value else None
        )
        courses = [(each.id, _course(each)) for each in self._history.courses]
        self.course = _either(
            courses, none=_("None, or not known"), held=value.course_id if value else None
        )
        self.note = theme.label(role="muted")
        self.note.setWordWrap(True)
        days = in_a_row(self.on, self._until, self.until_on, stretch=(4, 0, 4))
        self.form.add("kind", _("What happened"), self.kind)
        self.form.add("on", _("Day"), days)
        self.on.setAccessibleName(_("Day"))
        self.form.add("finding", _("Result"), self.finding)
        self.form.add("text", _("What exactly"), self.text)
        self.form.add("lesion", _("Lesion"), self.lesion)
        self.form.add("course", _("Put down to the therapy"), self.course)
        self.form.add_wide(self.note)

    def _follow_kind(self, finding: str | None = None) -> None:
        """Ask what this kind of event needs; what was chosen stays where it is still offered."""
        kind: EventKind = self.kind.value()
        asked, findings = EVENTS[kind], FINDINGS[kind]
        held = self.finding.value() if finding is None else finding
        offered = [("", _("Not said")), *((key, finding_name(kind, key)) for key in findings)]
        if held and held not in findings and finding is not None:
            offered.append((held, held))
        self.finding.offer(offered, chosen=held)
        for part in (self._until, self.until_on):
            part.setVisible(asked.lasts)
        both = _("First day, and the last where it is over")
        self.form.set_label("on", both if asked.lasts else _("Day"))
        self.form.set_label("finding", _(asked.finding) if asked.finding else "")
        self.form.set_label("text", _(asked.text))
        self.form.set_shown("finding", bool(findings))
        self.form.set_shown("lesion", asked.of_lesion)
        self.form.set_shown("course", kind is EventKind.ADVERSE_EVENT)
        self.note.setText(_(asked.note) if asked.note else "")
        self.note.setVisible(bool(asked.note))
        self.grow()

    def value(self) -> ClinicalEvent | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        kind: EventKind = self.kind.value()
        lasts = EVENTS[kind].lasts
        if not (self.on.is_valid() and (self.until_on.is_valid() or not lasts)):
            self.show_at("on", _("This is not a day. Write it like 31/12/2026."))
            return None
        on = self.on.date()
        if on is None:
            self.show_at("on", _("Fill in the day, like 31/12/2026."))
            return None
        return ClinicalEvent(
            patient_id=self._history.patient.id,
            kind=kind,
            on=on,
            until_on=self.until_on.date() if lasts else None,
            lesion_id=self.lesion.value() if EVENTS[kind].of_lesion else None,
            course_id=self.course.value() if kind is EventKind.ADVERSE_EVENT else None,
            finding=self.finding.value() or "",
            text=self.text.text().strip(),
        )

    def save(self) -> None:
        """Write the event."""
        value, stored = self.value(), self._event
        if value is None:
            return
        self.write(
            lambda w: w.add(value) if stored is None else w.revise(stored, value),
            text=_("new event") if stored is None else _("edit event"),
            done=lambda result: self.saved.emit(result.id),
        )

    def _delete(self, event: Stored[ClinicalEvent]) -> None:
        self.put_into_bin(event, text=_("delete event"), done=self.saved.emit)


def _either(pairs: list[tuple[int, str]], *, none: str, held: int | None) -> Choice:
    """One of these records or none; one that lies in the bin by now stays as it is."""
    offered: list[tuple[int | None, str]] = [(None, none), *pairs]
    if held is not None and held not in dict(pairs):
        offered.append((held, _("in the bin")))
    return Choice(offered, chosen=held)


def _course(course: Stored[Any]) -> str:
    return f"{therapy_name(course.value)}, {period_text(course.value)}"
