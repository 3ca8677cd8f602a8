"""Files that macOS hands to a running program, where other systems start it with their names."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from ui.pages.sign_in_page import SignInPage
from woundtrack.paths import clinic_folder


class OpenedFiles(QObject):
    """Asks who is there for the clinic that was double-clicked; an open one stays open."""

    def __init__(self, app: QApplication, window: QMainWindow) -> None:
        super().__init__(app)
        self._window = window
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the file, where nobody is signed in."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        page = self._window.centralWidget()
        if isinstance(page, SignInPage):
            page.use_folder(clinic_folder(Path(event.file())))
        return True
