"""The sessions of a therapy: added one by one or as a batch, corrected, taken away."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTableWidget, QVBoxLayout, QWidget

from ui import icons, theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.table_dialog import TableDialog
from ui.widgets.form import Choice, Form, card, link
from ui.widgets.question import Question
from ui.widgets.schedule_field import ScheduleField
from ui.widgets.session_fields import SessionFields
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory, Stored, TherapyCourse
from woundtrack.therapy.course import course_label, period_text
from woundtrack.therapy.session import session_text
from woundtrack.therapy.told import dose_question
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer


class SessionsDialog(TableDialog):
    """Choose a course; its sessions stand on the left, and on the right what is added to it.

    A batch is one act, so that one Undo takes it back. Nothing is filled in by itself: "as
    last time" copies what the last session had.
    """

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        history: PatientHistory,
        course_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        columns = (_("Day"), _("What was given"), _("Note"))
        super().__init__(title=_("Therapy sessions"), columns=columns, stretch=1, parent=parent)
        self._clinic, self._background, self._acts = clinic, background, acts
        self._courses: dict[int, Stored[TherapyCourse]] = {}
        self._sessions: list[Stored[TherapySession]] = []
        self._edited: Stored[TherapySession] | None = None
        self._acts_done = 0
        """What was done here and not taken back: Undo goes no further."""
        self._patient_id = history.patient.id
        self._build_course(history, course_id)
        self._build_halves()
        self.resize(theme.grid(138), theme.grid(91))
        self.course.currentIndexChanged.connect(lambda _index: self.show_course())
        acts.changed.connect(self.load)
        self._take(history)
        self.schedule.first_on.setFocus()

    # -- building

    def _build_course(self, history: PatientHistory, course_id: int | None) -> None:
        newest = sorted(history.courses, key=lambda c: (c.value.stop_on is None, c.value.start_on))
        self.course = Choice(
            [(each.id, f"{course_label(each.value)}, {period_text(each.value)}")
             for each in reversed(newest)],
            chosen=course_id,
        )  # fmt: skip
        form = Form(stacked=True)
        form.add("course", _("Therapy"), self.course)
        self.column.insertWidget(0, form)

    def _build_halves(self) -> None:
        self.column.removeWidget(self.table)
        self.table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.table.itemSelectionChanged.connect(self._offer)
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.table.installEventFilter(self)
        self.table.setAccessibleName(_("Recorded sessions"))
        self.count = theme.label(role="heading")
        self.edit_button = theme.button(_("&Correct…"), icon=icons.icon("pencil"))
        self.edit_button.clicked.connect(self.edit)
        self.remove_button = theme.button(_("&Remove"), icon=icons.icon("trash-2"))
        self.remove_button.clicked.connect(self.remove)
        self.undo_button = theme.button(_("&Undo"), icon=icons.icon("undo-2"))
        self.undo_button.clicked.connect(self._undo)
        foot = QHBoxLayout()
        for button in (self.edit_button, self.remove_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.undo_button)
        left = QVBoxLayout()
        left.addWidget(self.count)
        left.addWidget(self.table, 1)
        left.addLayout(foot)
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(2))
        halves.addLayout(left, 6)
        halves.addWidget(self._build_entry(), 5)
        self.column.insertWidget(2, self.question)
        self.column.insertLayout(3, halves, 1)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)

    def _build_entry(self) -> QWidget:
        self.entry, column = card(margins=1.5)
        self.entry_title = theme.label(role="heading")
        self.again = link(_("As &last time"))
        self.again.clicked.connect(self._as_last_time)
        self.leave = link(_("Do not change it"))
        self.leave.clicked.connect(self._stop_editing)
        head = QHBoxLayout()
        head.addWidget(self.entry_title, 1)
        head.addWidget(self.again)
        head.addWidget(self.leave)
        self.fields = SessionFields()
        self.schedule = ScheduleField()
        self.schedule.changed.connect(self._offer)
        self.question = Question()
        self.question.answered.connect(self.save)
        self.save_button = theme.button("", icon=icons.icon("check", tone="on_accent"), main=True)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        column.addLayout(head)
        column.addWidget(self.schedule, 1)
        column.addWidget(self.fields)
        column.addStretch(0)
        column.addWidget(self.save_button)
        return self.entry

    # -- showing

    def load(self) -> None:
        """Read the patient's courses and sessions again."""
        self._background.run(
            lambda: self._clinic.read(lambda r: r.history(self._patient_id)),
            done=while_alive(self, self._take),
            failed=while_alive(self, self.show_failure),
            key="sessions",
        )

    def _take(self, history: PatientHistory) -> None:
        self._courses = {each.id: each for each in history.courses}
        self._all = history.sessions
        self.show_course(fresh=not self.fields.lines)

    @property
    def chosen(self) -> Stored[TherapyCourse] | None:
        """The course whose sessions are shown; None where the patient has none."""
        return self._courses.get(self.course.value() or 0)

    def show_course(self, *, fresh: bool = True) -> None:
        """Show the chosen course's sessions; `fresh` asks what its sessions have."""
        course = self.chosen
        self.entry.setEnabled(course is not None and not self._clinic.read_only)
        self._sessions = []
        if course is not None:
            found = [each for each in self._all if each.value.course_id == course.id]
            self._sessions = sorted(found, key=lambda s: (s.value.on, s.id), reverse=True)
            if fresh:
                self.fields.set_course(course.value)
                parts = (self.schedule.preview, *self.fields.lines.values(), self.save_button)
                for before, after in itertools.pairwise(parts):
                    QWidget.setTabOrder(before, after)
                self._edited = None
                self.question.forget()
            days = frozenset(each.value.on for each in self._sessions)
            self.schedule.set_course(course.value, recorded=days)
        self.set_rows(
            [
                (words.date(s.value.on), session_text(s.value) or "–", s.value.note)
                for s in self._sessions
            ]
        )
        if course is None:
            self.nothing(_("No therapy noted. Add its course first, then its sessions."))
        self._offer()

    def _offer(self) -> None:
        """Say on each button what it would do, and offer only what can be done."""
        count, days = len(self._sessions), len(self.schedule.days())
        text = ngettext("{count} session", "{count} sessions", count).format(count=count)
        self.count.setText(text if count else _("No session recorded yet"))
        chosen = self._chosen_sessions()
        writable = not self._clinic.read_only
        self.edit_button.setEnabled(writable and len(chosen) == 1)
        self.remove_button.setEnabled(writable and bool(chosen))
        editing = self._edited is not None
        self.schedule.ask_one_day(editing)
        self.leave.setVisible(editing)
        self.again.setVisible(not editing and bool(self._sessions))
        if self._edited is not None:
            day = words.date(self._edited.value.on)
            self.entry_title.setText(_("Session of {day}").format(day=day))
            self.save_button.setText(" " + _("&Save the session"))
        else:
            self.entry_title.setText(_("Add sessions"))
            text = ngettext("&Add {count} session", "&Add {count} sessions", days)
            self.save_button.setText(" " + (text.format(count=days) if days else _("&Add")))
        self.save_button.setEnabled(editing or days > 0)
        self.undo_button.setEnabled(self._acts_done > 0)

    def _chosen_sessions(self) -> list[Stored[TherapySession]]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._sessions[row] for row in rows if row < len(self._sessions)]

    # -- acting

    def _as_last_time(self) -> None:
        """Copy what the newest session had; its day and note are its own."""
        if self._sessions:
            self.fields.show_session(replace(self._sessions[0].value, note=""))

    def edit(self) -> None:
        """Take the chosen session into the fields."""
        chosen = self._chosen_sessions()
        if len(chosen) != 1 or self._clinic.read_only:
            return
        self._edited = chosen[0]
        self.question.forget()
        self.schedule.last_on.setText("")
        self.schedule.first_on.set_date(chosen[0].value.on)
        self.fields.show_session(chosen[0].value)
        self._offer()
        self.schedule.first_on.setFocus()

    def _stop_editing(self) -> None:
        self._edited = None
        self.question.forget()
        self.schedule.first_on.set_date(None)
        self.fields.show_session(None)
        self._offer()

    def save(self) -> None:
        """Add the ticked days as one act, or revise the session that is being changed."""
        course, values = self.chosen, self.fields.values()
        if course is None or values is None:
            return
        question = self._asked(course.value, values)
        if not self.question.settles(question):
            return
        reason = _("Asked and kept: {question}").format(question=question) if question else ""
        made = TherapySession(course_id=course.id, on=dt.date.min, **values)
        if self._edited is not None:
            self._revise(self._edited, made, reason)
            return
        days = self.schedule.days()
        text = ngettext("{count} session", "{count} sessions", len(days)).format(count=len(days))

        def add(writer: "Writer") -> None:
            for day in days:
                writer.add(replace(made, on=day))

        self._do(add, text=text, reason=reason, then=self._added)

    def _revise(self, stored: Stored[TherapySession], made: TherapySession, reason: str) -> None:
        day = self.schedule.first_on.date()
        if day is None:
            sentence = _("This is not a day. Write it like 31/12/2026.")
            self.schedule.form.show_error("days", sentence)
            return
        value = replace(made, on=day)
        self._do(
            lambda w: w.revise(stored, value), text=_("edit session"), reason=reason,
            then=self._stop_editing,
        )  # fmt: skip

    def remove(self) -> None:
        """The chosen sessions to the bin, as one act."""
        chosen = self._chosen_sessions()
        if not chosen or self._clinic.read_only:
            return
        ids = [each.id for each in chosen]
        text = ngettext("remove {count} session", "remove {count} sessions", len(ids))

        def act(writer: "Writer") -> None:
            for one_id in ids:
                writer.delete(TherapySession, one_id)

        self._do(act, text=text.format(count=len(ids)), then=self._removed)

    def _removed(self) -> None:
        if self._edited is not None:
            self._stop_editing()

    def _added(self) -> None:
        self.question.forget()
        self.schedule.first_on.set_date(None)
        self.schedule.last_on.set_date(None)
        self.schedule.first_on.setFocus()

    def _asked(self, course: TherapyCourse, values: dict[str, Any]) -> str:
        dose, unit = values.get("dose"), values.get("unit", "")
        if dose is None and values.get("pressure_ata") is not None:
            dose, unit = values["pressure_ata"], "ATA"
        before = self._edited.value if self._edited else None
        if dose is None or (before and (before.dose, before.unit) == (dose, unit)):
            return ""
        return dose_question(course.therapy, dose, unit)

    def _do(self, act: Any, *, text: str, then: Any, reason: str = "") -> None:
        self.banner.say("")
        self.save_button.setEnabled(False)

        def done(_result: object) -> None:
            self._acts_done += 1
            then()

        self._acts.do(
            act, text=text, reason=reason,
            done=while_alive(self, done), failed=while_alive(self, self.show_failure),
        )  # fmt: skip

    def _undo(self) -> None:
        self._acts_done -= 1
        self.undo_button.setEnabled(self._acts_done > 0)
        self._acts.undo()

    def show_failure(self, error: Exception) -> None:
        """One sentence above the sessions; what was typed stays."""
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")
        self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        """Give each row the height that its text needs in the width it has now."""
        super().showEvent(event)
        self.table.resizeRowsToContents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table Enter edits a session and Delete takes the chosen ones away."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.edit()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.remove()
                return True
        return super().eventFilter(watched, event)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these sessions, keeping what is not of them as it is."""
        self.table.blockSignals(True)
        super().set_rows(rows)
        self.table.blockSignals(False)
