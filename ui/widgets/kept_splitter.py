"""Two parts side by side, as wide as they were left."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme
from ui.settings import Settings


class KeptSplitter(QSplitter):
    """The right part takes what room there is; the settings remember the widths by `name`."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        widths: tuple[int, int],
        settings: Settings,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """`widths` are those of the first time, in steps of the grid."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setSizes([theme.grid(width) for width in widths])
        kept = settings.layout(name)
        if kept is not None:
            self.restoreState(kept)
        self.splitterMoved.connect(lambda _px, _index: settings.keep_layout(name, self.saveState()))
