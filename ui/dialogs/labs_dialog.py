"""The laboratory results of one day in one form: entered, corrected or taken away in one act."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import theme
from ui.acts import Acts
from ui.dialogs.record_dialog import RecordDialog
from ui.models.lab_day import Memory, far_question, key_of, name_question, usual_day
from ui.models.lab_figures import derived_lines
from ui.settings import Settings
from ui.widgets.date_field import DateField, today
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Form, in_a_row
from ui.widgets.lab_row import LabRow
from ui.widgets.lab_sheet import LabSheet
from ui.widgets.question import Question, asked_and_kept
from woundtrack import words
from woundtrack.context.analytes import OTHER
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory, Stored
from woundtrack.report.content_labs import value_text
from woundtrack.words import _, counted, labelled

if TYPE_CHECKING:
    from woundtrack.store.clinic import Writer

Changes = list[tuple[LabRow, LabResult | None]]
_OF_A_ROW = ("record.lab", "record.unit")
_OF_THE_DAY = ("record.day_in_future", "record.day_before_birth", "record.day_after_death")


class LabsDialog(RecordDialog):
    """Values down one column, Enter saves all. Emptying a value takes its result away.

    Opened for a day, another date moves its results there; else it shows the other day's form,
    which begins with the visit in front, where there is one.
    """

    def __init__(
        self,
        *,
        acts: Acts,
        history: PatientHistory,
        settings: Settings,
        clinic_name: str = "",
        on: dt.date | None = None,
        visit_on: dt.date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title=_("Laboratory results"), acts=acts, parent=parent)
        self._history, self._labs = history, history.labs
        self._patient_id = history.patient.id
        self._opened_on = on
        self._writing: LabRow | None = None
        self._left_once = False
        self._memory = Memory(history.labs, keeps=settings, clinic_name=clinic_name)
        self.question = Question()
        self.question.answered.connect(self.save)
        self.on = DateField(on or visit_on or usual_day(history, today=today()))
        self.on.setFixedWidth(self.on.whole_width_px())
        self.told = theme.label(role="muted")
        self.told.setWordWrap(True)
        form = Form()
        form.add("on", _("Day"), in_a_row(self.on, self.told, stretch=(0, 1)))
        self.forms.append(form)
        self.sheet = LabSheet(history.labs, memory=self._memory)
        self.area = DownScroll(self.sheet)
        self.sheet.reached.connect(self.area.ensureWidgetVisible)
        self.derived = theme.label(role="muted")
        self.derived.setWordWrap(True)
        for part in (self.question, form, self.area, self.derived):
            self.column.addWidget(part)
        self.column.setStretchFactor(self.area, 1)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.sheet.come_from, self.sheet.go_to = (self.on,), (self.save_button, cancel)
        self.sheet.show_day(self.on.date())
        self.sheet.changed.connect(self._follow)
        self.on.date_changed.connect(self._follow_day)
        self._follow_day()
        room = self.screen().availableSize().width() - theme.grid(8)
        zoom = theme.zoom_in_force(theme.application())
        self.resize(min(room, theme.grid(125 * zoom)), 0)
        self.grow()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing begins at the first value; Tab comes to the buttons after the last."""
        super().showEvent(event)
        self.sheet.order()
        self.grow()  # the program's own style is known now

    def first_field(self) -> QWidget:
        """The first value that is not there yet."""
        return self.sheet.first_value()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; where something is typed, only the second one does."""
        typed = any(row.is_touched() for row in self.sheet.rows)
        if event.key() == Qt.Key.Key_Escape and typed and not self._left_once:
            self._left_once = True
            self.banner.say(_("Nothing is saved yet. Press Escape again to leave without saving."),
                            tone="warning")  # fmt: skip
            self.grow()
            return
        super().keyPressEvent(event)

    def grow(self) -> None:
        """As tall as its rows where the screen has room; else they scroll."""
        around = self.needed_height_px() - self.area.sizeHint().height()
        rows = self.sheet.sizeHint().height()
        if self.isVisible():  # and its width is known, in which names may wrap
            bar = self.area.verticalScrollBar().sizeHint().width()
            rows = max(rows, self.sheet.heightForWidth(self.area.width() - bar))
        needed = around + rows + theme.grid(0.5)
        room = self.screen().availableSize().height() - theme.grid(8)
        self.resize(self.width(), max(self.height(), min(needed, room)))

    def _show_first_told(self) -> None:
        """Bring the first row that has a sentence into view, once the window has its size."""
        self.grow()
        told = [row for row in self.sheet.rows if not row.error.isHidden()]
        if told:
            first = told[0]
            QTimer.singleShot(0, first, lambda: self.area.ensureWidgetVisible(first.error))
            QTimer.singleShot(0, first, lambda: self.area.ensureWidgetVisible(first.value))

    # -- following what is typed

    def _follow(self) -> None:
        self._left_once = False
        self.question.forget()
        day = self.on.date() or today()
        results = self.sheet.drafts(self._patient_id, day)
        self.derived.setText("\n".join(derived_lines(results, on=day)))
        self.grow()

    def _follow_day(self) -> None:
        day = self.on.date()
        if day is not None and self._opened_on is None and day != self.sheet.on:
            self.sheet.show_day(day)
        self._follow()
        self.told.setText(self._told(day))

    def _told(self, day: dt.date | None) -> str:
        """What this day is to the record."""
        opened = self._opened_on
        if opened is not None and day is not None and day != opened:
            return _("The results of {from_day} move to this day.").format(
                from_day=words.date(opened)
            )
        count = len([row for row in self.sheet.rows if row.slot.stored])
        if count:
            return counted(
                "{count} result of this day is recorded: change it to correct it, empty it to "
                "remove it.",
                "{count} results of this day are recorded: change one to correct it, empty it to "
                "remove it.",
                count,
            )
        if any(visit.value.on == day for visit in self._history.visits):
            return _("The day of a visit") if day != today() else _("Today’s visit")
        return ""

    # -- saving

    def save(self) -> None:
        """Add, correct and remove what was typed, as one act."""
        self.clear_errors()
        if not self.dates_are_valid(on=self.on):
            return
        day = self.on.date()
        if day is None:
            self.show_at("on", _("Fill in the day, like 31/12/2026."))
            return
        results = self.sheet.results(self._patient_id, day)
        self._show_first_told()
        if results is None:
            self.question.say("")
            return
        changes = [
            (row, result) for row, result in results
            if result != (row.slot.stored.value if row.slot.stored else None)
        ]  # fmt: skip
        if not changes:
            self._leave_unchanged()
            return
        question = self._question(changes, day)
        if not self.question.settles(question):
            self._show_first_told()
            return
        reason = asked_and_kept(question)
        kept = [result for _row, result in changes if result is not None]
        self.write(
            lambda writer: self._act(writer, changes), text=_("laboratory results"), reason=reason,
            done=lambda _none: self._memory.learn(kept),
        )  # fmt: skip

    def _act(self, writer: "Writer", changes: Changes) -> None:
        for row, result in changes:
            self._writing, stored = row, row.slot.stored
            if stored is None and result is not None:
                writer.add(result)
            elif stored is not None and result is not None:
                writer.revise(stored, result)
            elif stored is not None:
                writer.delete(LabResult, stored.id)

    def _leave_unchanged(self) -> None:
        if any(row.slot.stored for row in self.sheet.rows):
            self.accept()
        else:
            self.banner.say(_("Write at least one value, or cancel."), tone="neutral")
            self.grow()

    def _question(self, changes: Changes, day: dt.date) -> str:
        """What to ask before the results are kept, a line each; said at the rows, too."""
        asked, free = [], []
        for row, result in changes:
            stored = row.slot.stored
            same = stored is not None and result is not None and _measured(stored) == (
                result.value, result.unit, result.comparator
            )  # fmt: skip
            far = "" if result is None or same else far_question(result)
            row.say(far, tone="warning")
            if far and result is not None:
                asked.append(labelled(row.title.text(), value_text(result)))
            if row.added and result is not None and result.analyte == OTHER:
                free.append(name_question(result.name))
        keep = _("Keep these as typed? {values}").format(values=words.apart(asked))
        lines = [*filter(None, free), *([keep] if asked else [])]
        if self._stands_beside(changes, day):
            lines.append(_("There are results of this day already. Keep both?"))
        return "\n".join(lines)

    def _stands_beside(self, changes: Changes, day: dt.date) -> bool:
        """Whether results that were of another day, or typed for one, meet those of this."""
        there = {
            key_of(lab.value.analyte, lab.value.name) for lab in self._labs if lab.value.on == day
        }
        moved = self._opened_on not in (None, day)
        return bool(there) and (
            moved or any(row.carried and row.slot.key in there for row, _result in changes)
        )

    def clear_errors(self) -> None:
        """Take every error away, the rows' as well."""
        super().clear_errors()
        for row in self.sheet.rows:
            row.say("")

    def show_failure(self, error: Exception) -> None:
        """One sentence: at the day, at the row that was refused, else above them."""
        assert isinstance(error, WoundtrackError)
        self.save_button.setEnabled(True)
        if error.code in _OF_THE_DAY:
            self.show_at("on", explain(error))
        elif error.code.startswith(_OF_A_ROW) and self._writing is not None:
            self._writing.say(explain(error))
            self._writing.value.setFocus()
        else:
            super().show_failure(error)


def _measured(stored: Stored[LabResult]) -> tuple[float, str, Comparator]:
    return stored.value.value, stored.value.unit, stored.value.comparator
