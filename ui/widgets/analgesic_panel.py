"""A patient's analgesics, those that are taken now first, under what they come to today."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.models.analgesic_rows import AnalgesicRow, day_total, rows_of, table_tip, table_told
from ui.widgets.date_field import today
from ui.widgets.flow import FlowLayout
from ui.widgets.form import link
from ui.widgets.whole_table import WholeTable
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import PatientHistory, Stored
from woundtrack.words import N_, _, labelled

COLUMNS = (
    N_("Analgesic"), N_("Dose and route"), N_("From"), N_("To"), N_("Oral morphine\na day"),
)  # fmt: skip
NAME_LETTERS = 16
_FIGURE = len(COLUMNS) - 1


class AnalgesicTable(WholeTable):
    """A row an analgesic, as tall as its rows: the page scrolls. Enter opens one."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(_("Analgesics"), COLUMNS)
        self.rows: tuple[AnalgesicRow, ...] = ()
        self.verticalHeader().setVisible(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.horizontalHeaderItem(_FIGURE).setTextAlignment(_right())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_rows(self, rows: tuple[AnalgesicRow, ...]) -> None:
        """Show these; the one chosen stays chosen, else it is the first."""
        kept = self.chosen()
        self.rows = rows
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(row.tip)
                said = labelled(" ".join(_(COLUMNS[column]).split()), text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.tip)
                if column == _FIGURE:
                    item.setTextAlignment(_right())
                self.setItem(at, column, item)
        ids = [row.use.id for row in rows]
        if ids:
            self.selectRow(ids.index(kept.id) if kept is not None and kept.id in ids else 0)
        self._paint()
        self.fit()

    def chosen(self) -> Stored[AnalgesicUse] | None:
        """The analgesic of the chosen row, if any."""
        found = self.selectionModel().selectedRows()
        return self.rows[found[0].row()].use if found else None

    def _paint(self) -> None:
        """What is taken now stands out; what has ended stands back."""
        colours = theme.tokens()
        for at, row in enumerate(self.rows):
            for column in range(self.columnCount()):
                item = self.item(at, column)
                item.setForeground(QColor(colours.text if row.running else colours.muted))
                item.setFont(theme.font(bold=row.running and column == 0))

    def fit(self) -> None:
        """The names take what the others leave."""
        self.resizeColumnsToContents()
        left = self.width() - sum(self.columnWidth(each) for each in range(1, len(COLUMNS)))
        least = self.fontMetrics().horizontalAdvance("0" * NAME_LETTERS) + theme.grid(2)
        # Where that is little they wrap; where even so it is too little, it scrolls.
        self.setColumnWidth(0, max(left, min(self.columnWidth(0), least)))
        self.resizeRowsToContents()
        self.take_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint()
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class AnalgesicPanel(QWidget):
    """The day's total with its caveats, the acts, and the list; it writes nothing itself."""

    add_requested = Signal()
    use_requested = Signal(object)
    """The Stored[AnalgesicUse] to edit."""
    change_requested = Signal(object)
    """The Stored[AnalgesicUse] to give another dose."""

    def __init__(self) -> None:
        super().__init__()
        self._read_only = False
        self.total = theme.label(role="heading")
        self.why, self.told = theme.label(role="warning"), theme.label(role="muted")
        self.empty = theme.label(role="muted")
        for label in (self.total, self.why, self.told, self.empty):
            label.setWordWrap(True)
        self.table = AnalgesicTable()
        self.table.opened.connect(self._open)
        self.table.itemSelectionChanged.connect(self._offer)
        self.add, self.change = link(_("Add analgesic…")), link(_("Another dose from…"))
        self.add.setIcon(icons.icon("plus", tone="accent"))
        self.change.setIcon(icons.icon("pencil", tone="accent"))
        self.add.clicked.connect(self.add_requested)
        self.change.clicked.connect(self._change)
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in (self.add, self.change):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid(0.5))
        for part in (self.total, self.why, self.told, self.empty, ways, self.table):
            column.addWidget(part)
        column.addStretch(1)
        self.set_read_only(False)

    def set_history(self, history: PatientHistory | None) -> None:
        """Show a patient's analgesics; after death none goes on."""
        uses = history.analgesics if history else ()
        day, died_on = today(), history.patient.value.died_on if history else None
        total = day_total([use.value for use in uses], day=day)
        self.total.setText(total.text if died_on is None else "")
        self.why.setText("\n".join(total.why))
        self.told.setText(table_told())
        self.told.setToolTip(table_tip())
        self.table.show_rows(rows_of(uses, day=day, died_on=died_on))
        for part in (self.total, self.told, self.table):
            part.setVisible(bool(uses))
        self.why.setVisible(bool(total.why) and died_on is None)
        self.empty.setVisible(not uses)
        self._offer()

    def set_read_only(self, read_only: bool) -> None:
        """Show without offering."""
        self._read_only = read_only
        self.add.setVisible(not read_only)
        self.empty.setText(
            _("No analgesic noted.")
            if read_only
            else _(
                "No analgesic noted. Add each as it is really taken; another dose is another row."
            )
        )
        self._offer()

    def _offer(self) -> None:
        self.change.setVisible(bool(self.table.rows) and not self._read_only)
        self.change.setEnabled(self.table.chosen() is not None)

    def _open(self) -> None:
        use = self.table.chosen()
        if use is not None and not self._read_only:
            self.use_requested.emit(use)

    def _change(self) -> None:
        use = self.table.chosen()
        if use is not None:
            self.change_requested.emit(use)


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
