"""A new recovery key in the place of the old one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from ui.widgets.recovery_key import RecoveryKeySteps
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class RecoveryKeyDialog(QDialog):
    """Shows it and asks it back; only then is the old one void."""

    replaced = Signal()

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        from woundtrack.store.recovery import new_recovery_key

        self.setWindowTitle(_("New recovery key"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._background = clinic, background
        self.banner = Banner(
            _("The old key is valid until the new one has been typed back; destroy it then."),
            tone="neutral",
        )
        self.steps = RecoveryKeySteps(finish=_("Replace the old key"))
        self.steps.show_key(
            new_recovery_key(), clinic_name=clinic.clinic_name, folder=clinic.folder
        )
        self.steps.proven.connect(self.save)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        for widget in (self.banner, self.steps, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(theme.text_grid(60))

    def save(self) -> None:
        """Put it in the old one's place."""
        key = self.steps.key
        self.setEnabled(False)
        self._background.run(
            lambda: self._clinic.write(lambda w: w.users.set_recovery_key(key)),
            done=while_alive(self, self._saved),
            failed=while_alive(self, self._refused),
        )

    def _saved(self, _none: object) -> None:
        self.steps.forget()
        self.replaced.emit()
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")
