"""A new clinic in three steps: its name and first administrator, the recovery key, the proof."""

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.pages.gate import GatePage
from ui.widgets.banner import Banner
from ui.widgets.form import Faces, Form, link
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

MIN_PASSPHRASE = 10
"""As `woundtrack.store.keys` refuses; here only for the hint while typing."""
GOOD_PASSPHRASE = 16


def strength_hint(passphrase: str) -> tuple[str, str]:
    """A word on a passphrase as it is typed, and the tone it is said in."""
    if not passphrase:
        return _("Four words that do not belong together are easy to keep in mind."), "muted"
    if len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < 5:
        return _("Too weak: at least {count} signs, not all alike.").format(
            count=MIN_PASSPHRASE
        ), "warning"
    if len(passphrase) < GOOD_PASSPHRASE:
        return _("Fair. Longer is better."), "muted"
    return _("Good."), "ok"


class SetUpPage(GatePage):
    """Makes a clinic and hands it over open; nobody gets on without the recovery key kept."""

    created = Signal(object)
    cancelled = Signal()

    def __init__(self, *, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._background = background
        self._recovery_key = ""
        self._made: tuple[Path, str, str] | None = None
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.stack = Faces()
        self.title = theme.label(_("A new clinic"), role="heading")
        self.column.addWidget(self.title)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.stack)
        self._build_form()
        self._build_key()
        self._build_proof()
        self.add_promise()

    def _build_form(self) -> None:
        page, column = _step()
        self.form = Form(stacked=True)
        self.clinic_name = QLineEdit()
        self.folder = QLineEdit(str(platformdirs.user_data_path("woundtrack") / "clinic"))
        browse = self.folder.addAction(
            icons.icon("folder-open"), QLineEdit.ActionPosition.TrailingPosition
        )
        browse.setToolTip(_("Choose a folder"))
        browse.triggered.connect(self._browse)
        self.user_name = QLineEdit()
        self.passphrase = PassphraseField()
        self.again = PassphraseField()
        self.strength = theme.label(strength_hint("")[0], role="muted")
        self.strength.setWordWrap(True)
        self.passphrase.line.textChanged.connect(self._show_strength)
        self.form.add("clinic_name", _("Name of the clinic, as reports show it"), self.clinic_name)
        self.form.add(
            "folder", _("Folder"), self.folder,
            hint=_("On this computer's own disk, empty or new. Backups may go to a share."),
        )  # fmt: skip
        self.form.add("user_name", _("Your name (first administrator)"), self.user_name)
        self.form.add("passphrase", _("Passphrase"), self.passphrase)
        self.form.add_wide(self.strength)
        self.form.add("again", _("Passphrase again"), self.again)
        self.again.line.returnPressed.connect(self.create_clinic)
        self.button = theme.primary(QPushButton(_("Create the clinic")))
        self.button.clicked.connect(self.create_clinic)
        back = link(_("Back"))
        back.clicked.connect(self.cancelled)
        column.addWidget(self.form)
        column.addWidget(self.button)
        column.addWidget(back)
        self.stack.addWidget(page)

    def _build_key(self) -> None:
        page, column = _step()
        text = QLabel(
            _(
                "This is the clinic's recovery key. If a passphrase is forgotten, it is the only "
                "way back to the records. Print it or write it down, and keep it locked away "
                "from this computer."
            )
        )
        text.setWordWrap(True)
        self.key_label = QLabel()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.font(scale=1.1).pointSizeF())
        font.setBold(True)
        self.key_label.setFont(font)
        self.key_label.setWordWrap(True)
        self.key_label.setProperty("chip", "accent")
        self.key_label.setMargin(theme.grid())
        ways = QHBoxLayout()
        print_ = theme.button(_("Print…"), icon=icons.icon("printer"))
        print_.clicked.connect(self._print_key)
        save = theme.button(_("Save as a file…"), icon=icons.icon("save"))
        save.clicked.connect(self._save_key)
        ways.addWidget(print_)
        ways.addWidget(save)
        ways.addStretch(1)
        self.kept = theme.primary(QPushButton(_("I have kept it")))
        self.kept.clicked.connect(self._ask_back)
        column.addWidget(text)
        column.addWidget(self.key_label)
        column.addLayout(ways)
        column.addWidget(self.kept)
        self.stack.addWidget(page)

    def _build_proof(self) -> None:
        page, column = _step()
        self.proof_form = Form(stacked=True)
        self.proof = QLineEdit()
        self.proof.returnPressed.connect(self.finish)
        self.proof_form.add("proof", _("Type the recovery key from your print or note"), self.proof)
        self.finish_button = theme.primary(QPushButton(_("Finish and open the clinic")))
        self.finish_button.clicked.connect(self.finish)
        again = link(_("Show the key again"))
        again.clicked.connect(lambda: self.stack.setCurrentIndex(1))
        column.addWidget(self.proof_form)
        column.addWidget(self.finish_button)
        column.addWidget(again)
        self.stack.addWidget(page)

    def create_clinic(self) -> None:
        """Make the clinic in the background, or say at the field what is missing."""
        self.form.clear_errors()
        self.banner.say("")
        if not self._complete():
            return
        folder = Path(self.folder.text().strip()).expanduser()
        clinic_name, user_name = self.clinic_name.text().strip(), self.user_name.text().strip()
        passphrase = self.passphrase.text()
        self._set_busy(True)

        def work() -> str:
            from woundtrack.store.clinic import create_clinic

            return create_clinic(
                folder, clinic_name=clinic_name, user_name=user_name, passphrase=passphrase
            )

        def done(recovery_key: str) -> None:
            self._set_busy(False)
            self._made = (folder, user_name, passphrase)
            self._recovery_key = recovery_key
            self.key_label.setText(recovery_key)
            self.title.setText(_("The recovery key"))
            self.stack.setCurrentIndex(1)

        self._background.run(work, done=done, failed=self._refused, key="set up")

    def finish(self) -> None:
        """Compare the typed recovery key and open the clinic."""
        from woundtrack.store.recovery import recovery_secret

        self.proof_form.clear_errors()
        try:
            right = recovery_secret(self.proof.text()) == recovery_secret(self._recovery_key)
        except WoundtrackError as error:
            self.proof_form.show_error("proof", explain(error))
            return
        if not right:
            sentence = _("This is not the key that was shown. Look at your print or note again.")
            self.proof_form.show_error("proof", sentence)
            return
        assert self._made is not None
        folder, user_name, passphrase = self._made
        self.finish_button.setEnabled(False)

        def work() -> Any:
            from woundtrack.store.clinic import open_clinic

            return open_clinic(folder, user_name=user_name, passphrase=passphrase)

        self._background.run(work, done=self._opened, failed=self._refused)

    def _opened(self, clinic: object) -> None:
        self._made = None
        self._recovery_key = ""
        self.created.emit(clinic)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.finish_button.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        field = {
            "store.weak_passphrase": "passphrase",
            "store.network_share": "folder",
            "store.not_empty": "folder",
            "store.folder_not_empty": "folder",
            "store.unwritable": "folder",
        }.get(error.code, "")
        if not self.form.show_error(field, explain(error)):
            self.banner.say(explain(error))

    def _complete(self) -> bool:
        for key, line, sentence in (
            ("clinic_name", self.clinic_name, _("Give the clinic a name.")),
            ("folder", self.folder, _("Choose a folder.")),
            ("user_name", self.user_name, _("Type your name.")),
        ):
            if not line.text().strip():
                return not self.form.show_error(key, sentence)
        if self.passphrase.text() != self.again.text():
            return not self.form.show_error("again", _("The two passphrases differ."))
        return True

    def _show_strength(self, text: str) -> None:
        words, role = strength_hint(text)
        self.strength.setText(words)
        theme.retone(self.strength, "role", role)

    def _set_busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.button.setText(_("Creating…") if busy else _("Create the clinic"))

    def _ask_back(self) -> None:
        self.stack.setCurrentIndex(2)
        self.proof.setFocus()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Clinic folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _save_key(self) -> None:
        from ui.recovery_sheet import save_key

        assert self._made is not None
        save_key(
            self,
            self._recovery_key,
            clinic_name=self.clinic_name.text().strip(),
            clinic_folder=self._made[0],
        )

    def _print_key(self) -> None:
        from ui.recovery_sheet import print_key

        print_key(self, self._recovery_key, clinic_name=self.clinic_name.text().strip())


def _step() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(1.5))
    return page, column
