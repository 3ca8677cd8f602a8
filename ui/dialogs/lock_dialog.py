"""After how many idle minutes the window locks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSpinBox, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.settings import Settings
from ui.widgets.banner import Banner
from ui.widgets.form import Form
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.lock_time import LONGEST_MINUTES
from woundtrack.records import Role
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class LockDialog(QDialog):
    """The account's own choice, and the most that an administrator lets anyone choose here."""

    def __init__(
        self,
        settings: Settings,
        background: Background,
        *,
        clinic: "Clinic | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Lock"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings, self._background, self._clinic = settings, background, clinic
        self._known_most: int | None = None
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.minutes, self.most = _minutes(), _minutes()
        self.minutes.setValue(settings.lock_minutes)
        form = Form(stacked=True)
        form.add(
            "minutes", _("Lock when nobody has touched the computer for"), self.minutes,
            hint=_("For this account of the computer. What is unconfirmed is kept."),
        )  # fmt: skip
        form.add("most", _("At most, for everyone in this clinic"), self.most)
        may = clinic is not None and not clinic.read_only
        administrator = clinic is not None and clinic.user.value.role is Role.ADMINISTRATOR
        form.set_shown("most", may and administrator)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        for widget in (self.banner, form, buttons):
            column.addWidget(widget)
        if clinic is not None:
            background.run(
                lambda: clinic.read(lambda r: r.most_lock_minutes()),
                done=while_alive(self, self._show_most),
                failed=while_alive(self, self._refused),
            )

    def _show_most(self, most: int) -> None:
        self._known_most = most
        self.most.setValue(most)
        self.most.valueChanged.connect(self._limit)
        self._limit(most)

    def _limit(self, most: int) -> None:
        self.minutes.setMaximum(most)

    def save(self) -> None:
        """Keep the account's choice, and the clinic's where it was changed."""
        clinic, most = self._clinic, self.most.value()
        self._settings.lock_minutes = self.minutes.value()
        if clinic is None or self._known_most in (None, most):
            self.accept()
            return
        self._background.run(
            lambda: clinic.write(lambda w: w.set_most_lock_minutes(most)),
            done=while_alive(self, lambda _none: self.accept()),
            failed=while_alive(self, self._refused),
        )

    def _refused(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error))


def _minutes() -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, LONGEST_MINUTES)
    box.setSuffix(" min")
    return box
