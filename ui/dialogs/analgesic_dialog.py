"""One analgesic as it is really taken: what, how much, how often, from when to when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import icons, theme
from ui.acts import Acts
from ui.dialogs.record_dialog import RecordDialog
from ui.models.analgesic_rows import dose_question, name_question, same_question
from ui.models.record_words import record_line
from ui.widgets.analgesic_fields import AnalgesicFields
from ui.widgets.date_field import today
from ui.widgets.question import Question, asked_and_kept
from woundtrack import words
from woundtrack.context.analgesics import drug_name
from woundtrack.context.types import AnalgesicUse
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Stored
from woundtrack.report.content_context import dose_text
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Writer

_DAY_CODES = ("record.day_in_future", "record.day_before_birth", "record.day_after_death")
_FIELD_OF = {
    "record.analgesic_name_missing": "drug",
    "record.analgesic_stops_before_start": "stop_on",
    "record.dose": "dose",
    "record.dose_unit_missing": "dose",
    **dict.fromkeys(_DAY_CODES, "start_on"),
}


class AnalgesicDialog(RecordDialog):
    """Adds an analgesic, corrects one, or gives it another dose from a day on, in one act."""

    saved = Signal(int)

    field_of = MappingProxyType(_FIELD_OF)

    def __init__(
        self,
        *,
        acts: Acts,
        patient_id: int,
        use: Stored[AnalgesicUse] | None = None,
        changing: bool = False,
        others: Sequence[Stored[AnalgesicUse]] = (),
        parent: QWidget | None = None,
    ) -> None:
        title = _("New analgesic") if use is None else _("Edit analgesic")
        super().__init__(title=title, acts=acts, parent=parent)
        self._patient_id, self._use, self._others = patient_id, use, others
        self._changing = False
        self.question = Question()
        self.question.answered.connect(self.save)
        self.before = theme.label(role="muted")
        self.before.setWordWrap(True)
        self.before.setVisible(False)
        self.fields = AnalgesicFields(use.value if use else None)
        self.forms.extend(self.fields.forms)
        for part in (self.question, self.before, self.fields):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._build_buttons()
        self.fields.changed.connect(self._typed)
        self.resize(theme.text_grid(108), 0)
        if changing:
            self.change_dose()
        self.grow()

    def _build_buttons(self) -> None:
        self.delete_button = theme.button(_("Delete"))
        self.stop_button = theme.button(_("Stopped today"))
        self.change_button = theme.button(_("Another &dose from…"), icon=icons.icon("pencil"))
        self.delete_button.clicked.connect(self._delete)
        self.stop_button.clicked.connect(self._stop_today)
        self.change_button.clicked.connect(self.change_dose)
        for button in (self.delete_button, self.stop_button, self.change_button):
            if self._use is None:
                button.setParent(self)
                button.hide()
            else:
                self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        running = self._use is not None and self._use.value.stop_on is None
        self.stop_button.setEnabled(running)

    def _typed(self) -> None:
        self.question.forget()
        self.grow()

    def change_dose(self) -> None:
        """From now on this is the same analgesic with another dose, from today or another day."""
        assert self._use is not None
        value = self._use.value
        self._changing = True
        self.setWindowTitle(_("Another dose"))
        until = _("{drug}: {dose} until the day before, then:").format(
            drug=drug_name(value), dose=dose_text(value)
        )
        self.before.setText(until if value.stop_on is None else record_line(self._use))
        self.before.setVisible(True)
        for button in (self.delete_button, self.stop_button, self.change_button):
            button.hide()
        self.fields.lock_drug()
        self.fields.dose.setFocus()

    def first_field(self) -> QWidget:
        """The drug, or the new dose where the drug is given."""
        return self.fields.dose if self._changing else self.fields.drug

    def _stop_today(self) -> None:
        self.fields.stop_on.set_date(today())
        self.stop_button.setEnabled(False)
        self.save_button.setFocus()

    # -- saving

    def save(self) -> None:
        """Add it, correct it, or end the old dose and begin the new one."""
        self.question.say("")  # what is asked is asked of what stands there now
        self.clear_errors()
        field, sentence = self.fields.wrong()
        if sentence:
            self.show_at(field, sentence)
            return
        value = self.fields.draft(self._patient_id)
        if self._changing and not self._is_another(value):
            return
        if self._use is not None and value == self._use.value:
            self.accept()
            return
        question = self._asked(value)
        if not self.question.settles(question):
            self.grow()
            return
        reason = asked_and_kept(question)
        text = _("new analgesic") if self._use is None else _("edit analgesic")
        self.write(
            lambda writer: self._act(writer, value),
            text=_("another dose") if self._changing else text,
            done=lambda result: self.saved.emit(result.id),
            reason=reason,
        )

    def _asked(self, value: AnalgesicUse) -> str:
        stored = self._use
        others = [each.value for each in self._others if stored is None or each.id != stored.id]
        before = stored.value if stored and not self._changing else None
        lines = (
            name_question(value, before=stored.value if stored else None),
            dose_question(value, before=before),
            same_question(value, before, others),
        )
        return "\n".join(line for line in lines if line)

    def _act(self, writer: "Writer", value: AnalgesicUse) -> Stored[AnalgesicUse]:
        stored = self._use
        if stored is None:
            return writer.add(value)
        if not self._changing:
            return writer.revise(stored, value)
        last = value.start_on - dt.timedelta(days=1)
        if stored.value.stop_on is None or stored.value.stop_on > last:
            writer.revise(stored, replace(stored.value, stop_on=last))
        return writer.add(value)

    def _is_another(self, value: AnalgesicUse) -> bool:
        """Whether the new dose is one, and begins after the old; else a sentence says so."""
        assert self._use is not None
        old = self._use.value
        if value.start_on <= old.start_on:
            text = _("The other dose begins after {day}. To correct the dose itself, edit it.")
            self.show_at("start_on", text.format(day=words.date(old.start_on)))
            return False
        if value.dose is None:
            self.show_at("dose", _("Write the new dose."))
            return False
        parts = ("dose", "unit", "times_a_day", "route")
        if all(getattr(value, part) == getattr(old, part) for part in parts):
            self.show_at("dose", _("This is the dose that it has already."))
            return False
        return True

    def _delete(self) -> None:
        if self._use is not None:
            self.put_into_bin(self._use, text=_("delete analgesic"), done=self.saved.emit)

    def show_failure(self, error: Exception) -> None:
        """One sentence at its field, of a day at the one that is wrong; else above the fields."""
        super().show_failure(error)
        assert isinstance(error, WoundtrackError)
        wrong = error.data.get("on", self.fields.start_on.date())
        if error.code in _DAY_CODES and wrong != self.fields.start_on.date():
            self.clear_errors()
            self.show_at("stop_on", explain(error))
