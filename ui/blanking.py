"""Taking everything off the screen at once: other windows, dialogs, menus, tips."""

from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def blank_screen(window: QWidget) -> None:
    """Leave `window` as the only one. All others are hidden before any of them is let go.

    What a dialog asks before it closes is not asked: nobody is there.
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
    for widget in others:
        widget.hide()
    for widget in others:
        if isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.close()
    if was_in_front:
        window.activateWindow()
