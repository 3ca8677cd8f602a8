"""What dialogs that show a table and close share."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _


class TableDialog(QDialog):
    """A banner, a table of texts, and Close."""

    def __init__(
        self, *, title: str, columns: Sequence[str], stretch: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.table = QTableWidget(0, len(columns))
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels(list(columns))
        self.table.verticalHeader().setVisible(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[theme.grid(2)] * 4)
        self.column.setSpacing(theme.grid(1.5))
        self.column.addWidget(self.banner)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.buttons)
        self.resize(theme.text_grid(100), theme.grid(65))

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows instead."""
        self.table.setRowCount(0)
        self.add_rows(rows)

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows below the others."""
        for texts in rows:
            row = self.table.rowCount()
            self.table.insertRow(row)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()

    def chosen_row(self) -> int | None:
        """The row chosen, if any."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def show_failure(self, error: Exception) -> None:
        """One sentence above the table."""
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")

    def nothing(self, text: str) -> None:
        """Say why the table is empty."""
        self.banner.say(text or _("Nothing here."), tone="neutral")
