"""The patient's therapies, running ones first."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from ui import icons, theme
from ui.widgets.date_field import today
from ui.widgets.form import link
from woundtrack.records import Stored, TherapyCourse
from woundtrack.therapy.course import active_on, course_label, period_text
from woundtrack.words import _


class TherapyList(QFrame):
    """Two lines a course: what, and when. Enter or a double click opens one."""

    add_requested = Signal()
    chosen = Signal(object)
    """The Stored[TherapyCourse] to edit."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._courses: list[Stored[TherapyCourse]] = []
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
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
        head = QHBoxLayout()
        head.addWidget(theme.label(_("Therapies"), role="heading"), 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(1.5)] * 4)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)

    def set_courses(self, courses: tuple[Stored[TherapyCourse], ...]) -> None:
        """Show these courses."""
        day = today()
        self._courses = sorted(
            courses,
            key=lambda c: (not active_on(c.value, day=day), -c.value.start_on.toordinal()),
        )
        self.list.clear()
        for course in self._courses:
            text = f"{course_label(course.value)}\n{period_text(course.value)}"
            running = active_on(course.value, day=day)
            item = QListWidgetItem(
                icons.icon("pill", tone="accent" if running else "muted"), text, self.list
            )
            item.setSizeHint(QSize(0, 2 * self.list.fontMetrics().height() + theme.grid()))
        self.list.setVisible(bool(courses))
        self.empty.setVisible(not courses)

    def set_read_only(self, read_only: bool) -> None:
        """Offer no adding."""
        self.add.setEnabled(not read_only)
