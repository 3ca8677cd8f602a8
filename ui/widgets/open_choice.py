"""A choice that also takes free text: a key where a known name is chosen, else the text."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter

LEAST_LETTERS = 2


class OpenChoice(QComboBox):
    """Offers names by key. `value()` is the key of the name shown, else what was written.

    Where it `completes`, leaving it after the first letters of one name alone writes that name.
    """

    def __init__(
        self, names: Mapping[str, str], *, value: str = "", completes: bool = False
    ) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._names: dict[str, str] = {}
        self.offer(names)
        self.set_value(value)
        line = self.lineEdit()
        if completes and line is not None:
            line.editingFinished.connect(self._complete)

    def _complete(self) -> None:
        text = self.currentText().strip().casefold()
        found = [name for name in self._names.values() if name.casefold().startswith(text)]
        if len(text) >= LEAST_LETTERS and len(found) == 1:
            self.setCurrentText(found[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # else who scrolls the page changes an answer in passing

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer these, keeping what is written."""
        kept = self.value()
        self._names = dict(names)
        self.clear()
        self.addItems(list(self._names.values()))
        completer = QCompleter(list(self._names.values()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.set_value(kept)

    def value(self) -> str:
        """The key of the known name written here, else the text itself."""
        text = self.currentText().strip()
        for key, name in self._names.items():
            if name.casefold() == text.casefold():
                return key
        return text

    def set_value(self, value: str) -> None:
        """Show a key's name, or a text as it is."""
        text = self._names.get(value, value)
        # Else arrows, and the list that opens, would go on from what was chosen before.
        found = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if found >= 0:
            self.setCurrentIndex(found)
        self.setEditText(text)
