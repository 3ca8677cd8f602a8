"""Starts the window: log, hook, look, words, window, and nothing that takes long before them."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QSettings,
    QTimer,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui import errors, last_end, theme
from ui.apology import Apologies, could_not_start
from ui.background import Background
from ui.garbage import Collector
from ui.main_window import MainWindow
from ui.opened_files import OpenedFiles
from ui.settings import Settings
from ui.small_screens import fit_screen
from woundtrack import words
from woundtrack.memory import give_back_large_blocks
from woundtrack.store.remembered import SystemCredentials

WARM_UP_MS = 400
"""How long after the first picture the modules behind the sign-in start to load."""


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication with its names set; from now on rubbish is collected on its thread alone."""
    give_back_large_blocks()
    app = QApplication(arguments)
    Collector(app)
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
    """Open the window and stay until it closes; returns the exit status.

    What fails before there is a window is told in a dialog of its own, with 3.
    """
    app = make_application(sys.argv[:1])
    background = Background(on_error=errors.on_background_error)
    try:
        settings = _settings(language, theme_choice)
        words.set_language(settings.language)
        install_qt_words(app, settings.language)
        theme.apply(app, choice=settings.theme, zoom=settings.zoom)
        window = MainWindow(
            settings=settings,
            background=background,
            folder=folder,
            credentials=SystemCredentials(),
        )
    except Exception as error:  # noqa: BLE001 (told and logged; there is nothing to go on with)
        errors.write_down(error, what="not started")
        could_not_start(error).exec()
        return 3
    errors.install_hook(Apologies(window).apologise)
    app.setWindowIcon(window_icon())
    app.focusWindowChanged.connect(fit_screen)
    if sys.platform == "darwin":
        OpenedFiles(app, window)
    window.show()
    watch = Watch(window)
    QTimer.singleShot(0, watch.begin)
    QTimer.singleShot(WARM_UP_MS, lambda: background.run(warm_up, failed=lambda _e: None))
    passphrase = os.environ.get("WOUNDTRACK_PASSPHRASE")
    if user and passphrase and folder is not None:
        page = window.centralWidget()
        page.who.set_text(user)  # type: ignore[union-attr]
        page.passphrase.line.setText(passphrase)  # type: ignore[union-attr]
        page.sign_in()  # type: ignore[union-attr]
    status = app.exec()
    background.close()
    watch.end()
    return status


def _settings(language: str | None, theme_choice: str | None) -> Settings:
    settings = Settings()
    if theme_choice:
        settings.theme = theme_choice
    if language:
        settings.language = language
    return settings


class Watch:
    """Log, the file that tells of a crash, and Qt's messages, from the first picture to the end."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._file: last_end.RunningFile | None = None

    def begin(self) -> None:
        """Start them, and tell how the last run ended where that was no proper end."""
        folder = errors.state_folder()
        errors.start_log(folder)
        reports = last_end.unexpected_ends(folder)
        self._file = last_end.begin(folder, head=errors.report_head())
        qInstallMessageHandler(errors.take_qt_messages(self._note))
        for report in reports:
            errors.log.error("ended unexpectedly: %s", report.replace("\n", " | "))
        if reports:
            self._window.tell_ended(reports)

    def end(self) -> None:
        """The program ends as it should."""
        if self._file is not None:
            self._file.end()
            self._file = None

    def _note(self, line: str) -> None:
        if self._file is not None:
            self._file.note(line)


def window_icon() -> QIcon:
    """The program's mark."""
    from ui import icons

    return icons.icon(icons.PROGRAM)


def warm_up() -> None:
    """Load what the workspace needs while someone types their passphrase, then the statistics."""
    import woundtrack.store.clinic  # noqa: F401
    from woundtrack.cohort.curves import load_library

    load_library()
