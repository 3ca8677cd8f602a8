"""The sessions of a therapy: added one by one or as a batch, corrected, taken away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableWidget, QVBoxLayout, QWidget

from ui import icons, theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.table_dialog import TableDialog
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice, Form
from ui.widgets.question import Question, asked_and_kept
from ui.widgets.session_entry import SessionEntry
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory, Stored, TherapyCourse
from woundtrack.therapy.course import course_label, period_text
from woundtrack.therapy.session import session_text
from woundtrack.therapy.told import dose_question
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _, counted, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer


class SessionsDialog(TableDialog):
    """Choose a course; its sessions stand on the left, and on the right what is added to it.

    A batch is one act, so that one Undo takes it back.
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
        self._acts_done = 0
        """What was done here and not taken back: Undo goes no further."""
        self._patient_id = history.patient.id
        self.entry = SessionEntry()
        self.entry.submitted.connect(self.save)
        self.question = Question()
        self.question.answered.connect(self.save)
        self.entry.turned.connect(self.question.forget)
        self._build_course(history, course_id)
        self._build_halves()
        self.resize(theme.text_grid(150), theme.grid(91))
        self.course.currentIndexChanged.connect(lambda _index: self.show_course())
        acts.changed.connect(self.load)
        self._take(history)
        self.entry.schedule.first_on.setFocus()

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
        # Text wraps: each row is as high as it needs in the width that it has now.
        self.table.horizontalHeader().sectionResized.connect(
            lambda *_: QTimer.singleShot(0, self.table, self.table.resizeRowsToContents)
        )
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
        entry = DownScroll(self.entry)
        entry.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        halves.addWidget(entry, 5)
        self.column.insertWidget(2, self.question)
        self.column.insertLayout(3, halves, 1)
        # Enter adds, wherever the keyboard is.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.entry.save_button)

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
        self.show_course()

    @property
    def chosen(self) -> Stored[TherapyCourse] | None:
        """The course whose sessions are shown; None where the patient has none."""
        return self._courses.get(self.course.value() or 0)

    def show_course(self) -> None:
        """Show the chosen course's sessions, the newest first."""
        course = self.chosen
        self.entry.setEnabled(course is not None and not self._clinic.read_only)
        self._sessions = []
        if course is not None:
            found = [each for each in self._all if each.value.course_id == course.id]
            self._sessions = sorted(found, key=lambda s: (s.value.on, s.id), reverse=True)
            self.entry.set_course(course, sessions=self._sessions)
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
        """Say how many sessions there are, and offer only what can be done."""
        count = len(self._sessions)
        text = counted("{count} session", "{count} sessions", count)
        self.count.setText(text if count else _("No session recorded yet"))
        chosen = self._chosen_sessions()
        writable = not self._clinic.read_only
        self.edit_button.setEnabled(writable and len(chosen) == 1)
        self.remove_button.setEnabled(writable and bool(chosen))
        self.undo_button.setEnabled(self._acts_done > 0)
        self.entry.offer()

    def _chosen_sessions(self) -> list[Stored[TherapySession]]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._sessions[row] for row in rows if row < len(self._sessions)]

    # -- acting

    def edit(self) -> None:
        """Take the chosen session into the fields."""
        chosen = self._chosen_sessions()
        if len(chosen) == 1 and not self._clinic.read_only:
            self.entry.begin(chosen[0])
            self.entry.schedule.first_on.setFocus()

    def save(self) -> None:
        """Add the ticked days as one act, or revise the session that is being corrected."""
        self.question.say("")  # what is asked is asked of what stands there now
        course, session, days = self.chosen, self.entry.session(), self.entry.days()
        if course is None or session is None or not days:
            return
        question = self._asked(course.value, session)
        if not self.question.settles(question):
            return
        reason = asked_and_kept(question)
        made = [replace(session, on=day) for day in days]
        edited = self.entry.edited
        if edited is not None:
            self._do(
                lambda w: w.revise(edited, made[0]), text=_("edit session"), reason=reason,
                then=self.entry.begin,
            )  # fmt: skip
            return

        def add(writer: "Writer") -> None:
            for each in made:
                writer.add(each)

        text = counted("{count} session", "{count} sessions", len(made))
        self._do(add, text=text, reason=reason, then=self._added)

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
        if self.entry.edited is not None:
            self.entry.begin()

    def _added(self) -> None:
        self.question.forget()
        self.entry.next_days()

    def _asked(self, course: TherapyCourse, session: TherapySession) -> str:
        """What to ask of a dose or pressure; nothing of what the record already says."""
        edited = self.entry.edited
        given = _dose_of(session)
        if given is None or (edited is not None and _dose_of(edited.value) == given):
            return ""
        return dose_question(course.therapy, *given)

    def _do(self, act: Any, *, text: str, then: Any, reason: str = "") -> None:
        self.banner.say("")
        self.entry.save_button.setEnabled(False)

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


def _dose_of(session: TherapySession) -> tuple[float, str] | None:
    """What a session's therapy is dosed by: its dose, else its pressure."""
    if session.dose is not None:
        return session.dose, session.unit
    return None if session.pressure_ata is None else (session.pressure_ata, "ATA")
