"""Windows on a screen that is smaller than they would like to be."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

USUAL_SIZE = QSize(1280, 800)


def size_window(window: QWidget) -> None:
    """The usual size; on a screen that is smaller, all of it, so that no button lies below."""
    room = window.screen().availableSize()
    window.resize(USUAL_SIZE.boundedTo(room))
    if USUAL_SIZE.expandedTo(room) != room:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def fit_screen(window: QWindow | None) -> None:
    """Make a dialog that was just opened no larger than its screen, and put it inside.

    Its choices scroll then, and its buttons stay in reach.
    """
    if window is None or not window.isTopLevel() or window.transientParent() is None:
        return
    frame = window.frameMargins()
    room = window.screen().availableGeometry().marginsRemoved(frame)
    wanted = window.size().boundedTo(room.size())
    if wanted == window.size():
        return
    window.resize(wanted)
    left = min(max(window.x(), room.left()), room.right() + 1 - wanted.width())
    top = min(max(window.y(), room.top()), room.bottom() + 1 - wanted.height())
    window.setPosition(left, top)
