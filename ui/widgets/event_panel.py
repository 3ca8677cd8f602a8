"""A patient's events, the latest first; it writes nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.models.event_rows import EventRow, event_rows
from ui.widgets.form import link
from ui.widgets.two_lines import DETAILS_ROLE, TwoLines
from woundtrack.records import PatientHistory
from woundtrack.words import _


class EventPanel(QWidget):
    """Two lines an event: what, and when. Enter or a double click opens one."""

    add_requested = Signal()
    event_requested = Signal(object)
    """The Stored[ClinicalEvent] to edit."""
    death_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[EventRow, ...] = ()
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setAccessibleName(_("Events"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        self.empty = theme.label(role="muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add = link(_("Add event…"))
        self.add.setIcon(icons.icon("plus", tone="accent"))
        self.add.clicked.connect(self.add_requested)
        head = QHBoxLayout()
        head.addWidget(self.empty, 1)
        head.addStretch()
        head.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addStretch()
        self._read_only = False

    def set_history(self, history: PatientHistory | None) -> None:
        """Show a patient's events; the one chosen stays chosen."""
        kept = self._chosen()
        self.rows = event_rows(history) if history else ()
        self.list.clear()
        for at, row in enumerate(self.rows):
            item = QListWidgetItem(icons.icon(row.icon, tone="muted"), row.text, self.list)
            item.setData(DETAILS_ROLE, row.details)
            item.setToolTip(f"{row.text}\n{row.details}")
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.details)
            if kept is not None and row.event is not None and row.event.id == kept:
                self.list.setCurrentRow(at)
        self.list.setVisible(bool(self.rows))
        self._say()

    def set_read_only(self, read_only: bool) -> None:
        """Show without offering."""
        self._read_only = read_only
        self.add.setVisible(not read_only)
        self._say()

    def _say(self) -> None:
        text = _("No event noted.")
        if not self._read_only:
            text = _(
                "No event noted. Biopsies, infections, adverse events, amputations and hospital "
                "stays show in the chart."
            )
        self.empty.setText(text)
        self.empty.setVisible(not self.rows)

    def _chosen(self) -> int | None:
        at = self.list.currentRow()
        event = self.rows[at].event if 0 <= at < len(self.rows) else None
        return event.id if event else None

    def _open(self, item: QListWidgetItem) -> None:
        event = self.rows[self.list.row(item)].event
        if self._read_only:
            return
        if event is None:
            self.death_requested.emit()
        else:
            self.event_requested.emit(event)
