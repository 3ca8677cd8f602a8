"""Where backups go: a line with a folder chooser, and what is to be thought of that place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _


class TargetField(QWidget):
    """`ask_folder` is what a person answers; tests put their own there."""

    chosen = Signal()

    def __init__(self, background: Background, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.clinic_folder: Path | None = None
        """Of the clinic that is to be backed up; None where it is not there yet."""
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.line = QLineEdit()
        self.line.editingFinished.connect(self._settled)
        self.browse = theme.button(_("Choose…"), icon=icons.icon("folder-open"))
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleDescription(_("Choose a folder"))
        self.browse.clicked.connect(self.choose)
        self.remark = theme.label(role="warning")
        self.remark.setWordWrap(True)
        self.remark.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(theme.grid())
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(row)
        column.addWidget(self.remark)
        self.setFocusProxy(self.line)
        self._asked = ""
        self._quiet = False
        self._told: Path | None = None

    def folder(self) -> Path | None:
        """What stands in the line; None where nothing does."""
        text = self.line.text().strip()
        return Path(text).expanduser().absolute() if text else None

    def set_folder(self, folder: Path | None, *, settled: bool = False) -> None:
        """Put this into the line; of a place that is `settled` others tell whether it is there."""
        self._quiet = settled
        self.line.setText("" if folder is None else str(folder))
        self._settled()
        self._quiet = False

    def hush(self) -> None:
        """Leave it to the form to tell why the folder in the line was refused: once is enough."""
        self._told = self.folder()
        self._remark("", "warning")

    def choose(self) -> None:
        """Let the person point at a folder."""
        if chosen := self.ask_folder():
            self._asked = ""  # the same folder may be there by now
            self.set_folder(Path(chosen))

    def _settled(self) -> None:
        if self.line.text() == self._asked:
            return
        self._asked = self.line.text()
        self._told = None
        self._remark("", "warning")
        self._look()
        self.chosen.emit()

    def _look(self) -> None:
        target, clinic, quiet = self.folder(), self.clinic_folder, self._quiet
        if target is None or clinic is None:
            return

        def work() -> bool:
            from woundtrack.backup.place import check_place

            return check_place(target, clinic)

        def looked(same_disk: bool) -> None:
            if same_disk and target == self.folder():
                self._remark(same_disk_text(), "warning")

        def refused(error: Exception) -> None:
            told = quiet or target == self._told
            if isinstance(error, WoundtrackError) and not told and target == self.folder():
                self._remark(explain(error), "error")

        self._background.run(
            work,
            done=while_alive(self, looked),
            failed=while_alive(self, refused),
            key="place for backups",
        )

    def _remark(self, text: str, role: str) -> None:
        theme.retone(self.remark, "role", role)
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, _("Where backups go"), self.line.text())


def same_disk_text() -> str:
    """Why a folder on the clinic's own disk is a poor place."""
    return _(
        "This folder is on the clinic’s own disk: if that disk fails or is stolen, clinic and "
        "backups are lost together. Better is a stick, another disk or a share."
    )
