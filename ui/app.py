"""Starts the window: log, hook, look, words, window, and nothing that takes long before them."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui import errors, theme
from ui.background import Background
from ui.garbage import Collector
from ui.main_window import MainWindow
from ui.opened_files import OpenedFiles
from ui.settings import Settings
from ui.small_screens import fit_screen
from woundtrack import words
from woundtrack.memory import give_back_large_blocks

WARM_UP_MS = 400
"""How long after the first picture the modules behind the sign-in start to load."""


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication with its names set."""
    give_back_large_blocks()
    app = QApplication(arguments)
    app.setApplicationName("woundtrack")
    app.setApplicationDisplayName("woundtrack")
    app.setDesktopFileName("woundtrack")
    forget_file_dialogs()
    return app


def forget_file_dialogs() -> None:
    """Keep Qt's file dialog from writing the folders it was in to disk: they may carry names.

    It would do so into its own settings in the person's account; there is no other switch.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def install_qt_words(app: QApplication, language: str) -> None:
    """Qt's own buttons in the language, from its shipped catalogue."""
    old = app.property("qtWords")
    if isinstance(old, QTranslator):
        app.removeTranslator(old)
    QLocale.setDefault(QLocale(language if language != "en" else "en_GB"))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
    app.setProperty("qtWords", translator)


def run(
    *,
    folder: Path | None = None,
    language: str | None = None,
    theme_choice: str | None = None,
    user: str | None = None,
) -> int:
    """Open the window and stay until it closes; returns the exit status."""
    app = make_application(sys.argv[:1])
    Collector(app)
    settings = Settings()
    if theme_choice:
        settings.theme = theme_choice
    if language:
        settings.language = language
    words.set_language(settings.language)
    install_qt_words(app, settings.language)
    theme.apply(app, choice=settings.theme, zoom=settings.zoom)
    background = Background(on_error=errors.on_background_error)
    window = MainWindow(settings=settings, background=background, folder=folder)
    errors.install_hook(lambda error: errors.ApologyDialog(error, window).open())
    app.setWindowIcon(window_icon())
    app.focusWindowChanged.connect(fit_screen)
    if sys.platform == "darwin":
        OpenedFiles(app, window)
    window.show()
    QTimer.singleShot(0, errors.start_log)
    QTimer.singleShot(WARM_UP_MS, lambda: background.run(warm_up, failed=lambda _e: None))
    passphrase = os.environ.get("WOUNDTRACK_PASSPHRASE")
    if user and passphrase and folder is not None:
        page = window.centralWidget()
        page.user_name.setText(user)  # type: ignore[union-attr]
        page.passphrase.line.setText(passphrase)  # type: ignore[union-attr]
        page.sign_in()  # type: ignore[union-attr]
    status = app.exec()
    background.close()
    return status


def window_icon() -> QIcon:
    """The program's mark."""
    from ui import icons

    return icons.icon(icons.PROGRAM)


def warm_up() -> None:
    """Load what the workspace needs while someone types their passphrase, then the statistics."""
    import woundtrack.store.clinic  # noqa: F401
    from woundtrack.cohort.curves import load_library

    load_library()
