"""A recovery key shown to be kept, and then asked back from the print or note."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.form import Faces, Form, link
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _


class RecoveryKeySteps(QWidget):
    """`proven` once the key that was shown has been typed back; nobody gets on without."""

    proven = Signal()

    def __init__(self, *, finish: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self._clinic_name, self._folder = "", Path()
        self.stack = Faces()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._build_key()
        self._build_proof(finish)

    def show_key(self, key: str, *, clinic_name: str, folder: Path) -> None:
        """Begin with this key."""
        self.key, self._clinic_name, self._folder = key, clinic_name, folder
        self.key_label.setText(key)
        self.proof.clear()
        self.stack.setCurrentIndex(0)

    def forget(self) -> None:
        """Let nobody read it any more."""
        self.key = ""
        self.key_label.clear()
        self.proof.clear()

    def _build_key(self) -> None:
        page, column = _step()
        text = theme.label(
            _(
                "This is the clinic's recovery key. Where no administrator can sign in any more, "
                "it is the only way back to the records. Print it or write it down, and keep it "
                "locked away from this computer."
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

    def _build_proof(self, finish: str) -> None:
        page, column = _step()
        self.form = Form(stacked=True)
        self.proof = QLineEdit()
        self.proof.returnPressed.connect(self.finish)
        self.form.add("proof", _("Type the recovery key from your print or note"), self.proof)
        self.finish_button = theme.primary(QPushButton(finish))
        self.finish_button.clicked.connect(self.finish)
        again = link(_("Show the key again"))
        again.clicked.connect(lambda: self.stack.setCurrentIndex(0))
        column.addWidget(self.form)
        column.addWidget(self.finish_button)
        column.addWidget(again)
        self.stack.addWidget(page)

    def finish(self) -> None:
        """Compare what was typed with what was shown."""
        from woundtrack.store.recovery import recovery_secret

        self.form.clear_errors()
        try:
            right = recovery_secret(self.proof.text()) == recovery_secret(self.key)
        except WoundtrackError as error:
            self.form.show_error("proof", explain(error))
            return
        if not right:
            sentence = _("This is not the key that was shown. Look at your print or note again.")
            self.form.show_error("proof", sentence)
            return
        self.proven.emit()

    def _ask_back(self) -> None:
        self.stack.setCurrentIndex(1)
        self.proof.setFocus()

    def _save_key(self) -> None:
        from ui.recovery_sheet import save_key

        save_key(self, self.key, clinic_name=self._clinic_name, clinic_folder=self._folder)

    def _print_key(self) -> None:
        from ui.recovery_sheet import print_key

        print_key(self, self.key, clinic_name=self._clinic_name)


def _step() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(1.5))
    return page, column
