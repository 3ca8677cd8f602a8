"""Where sessions are entered: on which days and what was given, or one that is corrected."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.form import link
from ui.widgets.schedule_field import ScheduleField
from ui.widgets.session_fields import SessionFields
from woundtrack import words
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _, ngettext


class SessionEntry(QFrame):
    """Adds a batch, or shows one session to be corrected. It writes nothing itself.

    Nothing is filled in by itself: "as last time" copies what the newest session had.
    """

    submitted = Signal()
    turned = Signal()
    """Another session, or none, is being corrected now."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.edited: Stored[TherapySession] | None = None
        self._course_id = 0
        self._last: TherapySession | None = None
        self.title = theme.label(role="heading")
        self.again = link(_("As &last time"))
        self.again.clicked.connect(self._as_last_time)
        self.leave = link(_("Do not change it"))
        self.leave.clicked.connect(lambda: self.begin())
        self.fields, self.schedule = SessionFields(), ScheduleField()
        self.schedule.changed.connect(self.offer)
        self.save_button = theme.button("", icon=icons.icon("check", tone="on_accent"), main=True)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.submitted)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.again)
        head.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(1.5)] * 4)
        column.addLayout(head)
        column.addWidget(self.schedule, 1)
        column.addWidget(self.fields)
        column.addStretch(0)
        column.addWidget(self.save_button)
        self._column = column

    def set_course(
        self, course: Stored[TherapyCourse], *, sessions: Sequence[Stored[TherapySession]]
    ) -> None:
        """Enter sessions of this course, newest first; of the same one, what is typed stays."""
        if course.id != self._course_id:
            self._course_id = course.id
            self.fields.set_course(course.value)
            parts = (self.schedule.preview, *self.fields.lines.values(), self.save_button)
            for before, after in itertools.pairwise(parts):
                QWidget.setTabOrder(before, after)
            self.begin()
        self._last = sessions[0].value if sessions else None
        days = frozenset(each.value.on for each in sessions)
        self.schedule.set_course(course.value, recorded=days)

    def begin(self, session: Stored[TherapySession] | None = None) -> None:
        """Correct a session, or begin with nothing where there is none."""
        self.edited = session
        self.schedule.last_on.set_date(None)
        self.schedule.first_on.set_date(session.value.on if session else None)
        self.fields.show_session(session.value if session else None)
        self.offer()
        self.turned.emit()

    def next_days(self) -> None:
        """Ask for other days; what was given stays, for it is often the same."""
        for field in (self.schedule.first_on, self.schedule.last_on):
            field.set_date(None)
        self.schedule.first_on.setFocus()

    def days(self) -> tuple[dt.date, ...]:
        """The days ticked, or the day of the session that is corrected; none after a sentence."""
        if self.edited is None:
            return self.schedule.days()
        day = self.schedule.first_on.date()
        if day is None:
            sentence = _("This is not a day. Write it like 31/12/2026.")
            self.schedule.form.show_error("days", sentence)
        return (day,) if day else ()

    def session(self) -> TherapySession | None:
        """What was given, its day to be set; None after a sentence at the field that is wrong."""
        values = self.fields.values()
        if values is None:
            return None
        return TherapySession(course_id=self._course_id, on=dt.date.min, **values)

    def offer(self) -> None:
        """Say what the button would do, and offer only what can be done."""
        editing, days = self.edited is not None, len(self.schedule.days())
        self.schedule.ask_one_day(editing)
        self._column.setStretchFactor(self.schedule, 0 if editing else 1)
        self.leave.setVisible(editing)
        self.again.setVisible(not editing and self._last is not None)
        if self.edited is not None:
            day = words.date(self.edited.value.on)
            self.title.setText(_("Session of {day}").format(day=day))
            self.save_button.setText(" " + _("&Save the session"))
        else:
            self.title.setText(_("Add sessions"))
            text = ngettext("&Add {count} session", "&Add {count} sessions", days)
            self.save_button.setText(" " + (text.format(count=days) if days else _("&Add")))
        self.save_button.setEnabled(editing or days > 0)

    def _as_last_time(self) -> None:
        """Copy what the newest session had; its day and note are its own."""
        if self._last is not None:
            self.fields.show_session(replace(self._last, note=""))
