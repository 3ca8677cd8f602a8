"""The forms of a lesion beneath each other: the keyboard runs from one into the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.pages.visit.instrument_form import InstrumentForm
from ui.widgets.score_row import ScoreRow
from woundtrack.instruments.forms import INSTRUMENTS
from woundtrack.instruments.types import Instrument


class FormColumn(QScrollArea):
    """One form an instrument, of which those asked for are shown."""

    answered = Signal(object, int, object)
    """Instrument, place of the item, score or None."""
    focused = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain(self)
        self.forms = {each.key: self._form(each) for each in INSTRUMENTS}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for form in self.forms.values():
            column.addWidget(form)
        column.addStretch(1)
        self.setWidget(holder)

    def _form(self, instrument: Instrument) -> InstrumentForm:
        form = InstrumentForm(instrument)
        form.answered.connect(lambda index, value: self.answered.emit(instrument, index, value))
        form.focused.connect(lambda index: self.focused.emit(instrument, index))
        form.wanted.connect(lambda index: self.go_to(instrument, index))
        return form

    @property
    def shown(self) -> list[InstrumentForm]:
        """The forms that are asked for, from top to bottom."""
        return [form for form in self.forms.values() if not form.isHidden()]

    @property
    def rows(self) -> list[ScoreRow]:
        """Their rows."""
        return [row for form in self.shown for row in form.rows]

    def ask(self, instruments: Sequence[Instrument]) -> None:
        """Show the forms of these instruments alone."""
        for form in self.forms.values():
            form.setVisible(form.instrument in instruments)

    def go_to(self, instrument: Instrument, index: int) -> None:
        """Put the keyboard on an item, counted from this form's first, and show it."""
        before = self.shown[: self.shown.index(self.forms[instrument.key])]
        place = sum(len(form.rows) for form in before) + index
        if 0 <= place < len(self.rows):
            self.show_row(self.rows[place])

    def show_row(self, row: ScoreRow) -> None:
        """Put the keyboard on a row, and scroll until it is seen."""
        row.setFocus()
        self.ensureWidgetVisible(row, 0, row.height() * 2)


def plain(area: QScrollArea) -> None:
    """Without frame, without a sideways bar, and nothing for the keyboard to stop at."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
