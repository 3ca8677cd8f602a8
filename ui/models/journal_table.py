"""Lines of the journal as a table: when, who, what, of which record, whose, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui import theme
from ui.models.record_words import action_name, kind_name, setting_name
from woundtrack import words
from woundtrack.store.journal_pages import JournalLine
from woundtrack.words import N_, _

COLUMNS = (
    N_("Entry"), N_("When"), N_("Who"), N_("Did"), N_("What"), N_("Number"), N_("Patient"),
    N_("Reason"),
)  # fmt: skip
ENTRY, WHEN, WHO, DID, WHAT, NUMBER, PATIENT, REASON = range(len(COLUMNS))
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_INDEX = QModelIndex | QPersistentModelIndex


class JournalTable(QAbstractTableModel):
    """One row a line, newest first. Patients stand by their codes, never by name."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[JournalLine] = []

    def show_lines(self, lines: Sequence[JournalLine]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def add_lines(self, lines: Sequence[JournalLine]) -> None:
        """Show these, which are older, below the others."""
        if lines:
            first = len(self.lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def rowCount(self, parent: _INDEX | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _INDEX | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (ENTRY, NUMBER):
            return _AT_RIGHT
        return _(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (ENTRY, NUMBER):
            return _AT_RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and column == REASON:
            return theme.tip(cell(line, REASON))
        return cell(line, column) if role == Qt.ItemDataRole.DisplayRole else None


def cell(line: JournalLine, column: int) -> str:
    """What a line says in a column."""
    entry = line.entry
    at = entry.at_utc.astimezone()
    return (
        words.number(entry.id, decimals=0),
        f"{words.date(at.date())} {words.time_of_day(at)}",
        line.user_name,
        action_name(entry.action),
        kind_name(entry.kind),
        "" if entry.record_id is None else str(entry.record_id),
        line.patient_code,
        setting_name(entry.reason) if entry.kind == "setting" else entry.reason,
    )[column]
