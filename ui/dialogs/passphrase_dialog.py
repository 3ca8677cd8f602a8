"""The signed-in user's own new passphrase."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.record_dialog import FIELD_OF
from ui.widgets.banner import Banner
from ui.widgets.form import Form
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class PassphraseDialog(QDialog):
    """The old one, the new one twice."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("My passphrase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._background = clinic, background
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.form = Form(stacked=True)
        self.old = PassphraseField()
        self.form.add("old", _("Passphrase until now"), self.old)
        self.new = NewPassphrase(
            self.form, label=_("New passphrase"), again=_("New passphrase again")
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = theme.primary(QPushButton(_("Change")))
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        for widget in (self.banner, self.form, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(theme.text_grid(52))

    def save(self) -> None:
        """Change it in the background."""
        self.form.clear_errors()
        self.banner.say("")
        old, new, user_id = self.old.text(), self.new.text(), self._clinic.user.id
        if not new:
            return
        self.save_button.setEnabled(False)
        self._background.run(
            lambda: self._clinic.write(lambda w: w.change_passphrase(user_id, old=old, new=new)),
            done=lambda _none: self.accept(),
            failed=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        if not self.form.show_error(FIELD_OF.get(error.code, ""), explain(error)):
            self.banner.say(explain(error))
