"""Beside the form: the running total, and every option of the item being answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import card, clear_layout
from woundtrack import words
from woundtrack.instruments import bwat, scoring
from woundtrack.records import BwatForm
from woundtrack.words import _, ngettext


class ScorePanel(QWidget):
    """Two cards: totals, and the options of one item to be clicked."""

    chosen = Signal(int, int)

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
        inside.addWidget(self.more)
        column.addWidget(totals)
        options, self._options = card(margins=1)
        self._options.setSpacing(0)
        column.addWidget(options)
        self._item = -1
        self.show_item(0, chosen=None, previous=None)

    def show_form(self, form: BwatForm, *, closed: bool) -> None:
        """Show the totals; none while an item is missing."""
        total, cua = bwat.total(form), bwat.bwat_cua(form)
        missing = len(scoring.missing(bwat.BWAT, form.scores))
        self.total.setText(words.number(total, decimals=0) if total is not None else "–")
        band = scoring.band(bwat.BWAT, total)
        lacking = ngettext("{count} item missing", "{count} items missing", missing)
        self.band.setText(_(band.label) if band else lacking.format(count=missing))
        tones = {"minimal": "ok", "mild": "accent", "moderate": "warning", "extreme": "danger"}
        theme.retone(self.band, "chip", tones[band.key] if band else "neutral")
        parts = [_("Bates-Jensen total, 13 to 65")]
        if cua is not None:
            parts.append(_("BWAT-CUA {total}, of 8 to 40").format(total=cua))
        if closed:
            parts = [_("Closed: the form may stay empty.")]
        self.more.setText("\n".join(parts))

    def show_item(self, index: int, *, chosen: int | None, previous: int | None) -> None:
        """Show the options of one item: today's in colour, the last visit's named."""
        clear_layout(self._options)
        item = bwat.BWAT.items[index]
        title = theme.label(f"{index + 1}  {_(item.label)}", role="heading")
        title.setContentsMargins(theme.grid(), 0, 0, theme.grid(0.5))
        self._options.addWidget(title)
        for option in item.options:
            text = f"{option.score}   {_(option.label)}"
            if option.score == previous:
                text += "   " + _("(last time)")
            button = QPushButton(text)
            button.setProperty("link", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            if option.score == chosen:
                button.setFont(theme.font(bold=True))
            button.clicked.connect(
                lambda _checked=False, score=option.score: self.chosen.emit(index, score)
            )
            self._options.addWidget(button)
