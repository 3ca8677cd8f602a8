"""The passphrase that an administrator gives someone, who replaces it at the first sign-in."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.words import _


class GivenPassphrase(QWidget):
    """A passphrase line, and one proposed in plain sight: it is to be read out."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PassphraseField()
        self.line = self.field.line
        self.propose = QPushButton(_("Propose one"))
        self.propose.setAutoDefault(False)
        self.propose.clicked.connect(self._fill)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid())
        row.addWidget(self.field, 1)
        row.addWidget(self.propose)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """The passphrase."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self.field.set_shown(False)

    def _fill(self) -> None:
        from woundtrack.store.recovery import new_first_passphrase

        self.line.setText(new_first_passphrase())
        self.field.set_shown(True)
