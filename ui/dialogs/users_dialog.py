"""Who may sign in, and what they may do."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.given_passphrase_dialog import GivenPassphraseDialog
from ui.dialogs.record_dialog import FIELD_OF
from ui.dialogs.table_dialog import TableDialog
from ui.models.names import ROLES, role_name
from ui.widgets.form import Choice, Form, card
from ui.widgets.given_passphrase import GivenPassphrase
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
        self.passphrase = GivenPassphrase()
        self.form.add("name", _("Name"), self.name)
        self.form.add("role", _("Role"), self.role)
        self.form.add(
            "passphrase", _("First passphrase"), self.passphrase,
            hint=_("The user replaces it at the first sign-in."),
        )  # fmt: skip
        add = theme.primary(QPushButton(_("Add")))
        add.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(add)
        column.addWidget(self.form)
        column.addLayout(row)
        self.column.insertWidget(2, frame)
        self._switch = self._button("", self._let_in_or_not)
        self._role = self._button("", self._toggle_role)
        self._rename = self._button(_("Rename…"), self._new_name)
        self._reset = self._button(_("New passphrase…"), self._new_passphrase)
        self._recovery = self._button(_("New recovery key…"), self._new_recovery_key)
        administrator = clinic.user.value.role is Role.ADMINISTRATOR and not clinic.read_only
        for widget in (
            frame, self._switch, self._role, self._rename, self._reset, self._recovery,
        ):  # fmt: skip
            widget.setVisible(administrator)
        self.resize(self.width(), theme.grid(78))
        self.table.itemSelectionChanged.connect(self._name_acts)
        self._name_acts()
        self.load()

    def _name_acts(self) -> None:
        """Buttons say what they do to the user chosen."""
        row = self.chosen_row()
        user = self._users[row].value if row is not None and row < len(self._users) else None
        inactive = user is not None and not user.active
        promoted = user is not None and user.role is Role.ADMINISTRATOR
        self._switch.setText(_("Let in again…") if inactive else _("No longer let in…"))
        self._role.setText(_("Make a clinician") if promoted else _("Make an administrator"))
        for button in (self._switch, self._role, self._rename, self._reset):
            button.setEnabled(user is not None)
        self._reset.setEnabled(user is not None and user.active)

    def _button(self, text: str, slot: "Callable[[], None]") -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(slot)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def load(self) -> None:
        """Read the users, and who of them has a passphrase."""
        clinic = self._clinic

        def work() -> tuple[list[Stored[User]], dict[str, bool]]:
            from woundtrack.store.keyring import load_keyring

            given = {each.owner: each.provisional for each in load_keyring(clinic.folder).entries}
            return clinic.read(lambda r: r.find(User)), given

        self._background.run(
            work, done=while_alive(self, self._show), failed=while_alive(self, self.show_failure)
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

    def _show(self, found: tuple[list[Stored[User]], dict[str, bool]]) -> None:
        self._users, given = found
        row = self.chosen_row()
        self.set_rows(
            [
                (
                    user.value.name,
                    role_name(user.value.role),
                    _may_sign_in(user, given.get(user.uuid)),
                )
                for user in self._users
            ]
        )
        if row is not None and row < len(self._users):
            self.table.selectRow(row)
        self._name_acts()

    def _chosen(self) -> Stored[User] | None:
        row = self.chosen_row()
        if row is None:
            self.nothing(_("Choose a user in the table first."))
            return None
        return self._users[row]

    def _revise(self, user: Stored[User], value: User) -> None:
        self._write(lambda w: w.revise(user, value), lambda _stored: self.load())

    def _let_in_or_not(self) -> None:
        user = self._chosen()
        if user is None:
            return
        if not user.value.active:
            title = _("Let {name} in again").format(name=user.value.name)
            self._ask_passphrase(
                user, title, lambda text: lambda w: w.reactivate_user(user.id, new=text)
            )
            return
        asked = _(
            "{name} can then no longer sign in. What {name} wrote stays under this name, and an "
            "administrator can let {name} in again with a new passphrase."
        ).format(name=user.value.name)
        box = QMessageBox(QMessageBox.Icon.Question, _("No longer let in"), asked, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(_("No longer let in"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(lambda: self._revise(user, replace(user.value, active=False)))
        box.open()

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
        if user is not None:
            self._ask_passphrase(
                user,
                _("New passphrase"),
                lambda text: lambda w: w.set_passphrase(user.id, new=text),
            )

    def _ask_passphrase(
        self,
        user: Stored[User],
        title: str,
        act: "Callable[[str], Callable[[Writer], Any]]",
    ) -> None:
        label = _("A new passphrase for {name}").format(name=user.value.name)
        dialog = GivenPassphraseDialog(title=title, label=label, parent=self)

        def taken(_result: object) -> None:
            dialog.accept()
            self.banner.say(_("The new passphrase is set."), tone="ok")
            self.load()

        def refused(error: Exception) -> None:
            assert isinstance(error, WoundtrackError)
            dialog.setEnabled(True)
            dialog.say(explain(error))

        def give(text: str) -> None:
            change = act(text)
            dialog.setEnabled(False)  # neither twice, nor cancelled while it is written
            self._background.run(
                lambda: self._clinic.write(change),
                done=while_alive(dialog, taken),
                failed=while_alive(dialog, refused),
            )

        dialog.given.connect(give)
        dialog.open()

    def _new_recovery_key(self) -> None:
        from ui.dialogs.recovery_key_dialog import RecoveryKeyDialog

        dialog = RecoveryKeyDialog(self._clinic, self._background, parent=self)
        dialog.replaced.connect(
            lambda: self.banner.say(
                _("The new recovery key is valid; the old one opens only older backups."),
                tone="ok",
            )
        )
        dialog.open()


def _may_sign_in(user: Stored[User], given: bool | None) -> str:
    """Whether someone may, and what stands between: `given` by an administrator, None without."""
    if not user.value.active:
        return _("no")
    if given is None:
        return _("not yet: no passphrase")
    return _("yes; passphrase to be replaced") if given else _("yes")
