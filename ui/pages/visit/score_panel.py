"""Beside the form: the running total, and every option of the item being answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import card
from woundtrack import words
from woundtrack.instruments import bwat, scoring
from woundtrack.records import BwatForm
from woundtrack.words import _, ngettext

MOST_OPTIONS = 6


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
        options, inside = card(margins=1)
        inside.setSpacing(0)
        self._title = theme.label(role="heading")
        self._title.setContentsMargins(theme.grid(), 0, 0, theme.grid(0.5))
        inside.addWidget(self._title)
        self.options = [self._option(place) for place in range(MOST_OPTIONS)]
        for button in self.options:
            inside.addWidget(button)
        column.addWidget(options)
        self._item = 0
        self.show_item(0, chosen=None, previous=None)

    def _option(self, place: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("link", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what stands below must not jump
        button.setSizePolicy(policy)
        button.clicked.connect(lambda: self._choose(place))
        return button

    def _choose(self, place: int) -> None:
        options = bwat.BWAT.items[self._item].options
        if place < len(options):
            self.chosen.emit(self._item, options[place].score)

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
        self._item = index
        item = bwat.BWAT.items[index]
        self._title.setText(f"{index + 1}  {_(item.label)}")
        for place, button in enumerate(self.options):
            button.setVisible(place < len(item.options))
            if place >= len(item.options):
                continue
            option = item.options[place]
            text = f"{option.score}   {_(option.label)}"
            if option.score == previous:
                text += "   " + _("(last time)")
            button.setText(text)
            button.setFont(theme.font(bold=option.score == chosen))
