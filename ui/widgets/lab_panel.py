"""A patient's laboratory results by day: read, opened and copied from here."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.models.lab_table import LabCell, LabLine, LabTable, lab_table
from ui.widgets.flow import FlowLayout
from ui.widgets.form import link
from ui.widgets.whole_table import WholeTable
from woundtrack import words
from woundtrack.context.types import LabResult
from woundtrack.records import PatientHistory, Stored
from woundtrack.words import _, labelled

NAME_SHARE = 0.42
"""The most of the width that the names take; what is cut even then is told by the tip."""


class LabGrid(WholeTable):
    """Rows by analyte, days newest first; as tall as its rows: the page scrolls.

    Arrows go from cell to cell, Enter or a double click opens the day, Ctrl+C copies.
    """

    day_chosen = Signal(object)
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Laboratory results"))
        self.shown = LabTable()
        self.setAlternatingRowColors(True)
        names = self.verticalHeader()
        names.setStyleSheet(
            "QHeaderView::section { font-weight: normal; border: 0; background: transparent; }"
        )
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self._open(index.column()))
        self.horizontalHeader().sectionDoubleClicked.connect(self._open)

    def show_table(self, table: LabTable) -> None:
        """Show these results instead."""
        self.shown = table
        self.clear()
        self.setRowCount(len(table.lines))
        self.setColumnCount(1 + len(table.days))
        days = [words.date(day) for day in table.days]
        short = [f"{words.day_and_month(day)}\n{day.year}" for day in table.days]
        self.setHorizontalHeaderLabels([_("Limits"), *short])
        self.horizontalHeaderItem(0).setToolTip(_("The laboratory’s own, of the newest result"))
        for row, line in enumerate(table.lines):
            self._put(row, line, days)
        self.resizeColumnsToContents()
        self.fit()

    def _put(self, row: int, line: LabLine, days: list[str]) -> None:
        head = QTableWidgetItem(line.name)
        head.setToolTip(line.name)
        self.setVerticalHeaderItem(row, head)
        cells = (LabCell(line.limits), *line.cells)
        for column, (cell, of) in enumerate(zip(cells, (_("Limits"), *days), strict=True)):
            item = QTableWidgetItem(cell.text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(cell.tip)
            said = labelled(f"{line.name}, {of}", cell.text.replace("\n", ", "))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, cell.tip)
            self.setItem(row, column, item)
        self._paint(row)

    def _paint(self, row: int) -> None:
        """Colour says again what the arrow says; derived figures and limits stand back."""
        colours = theme.tokens()
        line = self.shown.lines[row]
        for column in range(self.columnCount()):
            flag = line.cells[column - 1].flag if column else 0
            quiet = line.derived or column == 0
            item = self.item(row, column)
            tone = {1: colours.danger, -1: colours.accent}.get(flag)
            item.setForeground(QColor(tone or (colours.muted if quiet else colours.text)))
            font = theme.font(bold=bool(flag))
            font.setItalic(line.derived)
            item.setFont(font)

    def day_at(self, column: int) -> dt.date | None:
        """The day of a column; None of that with the limits."""
        return self.shown.days[column - 1] if column > 0 else None

    def _open(self, column: int) -> None:
        day = self.day_at(column)
        if day is not None:
            self.day_chosen.emit(day)

    def fit(self) -> None:
        """Names as wide as they need, rows as tall."""
        names = self.verticalHeader()
        names.setFixedWidth(self._name_width())
        self.resizeRowsToContents()
        self.take_height()

    def _name_width(self) -> int:
        """As wide as the widest name; one that would take too much goes on in a second line."""
        width_of = self.verticalHeader().fontMetrics().horizontalAdvance
        most = max(theme.grid(20), int(NAME_SHARE * self.width())) - theme.grid(3)
        widest = 0
        for row, line in enumerate(self.shown.lines):
            lines = _wrapped(line.name, lambda text: width_of(text) <= most)
            head = self.verticalHeaderItem(row)
            if head is not None:  # else the table is being made
                head.setText("\n".join(lines))
            widest = max(widest, *map(width_of, lines))
        return min(widest, most) + theme.grid(3)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(40), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for row in range(self.rowCount()):
                self._paint(row)
            self.resizeColumnsToContents()
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentColumn())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


class LabPanel(QWidget):
    """The table with its acts above; without results it says how they are entered."""

    day_requested = Signal(object)
    """The day to open, or None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self._read_only = False
        self._labs: tuple[Stored[LabResult], ...] | None = None
        self._is_shown = False
        self.grid = LabGrid()
        self.grid.day_chosen.connect(self._ask)
        self.grid.copy_wanted.connect(self.copy)
        self.legend = theme.label(role="muted")
        self.legend.setWordWrap(True)
        self.empty = theme.label(role="muted")
        self.empty.setWordWrap(True)
        self.add, self.copy_button = link(_("Add results…")), link(_("Copy"))
        self.add.setIcon(icons.icon("plus", tone="accent"))
        self.copy_button.setIcon(icons.icon("copy", tone="accent"))
        self.copy_button.setToolTip(_("Copy the table, for a letter or a spreadsheet"))
        self.add.clicked.connect(lambda: self._ask(None))
        self.copy_button.clicked.connect(self.copy)
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in (self.add, self.copy_button):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid(0.5))
        for part in (self.empty, self.legend, ways, self.grid):
            column.addWidget(part)
        column.addStretch(1)
        self.set_read_only(False)

    def set_history(self, history: PatientHistory | None) -> None:
        """Show a patient's results: at once, or when the panel is turned to."""
        labs = history.labs if history else ()
        if labs is not self._labs:  # another lesion of the same patient changes nothing here
            self._labs, self._is_shown = labs, False
            self._show_results()

    def showEvent(self, event: QShowEvent) -> None:
        self._show_results()
        super().showEvent(event)

    def _show_results(self) -> None:
        """Hundreds of results are a table to make, and opening a patient waits for none of it."""
        if self._is_shown or not self.isVisible():
            return
        self._is_shown = True
        table = lab_table(self._labs or ())
        self.grid.show_table(table)
        for part in (self.grid, self.legend, self.copy_button):
            part.setVisible(bool(table.lines))
        self.empty.setVisible(not table.lines)

    def set_read_only(self, read_only: bool) -> None:
        """Show without offering."""
        self._read_only = read_only
        self.add.setVisible(not read_only)
        self.empty.setText(
            _("No laboratory results yet.")
            if read_only
            else _("No laboratory results yet. Ctrl+R, or Add results, asks for those of a day.")
        )
        legend, way = _("↑ above, ↓ below the laboratory’s own limits."), _("Enter opens a day.")
        self.legend.setText(legend if read_only else f"{legend} {way}")

    def copy(self) -> None:
        """The whole table to the clipboard; it names no patient."""
        QGuiApplication.clipboard().setText(self.grid.shown.as_text())

    def _ask(self, day: dt.date | None) -> None:
        if not self._read_only:
            self.day_requested.emit(day)


def _wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in lines that fit, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
