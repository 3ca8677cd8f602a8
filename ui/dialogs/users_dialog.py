"""Who may sign in, and what they may do."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.dialogs.record_dialog import FIELD_OF
from ui.dialogs.table_dialog import TableDialog
from ui.models.names import ROLES, role_name
from ui.widgets.form import Choice, Form, card
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Role, Stored, User
from woundtrack.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from woundtrack.store.clinic import Clinic, Writer


class UsersDialog(TableDialog):
    """Adds users, gives roles, switches users off; administrators only, others may look."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            title=_("Users"), columns=(_("Name"), _("Role"), _("May sign in")), stretch=0,
            parent=parent,
        )  # fmt: skip
        self._clinic, self._background = clinic, background
        self._users: list[Stored[User]] = []
        frame, column = card()
        column.addWidget(theme.label(_("Add a user"), role="heading"))
        self.form = Form()
        self.name = QLineEdit()
        self.role = Choice([(role, role_name(role)) for role in ROLES])
        self.passphrase = PassphraseField()
        self.form.add("name", _("Name"), self.name)
        self.form.add("role", _("Role"), self.role)
        self.form.add(
            "passphrase", _("First passphrase"), self.passphrase,
            hint=_("The user replaces it under File, My passphrase."),
        )  # fmt: skip
        add = theme.primary(QPushButton(_("Add")))
        add.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(add)
        column.addWidget(self.form)
        column.addLayout(row)
        self.column.insertWidget(2, frame)
        self._switch = self._button(_("Allow or refuse sign-in"), self._toggle_active)
        self._role = self._button(_("Change role"), self._toggle_role)
        self._rename = self._button(_("Rename…"), self._new_name)
        self._reset = self._button(_("New passphrase…"), self._new_passphrase)
        administrator = clinic.user.value.role is Role.ADMINISTRATOR and not clinic.read_only
        for widget in (frame, self._switch, self._role, self._rename, self._reset):
            widget.setVisible(administrator)
        self.load()

    def _button(self, text: str, slot: "Callable[[], None]") -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(slot)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def load(self) -> None:
        """Read the users."""
        self._background.run(
            lambda: self._clinic.read(lambda r: r.find(User)),
            done=self._show,
            failed=self.show_failure,
        )

    def add(self) -> None:
        """Add the user in the fields."""
        name, role = self.name.text().strip(), self.role.value()
        passphrase = self.passphrase.text()
        self.form.clear_errors()
        if not name:
            self.form.show_error("name", _("Type the user's name."))
            return

        def done(_user: Any) -> None:
            self.name.clear()
            self.passphrase.clear()
            self.load()

        self._write(lambda w: w.add_user(name, role, passphrase), done)

    def _write(self, act: "Callable[[Writer], Any]", done: "Callable[[Any], None]") -> None:
        self.banner.say("")
        self._background.run(lambda: self._clinic.write(act), done=done, failed=self.show_failure)

    def show_failure(self, error: Exception) -> None:
        """One sentence, at its field where it has one."""
        assert isinstance(error, WoundtrackError)
        if not self.form.show_error(FIELD_OF.get(error.code, ""), explain(error)):
            super().show_failure(error)

    def _show(self, users: list[Stored[User]]) -> None:
        self._users = users
        self.set_rows(
            [
                (
                    user.value.name,
                    role_name(user.value.role),
                    _("yes") if user.value.active else _("no"),
                )
                for user in users
            ]
        )

    def _chosen(self) -> Stored[User] | None:
        row = self.chosen_row()
        if row is None:
            self.nothing(_("Choose a user in the table first."))
            return None
        return self._users[row]

    def _revise(self, user: Stored[User], value: User) -> None:
        self._write(lambda w: w.revise(user, value), lambda _stored: self.load())

    def _toggle_active(self) -> None:
        user = self._chosen()
        if user is not None:
            self._revise(user, replace(user.value, active=not user.value.active))

    def _toggle_role(self) -> None:
        user = self._chosen()
        if user is None:
            return
        clinician = user.value.role is Role.CLINICIAN
        role = Role.ADMINISTRATOR if clinician else Role.CLINICIAN
        self._revise(user, replace(user.value, role=role))

    def _new_name(self) -> None:
        user = self._chosen()
        if user is None:
            return
        text, ok = QInputDialog.getText(
            self,
            _("Rename a user"),
            _("Another name for {name}, to sign in with from now on").format(name=user.value.name),
            text=user.value.name,
        )
        if ok:
            self._revise(user, replace(user.value, name=" ".join(text.split())))

    def _new_passphrase(self) -> None:
        user = self._chosen()
        if user is None:
            return
        text, ok = QInputDialog.getText(
            self,
            _("New passphrase"),
            _("A new passphrase for {name}").format(name=user.value.name),
            QLineEdit.EchoMode.Password,
        )
        if ok:
            user_id = user.id
            self._write(
                lambda w: w.set_passphrase(user_id, new=text),
                lambda _none: self.banner.say(_("The new passphrase is set."), tone="ok"),
            )
