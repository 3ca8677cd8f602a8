"""The patient's therapies, running ones first."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from ui import icons, theme
from ui.widgets.date_field import today
from ui.widgets.form import link
from ui.widgets.two_lines import DETAILS_ROLE, TwoLines
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.course import (
    active_on,
    course_label,
    period_text,
    stop_text,
    therapy_name,
)
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _, ngettext


class TherapyList(QFrame):
    """Two lines a course: what, and when. Enter or a double click opens one."""

    add_requested = Signal()
    chosen = Signal(object)
    """The Stored[TherapyCourse] to edit."""
    sessions_requested = Signal(object)
    """The id of the course whose sessions are wanted, or None where none is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._courses: list[Stored[TherapyCourse]] = []
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setAccessibleName(_("Therapies"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(
            lambda item: self.chosen.emit(self._courses[self.list.row(item)])
        )
        self.empty = theme.label(
            _("No therapy noted. Courses show under the chart, beside the healing."), role="muted"
        )
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add = link(_("Add…"))
        self.add.setIcon(icons.icon("plus", tone="accent"))
        self.add.clicked.connect(self.add_requested)
        self.sessions = link(_("Sessions…"))
        self.sessions.setIcon(icons.icon("list-checks", tone="accent"))
        self.sessions.clicked.connect(self._ask_sessions)
        head = QHBoxLayout()
        head.addWidget(theme.label(_("Therapies"), role="heading"), 1)
        head.addWidget(self.sessions)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(1.5)] * 4)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)

    def _ask_sessions(self) -> None:
        row = self.list.currentRow()
        self.sessions_requested.emit(self._courses[row].id if row >= 0 else None)

    def set_courses(
        self,
        courses: tuple[Stored[TherapyCourse], ...],
        *,
        sessions: tuple[Stored[TherapySession], ...] = (),
    ) -> None:
        """Show these courses, with how many sessions each has."""
        given = Counter(session.value.course_id for session in sessions)
        day = today()
        self._courses = sorted(
            courses,
            key=lambda c: (not active_on(c.value, day=day), -c.value.start_on.toordinal()),
        )
        self.list.clear()
        for course in self._courses:
            running = active_on(course.value, day=day)
            icon = icons.icon("pill", tone="accent" if running else "muted")
            name, whole = therapy_name(course.value), course_label(course.value)
            item = QListWidgetItem(icon, name, self.list)
            counted = ngettext("{count} session", "{count} sessions", given[course.id])
            details = (
                period_text(course.value),
                counted.format(count=given[course.id]) if given[course.id] else "",
                whole.removeprefix(name).lstrip(", "),
            )
            item.setData(DETAILS_ROLE, " · ".join(part for part in details if part))
            lines = (whole, period_text(course.value), stop_text(course.value))
            item.setToolTip("\n".join(line for line in lines if line))
        self.sessions.setVisible(bool(courses))
        self.list.setVisible(bool(courses))
        self.empty.setVisible(not courses)

    def set_read_only(self, read_only: bool) -> None:
        """Offer no adding."""
        self.add.setEnabled(not read_only)
