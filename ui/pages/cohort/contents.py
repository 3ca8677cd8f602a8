"""Who is in the cohort, what became of them as a table, and as curves."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.models.cohort_answer import CohortAnswer
from ui.pages.cohort.endpoint_table import EndpointTable
from ui.pages.cohort.figure_view import CohortFigureView
from ui.widgets.banner import Banner
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Choice, card, link
from woundtrack.cohort.methods import FEW_NOTE, REMINDER
from woundtrack.report.cohort_chart import Figure
from woundtrack.report.cohort_figure import Drawn, Event, cohort_figure, reading_text
from woundtrack.report.cohort_text import (
    WARNING,
    lesions_text,
    patients_text,
    reasons_text,
    table_of,
    visits_text,
)
from woundtrack.words import _, labelled


class CohortContents(QWidget):
    """Shows one answer; every act is only asked for."""

    people_requested = Signal(str, str)
    """What the patients are, and whose: the key of a group."""
    table_copy_requested = Signal()
    table_save_requested = Signal()
    figure_copy_requested = Signal()
    figure_save_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: CohortAnswer | None = None
        self.patients, self.lesions, self.visits = link(""), theme.label(), theme.label()
        self.left_out = _wrapped("muted")
        self.few = Banner(tone="warning")
        self.reminder = Banner(_(REMINDER), tone="neutral")
        self.table = EndpointTable()
        self.table.people_requested.connect(self.people_requested)
        self.table.copy_requested.connect(self.table_copy_requested)
        self.figure = CohortFigureView()
        self.figure.day_pointed.connect(self._read)
        self.reading = _wrapped("muted")
        column = QVBoxLayout(self)
        # The bar at the right is as wide as half of the page's margin.
        column.setContentsMargins(theme.grid(3), 0, theme.grid(1.5), theme.grid(2))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(self._counts())
        column.addWidget(self.left_out)
        column.addWidget(self.few)
        column.addWidget(self.reminder)
        column.addWidget(self._table_card())
        column.addWidget(self._figure_card())
        column.addStretch(1)

    def _counts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        self.patients.setToolTip(_("Show who they are"))
        self.patients.clicked.connect(lambda: self.people_requested.emit(_("All"), "all"))
        for part in (self.patients, self.lesions, self.visits):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _table_card(self) -> QFrame:
        frame, column = card()
        self.copy_table = _button(_("Copy"), "copy", self.table_copy_requested)
        self.copy_table.setToolTip(_("Copies the table, for a spreadsheet or a text"))
        self.save_table = _button(_("Save table…"), "file-down", self.table_save_requested)
        column.addLayout(_head(_("Published endpoints"), (), (self.copy_table, self.save_table)))
        column.addWidget(self.table)
        column.addWidget(
            _wrapped(
                "muted",
                _(
                    "In brackets the 95 % interval. Point at a name for how it is computed, at a "
                    "figure for who is missing; Enter on a count of patients shows who they are."
                ),
            )
        )
        return frame

    def _figure_card(self) -> QFrame:
        frame, column = card()
        self.counted = Choice(
            [(Event.SURVIVAL, _("Survival")), (Event.CLOSURE, _("Time to confirmed closure"))]
        )
        self.by_site = Choice([(True, _("Central and peripheral")), (False, _("All together"))])
        self.whole = Choice([(False, _("One year")), (True, _("The whole time"))])
        choices = (
            (self.counted, _("What is drawn")),
            (self.by_site, _("Which groups are drawn")),
            (self.whole, _("How long a time is drawn")),
        )
        for choice, name in choices:
            choice.setAccessibleName(name)
            choice.currentIndexChanged.connect(lambda _index: self._draw())
        self.copy_figure = _button(_("Copy"), "copy", self.figure_copy_requested)
        self.copy_figure.setToolTip(_("Copies the figure as a picture"))
        self.save_figure = _button(_("Save figure…"), "file-down", self.figure_save_requested)
        parts = [choice for choice, _name in choices]
        column.addLayout(_head(_("Curves"), parts, (self.copy_figure, self.save_figure)))
        column.addWidget(self.figure)
        column.addWidget(self.reading)
        self._read(None)
        return frame

    @property
    def drawn(self) -> Drawn:
        """What of the cohort is drawn."""
        return Drawn(self.counted.value(), self.by_site.value(), self.whole.value())

    def show_answer(self, answer: CohortAnswer) -> None:
        """Show this answer instead."""
        self.answer = answer
        everyone = answer.cohort.everyone
        self.patients.setText(patients_text(everyone.patients))
        self.lesions.setText(lesions_text(everyone.lesions))
        self.visits.setText(visits_text(answer.visits))
        left_out = answer.cohort.left_out
        self.left_out.setText(labelled(_("Left out"), reasons_text(left_out)) if left_out else "")
        self.left_out.setVisible(bool(left_out))
        self.few.say(f"{WARNING} {_(FEW_NOTE)}" if everyone.few else "")
        self.table.show_rows(table_of(answer.cohort))
        self._draw()

    def _draw(self) -> None:
        answer, drawn = self.answer, self.drawn
        if answer is None:
            return

        def make(size: tuple[float, float], text_size: float) -> Figure:
            return cohort_figure(answer.cohort, drawn, size=size, text_size=text_size)

        self.figure.show_figure(make)
        self.reading.setVisible(not self.figure.is_empty())
        for button in (self.copy_figure, self.save_figure):
            button.setEnabled(not self.figure.is_empty())

    def _read(self, day: float | None) -> None:
        figure = self.figure.figure()
        if day is None or figure is None:
            text = _("Point at the figure, or go through it with ← →, to read a day.")
        else:
            text = reading_text(figure, day)
        self.reading.setText(text)
        self.figure.setAccessibleDescription(text)


def _button(text: str, icon: str, signal: Any) -> QPushButton:
    made = theme.button(text, icon=icons.icon(icon))
    made.clicked.connect(signal)
    return made


def _head(title: str, choices: Sequence[QWidget], buttons: Sequence[QWidget]) -> QHBoxLayout:
    """A card's title and choices, its buttons at the right; in lines where there is little room."""
    left = QWidget()
    flow = FlowLayout(left, gap=theme.grid())
    heading = theme.label(title, role="heading")
    heading.setMinimumHeight(max(one.sizeHint().height() for one in (*choices, *buttons)))
    flow.addWidget(heading)
    for choice in choices:
        flow.addWidget(choice)
    row = QHBoxLayout()
    row.setSpacing(theme.grid())
    row.addWidget(left, 1)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _wrapped(role: str, text: str = "") -> Any:
    made = theme.label(text, role=role)
    made.setWordWrap(True)
    return made
