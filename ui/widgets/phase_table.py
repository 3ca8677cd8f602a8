"""The phases of each therapy as a table, read by eye, by arrows and by ear."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QTableWidgetItem,
)

from ui import theme
from ui.widgets.whole_table import WholeTable
from woundtrack.words import N_, _, labelled

if TYPE_CHECKING:
    from woundtrack.report.healing_text import PhaseRow, TherapyBlock

COLUMNS = (
    N_("Phase"), N_("Days and visits"), N_("Area per week\n(95 % interval)"),
    N_("Against before\n(95 % interval)"),
)  # fmt: skip
RATE, DIFFERENCE = 2, 3
BESIDE = 3
"""Steps of the grid that a cell keeps free beside its text, with some to spare."""


class PhaseTable(WholeTable):
    """A heading row for each therapy, then its phases; as tall as its rows: the page scrolls.

    Arrows go from cell to cell and show what a figure rests on, as the mouse does; Tab leaves.
    """

    def __init__(self) -> None:
        super().__init__(_("Healing by therapy"), COLUMNS)
        self._wide: dict[int, int] = {}
        """By row, the column from which one text goes to the end."""
        self.verticalHeader().setVisible(False)
        self.currentCellChanged.connect(lambda row, column, *_was: self.tell_beside(row, column))

    def set_blocks(self, blocks: Sequence["TherapyBlock"]) -> None:
        """Show these therapies instead."""
        self.clearSpans()
        self.setRowCount(0)
        self._wide = {}
        for block in blocks:
            head = QTableWidgetItem(block.title)
            head.setFont(theme.font(bold=True))
            self._add([head])
            for row in block.rows:
                self._add(_items(block, row), wide_from=RATE if row.refused else None)
            self._widen(self.rowCount() - len(block.rows) - 1, 0)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            for row in (row for row, column in self._wide.items() if column == 0):
                self.item(row, 0).setFont(theme.font(bold=True))
            QTimer.singleShot(0, self, self.fit)  # once the head has the font as well

    def _add(self, items: list[QTableWidgetItem], *, wide_from: int | None = None) -> None:
        at = self.rowCount()
        self.insertRow(at)
        for column, item in enumerate(items):
            self.setItem(at, column, item)
        if wide_from is not None:
            self._widen(at, wide_from)

    def _widen(self, row: int, column: int) -> None:
        self._wide[row] = column
        self.setSpan(row, column, 1, len(COLUMNS) - column)

    def fit(self) -> None:
        """Share the width out, then make each row as tall as its texts."""
        self._share_width()
        self.resizeRowsToContents()
        for row, column in self._wide.items():
            # Qt takes a text that goes over several columns to be as narrow as its first.
            self.setRowHeight(row, max(self._height_of(row, c) for c in range(column + 1)))
        self.take_height()

    def _share_width(self) -> None:
        """The figures take what the others leave, but none less than it needs: no text is cut."""
        header = self.horizontalHeader()
        least = [max(header.sectionSizeHint(c), *self._widths(c)) for c in range(len(COLUMNS))]
        left = self.width() - sum(least[:RATE])
        for column, width in enumerate(least):
            header.resizeSection(column, width if column < RATE else max(width, left // 2))

    def _widths(self, column: int) -> list[int]:
        """Of the texts that stand in this column alone, and 0."""
        metrics = self.fontMetrics()
        return [0] + [
            metrics.horizontalAdvance(line) + theme.grid(BESIDE)
            for row in range(self.rowCount())
            if self._wide.get(row, len(COLUMNS)) > column
            for line in self.item(row, column).text().split("\n")
        ]

    def _height_of(self, row: int, column: int) -> int:
        last = len(COLUMNS) if column == self._wide[row] else column + 1
        width = sum(self.columnWidth(each) for each in range(column, last)) - theme.grid(BESIDE)
        item = self.item(row, column)
        space = QRect(0, 0, width, 10_000)
        lines = QFontMetrics(item.font()).boundingRect(space, Qt.TextFlag.TextWordWrap, item.text())
        return lines.height() + theme.grid()


def _items(block: "TherapyBlock", row: "PhaseRow") -> list[QTableWidgetItem]:
    texts = (row.phase, row.time, row.rate, row.difference)
    tips = ("", "", row.rate_tip, row.difference_tip)
    made = []
    for column, (text, tip) in enumerate(zip(texts, tips, strict=True)):
        item = QTableWidgetItem(text)
        item.setToolTip(tip)
        name = " ".join(_(COLUMNS[column]).split())
        said = labelled(f"{block.title}, {row.phase}, {name}", ", ".join(text.split("\n")))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)
        made.append(item)
    return made
