"""Pictures of every page in both languages and both themes, from a clinic's own records."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import app as application
from ui import theme
from ui.background import Background
from ui.backup.tour import backups_before_sign_in
from ui.compare.tour import compare_tour
from ui.main_window import MainWindow
from ui.pages.visit.tour import visit_tour
from ui.pictures.tour import pictures_tour
from ui.settings import Settings
from woundtrack import words

SIZE = (1280, 800)
WAIT_MS = 20_000
LANGUAGES = words.LANGUAGES
THEMES = ("light", "dark")


class Camera:
    """Drives one window and writes what it shows."""

    least_ms = 120
    """What is shown is given so long to be laid out."""
    waits_for_previews = True
    """Whether a dialog is pictured only once the pages in it are drawn."""

    def __init__(self, folder: Path, window: MainWindow, background: Background) -> None:
        self._folder = folder
        self.window = window
        self.background = background
        self.prefix = ""
        self.written: list[Path] = []

    def settle(self, ready: Callable[[], bool] = lambda: True) -> None:
        """Let events and background work go on until `ready` and nothing is under way."""
        loop, clock = QEventLoop(), QTimer()
        clock.setInterval(20)
        waited = [0]

        def look() -> None:
            waited[0] += 20
            if waited[0] > WAIT_MS or (
                ready() and not self.background.is_busy() and waited[0] >= self.least_ms
            ):
                loop.quit()

        clock.timeout.connect(look)
        clock.start()
        loop.exec()
        clock.stop()
        QApplication.processEvents()

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window or of a dialog."""
        shown = widget or self.window
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{self.prefix}{name}.png"
        shown.grab().save(str(path))
        self.written.append(path)

    def dialog(self, name: str, key: str) -> None:
        """Open a dialog by its act, picture it, close it. A missing part is told, not hidden."""
        try:
            self.dialog_of(name, lambda: self.window.run(key))
        except ImportError as error:
            sys.stderr.write(f"{name}: not there ({error.name})\n")

    def dialog_of(self, name: str, open_it: Callable[[], None]) -> None:
        """Picture the dialog that this opens, and close it."""
        open_it()
        self.settle(self._previews_are_drawn)
        for widget in _open_dialogs():
            self.shoot(name, widget)
            widget.reject()
        self.settle()

    def _previews_are_drawn(self) -> bool:
        from ui.dialogs.pages_view import PagesView

        views = [view for each in _open_dialogs() for view in each.findChildren(PagesView)]
        return not self.waits_for_previews or all(view.is_drawn() for view in views)


def _open_dialogs() -> list[QDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]


DIALOGS = (
    ("patient-new", "new_patient"), ("patient-edit", "edit_patient"), ("lesion-new", "new_lesion"),
    ("lesion-edit", "edit_lesion"), ("lesion-parted", "became"), ("therapy", "new_therapy"),
    ("sessions", "sessions"), ("laboratory", "labs"), ("analgesic", "new_analgesic"),
    ("event", "new_event"), ("report", "report"), ("report-visit", "visit_report"),
    ("letterhead", "letterhead"), ("export", "export_tables"), ("pictures", "export_pictures"),
    ("loose", "loose_photos"),
    ("record-export", "export_record"), ("record-import", "import_record"),
    ("card", "print_card"), ("protocol", "protocol"), ("merge-patients", "merge_patients"),
    ("merge-lesions", "merge_lesions"), ("move", "move"), ("revisions", "revisions"),
    ("visit-delete", "delete_visit"), ("bin", "bin"), ("users", "users"),
    ("passphrase", "passphrase"), ("backup", "backup"),
    ("check", "check_clinic"), ("lock-after", "lock_after"),
    ("about", "about"), ("guide", "guide"),
)  # fmt: skip


def _without_noise(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    # The offscreen platform says this of every window.
    if "propagateSizeHints" not in text:
        sys.stderr.write(text + "\n")


def write_screenshots(folder: Path, *, folder_of_clinic: Path | None, user: str | None) -> int:
    """Write the pictures; 0 when all went well, 3 where the clinic could not be opened."""
    qInstallMessageHandler(_without_noise)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = application.make_application(sys.argv[:1])
    settings = Settings(folder / ".settings.ini")
    failures: list[BaseException] = []
    background = Background(on_error=failures.append)
    words.set_language("en")
    theme.apply(app, choice="light")
    window = MainWindow(settings=settings, background=background, folder=folder_of_clinic)
    # The same size everywhere, whatever the screen, or none, of this computer.
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*SIZE)
    window.show()
    camera = Camera(folder, window, background)
    try:
        _both(camera, settings, before_sign_in)
        if folder_of_clinic is not None and _sign_in(camera, user):
            _both(camera, settings, signed_in_tour)
    finally:
        window.close()
        camera.settle()
        (folder / ".settings.ini").unlink(missing_ok=True)
    for error in failures:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    signed_in = any("patient" in path.name for path in camera.written)
    return 0 if not failures and (signed_in or folder_of_clinic is None) else 3


