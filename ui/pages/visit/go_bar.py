"""The foot of the visit page: what the step lacks, and the one way on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from woundtrack import words
from woundtrack.words import _


class GoBar(QWidget):
    """A sentence and a button; Enter anywhere on the page does the same."""

    go_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(2), theme.grid())
        self.missing = theme.label(role="muted")
        self.missing.setWordWrap(True)
        self.button = theme.primary(QPushButton())
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.go_wanted)
        row.addWidget(self.missing, 1)
        row.addWidget(self.button)

    def show_step(self, missing: Sequence[str], *, go_text: str) -> None:
        """Name what is missing, and what the button does."""
        self.missing.setText(
            _("Missing: {what}").format(what=words.apart(missing)) if missing else ""
        )
        self.button.setText(go_text + "   ⏎")
