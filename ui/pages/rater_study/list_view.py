"""All rater studies, how far each is, and the figure for tracing again that is in force."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.models.rater_study import Overview, StudyRow, photos_text, progress_text, value_text
from ui.pages.rater_study.column import scrolled_column
from ui.widgets.form import card, clear_layout, link
from woundtrack import words
from woundtrack.words import _


class StudyList(QWidget):
    """What rater studies are for, and one card a study; every act is only asked for."""

    new_requested = Signal()
    trace_requested = Signal(int)
    results_requested = Signal(int)
    delete_requested = Signal(int)
    published_requested = Signal()
    closed = Signal()

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.new_button = theme.button(
            _("New study…"), icon=icons.icon("plus", tone="on_accent"), main=True
        )
        self.new_button.clicked.connect(self.new_requested)
        self.new_button.setEnabled(not read_only)
        back = theme.button(_("Close"), icon=icons.icon("arrow-left"))
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(theme.label(_("Rater studies"), role="title"), 1)
        head.addWidget(back)
        head.addWidget(self.new_button)
        about = theme.label(
            _(
                "Two or more people trace the same photos without seeing each other’s outlines. "
                "That shows how far tracings differ in this clinic, and so which change of a wound "
                "is more than measurement."
            ),
            role="muted",
        )
        about.setWordWrap(True)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(theme.grid())
        column = scrolled_column(self)
        column.addLayout(head)
        column.addWidget(about)
        column.addWidget(self._value_card())
        column.addLayout(self.cards)
        column.addStretch(1)

    def _value_card(self) -> QFrame:
        frame, column = card()
        column.addWidget(theme.label(_("In force for “beyond error”"), role="heading"))
        self.value = QLabel()
        self.value.setWordWrap(True)
        self.published = link(_("Go back to the published figure"))
        self.published.clicked.connect(self.published_requested)
        column.addWidget(self.value)
        column.addWidget(self.published, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def show_overview(self, overview: Overview) -> None:
        """Show these studies instead."""
        value = overview.value
        self.value.setText(value_text(value.value if value else None))
        self.published.setVisible(value is not None and not self._read_only)
        clear_layout(self.cards)
        for row in overview.rows:
            self.cards.addWidget(self._card(row))
        if not overview.rows:
            frame, column = card()
            text = theme.label(
                _(
                    "No study yet. A new one asks for a name, who traces, and the photos: ten at "
                    "the least, twenty for a figure of your own."
                )
            )
            text.setWordWrap(True)
            column.addWidget(text)
            self.cards.addWidget(frame)

    def _card(self, row: StudyRow) -> QFrame:
        frame, column = card()
        study = row.study
        title = theme.label(study.value.name, role="heading")
        day = words.date(study.at_utc.astimezone().date())
        facts = theme.label(f"{photos_text(row)} · {day}", role="muted")
        people = QLabel(progress_text(row.progress))
        people.setWordWrap(True)
        buttons = QHBoxLayout()
        if row.tasks:
            self._add_trace(buttons, row)
        results = theme.button(_("Results"), icon=icons.icon("chart-line"))
        results.setEnabled(row.may_see)
        if not row.may_see:
            results.setToolTip(_("Shown to you once you have traced all your photos."))
        results.clicked.connect(lambda: self.results_requested.emit(study.id))
        buttons.addWidget(results)
        buttons.addStretch(1)
        if not self._read_only:
            bin_ = link(_("To the bin"))
            bin_.clicked.connect(lambda: self.delete_requested.emit(study.id))
            buttons.addWidget(bin_)
        for widget in (title, facts, people):
            column.addWidget(widget)
        column.addLayout(buttons)
        return frame

    def _add_trace(self, buttons: QHBoxLayout, row: StudyRow) -> None:
        total = len(row.tasks)
        if row.done == total:
            buttons.addWidget(theme.chip(_("All your photos are traced"), tone="ok"))
            return
        text = _("Trace ({done} of {total})").format(done=row.done, total=total)
        pen = icons.icon("pen-tool", tone="on_accent")
        trace = theme.button(text, icon=pen, main=True)
        trace.setEnabled(not self._read_only)
        trace.clicked.connect(lambda: self.trace_requested.emit(row.study.id))
        buttons.addWidget(trace)
