"""The window: sign-in or workspace in the middle, every act in the menus, locks when idle."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui import theme
from ui.actions import Actions, Needs, next_zoom
from ui.background import Background
from ui.backup.desk import BackupDesk
from ui.blanking import blank_screen
from ui.closing import Closing
from ui.doorway import Doorway
from ui.program_acts import ProgramActs
from ui.settings import Settings
from ui.small_screens import size_window
from woundtrack import words
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.remembered import Credentials

log = logging.getLogger("woundtrack")


class MainWindow(QMainWindow):
    """Composes pages and actions. Holds the open clinic; knows no page's inside."""

    def __init__(
        self,
        *,
        settings: Settings,
        background: Background,
        folder: Path | None = None,
        credentials: "Credentials | None" = None,
    ) -> None:
        super().__init__()
        self.settings, self.background = settings, background
        self._door = Doorway(
            self, settings=settings, background=background, folder=folder, credentials=credentials
        )
        self.clinic: Any = None
        self.workspace: Any = None
        self._acts: Any = None
        self._ends = False
        """Whether the window is to close as soon as what was locked is saved."""
        self.setObjectName("main")
        size_window(self)
        kept = settings.layout("window")
        if kept is not None:
            self.restoreGeometry(kept)
        self._door.idle.timeout.connect(self.lock)
        self._door.closed.connect(self._closed_behind)
        self.backups = BackupDesk(self, background=background)
        self.backups.lock_requested.connect(self.lock)
        self.backups.folder_restored.connect(self._use_folder)
        self.closing = Closing(self, keeper=self.backups.keeper, stop_idle=self._door.idle.stop)
        self._program = ProgramActs(
            self,
            background=background,
            settings=settings,
            restart_idle=self._door.restart_idle,
            clinic=lambda: self.clinic,
        ).table | {"backup": self.backups.open}
        self.actions_ = Actions(self, self.run)
        self._show_choices()
        self.show_sign_in()

    # -- sign-in, set-up, workspace

    def show_sign_in(self, *, ask_who: bool = False) -> None:
        """Ask who is there."""
        page = self._door.page(ask_who=ask_who)
        page.signed_in.connect(partial(self._enter_by, page))
        page.create_requested.connect(self.show_set_up)
        page.restore_requested.connect(self.backups.restore)
        self._show(page)
        self.setWindowTitle("woundtrack")
        self.actions_.offer(Needs.NOTHING)

    def _use_folder(self, folder: Path) -> None:
        self._door.use_folder(folder)
        self.show_sign_in()

    def tell_ended(self, reports: Sequence[str]) -> None:
        """Say that the program did not end as it should last time, until someone has read it."""
        self._door.tell_ended(reports)

    def show_set_up(self) -> None:
        """Make a new clinic."""
        from ui.pages.set_up_page import SetUpPage

        page = SetUpPage(background=self.background)
        page.created.connect(self.enter)
        page.cancelled.connect(self.show_sign_in)
        self._show(page)

    def _enter_by(self, page: QWidget, clinic: Any) -> None:
        if page is self.centralWidget():
            self.enter(clinic)
        else:  # whoever signed in went on to something else before it opened
            self.background.run(clinic.close)

    def enter(self, clinic: Any) -> None:
        """Show the clinic that someone has unlocked."""
        self.clinic = clinic
        log.info("signed in: user %s, read only %s", clinic.user.id, clinic.read_only)
        self._door.tell_crash_to(clinic)
        self._build_workspace()
        self._door.entered(clinic)
        self.backups.begin(clinic)

    def _build_workspace(self) -> None:
        from ui.pages.workspace import Workspace
        from ui.patient_acts import PatientActs
        from ui.visit_acts import photo_actions

        space = Workspace(self.clinic, self.background, settings=self.settings)
        space.offers_changed.connect(self.actions_.offer)
        space.status.connect(self.say)
        space.acts.undo_changed.connect(self._name_undo)
        space.patient_page.lesion_menu_requested.connect(self._lesion_menu)
        space.notices.writing_began.connect(self._rebuild)
        self.workspace = space
        self._acts = PatientActs(space, window=self)
        self.actions_.photo_actions = lambda: photo_actions(self.workspace)
        self._show(space)
        self.setWindowTitle(f"{self.clinic.clinic_name} – woundtrack")
        self.actions_.offer(space.offers())
        self._name_undo("", "")
        if not self._door.go_back(space):
            space.patients.search.setFocus()

    def lock(self, *, ask_who: bool = False) -> None:
        """Forget the keys and everything on screen; who comes back returns to the same page."""
        if self.clinic is None:
            return
        space = self.workspace
        self.backups.leave()
        # A day being typed counts as it stands.
        if focused := QApplication.focusWidget():
            focused.clearFocus()
        # The pages live on unseen until what they had not saved is saved.
        self.takeCentralWidget()
        space.hide()
        lost = blank_screen(self)
        self.clinic = self.workspace = self._acts = None
        self.statusBar().clearMessage()
        self._name_undo("", "")
        self._door.leave(space, lost=lost)
        self.show_sign_in(ask_who=ask_who)
        log.info("locked")

    def _show(self, page: QWidget) -> None:
        old = self.takeCentralWidget()
        if old is not None:
            old.deleteLater()
        self.setCentralWidget(page)

    # -- acts

    def run(self, key: str) -> None:
        """Carry out an act of `ui.actions` by its key."""
        own = getattr(self, f"_do_{key}", None)
        if own is not None:
            own()
        elif key.startswith("theme_"):
            self.set_theme(key.removeprefix("theme_"))
        elif key.startswith("language_"):
            self.set_language(key.removeprefix("language_"))
        elif key in self._program:
            self._program[key]()
        elif self._acts is not None:
            self._acts.table[key]()

    def say(self, text: str) -> None:
        """A passing word in the status line."""
        self.statusBar().showMessage(text, 8000)

    def _do_lock(self) -> None:
        self.lock()

    def _do_switch_user(self) -> None:
        self.lock(ask_who=True)

    def _do_quit(self) -> None:
        self.close()

    def _do_undo(self) -> None:
        stack = self.workspace.editor_stack()
        if stack is not None and stack.canUndo():
            stack.undo()
        else:
            self.workspace.acts.undo()

    def _do_redo(self) -> None:
        stack = self.workspace.editor_stack()
        if stack is not None and stack.canRedo():
            stack.redo()
        else:
            self.workspace.acts.redo()

    def _do_list(self) -> None:
        self.workspace.patients.setVisible(not self.workspace.patients.isVisible())

    def _do_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _do_larger(self) -> None:
        self.set_zoom(next_zoom(self.settings.zoom, by=1))

    def _do_smaller(self) -> None:
        self.set_zoom(next_zoom(self.settings.zoom, by=-1))

    def _do_usual(self) -> None:
        self.set_zoom(1.0)

    def _name_undo(self, undo: str, redo: str) -> None:
        for key, text, name in (("undo", _("&Undo"), undo), ("redo", _("&Redo"), redo)):
            self.actions_[key].setText(words.labelled(text, name) if name else text)

    def _lesion_menu(self, _lesion_id: int, at: Any) -> None:
        keys = ("edit_lesion", "became", "merge_lesions", "", "delete_lesion")
        self.actions_.menu(keys).popup(at)

    # -- how it looks

    def set_theme(self, choice: str) -> None:
        """Colours of the desktop, light, or dark, at once."""
        self.settings.theme = choice
        theme.apply(theme.application(), choice=choice, zoom=self.settings.zoom)

    def set_zoom(self, zoom: float) -> None:
        """Text larger or smaller; pages are made anew to fit."""
        self.settings.zoom = zoom
        theme.apply(theme.application(), choice=self.settings.theme, zoom=zoom)
        self._rebuild()

    def set_language(self, code: str) -> None:
        """Every word in this language, at once; pages are made anew."""
        from ui.app import install_qt_words

        self.settings.language = code
        words.set_language(code)
        install_qt_words(theme.application(), code)
        self._rebuild()

    def _rebuild(self) -> None:
        self.actions_.dispose()
        self.actions_ = Actions(self, self.run)
        self.backups.status.show_known()
        self._show_choices()
        space = self.workspace
        if space is None:
            self.show_sign_in()
            return
        # A day being typed counts as it stands.
        if focused := QApplication.focusWidget():
            focused.clearFocus()
        # The old pages go only once what a visit had not saved yet is saved.
        space.flush(lambda: self._build_again(space))

    def _build_again(self, space: Any) -> None:
        if self.workspace is not space:  # locked meanwhile, or made anew already
            return
        self._door.remember_place(space)
        self._build_workspace()

    def _show_choices(self) -> None:
        self.actions_.check("theme", self.settings.theme)
        self.actions_.check("language", words.language())

    # -- idle and end

    def _closed_behind(self) -> None:
        if self._ends:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._ends = self._door.is_leaving
        if self._ends or not self.closing.allows(self.workspace):
            event.ignore()
            return
        self.settings.keep_layout("window", self.saveGeometry())
        self.settings.save()
        clinic, self.clinic = self.clinic, None
        self.background.close()
        if clinic is not None:
            clinic.close()
        super().closeEvent(event)
        self.closing.finished()
