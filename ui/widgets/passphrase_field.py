"""A passphrase, hidden until one wants to see it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import icons, theme
from woundtrack.words import _


class PassphraseField(QWidget):
    """A passphrase line with show/hide, and a hint while Caps Lock seems to be on."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.line.installEventFilter(self)
        self._show = self.line.addAction(
            icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._show.setToolTip(_("Show or hide the passphrase"))
        self._show.triggered.connect(self._toggle)
        self.caps = theme.label(_("Caps Lock seems to be on."), role="warning")
        self.caps.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.grid(0.5))
        layout.addWidget(self.line)
        layout.addWidget(self.caps)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """The passphrase as typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            if len(text) == 1 and text.isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                # Qt does not tell the state of Caps Lock; case against Shift does.
                self.caps.setVisible(text.isupper() != shifted and text.upper() != text.lower())
        return super().eventFilter(watched, event)

    def set_shown(self, shown: bool) -> None:
        """Let it be read, or hide it."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._show.setIcon(icons.icon("eye-off" if shown else "eye"))

    def _toggle(self) -> None:
        self.set_shown(self.line.echoMode() == QLineEdit.EchoMode.Password)
