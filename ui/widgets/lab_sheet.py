"""The rows of a day's laboratory results: keys go down the values, arrows everywhere."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons, theme
from ui.models.lab_day import Memory, Slot, last_before, slot_name, slots_of
from ui.widgets.form import link
from ui.widgets.lab_row import LAST, LOW, NOTE, UNIT, VALUE, LabRow
from ui.widgets.open_choice import OpenChoice
from woundtrack.context.labs import ANALYTES, OTHER
from woundtrack.context.types import LabResult
from woundtrack.errors import RecordError
from woundtrack.records import Stored
from woundtrack.words import _


class LabSheet(QWidget):
    """A row an analyte, and a way to add one: a free one, or a second result of the day.

    Tab goes from value to value and to the units and limits last; arrows go to the neighbour.
    """

    changed = Signal()
    reached = Signal(QWidget)
    """A field that an arrow went to: it may have to be scrolled into view."""

    def __init__(self, labs: Sequence[Stored[LabResult]], *, memory: Memory) -> None:
        super().__init__()
        self._labs, self._memory = labs, memory
        self.on: dt.date | None = None
        self.rows: list[LabRow] = []
        self.come_from: tuple[QWidget, ...] = ()
        self.go_to: tuple[QWidget, ...] = ()
        """What stands before and after the values for the Tab key."""
        self._offered: dict[str, Slot] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.grid())
        self._grid.setVerticalSpacing(theme.grid(0.25))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(NOTE, 2)
        self._build_adding()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.grid(), 0)
        column.setSpacing(theme.grid())
        column.addLayout(self._grid)
        column.addWidget(self.adding)
        column.addStretch(1)
        self._put_heads()

    def _put_heads(self) -> None:
        for at, text, span in (
            (0, _("Analyte"), 1), (VALUE, _("Value"), 1), (UNIT, _("Unit"), 1),
            (LOW, _("Laboratory’s limits"), 2), (LAST, _("Last before"), 1), (NOTE, _("Note"), 1),
        ):  # fmt: skip
            label = theme.label(text, role="muted")
            if at == VALUE:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setWordWrap(span > 1)
            self._grid.addWidget(label, 0, at, 1, span)

    def _build_adding(self) -> None:
        self.name = OpenChoice({})
        typed = self.name.lineEdit()
        if typed is not None:
            typed.setPlaceholderText(_("Another analyte, or a second result"))
        self.name.setAccessibleName(_("Analyte to add"))
        self.name.installEventFilter(self)  # it has the keyboard, not the line inside
        self.add_button = link(_("Add the &row"))
        self.add_button.setIcon(icons.icon("plus", tone="accent"))
        self.add_button.clicked.connect(self.add)
        self.adding = QWidget()
        line = QHBoxLayout(self.adding)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.name)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.name.setMinimumWidth(theme.grid(40))

    # -- rows

    def show_day(self, on: dt.date | None) -> None:
        """The rows of a day. What somebody typed stays, beside what is recorded of that day.

        What corrected a result of this very day before another was looked at corrects it again.
        """
        kept = [row for row in self.rows if row.added or row.is_touched()]
        for row in self.rows:
            if row in kept:
                row.let_go()
            else:
                row.leave()
        self.on, self.rows = on, []
        for slot in slots_of(self._labs, on=on, used=self._memory.slots()):
            back = next((row for row in kept if row.was and row.was == slot.stored), None)
            if back is not None:
                back.take_back(slot)
                kept.remove(back)
                self.rows.append(back)
            elif slot.stored is not None or all(row.slot.key != slot.key for row in kept):
                self.rows.append(self._row(slot))
        for row in kept:
            self.rows.insert(self._end_of(row.slot.key), row)
        self._stand()

    def add(self) -> None:
        """Another row for what is chosen or written."""
        chosen = self.name.value()
        if not chosen:
            self.name.setFocus()
            return
        row = self._row(self._offered.get(chosen) or self._named(chosen))
        row.added = True
        self.rows.insert(self._end_of(row.slot.key), row)
        self.name.set_value("")
        self._stand()
        row.value.setFocus()
        self.changed.emit()

    def _named(self, text: str) -> Slot:
        """What is meant by a name: an analyte that is known by it, else a free one."""
        name = text.casefold()
        alike = (slot for slot in self._offered.values() if slot_name(slot).casefold() == name)
        return next(alike, Slot(OTHER, text))

    def _row(self, slot: Slot) -> LabRow:
        row = LabRow(slot, memory=self._memory, parent=self)
        row.changed.connect(self.changed)
        for field in row.lines():
            field.installEventFilter(self)
        return row

    def _end_of(self, key: tuple[str, str]) -> int:
        """Where a further row of an analyte goes: below those that it has, else last."""
        places = [at for at, row in enumerate(self.rows) if row.slot.key == key]
        return places[-1] + 1 if places else len(self.rows)

    def _stand(self) -> None:
        counts: Counter[tuple[str, str]] = Counter()
        for at, row in enumerate(self.rows, 1):
            counts[row.slot.key] += 1
            row.count(counts[row.slot.key])
            row.stand(self._grid, at)
            row.show_last(last_before(self._labs, row.slot, on=self.on))
        self.order()
        self._offer()

    def order(self) -> None:
        """Tab goes down the values, then to what follows, and to units and limits last."""
        values = [row.value for row in self.rows]
        beside = [field for row in self.rows for field in row.lines()[1:]]
        chain = [*self.come_from, *values, self.name, self.add_button, *self.go_to, *beside]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _offer(self) -> None:
        """What can be added: what has no row yet, then a second result of what has one."""
        shown = {row.slot.key: row.slot for row in self.rows}
        every = [Slot(key) for key in ANALYTES if key != OTHER]
        every += [slot for slot in self._memory.slots() if slot.analyte == OTHER]
        new = [slot for slot in every if slot.key not in shown]
        self._offered = {f"{slot.analyte}:{slot.name}": slot for slot in new}
        names = {key: slot_name(slot) for key, slot in self._offered.items()}
        for slot in shown.values():
            key = f"{slot.analyte}:{slot.name}"
            self._offered[key] = Slot(slot.analyte, slot.name)
            names[key] = _("{name}, a second result").format(name=slot_name(slot))
        self.name.offer(names)

    # -- what is typed

    def drafts(self, patient_id: int, on: dt.date) -> tuple[LabResult, ...]:
        """The results as far as they can be read by now."""
        found = (row.draft(patient_id, on) for row in self.rows)
        return tuple(result for result in found if result is not None)

    def results(self, patient_id: int, on: dt.date) -> list[tuple[LabRow, LabResult | None]] | None:
        """What each row says; None after a sentence was put at every row that is wrong."""
        found: list[tuple[LabRow, LabResult | None]] = []
        wrong: list[QLineEdit] = []
        for row in self.rows:
            row.say("")
            try:
                result = row.result(patient_id, on)
            except RecordError as error:
                wrong.append(row.refuse(error))
                continue
            found.append((row, result))
            if result is None and row.slot.stored is None and row.is_touched():
                row.say(_("There is no value. Write it, or take away what stands beside it."))
                wrong.append(row.value)
        if wrong:
            wrong[0].setFocus()
        return None if wrong else found

    def first_value(self) -> QWidget:
        """Where typing begins: the first value that is not there yet."""
        empty = [row.value for row in self.rows if row.is_empty()]
        return empty[0] if empty else self.rows[0].value

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go to the field beside, above or below; Enter adds the row that is named."""
        if event.type() is QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.name:
                if is_enter and self.name.value():
                    self.add()
                    return True
            elif isinstance(watched, QWidget) and self._go(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _go(self, field: QWidget, event: QKeyEvent) -> bool:
        at = next((i for i, row in enumerate(self.rows) if field in row.lines()), None)
        if at is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        column = self.rows[at].lines().index(field)
        key, is_line = event.key(), isinstance(field, QLineEdit)
        if is_line and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at += 1 if key == Qt.Key.Key_Down else -1
        elif key == Qt.Key.Key_Right and _at_end(field):
            column += 1
        elif key == Qt.Key.Key_Left and _at_start(field):
            column -= 1
        else:
            return False
        if 0 <= at < len(self.rows) and 0 <= column < len(self.rows[at].lines()):
            goal = self.rows[at].lines()[column]
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            self.reached.emit(goal)
        return True


def _line_of(field: QWidget) -> QLineEdit | None:
    inner = field.lineEdit() if isinstance(field, QComboBox) else field
    return inner if isinstance(inner, QLineEdit) else None


def _at_end(field: QWidget) -> bool:
    line = _line_of(field)
    return line is None or line.cursorPosition() == len(line.text())


def _at_start(field: QWidget) -> bool:
    line = _line_of(field)
    return line is None or line.cursorPosition() == 0 or line.selectedText() == line.text()
