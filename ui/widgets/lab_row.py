"""One row of the form of a day's laboratory results: value, unit, limits, the last one, a note."""

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui import theme
from ui.models.lab_day import Kept, Memory, Slot, slot_name
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import doubt_about, written
from woundtrack import words
from woundtrack.context.lab_reading import LabReading, read_lab, unit_typed
from woundtrack.context.labs import ANALYTES, OTHER
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.records import Stored
from woundtrack.report.content_labs import value_text
from woundtrack.words import _

VALUE, UNIT, LOW, HIGH, LAST, NOTE = range(1, 7)
"""The columns of the fields; 0 is the name's."""


class LabRow(QObject):
    """What is typed of one analyte. Units and limits come from memory until somebody types them."""

    changed = Signal()

    def __init__(self, slot: Slot, *, memory: Memory, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        self.added = False
        """Whether somebody asked for this row: it stays on another day."""
        self.was: Stored[LabResult] | None = None
        """Of a row that was typed for another day: the result of that day which it corrected."""
        self.carried = False
        """Whether it was typed for another day."""
        self._memory = memory
        self.title = theme.label(slot_name(slot))
        self.title.setWordWrap(True)
        self.value, self.low, self.high = QLineEdit(), QLineEdit(), QLineEdit()
        self.note, self.last = QLineEdit(), theme.label(role="muted")
        self.error = theme.label(role="error")
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        known = ANALYTES.get(slot.analyte)
        units = known.units if known else {}
        self.unit = OpenChoice({unit: unit for unit in units if unit})
        self.unit.setEnabled(known is None or any(units) or slot.analyte == OTHER)
        self._exact: dict[str, float] = {}
        """Numbers by the text that was shown for them: what nobody typed is not read anew."""
        self._name_fields()
        self._fill(slot.stored)
        self._filled = self._texts()
        self.changed.connect(lambda: self.say(""))
        self.value.textEdited.connect(lambda _text: self.changed.emit())
        self.value.editingFinished.connect(self._take_unit)
        self.unit.currentTextChanged.connect(lambda _text: self._follow_unit())
        for line in (self.low, self.high):
            line.textEdited.connect(lambda _text, line=line: self._own(line))

    def _name_fields(self) -> None:
        name = slot_name(self.slot)
        for field, what in (
            (self.value, ""), (self.unit, _("Unit")), (self.low, _("Lower limit")),
            (self.high, _("Upper limit")), (self.note, _("Note")),
        ):  # fmt: skip
            field.setAccessibleName(f"{name}, {what}" if what else name)
        self.title.setBuddy(self.value)
        for line in (self.value, self.low, self.high):
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setMaxLength(24)
        self.low.setPlaceholderText(_("min"))
        self.high.setPlaceholderText(_("max"))
        digit = self.value.fontMetrics().horizontalAdvance("0")
        for line, digits in ((self.value, 8), (self.low, 5), (self.high, 5)):
            line.setFixedWidth(digits * digit + theme.grid(2))
        self.unit.setFixedWidth(8 * digit + theme.grid(5))
        self.note.setMinimumWidth(12 * digit)

    def _fill(self, stored: Stored[LabResult] | None) -> None:
        if stored is None:
            self._remember(self._memory.of(self.slot))
            return
        value = stored.value
        self.value.setText(value.comparator.value + self._shown(value.value))
        self.note.setText(value.note)
        self.unit.set_value(value.unit)
        for line, limit in ((self.low, value.lower_limit), (self.high, value.upper_limit)):
            line.setText(self._shown(limit))

    def _shown(self, number: float | None) -> str:
        if number is None:
            return ""
        self._exact[written(number)] = number
        return written(number)

    def _texts(self) -> tuple[str, ...]:
        lines = (self.value, self.low, self.high, self.note)
        return (*(line.text().strip() for line in lines), self.unit.value().strip())

    # -- unit and limits

    def _remember(self, kept: Kept) -> None:
        """Show what was last, so that it is seen to be remembered and not typed."""
        self.unit.blockSignals(True)
        self.unit.set_value(kept.unit)
        self.unit.blockSignals(False)
        if kept.on is not None:
            told = _("As at the result of {day}").format(day=words.date(kept.on))
        else:
            told = _("As entered last in this clinic")
        for line, limit in ((self.low, kept.low), (self.high, kept.high)):
            line.setText(self._shown(limit))
            line.setToolTip(told if limit is not None else "")
            theme.retone(line, "remembered", limit is not None)

    def _own(self, line: QLineEdit) -> None:
        """From now on the limits are what somebody typed."""
        for each in (self.low, self.high):
            theme.retone(each, "remembered", False)
            each.setToolTip("")
        self.changed.emit()

    def _follow_unit(self) -> None:
        """Limits belong to their unit: those in another one go, unless it has its own."""
        kept = self._memory.of(self.slot, unit=self.unit.value())
        self._remember(kept)
        self.changed.emit()

    def _take_unit(self) -> None:
        """A unit written behind the value goes to its own field."""
        typed = None if self._is_wrong(self.value) else self._read(self.value)
        if typed is not None and typed.unit:
            self.value.setText(typed.comparator.value + written(typed.value))
            if typed.unit != self.unit.value():
                self.unit.set_value(typed.unit)
            self.changed.emit()

    # -- what is typed

    def is_empty(self) -> bool:
        """Whether no value is typed."""
        return not self.value.text().strip()

    def is_touched(self) -> bool:
        """Whether the row says something else than the record does."""
        if self.slot.stored is not None:
            return self._texts() != self._filled
        own = any(
            line.text().strip() and not line.property("remembered")
            for line in (self.low, self.high)
        )
        return not self.is_empty() or own or bool(self.note.text().strip())

    def draft(self, patient_id: int, on: dt.date) -> LabResult | None:
        """The result as far as it can be read; None where it cannot, or there is none."""
        try:
            return self.result(patient_id, on)
        except RecordError:
            return None

    def result(self, patient_id: int, on: dt.date) -> LabResult | None:
        """What the row says; None where it is empty. Raises RecordError for what does not fit."""
        stored, analyte = self.slot.stored, self.slot.analyte
        if stored is not None and not self.is_touched():
            return replace(stored.value, patient_id=patient_id, on=on)
        typed = self._read(self.value)
        if typed is None:
            return None
        unit = typed.unit or unit_typed(self.unit.value(), analyte)
        low, high = self._read(self.low), self._read(self.high)
        return LabResult(
            patient_id, on, analyte, typed.value, unit, self.slot.name, typed.comparator,
            low.value if low else None, high.value if high else None, self.note.text().strip(),
        )  # fmt: skip

    def _read(self, line: QLineEdit) -> LabReading | None:
        """What stands in the value or a limit. Raises RecordError for what does not fit there."""
        typed = read_lab(line.text(), self.slot.analyte)
        if typed is None:
            return None
        alone = typed.comparator is Comparator.EXACT and typed.unit in ("", self.unit.value())
        if line is not self.value and not alone:
            raise RecordError("record.not_a_quantity")
        exact = self._exact.get(line.text().strip().lstrip("<>"), typed.value)
        return replace(typed, value=exact)

    def _is_wrong(self, line: QLineEdit) -> bool:
        try:
            self._read(line)
        except RecordError:
            return True
        return False

    def let_go(self) -> None:
        """Keep what is typed, but no more as a change of a stored result: the day is another."""
        self.was, self.carried = self.slot.stored or self.was, True
        self.slot = Slot(self.slot.analyte, self.slot.name)

    def take_back(self, slot: Slot) -> None:
        """Be a change of the stored result again: the day is its own."""
        self.slot, self.carried = slot, False

    # -- saying and standing

    def count(self, number: int) -> None:
        """Which result of the day and analyte this is."""
        name = slot_name(self.slot)
        text = _("{name}, result {number}") if number > 1 else "{name}"
        self.title.setText(text.format(name=name, number=number))

    def show_last(self, last: Stored[LabResult] | None) -> None:
        """The result before this one, for the eye."""
        if last is None:
            self.last.setText("–")
            return
        day = words.date(last.value.on)
        self.last.setText(f"{value_text(last.value)} · {words.day_and_month(last.value.on)}")
        self.last.setToolTip(f"{value_text(last.value)}, {day}")

    def say(self, sentence: str, *, tone: str = "error", at: QLineEdit | None = None) -> None:
        """A sentence under the row, or nothing; an error is also shown at its field."""
        theme.retone(self.error, "role", tone)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        wrong = (at or self.value) if sentence and tone == "error" else None
        for line in (self.value, self.low, self.high):
            theme.retone(line, "invalid", line is wrong)

    def refuse(self, error: RecordError) -> QLineEdit:
        """Say what is wrong at the field that cannot be read, and return it."""
        lines = (self.value, self.low, self.high)
        line = next((line for line in lines if self._is_wrong(line)), self.value)
        alone = _("Write the limit as a number alone, in the unit of the value.")
        plain = explain(error) if line is self.value else alone
        self.say(doubt_about(line.text()) or plain, at=line)
        return line

    def lines(self) -> tuple[QWidget, ...]:
        """The fields from left to right."""
        return self.value, self.unit, self.low, self.high, self.note

    def stand(self, grid: QGridLayout, at: int) -> None:
        """Take the place `at` in the grid: two lines of it, the lower for the sentence."""
        cells: dict[int, QWidget] = {0: self.title, LAST: self.last}
        cells |= dict(zip((VALUE, UNIT, LOW, HIGH, NOTE), self.lines(), strict=True))
        for column, widget in cells.items():
            grid.addWidget(widget, 2 * at, column)
            widget.show()  # at once: a row just added takes the keyboard
        grid.addWidget(self.error, 2 * at + 1, VALUE, 1, NOTE)

    def leave(self) -> None:
        """Take every widget out of the form."""
        for widget in (self.title, self.last, self.error, *self.lines()):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self.deleteLater()
