"""Pages of which one is in front."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class FrontStack(QStackedWidget):
    """The page in front alone decides how small the window may be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _index: self._turned())

    def addWidget(self, page: QWidget) -> int:
        """One more page, behind the others."""
        index = super().addWidget(page)
        self._turned()
        return index

    def _turned(self) -> None:
        for index in range(self.count()):
            page = self.widget(index)
            front = page is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if front else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
