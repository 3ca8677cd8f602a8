"""Pages of a dialog behind tabs: as large as the largest, scrolling where the screen is low."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Faces


class TabbedFaces(QWidget):
    """Tabs over faces, of which the first is in front."""

    def __init__(self, pages: Sequence[tuple[str, QWidget]], *, name: str) -> None:
        super().__init__()
        self._pages = [page for _name, page in pages]
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(name)
        faces = Faces()
        for title, page in pages:
            self.tabs.addTab(title)
            scrolled = DownScroll(page)
            scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            faces.addWidget(scrolled)
        self.tabs.currentChanged.connect(faces.setCurrentIndex)
        self.tabs.currentChanged.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        column.addWidget(faces, 1)

    def _begin(self, index: int) -> None:
        """After a click the keyboard is on the face's first field; the arrows stay on the tabs."""
        if self.tabs.hasFocus():
            return
        for field in self._pages[index].findChildren(QWidget):
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isEnabled():
                field.setFocus()
                return

    def sizeHint(self) -> QSize:
        """What all pages need, and a bar's width beside them."""
        pages = [page.sizeHint() for page in self._pages]
        width = max(page.width() for page in pages) + theme.grid(2)
        height = max(page.height() for page in pages) + self.tabs.sizeHint().height()
        return QSize(width, height + self.layout().spacing())
