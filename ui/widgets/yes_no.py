"""A question answered yes, no, or not at all, by one key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from woundtrack.words import _

_NEXT = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class YesNo(QWidget):
    """Two buttons of which none is pressed where nobody asked.

    The first letter of yes or no answers and goes on; Backspace takes the answer away; the
    arrows go to the question above or below.
    """

    changed = Signal()
    left = Signal(int)
    """1 for the next question, -1 for the one before."""

    def __init__(self, value: bool | None, *, name: str) -> None:
        super().__init__()
        self._value = value
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        self.buttons: dict[bool, QPushButton] = {}
        for answer, text in ((True, _("Yes")), (False, _("No"))):
            button = QPushButton(text, checkable=True)
            button.setProperty("toggle", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, answer=answer: self._pressed(answer))
            self.buttons[answer] = button
            row.addWidget(button)
        self._show()

    def value(self) -> bool | None:
        """The answer; None where nobody asked."""
        return self._value

    def set_value(self, value: bool | None) -> None:
        """Answer so, and tell."""
        if value is not self._value:
            self._value = value
            self.changed.emit()
        self._show()

    def _pressed(self, answer: bool) -> None:
        """A second click takes an answer back."""
        self.setFocus()
        self.set_value(None if self._value is answer else answer)

    def _show(self) -> None:
        for answer, button in self.buttons.items():
            button.setChecked(self._value is answer)
        said = {True: _("Yes"), False: _("No"), None: _("not asked")}[self._value]
        self.setAccessibleDescription(said)

    def _mark(self, asked: bool) -> None:
        for button in self.buttons.values():
            theme.retone(button, "asked", asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = {button.text()[:1].casefold(): answer for answer, button in self.buttons.items()}
        typed = event.text().casefold()
        if typed and typed in letters:
            self.set_value(letters[typed])
            self.left.emit(1)
        elif event.key() in _CLEARING:
            self.set_value(None)
        elif event.key() in _NEXT and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.left.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.left.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._mark(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._mark(False)
        super().focusOutEvent(event)
