"""A layout that puts widgets in lines, as words in a paragraph."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui import theme


class FlowLayout(QLayout):
    """Lays its widgets from left to right and begins a new line where the width ends."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int | None = None, even: bool = False
    ) -> None:
        super().__init__(parent)
        self._even = even
        """Whether all are alike in width, no narrower than the widest, and columns fill a line."""
        self._items: list[QLayoutItem] = []
        # Qt asks for sizes many times a pass, of every item: a hundred photos would be felt.
        self._sizes: list[QSize] | None = None
        self._heights: dict[int, int] = {}
        self._gap = theme.grid() if gap is None else gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def sort(self, order: Sequence[QWidget]) -> None:
        """Show the widgets in this order."""
        places = {widget: place for place, widget in enumerate(order)}
        self._items.sort(key=lambda item: places.get(item.widget(), len(places)))
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for each in self._hints():
            size = size.expandedTo(each)
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _hints(self) -> list[QSize]:
        """Each item's size, empty where it is hidden; asked once between two changes."""
        if self._sizes is None:
            self._sizes = [
                QSize() if (widget := item.widget()) and widget.isHidden() else item.sizeHint()
                for item in self._items
            ]
            if self._even:
                widest = max((size.width() for size in self._sizes), default=0)
                self._sizes = [
                    QSize(widest, size.height()) if size.isValid() else size for size in self._sizes
                ]
        return self._sizes

    def _filling(self, width: int) -> list[QSize]:
        """Each item's size where lines are this wide."""
        sizes = self._hints()
        shown = [size.width() for size in sizes if size.isValid()]
        if not self._even or not shown:
            return sizes
        columns = min(max(1, (width + self._gap) // (max(shown) + self._gap)), len(shown))
        column = max(max(shown), (width + self._gap) // columns - self._gap)
        return [QSize(column, size.height()) if size.isValid() else size for size in sizes]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        x, y, line = area.x(), area.y(), 0
        for item, size in zip(self._items, self._filling(area.width()), strict=True):
            if not size.isValid():
                continue
            if x + size.width() > area.right() + 1 and line:
                x, y, line = area.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line - rect.y() + margins.bottom()
