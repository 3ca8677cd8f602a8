"""The days of a batch of sessions: from, to, weekdays, and a preview in which each can be left."""

import datetime as dt

import babel.dates
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.date_field import DateField, today
from ui.widgets.form import Form, in_a_row
from woundtrack import words
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.records import TherapyCourse
from woundtrack.therapy.schedule import Day, Left, judged, scheduled_days
from woundtrack.words import N_, _

_WHY = {
    Left.RECORDED: N_("already recorded"),
    Left.FUTURE: N_("still to come"),
    Left.OUTSIDE: N_("outside the course"),
}


class ScheduleField(QWidget):
    """One day, or weekdays from a day to another. `days()` are those that are ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._course: TherapyCourse | None = None
        self._recorded: frozenset[dt.date] = frozenset()
        self._listed: list[Day] = []
        self.form = Form(stacked=True)
        self.first_on, self.last_on = DateField(), DateField()
        self.last_on.setPlaceholderText(_("one day only"))
        dates = in_a_row(self.first_on, self.last_on)
        self.form.add("days", _("Day, or first and last day"), dates)
        self.first_on.setAccessibleName(_("First day"))
        self.last_on.setAccessibleName(_("Last day"))
        self.weekdays = [_weekday(number) for number in range(7)]
        self.every = QSpinBox()
        self.every.setRange(1, 8)
        self.every.setAccessibleName(_("Every how many weeks"))
        self.every.setPrefix(_("every") + " ")
        self.every.setSuffix(" " + _("wk"))
        self.every.setSpecialValueText(_("every week"))
        weekdays = Form(stacked=True)
        weekdays.add("weekdays", _("On which weekdays"), in_a_row(*self.weekdays, self.every))
        self.preview = QListWidget()
        self.preview.setAccessibleName(_("Sessions to add"))
        self.preview.setMinimumHeight(theme.grid(10))
        self._range = QWidget()
        below = QVBoxLayout(self._range)
        column = QVBoxLayout(self)
        for each in (below, column):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(theme.grid(0.5))
        below.addWidget(weekdays)
        below.addWidget(self.preview, 1)
        column.addWidget(self.form)
        column.addWidget(self._range, 1)
        column.addStretch(0)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for field in (self.first_on, self.last_on):
            field.date_changed.connect(self.refresh)
        for button in self.weekdays:
            button.toggled.connect(lambda _on: self.refresh())
        self.every.valueChanged.connect(lambda _n: self.refresh())
        self.preview.itemChanged.connect(lambda _item: self.changed.emit())

    def set_course(self, course: TherapyCourse, *, recorded: frozenset[dt.date]) -> None:
        """Judge days by this course and by the sessions that it has."""
        self._course, self._recorded = course, recorded
        self.refresh()

    def ask_one_day(self, only_one: bool) -> None:
        """Ask for one day alone, as for a session that is corrected, or for a batch."""
        self.last_on.setVisible(not only_one)
        self._range.setVisible(not only_one)

    def days(self) -> tuple[dt.date, ...]:
        """The days that are ticked."""
        ticked = Qt.CheckState.Checked
        return tuple(
            day.on
            for row, day in enumerate(self._listed)
            if self.preview.item(row).checkState() == ticked
        )

    def refresh(self) -> None:
        """Work the days out again; nothing is ticked that speaks against itself."""
        self.form.clear_errors()
        ranged = bool(self.last_on.text().strip())
        for field in (*self.weekdays, self.every):
            field.setEnabled(ranged)
        self._list(self._scheduled())
        self.changed.emit()

    def _scheduled(self) -> tuple[Day, ...]:
        course, first = self._course, self.first_on.date()
        if course is None or first is None:
            return ()
        days: tuple[dt.date, ...] = (first,)
        if self.last_on.text().strip():
            last = self.last_on.date()
            if last is None:
                return ()
            chosen = [n for n, button in enumerate(self.weekdays) if button.isChecked()]
            try:
                days = scheduled_days(first, last, weekdays=chosen, every_weeks=self.every.value())
            except RecordError as error:
                self.form.show_error("days", explain(error), focus=False)
                return ()
        return judged(
            days, recorded=self._recorded, start_on=course.start_on, stop_on=course.stop_on,
            today=today(),
        )  # fmt: skip

    def _list(self, days: tuple[Day, ...]) -> None:
        self._listed = list(days)
        self.preview.blockSignals(True)
        self.preview.clear()
        for day in days:
            text = words.date(day.on, form="full")
            if day.left is not None:
                text = f"{text} · {_(_WHY[day.left])}"
            item = QListWidgetItem(text, self.preview)
            possible = day.left in (None, Left.RECORDED)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags if possible else flags & ~Qt.ItemFlag.ItemIsEnabled)
            free = day.left is None
            item.setCheckState(Qt.CheckState.Checked if free else Qt.CheckState.Unchecked)
        self.preview.blockSignals(False)


def _weekday(number: int) -> QPushButton:
    """A button for one weekday, Monday 0, named as the language in force shortens it."""
    locale = words.language()
    button = QPushButton()
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setProperty("toggle", True)
    names = babel.dates.get_day_names("abbreviated", context="stand-alone", locale=locale)
    button.setText(names[number].rstrip("."))
    full = babel.dates.get_day_names("wide", context="stand-alone", locale=locale)
    button.setToolTip(full[number])
    button.setAccessibleName(full[number])
    button.setMinimumWidth(0)
    return button
