"""Whose passphrase is asked: a list where this computer's account knows one, else a line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import link
from woundtrack.words import _

MOST_SHOWN = 6
"""Names beyond these are scrolled to."""


class UserChoice(QWidget):
    """A list of names, the last one first. A name that is not in it can be typed always."""

    chosen = Signal()
    """Enter, or a click: the passphrase is next."""
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.returnPressed.connect(self.chosen)
        self.line.textChanged.connect(self.changed)
        self.list = QListWidget()
        self.list.setProperty("names", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.currentRowChanged.connect(lambda _row: self.changed.emit())
        self.list.itemClicked.connect(lambda _item: self.chosen.emit())
        self.other = link("")
        self.other.clicked.connect(self._turn)
        self._names: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self.list)
        column.addWidget(self.line)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_list(False)

    def text(self) -> str:
        """The name chosen or typed."""
        item = self.list.currentItem()
        return item.text() if self.is_list and item is not None else self.line.text().strip()

    def set_text(self, name: str) -> None:
        """Choose this name, or type it where it is not in the list."""
        self.line.setText(name)
        self.list.setCurrentRow(self._names.index(name) if name in self._names else -1)
        self._show_list(bool(self._names) and (not name or name in self._names))

    def offer(self, names: Sequence[str], *, first: str = "") -> None:
        """Show these names, this one first and chosen; what is being typed is not taken away."""
        typed = self.text()
        self._names = tuple(sorted(names, key=lambda name: (name != first, name.casefold())))
        self.list.clear()
        self.list.addItems(list(self._names))
        rows = min(max(len(self._names), 1), MOST_SHOWN)
        height = self.list.sizeHintForRow(0) if self._names else theme.grid(4)
        self.list.setFixedHeight(rows * height + theme.grid())
        self.set_text(typed or (first if first in self._names else ""))

    @property
    def is_list(self) -> bool:
        """Whether the list is shown, and not the line."""
        return not self.list.isHidden()

    def _show_list(self, shown: bool) -> None:
        self.list.setVisible(shown)
        self.line.setVisible(not shown)
        self.other.setVisible(bool(self._names))
        self.other.setText(_("Type another name") if shown else _("Choose from the list"))
        self.setFocusProxy(self.list if shown else self.line)

    def _turn(self) -> None:
        to_line = self.is_list
        self.line.clear()
        self._show_list(not to_line)
        self.setFocus()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and self.list.currentRow() >= 0:
                self.chosen.emit()
                return True
        return super().eventFilter(watched, event)
