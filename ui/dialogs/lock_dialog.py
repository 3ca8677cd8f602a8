"""After how many idle minutes the window locks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui import theme
from ui.settings import LOCK_MINUTES, Settings
from ui.widgets.form import Choice, Form
from woundtrack.words import _, ngettext


class LockDialog(QDialog):
    """One choice, kept with the account's settings."""

    def __init__(self, settings: Settings, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Lock"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        near = min(LOCK_MINUTES, key=lambda n: abs(n - settings.lock_minutes))
        self.minutes = Choice(
            [(n, ngettext("{n} minute", "{n} minutes", n).format(n=n)) for n in LOCK_MINUTES],
            chosen=near,
        )
        form = Form(stacked=True)
        form.add("minutes", _("Lock when nobody has touched the computer for"), self.minutes)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.addWidget(form)
        column.addWidget(buttons)

    def _save(self) -> None:
        self._settings.lock_minutes = self.minutes.value()
        self.accept()
