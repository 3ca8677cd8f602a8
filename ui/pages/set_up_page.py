"""A new clinic: its name and first administrator, the recovery key, the proof, its backups."""

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from ui import icons, theme
from ui.background import Background
from ui.backup.set_up_face import BackupFace
from ui.pages.gate import GatePage
from ui.pages.gate_faces import Face
from ui.widgets.banner import Banner
from ui.widgets.form import Faces, Form
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.recovery_key import RecoveryKeySteps
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

_FIELD_OF = {
    "store.weak_passphrase": "passphrase",
    "store.network_share": "folder",
    "store.synced_folder": "folder",
    "store.folder_not_empty": "folder",
    "store.not_writable": "folder",
}
KEY, BACKUPS = 1, 2
"""The faces after the first."""


class SetUpPage(GatePage):
    """Makes a clinic and hands it over open; nobody gets on without the recovery key kept."""

    created = Signal(object)
    cancelled = Signal()

    def __init__(self, *, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._background = background
        self._made: tuple[Path, str, str] | None = None
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.stack = Faces()
        self.title = theme.label(_("A new clinic"), role="heading")
        self.column.addWidget(self.title)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.stack)
        self._build_form()
        self.steps = RecoveryKeySteps(finish=_("Continue"))
        self.steps.proven.connect(self.ask_where_backups_go)
        self.stack.addWidget(self.steps)
        self.backups = BackupFace(background)
        self.backups.answered.connect(self.finish)
        self.stack.addWidget(self.backups)
        self.add_promise()

    def _build_form(self) -> None:
        page = Face()
        self.form = Form(stacked=True)
        self.clinic_name = QLineEdit()
        self.folder = QLineEdit(str(platformdirs.user_data_path("woundtrack") / "clinic"))
        browse = self.folder.addAction(
            icons.icon("folder-open"), QLineEdit.ActionPosition.TrailingPosition
        )
        browse.setToolTip(_("Choose a folder"))
        browse.triggered.connect(self._browse)
        self.user_name = QLineEdit()
        self.form.add("clinic_name", _("Name of the clinic, as reports show it"), self.clinic_name)
        self.form.add(
            "folder", _("Folder"), self.folder,
            hint=_(
                "On this computer's own disk, empty or new. Backups may go to a share. Where "
                "several accounts of the computer use it, one that all of them may write in."
            ),
        )  # fmt: skip
        self.form.add("user_name", _("Your name (first administrator)"), self.user_name)
        self.new = NewPassphrase(self.form, label=_("Passphrase"), again=_("Passphrase again"))
        self.new.again.line.returnPressed.connect(self.create_clinic)
        self.button = theme.primary(QPushButton(_("Create the clinic")))
        self.button.clicked.connect(self.create_clinic)
        page.column.addWidget(self.form)
        page.column.addWidget(self.button)
        page.lead(_("Back"), self.cancelled.emit)
        self.stack.addWidget(page)

    def create_clinic(self) -> None:
        """Make the clinic in the background, or say at the field what is missing."""
        self.form.clear_errors()
        self.banner.say("")
        if not self._complete():
            return
        folder = Path(self.folder.text().strip()).expanduser()
        clinic_name, user_name = self.clinic_name.text().strip(), self.user_name.text().strip()
        passphrase = self.new.first.text()
        self._set_busy(True)

        def work() -> str:
            from woundtrack.store.clinic import create_clinic

            return create_clinic(
                folder, clinic_name=clinic_name, user_name=user_name, passphrase=passphrase
            )

        def done(recovery_key: str) -> None:
            self._set_busy(False)
            self._made = (folder, user_name, passphrase)
            self.steps.show_key(recovery_key, clinic_name=clinic_name, folder=folder)
            self.title.setText(_("The recovery key"))
            self.stack.setCurrentIndex(KEY)

        self._background.run(work, done=done, failed=self._refused, key="set up")

    def ask_where_backups_go(self) -> None:
        """Before anything is recorded that could be lost."""
        assert self._made is not None
        self.show_where_backups_go(self._made[0])

    def show_where_backups_go(self, clinic_folder: Path) -> None:
        """Ask for the clinic in this folder."""
        self.banner.say("")
        self.backups.begin(clinic_folder)
        self.title.setText(_("Where do backups go?"))
        self.stack.setCurrentIndex(BACKUPS)

    def finish(self) -> None:
        """Open the clinic once the key, as it was typed back, has opened it too."""
        assert self._made is not None
        (folder, user_name, passphrase), typed = self._made, self.steps.proof.text()
        plan = self.backups.plan()
        self.banner.say("")
        self.backups.setEnabled(False)

        def work() -> Any:
            from woundtrack.backup.place import check_place
            from woundtrack.backup.plan import set_plan
            from woundtrack.store.clinic import open_clinic, users_by_recovery_key

            users_by_recovery_key(folder, recovery_key=typed)
            if plan is not None:
                check_place(plan.target, folder)
            clinic = open_clinic(folder, user_name=user_name, passphrase=passphrase)
            try:
                if plan is not None:
                    set_plan(clinic, plan)
            except Exception:
                clinic.close()  # it would keep its lock, and the next try could only read
                raise
            return clinic

        self._background.run(
            work, done=self._opened, failed=self._refused, dropped=lambda clinic: clinic.close()
        )

    def _opened(self, clinic: object) -> None:
        self._made = None
        self.steps.forget()
        self.new.clear()
        self.created.emit(clinic)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.backups.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        if error.code.startswith("backup."):
            self.backups.target.hush()
            self.backups.form.show_error("target", explain(error))
        elif not self.form.show_error(_FIELD_OF.get(error.code, ""), explain(error)):
            self.banner.say(explain(error))

    def _complete(self) -> bool:
        for key, line, sentence in (
            ("clinic_name", self.clinic_name, _("Give the clinic a name.")),
            ("folder", self.folder, _("Choose a folder.")),
            ("user_name", self.user_name, _("Type your name.")),
        ):
            if not line.text().strip():
                return not self.form.show_error(key, sentence)
        return bool(self.new.text())

    def _set_busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.button.setText(_("Creating…") if busy else _("Create the clinic"))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Clinic folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
