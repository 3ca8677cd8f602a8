"""The published endpoints as a table, read by eye, by arrows and by ear."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QTableWidgetItem,
)

from ui import theme
from ui.widgets.whole_table import WholeTable
from woundtrack.cohort.methods import DIFFERENCE
from woundtrack.report.cohort_text import COLUMNS, DASH, NEITHER, CohortRow
from woundtrack.words import _, labelled

BESIDE = 3
"""Steps of the grid that a cell keeps free beside its text, with some to spare."""
PADDING_PX = 18
"""What the style keeps free of it at the least."""
LEAST_NAME = 18
"""Steps of the grid that the endpoints' names have at the least; they may take several lines."""


class EndpointTable(WholeTable):
    """A row an endpoint, as tall as its rows: the page scrolls.

    Arrows go from cell to cell and tell how it is computed, as the mouse does. Enter or a double
    click on a count asks for its patients; Tab leaves.
    """

    people_requested = Signal(str, str)
    """What the patients are, and whose: the key of a group."""
    copy_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Published endpoints"), COLUMNS)
        self._rows: tuple[CohortRow, ...] = ()
        self.horizontalHeaderItem(len(COLUMNS) - 1).setToolTip(theme.tip(_(DIFFERENCE)))
        self.verticalHeader().setVisible(False)
        self.setAlternatingRowColors(True)
        self.currentCellChanged.connect(lambda row, column, *_was: self.tell_beside(row, column))
        self.cellDoubleClicked.connect(self._ask)

    def show_rows(self, rows: Sequence[CohortRow]) -> None:
        """Show these endpoints instead; the cell that has the keyboard keeps it."""
        row, column = self.currentRow(), self.currentColumn()
        self._rows = tuple(rows)
        self.clearSpans()
        self.setRowCount(len(rows))
        for place, each in enumerate(rows):
            for column_, item in enumerate(_items(each)):
                self.setItem(place, column_, item)
            if not each.cells:
                self.setSpan(place, 0, 1, len(COLUMNS))
        if 0 <= row < len(rows):
            self.setCurrentCell(row, column)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the patients of a count, Ctrl+C for a copy of the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self.fit)  # once the head has the font as well

    def _ask(self, row: int, column: int) -> None:
        if not 0 <= row < len(self._rows) or not 0 < column <= len(self._rows[row].cells):
            return
        people = self._rows[row].cells[column - 1].people
        if people:
            name = _("In neither group") if people == NEITHER else _(COLUMNS[column])
            self.people_requested.emit(name, people)

    def fit(self) -> None:
        """Names take what the figures leave; where that is little, figures take more lines."""
        self._write(narrow=False)
        widths = self._widths()
        if sum(widths) - widths[0] + theme.grid(LEAST_NAME) > self.width():
            self._write(narrow=True)
            widths = self._widths()
        figures = sum(widths[1:])
        name = max(theme.grid(LEAST_NAME), min(widths[0], self.width() - figures))
        spare = max(0, self.width() - figures - name)
        each = spare // len(COLUMNS)
        header = self.horizontalHeader()
        header.resizeSection(0, name + spare - each * (len(COLUMNS) - 1))
        for column, width in enumerate(widths[1:], 1):
            header.resizeSection(column, width + each)
        for row in range(self.rowCount()):
            self.setRowHeight(row, self._height_of(row))
        self.take_height()

    def _write(self, *, narrow: bool) -> None:
        for row, one in enumerate(self._rows):
            for column, cell in enumerate(one.cells, 1):
                text = "\n".join(cell.lines)
                if narrow:
                    text = text.replace(" (", "\n(").replace(" · ", "\n")
                self.item(row, column).setText(text)

    def _widths(self) -> list[int]:
        return [self._widest(column) for column in range(len(COLUMNS))]

    def _height_of(self, row: int) -> int:
        """Of all its texts; Qt asks for too little where one wraps within the style's padding."""
        name = self.item(row, 0)
        last = 1 if self._rows[row].cells else len(COLUMNS)
        width = sum(self.columnWidth(column) for column in range(last)) - PADDING_PX
        wraps = Qt.TextFlag.TextWordWrap
        box = QFontMetrics(name.font()).boundingRect(QRect(0, 0, width, 10_000), wraps, name.text())
        texts = [self.item(row, column).text() for column in range(last, len(COLUMNS))]
        lines = max((text.count("\n") + 1 for text in texts), default=1)
        return max(box.height(), lines * self.fontMetrics().lineSpacing()) + theme.grid()

    def _widest(self, column: int) -> int:
        """How wide a column's texts are, those of headings apart: these have the whole line."""
        metrics = self.fontMetrics()
        lines = [
            metrics.horizontalAdvance(line)
            for row, each in enumerate(self._rows)
            if each.cells
            for line in self.item(row, column).text().split("\n")
        ]
        widest = max(lines, default=0) + theme.grid(BESIDE)
        return max(self.horizontalHeader().sectionSizeHint(column), widest)


def _items(row: CohortRow) -> list[QTableWidgetItem]:
    name = QTableWidgetItem(row.name)
    name.setToolTip(theme.tip(row.method))
    name.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.method)
    if not row.cells:
        name.setFont(theme.font(bold=True))
    items = [name]
    for column, cell in enumerate(row.cells, 1):
        item = QTableWidgetItem("\n".join(cell.lines))
        item.setToolTip(theme.tip(*cell.tip))
        said = labelled(f"{row.name}, {_(COLUMNS[column])}", ", ".join(cell.lines) or DASH)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, " ".join(cell.tip))
        items.append(item)
    for item in items:
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return items
