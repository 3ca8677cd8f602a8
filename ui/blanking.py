"""Taking everything off the screen at once: other windows, dialogs, menus, tips."""

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QToolTip,
    QWidget,
)


def blank_screen(window: QWidget) -> tuple[str, ...]:
    """Leave `window` as the only one. All others are hidden before any of them is let go.

    Returns the titles of dialogs in which something was typed or under way: it goes with them.
    """
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup is QApplication.activePopupWidget():
            break
    others = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget is not window and widget.isVisible()
    ]
    was_in_front = QApplication.activeWindow() is not None
    lost = tuple(one.windowTitle() for one in others if isinstance(one, QDialog) and _holds(one))
    for widget in others:
        widget.hide()
    for widget in others:
        if isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.close()
    if was_in_front:
        window.activateWindow()
    return lost


def _holds(dialog: QDialog) -> bool:
    """Whether something was typed into a dialog, or is under way in it."""
    return (
        any(line.isModified() for line in dialog.findChildren(QLineEdit))
        or any(text.document().isModified() for text in dialog.findChildren(QPlainTextEdit))
        or any(bar.isVisible() for bar in dialog.findChildren(QProgressBar))
    )
