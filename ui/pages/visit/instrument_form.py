"""Any instrument drawn from its data: a row an item, its credit, and what to know of it."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.offers import NO_OFFER, Offers
from ui.widgets.score_line import SAME_KEY, Choice
from ui.widgets.score_row import ScoreRow
from woundtrack import words
from woundtrack.instruments.forms import PARTS
from woundtrack.instruments.types import Basis, Instrument, Note
from woundtrack.words import N_, _

OWN_TRANSLATION = N_(
    "The wording in this language is the project’s own translation: no validated one was at hand."
)
DOUBTS = {Basis.INFERRED: N_("the project’s own reading"), Basis.MEMORY: N_("not confirmed")}


def note_text(note: Note) -> str:
    """A note with its source, and that it is not printed there where it is not."""
    doubt = DOUBTS.get(note.basis)
    known = note.source if doubt is None else f"{_(doubt)}, {note.source}"
    return f"{_(note.text)} [{known}]"


def full_name(instrument: Instrument) -> str:
    """What an instrument is called in short and in full."""
    return f"{instrument.short} · {_(instrument.name)}"


def _credit(instrument: Instrument) -> str:
    return f"{_(instrument.credit)} [{instrument.source}]"


def _notes(instrument: Instrument) -> list[str]:
    return [note_text(note) for note in instrument.notes]


class InstrumentForm(QWidget):
    """The rows of one instrument. Answers nothing by itself: what is proposed stays so."""

    answered = Signal(int, object)
    focused = Signal(int)
    wanted = Signal(int)
    """The place of the row to go to; it may lie beyond this form."""

    def __init__(self, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrument = instrument
        self.rows = [self._row(index) for index in range(len(instrument.items))]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(), theme.grid(), theme.grid(), theme.grid(0.5))
        heading = theme.label(full_name(instrument), role="heading")
        heading.setWordWrap(True)
        head.addWidget(heading, 1)
        self.last = theme.label(role="muted")
        head.addWidget(self.last)
        column.addLayout(head)
        for row in self.rows:
            column.addWidget(row)
        self._extra = QHBoxLayout()
        self._extra.setContentsMargins(theme.grid(), 0, 0, 0)
        self._extra.setSpacing(theme.grid())
        column.addLayout(self._extra)
        self.about = theme.label(self._about(), role="muted")
        self.about.setWordWrap(True)
        self.about.setContentsMargins(theme.grid(), theme.grid(), theme.grid(), theme.grid())
        column.addWidget(self.about)

    def _row(self, index: int) -> ScoreRow:
        item = self.instrument.items[index]
        choices = [Choice(option.score, _(option.label)) for option in item.options]
        row = ScoreRow(f"{index + 1}  {_(item.label)}", choices)
        row.answered.connect(lambda value: self.answered.emit(index, value))
        row.next_wanted.connect(lambda: self.wanted.emit(index + 1))
        row.moved.connect(lambda by: self.wanted.emit(index + by))
        row.focused.connect(lambda: self.focused.emit(index))
        return row

    def _about(self) -> str:
        own = [_(OWN_TRANSLATION)] if words.language() != "en" else []
        lines = [" ".join([_credit(self.instrument), *own, *_notes(self.instrument)])]
        for part in PARTS:
            if part.part_of == self.instrument.key:
                about = " ".join([_credit(part), *_notes(part)])
                lines.append(words.labelled(part.short, about))
        return "\n".join(lines)

    def add_line(self, *widgets: QWidget) -> None:
        """Unscored things below the rows."""
        for widget in widgets:
            self._extra.addWidget(widget)
        self._extra.addStretch(1)

    def show_scores(
        self,
        scores: Sequence[int | None],
        *,
        previous: Sequence[int | None],
        previous_on: dt.date | None,
        offers: Offers,
        read_only: bool,
    ) -> None:
        """Show answers, the last visit's beside them with its day, and what is proposed."""
        answered = any(score is not None for score in previous)
        day = words.date(previous_on) if previous_on and answered else ""
        self.last.setText(f"{SAME_KEY} {day}" if day else "")
        for index, row in enumerate(self.rows):
            offer = offers.get((self.instrument.key, index), NO_OFFER)
            row.read_only = read_only
            row.set_value(scores[index])
            row.set_previous(previous[index])
            row.set_proposed(offer.score, offer.note, hint=offer.hint)
