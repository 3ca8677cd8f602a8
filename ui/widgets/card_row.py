"""Cards in one row."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from ui import theme
from woundtrack.words import _


class CardRow(QScrollArea):
    """Cards side by side, as tall as they are, scrolling sideways."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = QWidget()
        self.row = QHBoxLayout(self.inside)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.grid())
        self.setAccessibleName(_("Lesions"))
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inside.installEventFilter(self)

    def show_card(self, card: QWidget) -> None:
        """Scroll until the whole card is seen; one just made has its place only after this."""
        QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, theme.grid(), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        size = self.inside.sizeHint()
        wide = size.width() > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        return QSize(size.width(), size.height() + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(20), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
