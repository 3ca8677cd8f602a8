"""Name and passphrase, and the ways on for those who have neither.

Imports nothing that takes long: the store and what it needs load when they are first used.
"""

from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.pages.gate import GatePage
from ui.widgets.banner import Banner
from ui.widgets.form import Faces, Form, link
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.errors import StoreError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.store.info import clinic_info
from woundtrack.words import _

LONGEST_CLOSE_S = 10.0
"""A clinic that takes longer to close is opened for reading alone, as anyone's is."""


class SignInPage(GatePage):
    """Opens a clinic for a named person. `signed_in` hands over the open clinic.

    `free` is set once the clinic that was open before is closed; opening waits for it.
    """

    signed_in = Signal(object)
    create_requested = Signal()
    folder_chosen = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        folder: Path | None,
        free: Event | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._background = background
        self._free = free
        self.folder = folder
        self.clinic_name = theme.label(role="heading")
        self.clinic_name.setWordWrap(True)
        self.banner = Banner()
        self.banner.setVisible(False)
        self.stack = Faces()
        self._build_sign_in()
        self._build_recovery()
        self._build_welcome()
        self.column.addWidget(self.clinic_name)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.stack)
        self.add_promise()
        self.show_folder(folder)

    # -- the three faces of the card

    def _build_sign_in(self) -> None:
        page, column = _face()
        self.form = Form(stacked=True)
        self.user_name = QLineEdit()
        self.passphrase = PassphraseField()
        self.form.add("user_name", _("Your name"), self.user_name)
        self.form.add("passphrase", _("Passphrase"), self.passphrase)
        self.button = theme.primary(QPushButton(_("Sign in")))
        self.button.clicked.connect(self.sign_in)
        self.user_name.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.line.returnPressed.connect(self.sign_in)
        self.forgotten = link(_("Forgotten passphrase: use the recovery key"))
        self.forgotten.clicked.connect(self.show_recovery)
        self.other = link(_("Open another clinic folder…"))
        self.other.clicked.connect(self.choose_folder)
        self.new = link(_("Create a new clinic…"))
        self.new.clicked.connect(self.create_requested)
        column.addWidget(self.form)
        column.addWidget(self.button)
        for way in (self.forgotten, self.other, self.new):
            column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack.addWidget(page)

    def _build_recovery(self) -> None:
        page, column = _face()
        self.recovery_form = Form(stacked=True)
        self.recovery_name = QLineEdit()
        self.recovery_key = QLineEdit()
        self.recovery_key.setPlaceholderText("-".join(["•" * 5] * 6))
        self.new_passphrase = PassphraseField()
        self.recovery_form.add("user_name", _("Your name"), self.recovery_name)
        self.recovery_form.add(
            "recovery_key", _("Recovery key, as printed at set-up"), self.recovery_key
        )
        self.recovery_form.add("passphrase", _("New passphrase"), self.new_passphrase)
        self.recover_button = theme.primary(QPushButton(_("Set the new passphrase")))
        self.recover_button.clicked.connect(self.recover)
        back = link(_("Back to sign-in"))
        back.clicked.connect(lambda: self.stack.setCurrentIndex(0))
        column.addWidget(self.recovery_form)
        column.addWidget(self.recover_button)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack.addWidget(page)

    def _build_welcome(self) -> None:
        page, column = _face()
        text = theme.label(
            _("Welcome. A clinic is one folder on this computer, encrypted, with its own users.")
        )
        text.setWordWrap(True)
        create = theme.primary(QPushButton(_("Create a new clinic…")))
        create.clicked.connect(self.create_requested)
        existing = QPushButton(_("Open an existing clinic folder…"))
        existing.clicked.connect(self.choose_folder)
        for widget in (text, create, existing):
            column.addWidget(widget)
        self.stack.addWidget(page)

    # -- what they do

    def show_folder(self, folder: Path | None) -> None:
        """Ask for the passphrase of this folder's clinic, or for a folder."""
        self.folder = folder
        self.banner.say("")
        name = ""
        if folder is not None:
            try:
                name = clinic_info(folder).clinic_name
            except WoundtrackError as error:
                self.banner.say(explain(error), tone="danger")
                self.folder = None
        self.clinic_name.setText(name)
        self.clinic_name.setVisible(bool(name))
        self.stack.setCurrentIndex(0 if self.folder else 2)
        self._focus_first()

    def choose_folder(self) -> None:
        """Let the person point at a clinic folder."""
        start = str(self.folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, _("Clinic folder"), start)
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Go on with this folder; a wrong one is said in the card."""
        self.show_folder(folder)
        if self.folder is not None:
            self.folder_chosen.emit(self.folder)

    def sign_in(self) -> None:
        """Unlock the clinic in the background."""
        self.form.clear_errors()
        name, passphrase, folder = (
            self.user_name.text().strip(),
            self.passphrase.text(),
            self.folder,
        )
        if not name:
            self.form.show_error("user_name", _("Type your name as it was set up."))
            return
        if not passphrase or folder is None:
            self.form.show_error("passphrase", _("Type your passphrase."))
            return
        self._set_busy(True)
        free = self._free

        def work() -> Any:
            from woundtrack.store.clinic import open_clinic

            if free is not None:
                free.wait(LONGEST_CLOSE_S)
            return open_clinic(folder, user_name=name, passphrase=passphrase)

        self._background.run(work, done=self._opened, failed=self._refused, key="sign in")

    def recover(self) -> None:
        """Set a new passphrase by the recovery key, in the background."""
        self.recovery_form.clear_errors()
        name, folder = self.recovery_name.text().strip(), self.folder
        key, passphrase = self.recovery_key.text(), self.new_passphrase.text()
        if not name:
            self.recovery_form.show_error("user_name", _("Type your name as it was set up."))
            return
        if folder is None:
            return
        self.recover_button.setEnabled(False)

        def work() -> None:
            from woundtrack.store.clinic import reset_passphrase

            reset_passphrase(folder, recovery_key=key, user_name=name, passphrase=passphrase)

        self._background.run(work, done=self._recovered, failed=self._not_recovered)

    def show_recovery(self) -> None:
        """Ask for the recovery key."""
        self.recovery_name.setText(self.user_name.text())
        self.stack.setCurrentIndex(1)
        (self.recovery_key if self.recovery_name.text() else self.recovery_name).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_first()

    def _focus_first(self) -> None:
        if self.stack.currentIndex() == 0:
            (self.passphrase if self.user_name.text() else self.user_name).setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(_("Unlocking…") if busy else _("Sign in"))
        self.form.setEnabled(not busy)

    def _opened(self, clinic: object) -> None:
        self._set_busy(False)
        self.passphrase.clear()
        self.signed_in.emit(clinic)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        assert isinstance(error, WoundtrackError)
        if error.code == "store.wrong_passphrase":
            self.form.show_error("passphrase", explain(error))
            self.passphrase.line.selectAll()
        else:
            self.banner.say(explain(error), tone="danger")

    def _recovered(self, _result: object) -> None:
        self.recover_button.setEnabled(True)
        self.user_name.setText(self.recovery_name.text())
        self.recovery_key.clear()
        self.new_passphrase.clear()
        self.stack.setCurrentIndex(0)
        self.banner.say(_("The new passphrase is set. Sign in with it."), tone="ok")
        self._focus_first()

    def _not_recovered(self, error: Exception) -> None:
        self.recover_button.setEnabled(True)
        assert isinstance(error, StoreError)
        weak = error.code == "store.weak_passphrase"
        self.recovery_form.show_error("passphrase" if weak else "recovery_key", explain(error))


def _face() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid())
    return page, column
