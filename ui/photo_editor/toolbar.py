"""The tools down the left edge."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from ui import theme
from woundtrack.words import _

ICON_PX = 20


class ToolColumn(QToolBar):
    """Groups of actions under one another; what has no room folds into a menu at the end."""

    def __init__(self, groups: Iterable[Iterable[QAction]], parent: QWidget | None = None) -> None:
        super().__init__(_("Tools"), parent)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setMovable(False)
        for number, group in enumerate(groups):
            if number:
                self.addSeparator()
            self.addActions(list(group))
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        c = theme.tokens()
        sheet = f"""
QToolBar {{ background: {c.surface}; border: 0; border-right: 1px solid {c.border};
  padding: 4px; spacing: 1px; }}
QToolBar::separator {{ background: {c.border}; height: 1px; margin: 3px 4px; }}
QToolButton {{ border: 0; border-radius: 6px; padding: 6px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:checked {{ background: {c.accent_soft}; border: 1px solid {c.accent}; padding: 5px; }}
"""
        # Setting a sheet changes the palette again: only a new one is set.
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
