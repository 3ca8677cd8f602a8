"""Keeps the keyboard in the visit when the button or field that had it goes away."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui import theme


class FocusKeeper(QObject):
    """Calls `take_keys` where Qt would hand the focus to whatever stands next in the window.

    Qt does so when a focused widget is hidden: a banner that was answered, a button that has done
    its work. The next letter would then land in the search for patients.
    """

    def __init__(self, page: QWidget, take_keys: Callable[[], object]) -> None:
        super().__init__(page)
        self._page = page
        self._take_keys = take_keys
        theme.application().focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, _now: QWidget | None) -> None:
        page = self._page
        if not isValid(page):
            return  # the page is going, and its fields lose the focus as they go
        if old is not None and page.isVisible() and page.isAncestorOf(old) and _gone(old, page):
            QTimer.singleShot(0, self, self._take_back)

    def _take_back(self) -> None:
        if self._page.isVisible() and self._page.isActiveWindow():
            self._take_keys()


def _gone(widget: QWidget, page: QWidget) -> bool:
    """Whether a widget of the page was hidden or switched off, rather than left by a person."""
    return not widget.isVisibleTo(page) or not widget.isEnabledTo(page)
