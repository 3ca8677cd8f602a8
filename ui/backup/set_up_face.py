"""The last step of setting a clinic up: where its backups go, or later."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from ui import theme
from ui.background import Background
from ui.backup.target_field import TargetField
from ui.pages.gate_faces import Face
from ui.widgets.form import Form
from woundtrack.backup.types import Plan
from woundtrack.words import _


class BackupFace(Face):
    """`answered` with a folder, or without one for later."""

    answered = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._later = False
        self.say(
            _(
                "If this computer’s disk fails or is stolen, only a backup brings the records "
                "back. Choose a folder on another disk, a stick or the clinic’s share; backups "
                "are encrypted and made by themselves every day."
            )
        )
        self.form = Form(stacked=True)
        self.target = TargetField(background)
        self.target.line.returnPressed.connect(self.use)
        self.form.add("target", _("Folder that backups go to"), self.target)
        self.button = theme.primary(QPushButton(_("Back up there, and open the clinic")))
        self.button.clicked.connect(self.use)
        self.column.addWidget(self.form)
        self.column.addWidget(self.button)
        self.later = self.lead(_("Choose later, open the clinic now"), self.put_off)

    def begin(self, clinic_folder: Path) -> None:
        """Ask for the clinic in this folder."""
        self.target.clinic_folder = clinic_folder
        self.target.browse.setFocus()

    def use(self) -> None:
        """Take the folder in the line."""
        self.form.clear_errors()
        self._later = False
        if self.target.folder() is None:
            self.form.show_error("target", _("Choose a folder."))
            return
        self.answered.emit()

    def put_off(self) -> None:
        """No folder now: the status line reminds of it."""
        self._later = True
        self.answered.emit()

    def plan(self) -> Plan | None:
        """What was answered; None for later."""
        target = self.target.folder()
        return None if self._later or target is None else Plan(target)
