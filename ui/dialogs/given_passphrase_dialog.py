"""A new passphrase for someone who forgot theirs, or who comes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import Form
from ui.widgets.given_passphrase import GivenPassphrase
from woundtrack.words import _


class GivenPassphraseDialog(QDialog):
    """`given` hands the passphrase over; the dialog stays until it was taken."""

    given = Signal(str)

    def __init__(self, *, title: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form(stacked=True)
        self.passphrase = GivenPassphrase()
        self.form.add(
            "passphrase", label, self.passphrase,
            hint=_(
                "Tell it to this person alone, once you know who it is. At the next sign-in the "
                "program asks for one of their own."
            ),
        )  # fmt: skip
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = theme.primary(QPushButton(_("Set")))
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.form)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.text_grid(56))
        self.passphrase.setFocus()

    def save(self) -> None:
        """Hand it over."""
        self.form.clear_errors()
        if not self.passphrase.text():
            self.form.show_error("passphrase", _("Type a passphrase, or let one be proposed."))
            return
        self.given.emit(self.passphrase.text())

    def say(self, sentence: str) -> None:
        """Why it was not taken."""
        self.form.show_error("passphrase", sentence)
