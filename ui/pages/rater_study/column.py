"""The one layout that the pages of a rater study share."""

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme


def scrolled_column(page: QWidget) -> QVBoxLayout:
    """The column of a page that scrolls where it is long."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(theme.grid(3), theme.grid(2), theme.grid(3), theme.grid(2))
    column.setSpacing(theme.grid(1.5))
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    return column
