"""The tools down the left edge."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ui import theme

ICON_PX = 20
BUTTON_PX = 32
GAP_PX = 1
RULE_PX = 7
"""Height of the line between two groups, with its margins."""
MARGIN_PX = 4
MOST_COLUMNS = 3
"""So many stand close together, without lines between the groups."""


class ToolColumn(QWidget):
    """Groups of actions under one another: in one column, or in more where the window is low."""

    def __init__(self, groups: Sequence[Sequence[QAction]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = [[self._button(action) for action in group] for group in groups]
        self._rules: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._dress()
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Room for the most columns."""
        return QSize(self._width(1), self._height(MOST_COLUMNS))

    def sizeHint(self) -> QSize:
        """As wide as the columns in use."""
        return QSize(self._width(self._columns()), self._height(1))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As many columns as the height asks for."""
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the edge, and the lines between groups."""
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setPen(QColor(colours.border))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        for y in self._rules:
            painter.drawLine(MARGIN_PX * 2, y, self.width() - MARGIN_PX * 2 - 1, y)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(ICON_PX, ICON_PX))
        return button

    def _columns(self) -> int:
        fewer = range(1, MOST_COLUMNS)
        return next((n for n in fewer if self.height() >= self._height(n)), MOST_COLUMNS)

    def _width(self, columns: int) -> int:
        return 2 * MARGIN_PX + columns * BUTTON_PX + (columns - 1) * GAP_PX

    def _blocks(self, columns: int) -> list[list[QToolButton]]:
        """What stands between two lines."""
        together = [button for group in self._groups for button in group]
        return [together] if columns == MOST_COLUMNS else self._groups

    def _height(self, columns: int) -> int:
        blocks = self._blocks(columns)
        rows = sum(-(-len(block) // columns) for block in blocks)
        return 2 * MARGIN_PX + rows * (BUTTON_PX + GAP_PX) + (len(blocks) - 1) * RULE_PX

    def _place(self) -> None:
        columns, y = self._columns(), MARGIN_PX
        self._rules = []
        for number, group in enumerate(self._blocks(columns)):
            if number:
                self._rules.append(y + RULE_PX // 2)
                y += RULE_PX
            for place, button in enumerate(group):
                x = MARGIN_PX + place % columns * (BUTTON_PX + GAP_PX)
                row = place // columns * (BUTTON_PX + GAP_PX)
                button.setGeometry(x, y + row, BUTTON_PX, BUTTON_PX)
            y += -(-len(group) // columns) * (BUTTON_PX + GAP_PX)
        if self.minimumWidth() != self._width(columns):
            self.setFixedWidth(self._width(columns))
        self.update()

    def _dress(self) -> None:
        c = theme.tokens()
        sheet = f"""
QToolButton {{ border: 0; border-radius: 6px; padding: 6px; background: transparent; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:checked {{ background: {c.accent_soft}; border: 1px solid {c.accent}; padding: 5px; }}
QToolButton:focus {{ border: 2px solid {c.accent}; padding: 4px; }}
"""
        # Setting a sheet changes the palette again: only a new one is set.
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
