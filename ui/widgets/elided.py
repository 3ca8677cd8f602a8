"""A label that shortens itself with an ellipsis where there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import theme


class ElidedLabel(QLabel):
    """One line of text; the whole of it is the tool tip while it is shortened.

    `tip`, where given, is the tool tip always.
    """

    def __init__(self, *, role: str = "") -> None:
        super().__init__()
        self.tip = ""
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(12), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = self.contentsRect().width()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        self.setToolTip(self.tip or (self.text() if text != self.text() else ""))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
