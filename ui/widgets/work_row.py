"""A button for work that takes a while; progress with cancel takes its place meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui import icons, theme
from woundtrack.words import _


class WorkRow(QWidget):
    """`button` begins the work and `stop` gives it up; the keyboard stays where it is."""

    def __init__(
        self, text: str, *, icon: str, at_work: str, parent: QWidget | None = None
    ) -> None:
        """`at_work` names the progress to screen readers."""
        super().__init__(parent)
        self.button = theme.button(text, icon=icons.icon(icon))
        self.stop = QPushButton(_("Cancel"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(theme.grid())
        self.bar.setAccessibleName(at_work)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.button, self.bar, self.stop):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(widget)
        self.show_work(False)

    def rename(self, text: str) -> None:
        """Give the button other words, with room between them and its icon."""
        self.button.setText(f" {text}")

    def show_work(self, at_work: bool) -> None:
        """Show the button, or that its work is under way."""
        self.button.setVisible(not at_work)
        self.bar.setVisible(at_work)
        self.stop.setVisible(at_work)
