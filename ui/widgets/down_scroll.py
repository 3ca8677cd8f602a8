"""A page that scrolls down only: it is never narrower than what it holds, so nothing is cut."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class DownScroll(QScrollArea):
    """Scrolls `inside` up and down.

    With `width_px` it is always so wide, or as wide as its longest words need.
    """

    def __init__(
        self, inside: QWidget, *, width_px: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._width_px = width_px
        if width_px:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        wide = self.widget().minimumSizeHint().width() + bar
        return QSize(max(wide, self._width_px), least.height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() if self._width_px else super().sizeHint()

    def show_focus(self) -> None:
        """Bring what has the keyboard into sight, where the Tab key came in from elsewhere."""
        now = self.window().focusWidget()
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
