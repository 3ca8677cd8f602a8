"""What the window has to do with backups: the status line, the dialogs, the keeper."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from ui.background import Background
from ui.backup.keeper import BackupKeeper
from ui.backup.status_line import BackupStatus

if TYPE_CHECKING:
    from woundtrack.backup.types import Backup
    from woundtrack.store.clinic import Clinic


class BackupDesk(QObject):
    """Lives as long as the window; `lock_requested` before the clinic's folder is exchanged."""

    lock_requested = Signal()
    folder_restored = Signal(object)
    """Sign in to this folder."""

    def __init__(self, window: QMainWindow, *, background: Background) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self.keeper = BackupKeeper(background, parent=self)
        self.status = BackupStatus(self.keeper)
        self.status.clicked.connect(self.open)
        line = window.statusBar()
        line.setSizeGripEnabled(False)  # it is higher than words are
        line.setContentsMargins(0, 0, 0, 0)
        line.addPermanentWidget(self.status)

    def begin(self, clinic: "Clinic") -> None:
        """Someone signed in."""
        self.keeper.begin(clinic)

    def leave(self) -> None:
        """The clinic is being closed."""
        self.keeper.leave()

    def open(self) -> None:
        """Show the backups of the clinic that is open."""
        from ui.backup.dialog import BackupDialog

        clinic = self.keeper.clinic
        if clinic is None:
            return
        dialog = BackupDialog(clinic, self._background, keeper=self.keeper, parent=self._window)
        dialog.restore_requested.connect(
            lambda target, backup: self._close_and_restore(clinic.folder, target, backup)
        )
        dialog.open()

    def _close_and_restore(
        self, folder: Path, target: Path | None, backup: "Backup | None"
    ) -> None:
        self.lock_requested.emit()
        self.restore(folder, target=target, backup=backup)

    def restore(
        self, folder: Path | None, *, target: Path | None = None, backup: "Backup | None" = None
    ) -> None:
        """Bring a clinic back, into the place of the one in this folder."""
        from ui.backup.restore_dialog import RestoreDialog

        dialog = RestoreDialog(
            self._background, clinic_folder=folder, target=target, backup=backup,
            parent=self._window,
        )  # fmt: skip
        dialog.settled.connect(self.folder_restored)
        dialog.open()
