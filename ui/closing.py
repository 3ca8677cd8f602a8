"""The way out of the window: what is unsaved is saved, then the clinic backed up where settled."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.backup.keeper import BackupKeeper, Known
from woundtrack.backup.place import Reach
from woundtrack.errors import WoundtrackError

if TYPE_CHECKING:
    from ui.backup.closing_window import ClosingWindow
    from ui.pages.workspace import Workspace
    from woundtrack.store.clinic import Clinic


class Closing(QObject):
    """Asked by the window whether it may close; closes it again once it may."""

    def __init__(
        self, window: QWidget, *, keeper: BackupKeeper, stop_idle: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._keeper = window, keeper
        self._stop_idle = stop_idle
        self._done = self._waiting = self._session_ends = False
        self.shown: ClosingWindow | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.commitDataRequest.connect(self._hurry)

    def allows(self, space: "Workspace | None") -> bool:
        """Whether the window may close now; else it is closed again later."""
        if space is None or self._done:
            return True
        if self._waiting:
            return False
        space.flush(self._saved)
        self._waiting = not self._done
        return self._done

    def finished(self) -> None:
        """The window is closed: the small one goes with it."""
        shown, self.shown = self.shown, None
        if shown is not None:
            shown.close()
            shown.deleteLater()

    def _hurry(self, _manager: object = None) -> None:
        """The workstation's session ends: nothing may hold it up."""
        self._session_ends = True
        if self.shown is not None:
            self.shown.reject()

    def _saved(self) -> None:
        keeper = self._keeper
        clinic, known = keeper.clinic, keeper.known
        planned = known.plan is not None and known.plan.at_closing
        if clinic is None or clinic.read_only or self._session_ends or not planned:
            self._finish()
            return
        keeper.background.run(
            lambda: _is_worth_it(clinic, known, reach=keeper.reach),
            done=self._answered,
        )

    def _answered(self, worth_it: bool) -> None:
        if not worth_it or self._session_ends or self._keeper.clinic is None:
            self._finish()
            return
        from ui.backup.closing_window import ClosingWindow

        self._stop_idle()
        self.shown = ClosingWindow(self._keeper)
        self.shown.finished.connect(lambda _result: self._finish())
        self.shown.begin()
        self.shown.show()
        self._window.hide()  # whoever passes by sees no patient while it lasts

    def _finish(self) -> None:
        if not self._done:
            self._done = True
            if self._waiting:
                QTimer.singleShot(0, self._window.close)


def _is_worth_it(clinic: "Clinic", known: Known, *, reach: Reach) -> bool:
    """Whether something changed since the last backup, and its place answers; on a worker."""
    from woundtrack.backup.plan import last_backup
    from woundtrack.backup.since import changed_since

    plan = known.plan
    if plan is None or not reach.answers(plan.target):
        return False
    try:
        last = last_backup(clinic)
        made = last.made_utc if last is not None and last.target == plan.target else None
        return changed_since(clinic, made)
    except WoundtrackError:  # locked meanwhile, or not to be read: nothing holds the way out up
        return False
