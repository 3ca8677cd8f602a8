"""What else the sign-in card can show: recovery by the printed key, a passphrase of one's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.widgets.form import Choice, Form, link
from ui.widgets.new_passphrase import NewPassphrase
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _


class Face(QWidget):
    """One page of the card: things beneath each other."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.grid())

    def say(self, text: str) -> None:
        """A line of explanation."""
        line = theme.label(text)
        line.setWordWrap(True)
        self.column.addWidget(line)

    def lead(self, text: str, follow: Callable[[], object]) -> QPushButton:
        """One more way on, as a link."""
        way = link(text)
        way.clicked.connect(lambda: follow())
        self.column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        return way


class RecoveryFace(Face):
    """First the key; then whoever is here, to choose from, and a new passphrase."""

    done = Signal(str)
    """A new passphrase is set for the user of this name."""
    left = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self.folder: Path | None = None
        self.form = Form(stacked=True)
        self.key = QLineEdit()
        self.key.setPlaceholderText("-".join(["•" * 5] * 6))
        self.key.returnPressed.connect(self.go_on)
        self.users = Choice([])
        self.form.add("recovery_key", _("Recovery key, as printed at set-up"), self.key)
        self.form.add("user", _("Who are you?"), self.users)
        self.who = Form(stacked=True)
        self.new = NewPassphrase(
            self.who, label=_("New passphrase"), again=_("New passphrase again")
        )
        self.new.again.line.returnPressed.connect(self.go_on)
        self.button = theme.primary(QPushButton())
        self.button.clicked.connect(self.go_on)
        for widget in (self.form, self.who, self.button):
            self.column.addWidget(widget)
        self.lead(_("Back to sign-in"), self.left.emit)
        self.begin(None)

    def begin(self, folder: Path | None) -> None:
        """Ask for the key of the clinic in this folder."""
        self.folder = folder
        self.form.clear_errors()
        self.key.clear()
        self.new.clear()
        self._ask_who(False)

    def _ask_who(self, asked: bool) -> None:
        self.key.setReadOnly(asked)
        self.form.set_shown("user", asked)
        self.who.setVisible(asked)
        self.button.setText(_("Set the new passphrase") if asked else _("Continue"))
        (self.users if asked else self.key).setFocus()

    def go_on(self) -> None:
        """Look whether the key opens the clinic; then set the passphrase."""
        self.form.clear_errors()
        self.who.clear_errors()
        key, folder, name = self.key.text(), self.folder, self.users.value()
        if folder is None:
            return
        if self.who.isHidden():
            self._run(
                lambda store: store.users_by_recovery_key(folder, recovery_key=key), self._known
            )
            return
        new = self.new.text()
        if new:
            self._run(
                lambda store: store.reset_passphrase(
                    folder, recovery_key=key, user_name=name, passphrase=new
                ),
                lambda _none: self.done.emit(name),
            )

    def _run(self, ask: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        self.button.setEnabled(False)

        def work() -> Any:
            from woundtrack.store import clinic

            return ask(clinic)

        def answered(result: Any) -> None:
            self.button.setEnabled(True)
            then(result)

        self._background.run(work, done=answered, failed=self._refused, key="recovery")

    def _known(self, users: tuple[Any, ...]) -> None:
        from ui.models.names import role_name  # not above: the window starts without records

        self.users.offer(
            [
                (user.value.name, f"{user.value.name} · {role_name(user.value.role)}")
                for user in users
            ]
        )
        self._ask_who(True)

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        assert isinstance(error, WoundtrackError)
        if error.code == "store.weak_passphrase":
            self.who.show_error("passphrase", explain(error))
        else:
            self.form.show_error("recovery_key", explain(error))


class OwnFace(Face):
    """One's own passphrase in the place of the one that an administrator gave."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.say(
            _(
                "This passphrase was given to you by an administrator. Choose one that only you "
                "know: what you confirm is signed with it."
            )
        )
        self.form = Form(stacked=True)
        self.new = NewPassphrase(
            self.form, label=_("Your own passphrase"), again=_("The same again")
        )
        self.new.again.line.returnPressed.connect(self.go_on)
        self.button = theme.primary(QPushButton(_("Set it and sign in")))
        self.button.clicked.connect(self.go_on)
        self.column.addWidget(self.form)
        self.column.addWidget(self.button)
        self.lead(_("Back to sign-in"), self.left.emit)

    def begin(self) -> None:
        """Ask for it."""
        self.form.clear_errors()
        self.new.clear()
        self.set_busy(False)
        self.new.first.setFocus()

    def go_on(self) -> None:
        """Hand it over, where it was typed twice alike."""
        self.form.clear_errors()
        if text := self.new.text():
            self.chosen.emit(text)

    def set_busy(self, busy: bool) -> None:
        """Wait for the answer."""
        self.setEnabled(not busy)
        self.button.setText(_("Unlocking…") if busy else _("Set it and sign in"))


class WelcomeFace(Face):
    """Where this account has no clinic yet."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            _("Welcome. A clinic is one folder on this computer, encrypted, with its own users.")
        )
        self.create = theme.primary(QPushButton(_("Create a new clinic…")))
        self.existing = QPushButton(_("Open an existing clinic folder…"))
        self.restore = QPushButton(_("Restore from a backup…"))
        for button in (self.create, self.existing, self.restore):
            self.column.addWidget(button)
