"""The backups in a place, newest first, as a table of which one can be chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui import icons, theme
from ui.models.backup_words import moment
from woundtrack import words
from woundtrack.backup.text import megabytes
from woundtrack.backup.types import Backup
from woundtrack.words import _


class BackupTable(QTableWidget):
    """Day and time, photos, size, and what is known of its soundness or whose it is."""

    def __init__(self, *, last_column: str) -> None:
        titles = (_("Made"), _("Photos"), _("Size"), last_column)
        super().__init__(0, len(titles))
        self.backups: tuple[Backup, ...] = ()
        self.setAccessibleName(_("Backups"))
        self.setHorizontalHeaderLabels(list(titles))
        self.verticalHeader().setVisible(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_backups(
        self, backups: Sequence[Backup], last: Mapping[str, str], *, icons_of: Mapping[str, str]
    ) -> None:
        """Show these; `last` and `icons_of` by id are the last column's words and icons."""
        before = self.chosen()
        self.backups = tuple(backups)
        self.setRowCount(len(self.backups))
        for row, backup in enumerate(self.backups):
            size = words.with_unit(megabytes(backup.byte_count), _("MB"))
            texts = (moment(backup), words.number(backup.photos, decimals=0), size)
            for column, text in enumerate((*texts, last.get(backup.id, ""))):
                item = QTableWidgetItem(text)
                item.setToolTip(theme.tip(text))
                self.setItem(row, column, item)
            name = icons_of.get(backup.id)
            if name:
                tone = "danger" if name == "octagon-alert" else "ok"
                item.setIcon(icons.icon(name, tone=tone))
        if before in self.backups:
            self.selectRow(self.backups.index(before))

    def chosen(self) -> Backup | None:
        """The backup chosen, if any."""
        rows = self.selectionModel().selectedRows()
        return self.backups[rows[0].row()] if rows else None
