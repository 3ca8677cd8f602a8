"""List items of two lines, as the lists of therapies and events show them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

DETAILS_ROLE = Qt.ItemDataRole.UserRole + 1


class TwoLines(QStyledItemDelegate):
    """An item's icon and text; its details, less loudly, beneath."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, 2 * option.fontMetrics.height() + theme.grid())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.tokens()
        painter.save()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        line, left = option.fontMetrics.height(), rect.x() + theme.grid(3)
        top = rect.y() + theme.grid(0.5)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, QRect(rect.x(), top + 1, 18, 18))
        width = rect.width() - theme.grid(3)
        for row, (role, colour) in enumerate(
            ((Qt.ItemDataRole.DisplayRole, colours.text), (DETAILS_ROLE, colours.muted))
        ):
            text = option.fontMetrics.elidedText(
                index.data(role), Qt.TextElideMode.ElideRight, width
            )
            painter.setPen(QColor(colour))
            painter.drawText(QRect(left, top + row * line, width, line), 0, text)
        painter.restore()
