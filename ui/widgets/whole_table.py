"""A table to read, not to type in: shown whole, gone through by arrows, told by ear."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QToolTip

from woundtrack.words import _

SPARE_PX = 2


class WholeTable(QTableWidget):
    """As tall as its rows: the page scrolls. Tab leaves.

    A subclass lays its rows and columns out in `fit`, and ends it with `take_height`.
    """

    def __init__(self, name: str, columns: Sequence[str] = ()) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([_(one) for one in columns])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for each in (header, self.verticalHeader()):
            each.setHighlightSections(False)

    def fit(self) -> None:
        """Lay rows and columns out for the width and the font in force."""
        self.take_height()

    def take_height(self) -> None:
        """Be as tall as the head and the rows, and the bar where they are wider than the table."""
        names, header = self.verticalHeader(), self.horizontalHeader()
        height = sum(self.rowHeight(row) for row in range(self.rowCount()))
        if (0 if names.isHidden() else names.width()) + header.length() > self.width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header.sizeHint().height() + height + SPARE_PX)

    def tell_beside(self, row: int, column: int) -> None:
        """Show a cell's tip under it, as the mouse would, where the table has the keyboard."""
        item = self.item(row, column)
        if item is not None and self.hasFocus():
            under = self.viewport().mapToGlobal(self.visualItemRect(item).bottomLeft())
            QToolTip.showText(under, item.toolTip(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
