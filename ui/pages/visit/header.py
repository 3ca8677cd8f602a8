"""The top of the visit page: who, which day, and the five steps."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.pages.visit.reopening import ReopenMenu, reopen_button
from ui.pages.visit.state import VisitState
from ui.pages.visit.step_bar import StepBar
from ui.widgets.date_field import DateField
from ui.widgets.elided import ElidedLabel
from woundtrack import words
from woundtrack.records import DateSource
from woundtrack.words import _


class VisitHeader(QWidget):
    """Two lines. The date is asked here, beside the patient, and never assumed."""

    back_wanted = Signal()
    date_given = Signal(object)
    correct_wanted = Signal()

    def __init__(self, *, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.back = theme.icon_button(
            icons.icon("arrow-left"), _("Back to the patient (Esc); everything is kept as a draft")
        )
        self.back.clicked.connect(self.back_wanted)
        self.who = theme.label(role="heading")
        self.day = DateField()
        self.day.setFixedWidth(self.day.whole_width_px())
        self.day.setAccessibleName(_("Date of the visit"))
        self.day.editingFinished.connect(self._take_date)
        self.day.date_changed.connect(self._take_picked)
        self.today_button = QPushButton(_("Today"))
        self.today_button.clicked.connect(lambda: self.date_given.emit(self._today()))
        self.source = ElidedLabel(role="muted")
        self.status = theme.chip("")
        self.correct = theme.button(_("Correct…"), icon=icons.icon("square-pen"))
        self.correct.clicked.connect(self.correct_wanted)
        self.steps = StepBar()
        self.resting = ReopenMenu(self)
        self.reopen = reopen_button(self.resting)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(), theme.grid(), theme.grid(2), theme.grid(0.5))
        column.setSpacing(theme.grid(0.5))
        top = QHBoxLayout()
        top.setSpacing(theme.grid())
        top.addWidget(self.back)
        top.addWidget(self.who)
        top.addSpacing(theme.grid(2))
        top.addWidget(theme.label(_("Visit of")))
        top.addWidget(self.day)
        top.addWidget(self.today_button)
        top.addWidget(self.source)
        top.addStretch(1)
        top.addWidget(self.status)
        top.addWidget(self.correct)
        column.addLayout(top)
        line = QHBoxLayout()
        line.setContentsMargins(theme.grid(4), 0, 0, 0)
        line.addWidget(self.steps, 1)
        line.addWidget(self.reopen)
        column.addLayout(line)

    def show_state(self, state: VisitState, *, saving: bool) -> None:
        """Show the patient, the day and whether it is draft or record."""
        patient = state.patient.value
        name = f"{patient.family_name} {patient.first_names}".strip()
        self.who.setText(f"{name}  ·  {words.date(patient.birth_date)}  ·  {patient.code}")
        if not self.day.hasFocus() or self.day.date() != state.on:
            blocked = self.day.blockSignals(True)
            if state.on is not None or not self.day.hasFocus():
                self.day.set_date(state.on)
            self.day.blockSignals(blocked)
        self.day.setReadOnly(state.locked)
        theme.retone(self.day, "invalid", False)
        self.today_button.setVisible(state.on is None and not state.read_only)
        self.source.setText(self._source(state))
        self.source.setVisible(bool(self.source.text()))
        self.correct.setVisible(state.locked and not state.read_only)
        self.resting.show_state(state)
        self.reopen.setVisible(not self.resting.isEmpty())
        if state.correcting:
            text, tone = _("correction, not confirmed yet"), "warning"
        elif state.confirmed:
            text, tone = _("confirmed visit"), "ok"
        elif state.visit is None:
            text, tone = _("new visit"), "neutral"
        else:
            text, tone = (_("saving…") if saving else _("draft, kept")), "accent"
        self.status.setText(text)
        theme.retone(self.status, "chip", tone)

    def _source(self, state: VisitState) -> str:
        if state.on is None:
            return _("when was the patient seen?")
        if state.confirmed or not state.photos:
            return ""
        from_exif = any(photo.value.date_source is DateSource.EXIF for photo in state.photos)
        text = _("date from the photos") if from_exif else ""
        days = (self._today() - state.on).days
        if days > 0 and text:
            return f"{text}, {words.date(state.on, form='full')}"
        return text

    def show_date_error(self) -> None:
        """Mark the date as refused; the sentence stands in the page."""
        theme.retone(self.day, "invalid", True)

    def _take_picked(self) -> None:
        """A day picked from the calendar counts at once; a typed one when it is finished."""
        if not self.day.hasFocus():
            self._take_date()

    def _take_date(self) -> None:
        if self.day.isReadOnly():
            return
        if (on := self.day.date()) is not None:
            self.date_given.emit(on)
        elif not self.day.is_valid():
            self.show_date_error()
