"""A sentence that stands where it belongs, with what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow import FlowLayout


class Banner(QFrame):
    """A coloured strip: text, perhaps a picture, and buttons. `tone` as a theme chip's."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "warning",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        picture: QPixmap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", tone)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.grid(1.5), theme.grid(), theme.grid(), theme.grid())
        self._row.setSpacing(theme.grid(1.5))
        if picture is not None and not picture.isNull():
            image = QLabel()
            image.setPixmap(picture)
            self._row.addWidget(image, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout()
        column.setSpacing(theme.grid())
        self.label = QLabel(text, wordWrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.label)
        self._row.addLayout(column, 1)
        self.buttons: list[QPushButton] = []
        self._flow: FlowLayout | None = None
        for words, action in actions:
            self.add_action(words, action)

    def say(self, text: str, *, tone: str | None = None) -> None:
        """Show this text, or hide where it is empty."""
        if tone:
            theme.retone(self, "banner", tone)
        self.label.setText(text)
        self.setVisible(bool(text))

    def add_button(self, text: str) -> QPushButton:
        """A way out at the end of the line."""
        button = QPushButton(text)
        self._row.addWidget(button)
        return button

    def add_action(self, words: str, action: Callable[[], object]) -> QPushButton:
        """One more button at the end of those beneath the text."""
        button = QPushButton(words)
        button.clicked.connect(lambda: action())
        self.add_widget(button)
        self.buttons.append(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Put a field beside the buttons."""
        if self._flow is None:
            self._flow = FlowLayout()
            self._column.addLayout(self._flow)
        self._flow.addWidget(widget)


class ErrorStrip(Banner):
    """One failure at a time, dismissed by its button or by the next success."""

    dismissed = Signal()

    def __init__(self, *, dismiss: str, parent: QWidget | None = None) -> None:
        super().__init__("", tone="danger", actions=[(dismiss, self._dismiss)], parent=parent)
        self.hide()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
