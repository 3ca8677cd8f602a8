"""The look that sign-in and set-up share: one card in the middle of a quiet page."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.form import card
from woundtrack.words import _


class GatePage(QScrollArea):
    """A page before anyone is signed in; `column` is the inside of its card."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget()
        outer = QHBoxLayout(inside)
        frame, self.column = card(margins=4)
        frame.setFixedWidth(theme.text_grid(62))
        self.column.setSpacing(theme.grid(1.5))
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addWidget(frame)
        middle.addStretch(3)
        outer.addLayout(middle)
        outer.addStretch(1)
        self._notice: QWidget | None = None
        self._mark = QLabel()
        self._show_mark()
        name = theme.label("woundtrack", role="title")
        head = QHBoxLayout()
        head.setSpacing(theme.grid())
        head.addWidget(self._mark)
        head.addWidget(name)
        head.addStretch(1)
        self.column.addLayout(head)
        self.setWidget(inside)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._show_mark()
        super().changeEvent(event)

    def _show_mark(self) -> None:
        ratio = self.devicePixelRatio()
        self._mark.setPixmap(icons.pixmap(icons.PROGRAM, size_px=32, tone="accent", ratio=ratio))

    def tell(self, notice: QWidget | None) -> None:
        """Show a notice beneath the name, in the place of an earlier one, or none."""
        if self._notice is not None:
            self.column.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        if notice is not None:
            self.column.insertWidget(1, notice)

    def add_promise(self) -> None:
        """The line at the foot that says what the program is not."""
        line = theme.label(
            _("Nothing leaves this computer unless someone exports it. Not a medical device."),
            role="muted",
        )
        line.setWordWrap(True)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(line)
