"""The dose changes of a course: a day, a dose, and how often where that changed too."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.date_field import DateField
from ui.widgets.form import link
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import doubt_about, written
from woundtrack.therapy.quantity import read_quantity
from woundtrack.therapy.types import DoseChange
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class _Row:
    widget: QWidget
    on: DateField
    dose: QLineEdit
    often: OpenChoice


class DoseChanges(QWidget):
    """One row a change, and a link that adds one. `unit` is taken where none is written."""

    grown = Signal()
    """A row more or less: the window may have to make room."""

    def __init__(self, changes: tuple[DoseChange, ...] = ()) -> None:
        super().__init__()
        self._names: Mapping[str, str] = {}
        self.rows: list[_Row] = []
        self.add_button = link(_("Add a dose &change"))
        self.add_button.setIcon(icons.icon("plus", tone="accent"))
        self.add_button.clicked.connect(lambda: self._add_new())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._column.addLayout(foot)
        for change in changes:
            self._add(change)
        self.setFocusProxy(self.add_button)

    def offer(self, frequencies: Mapping[str, str]) -> None:
        """Offer these frequencies in every row."""
        self._names = frequencies
        for row in self.rows:
            row.often.offer(frequencies)

    def slip(self) -> str:
        """What is to be said of the first row without a day or a dose above zero; else empty."""
        wrong = next((row for row in self.rows if self._read(row, unit="") is None), None)
        if wrong is None:
            return ""
        plain = _("Each change needs its first day and a dose.")
        return doubt_about(wrong.dose.text()) or plain

    def value(self, *, unit: str) -> tuple[DoseChange, ...]:
        """The changes in the order of their days."""
        found = [self._read(row, unit=unit) for row in self.rows]
        return tuple(sorted((each for each in found if each), key=lambda each: each.from_on))

    def _read(self, row: _Row, *, unit: str) -> DoseChange | None:
        on, dose = row.on.date(), read_quantity(row.dose.text())
        if on is None or dose is None or dose.value <= 0:
            return None
        return DoseChange(on, dose.value, dose.unit or unit, row.often.value())

    def _add_new(self) -> None:
        self._add(None)
        self.rows[-1].on.setFocus()
        self.grown.emit()

    def _add(self, change: DoseChange | None) -> None:
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.grid(0.5))
        on = DateField(change.from_on if change else None)
        on.setFixedWidth(on.whole_width_px())
        on.setAccessibleName(_("From this day"))
        dose = QLineEdit(f"{written(change.dose)} {change.unit}".strip() if change else "")
        dose.setPlaceholderText(_("dose and unit"))
        dose.setAccessibleName(_("New dose"))
        often = OpenChoice(self._names, value=change.frequency if change else "")
        often.setAccessibleName(_("How often from then"))
        often.lineEdit().setPlaceholderText(_("as often as before"))
        away = theme.icon_button(icons.icon("x"), _("Take this dose change away"))
        for part, stretch in ((on, 0), (dose, 2), (often, 3), (away, 0)):
            line.addWidget(part, stretch)
        row = _Row(widget, on, dose, often)
        away.clicked.connect(lambda: self._take_away(row))
        self._column.insertWidget(len(self.rows), widget)
        self.rows.append(row)
        # A row made later stands before the link, for the Tab key too.
        parts = (self.add_button.previousInFocusChain(), on, dose, often, away, self.add_button)
        for before, after in itertools.pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _take_away(self, row: _Row) -> None:
        self.rows.remove(row)
        row.widget.hide()
        row.widget.deleteLater()
        self.add_button.setFocus()
        self.grown.emit()
