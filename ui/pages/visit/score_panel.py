"""Beside the form: the running totals, and every option of the item being answered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.instrument_form import note_text
from ui.widgets.form import card
from ui.widgets.score_line import SAME_KEY
from woundtrack import words
from woundtrack.instruments import scoring
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import PARTS, missing_of, total_of
from woundtrack.instruments.types import Instrument
from woundtrack.records import Assessment
from woundtrack.words import _, ngettext

NOTE_LINES = 3
"""Room for what is to be known of an item, so that what stands below does not jump."""
ONE_COLUMN = 6
"""An item with more options shows them in two columns: short ones, as the sizes of PUSH."""
TONES = {"minimal": "ok", "mild": "accent", "moderate": "warning", "extreme": "danger"}


class ScorePanel(QWidget):
    """Two cards: totals, and the options of one item to be clicked."""

    chosen = Signal(int)
    """A score of the item that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        totals, inside = card(margins=1.5)
        line = QHBoxLayout()
        self.total = theme.label(role="figure")
        self.band = theme.chip("")
        line.addWidget(self.total)
        line.addWidget(self.band, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        inside.addLayout(line)
        self.more = theme.label(role="muted")
        self.more.setWordWrap(True)
        self.more.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.more)
        column.addWidget(totals)
        options, self._inside = card(margins=1)
        self._inside.setSpacing(0)
        self._title = theme.label(role="heading")
        self._title.setContentsMargins(theme.grid(), 0, 0, theme.grid(0.5))
        self._inside.addWidget(self._title)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._inside.addLayout(self._grid)
        self.options: list[QPushButton] = []
        self.note = theme.label(role="muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setContentsMargins(theme.grid(), theme.grid(0.5), theme.grid(), 0)
        column.addWidget(options)
        column.addWidget(self.note)
        self._instrument = BWAT
        self._item = 0
        self.make_room((BWAT,))

    def make_room(self, instruments: Sequence[Instrument]) -> None:
        """Keep room for the longest item of these, so that what stands below does not jump."""
        noted = any(item.note for each in instruments for item in each.items)
        note_lines = NOTE_LINES if noted else 0
        self.note.setMinimumHeight(note_lines * self.note.fontMetrics().lineSpacing())
        parts = [part for part in PARTS if part.part_of in {each.key for each in instruments}]
        lines = len(instruments) + len(parts)
        self.more.setMinimumHeight(lines * self.more.fontMetrics().lineSpacing())
        counts = [len(item.options) for each in instruments for item in each.items]
        while len(self.options) < max(counts, default=0):
            self.options.append(self._option(len(self.options)))
        rows = max((_rows(count) for count in counts), default=0)
        line = self.options[0].sizeHint().height() if self.options else 0
        for row in range(max(rows, self._grid.rowCount())):
            self._grid.setRowMinimumHeight(row, line if row < rows else 0)

    def _arrange(self, count: int) -> None:
        """Stand the options of an item beneath each other, many of them in two columns."""
        rows = _rows(count)
        for place, button in enumerate(self.options[:count]):
            self._grid.addWidget(button, place % rows, place // rows)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(count > rows))

    def _option(self, place: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("link", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self._choose(place))
        return button

    def _choose(self, place: int) -> None:
        options = self._instrument.items[self._item].options
        if place < len(options):
            self.chosen.emit(options[place].score)

    def show_totals(
        self, noted: Assessment, *, of: Sequence[Instrument], first: Instrument, closed: bool
    ) -> None:
        """Show the total of the form being filled in, then the others'; none while incomplete."""
        total, missing = total_of(noted, first), missing_of(noted, first)
        self.total.setText(words.number(total, decimals=0) if total is not None else "–")
        band = scoring.band(first, total)
        lacking = ngettext("{count} item missing", "{count} items missing", missing)
        self.band.setText(_(band.label) if band else lacking.format(count=missing))
        self.band.setVisible(band is not None or missing > 0)
        theme.retone(self.band, "chip", TONES[band.key] if band else "neutral")
        parts = [_range_text(first)]
        for other in (*(part for part in PARTS if part.part_of == first.key), *of):
            if other is not first:
                parts.append(_total_text(noted, other))
        if closed:
            parts = [_("Closed: the form may stay empty.")]
        self.more.setText("\n".join(filter(None, parts)))

    def show_item(
        self, instrument: Instrument, index: int, *, chosen: int | None, previous: int | None
    ) -> None:
        """Show the options of one item: today's in colour, the last visit's named."""
        self._instrument, self._item = instrument, index
        item = instrument.items[index]
        self._arrange(len(item.options))
        self._title.setText(f"{index + 1}  {_(item.label)}")
        self.note.setText(note_text(item.note) if item.note else "")
        for place, button in enumerate(self.options):
            button.setVisible(place < len(item.options))
            if place >= len(item.options):
                continue
            option = item.options[place]
            text = f"{option.score}   {_(option.label)}"
            was = option.score == previous
            button.setText(f"{text}   {SAME_KEY}" if was else text)
            button.setToolTip(_("(last time)") if was else "")
            button.setAccessibleName(f"{text} {button.toolTip()}".strip())
            button.setFont(theme.font(bold=option.score == chosen))


def _rows(count: int) -> int:
    """How many rows so many options take."""
    return count if count <= ONE_COLUMN else -(-count // 2)


def _range_text(instrument: Instrument) -> str:
    if instrument is BWAT:
        return _("Bates-Jensen total, 13 to 65")
    return _("{short} total, {least} to {most}").format(
        short=instrument.short, least=instrument.minimum, most=instrument.maximum
    )


def _total_text(noted: Assessment, instrument: Instrument) -> str:
    total = total_of(noted, instrument)
    if total is None:
        missing = missing_of(noted, instrument)
        text = ngettext("{short}: {count} item missing", "{short}: {count} items missing", missing)
        return text.format(short=instrument.short, count=missing)
    if band := scoring.band(instrument, total):
        return f"{instrument.short} {total}, {_(band.label)}"
    return _("{short} {total}, of {least} to {most}").format(
        short=instrument.short, total=total, least=instrument.minimum, most=instrument.maximum
    )