def _both(camera: Camera, settings: Settings, shots: Callable[[Camera], None]) -> None:
    for language in LANGUAGES:
        camera.window.set_language(language)
        for choice in THEMES:
            camera.window.set_theme(choice)
            camera.prefix = f"{language}-{choice}-"
            camera.settle()
            shots(camera)


def before_sign_in(camera: Camera) -> None:
    """Go through the pages that come before a clinic is open."""
    camera.window.show_set_up()
    camera.settle()
    camera.shoot("set-up")
    backups_before_sign_in(camera)
    camera.window.show_sign_in()
    camera.settle()
    camera.shoot("sign-in")


def _sign_in(camera: Camera, user: str | None) -> bool:
    page: Any = camera.window.centralWidget()
    page.who.set_text(user or _demo_user())
    page.passphrase.line.setText(os.environ.get("WOUNDTRACK_PASSPHRASE", _demo_passphrase()))
    page.sign_in()
    camera.settle(lambda: camera.window.workspace is not None or page.button.isEnabled())
    opened = camera.window.workspace is not None
    if not opened:
        sys.stderr.write("The clinic was not opened: check --user and WOUNDTRACK_PASSPHRASE.\n")
    return opened


def _demo_user() -> str:
    from woundtrack.commands.demo import USER

    return USER


def _demo_passphrase() -> str:
    from woundtrack.commands.demo import PASSPHRASE

    return PASSPHRASE


def signed_in_tour(camera: Camera) -> None:
    """Go through every page and dialog of the clinic that is open; nothing is changed."""
    space = camera.window.workspace
    camera.settle(lambda: bool(space.patients.model.rowCount()))
    space.close_patient()
    camera.settle()
    camera.shoot("start")
    for number, row in enumerate(space.patients.model.rows()[:3], start=1):
        space.open_patient(row.id)
        camera.settle(lambda: space.view is not None)
        camera.shoot(f"patient-{number}")
    space.open_patient(space.patients.model.rows()[0].id)
    camera.settle()
    _more_series(camera)
    _faces(camera)
    compare_tour(camera)
    visit_tour(camera)
    for name, key in DIALOGS:
        camera.dialog(name, key)
    pictures_tour(camera)
    _rater_studies(camera)
    _cohort(camera)
    _journal(camera)


FACES = ("healing", "laboratory", "analgesics", "events")
"""What lies behind the chart, in the order of its tabs."""


def _faces(camera: Camera) -> None:
    """The faces behind the chart; the chart is in front again afterwards."""
    tabs = camera.window.workspace.patient_page.healing.tabs
    for number, name in enumerate(FACES, start=1):
        tabs.setCurrentIndex(number)
        camera.settle()
        camera.shoot(f"patient-{name}")
    tabs.setCurrentIndex(0)


def _more_series(camera: Camera) -> None:
    """The chart with laboratory and analgesics as well; nothing is remembered."""
    from woundtrack.report.chart_choice import AREA, OME, ChartChoice

    chart = camera.window.workspace.patient_page.chart
    usual = chart.choice()
    chart.set_choice(ChartChoice((AREA, "bwat", "lab:crp", OME)))
    camera.settle()
    camera.shoot("patient-chart-more")
    chart.set_choice(usual)


def _cohort(camera: Camera) -> None:
    """The cohort, from its filter down to its curves."""
    camera.window.run("cohort")
    page = camera.window.workspace.pages.currentWidget()
    camera.settle(lambda: page.answer is not None)
    camera.shoot("cohort")
    page.contents.figure.setFocus()
    page.area.ensureWidgetVisible(page.contents.figure)
    camera.settle()
    camera.shoot("cohort-curves")
    camera.dialog_of("cohort-report", page.report)
    camera.window.workspace.close_patient()
    camera.settle()


def _journal(camera: Camera) -> None:
    """The journal, and what its check says."""
    camera.window.run("journal")
    page = camera.window.workspace.pages.currentWidget()
    camera.settle(lambda: page.model.rowCount() > 0)
    page.work.start_check()
    camera.settle(lambda: bool(page.banner.label.text()))
    camera.shoot("journal")
    camera.window.workspace.close_patient()
    camera.settle()


def _rater_studies(camera: Camera) -> None:
    """The list, and the form of a new study; nothing is made."""
    camera.window.run("rater_studies")
    camera.settle()
    camera.shoot("rater-studies")
    page = camera.window.workspace.pages.currentWidget()
    page.show_new()
    camera.settle()
    page.new.photos.choose_spread()
    camera.shoot("rater-study-new")
    page.show_list()
    camera.settle()
