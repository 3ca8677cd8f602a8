"""Who is there, and the passphrase; and the ways on for those who have neither.

Imports nothing that takes long: the store and what it needs load when they are first used.
"""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.pages.gate import GatePage
from ui.pages.gate_faces import Face, OwnFace, RecoveryFace, WelcomeFace
from ui.widgets.banner import Banner
from ui.widgets.form import Faces, Form
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.patience import Patience
from ui.widgets.user_choice import UserChoice
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.store.info import clinic_info
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.remembered import Credentials

LONGEST_CLOSE_S = 10.0
"""A clinic that takes longer to close is opened for reading alone, as anyone's is."""
SIGN_IN, RECOVERY, OWN, WELCOME = range(4)
"""The faces of the card."""
OWN_ERRORS = ("store.weak_passphrase", "store.passphrase_same")
"""What is wrong with one's own new passphrase."""


class SignInPage(GatePage):
    """Opens a clinic for a named person. `signed_in` hands over the open clinic.

    `free` is set once the clinic that was open before is closed; opening waits for it.
    `names_key` opens the list of names where this window has seen one already; else the
    account's own `credentials` are asked for it. The keyboard begins with the names where
    `ask_who`, else with the last one's passphrase.
    """

    signed_in = Signal(object)
    create_requested = Signal()
    folder_chosen = Signal(object)
    restore_requested = Signal(object)
    """The folder of the clinic that is asked for, there or not, or None."""

    def __init__(
        self,
        *,
        background: Background,
        folder: Path | None,
        free: Event | None = None,
        credentials: "Credentials | None" = None,
        names_key: bytes = b"",
        last_user: str = "",
        ask_who: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._background = background
        self._free = free
        self._credentials, self._names_key = credentials, names_key
        self._ask_who = ask_who
        self.patience = Patience(self)
        self.patience.ticked.connect(self._count_down)
        self.folder = self._asked_for = folder
        self.clinic_name = theme.label(role="heading")
        self.clinic_name.setWordWrap(True)
        self.banner = Banner()
        self.banner.setVisible(False)
        self.stack = Faces()
        self._build_sign_in()
        self.recovery = RecoveryFace(background)
        self.recovery.done.connect(self._recovered)
        self.recovery.left.connect(self._back)
        self.own = OwnFace()
        self.own.chosen.connect(lambda text: self.sign_in(new_passphrase=text))
        self.own.left.connect(self._back)
        self.stack.addWidget(self.recovery)
        self.stack.addWidget(self.own)
        welcome = WelcomeFace()
        welcome.create.clicked.connect(self.create_requested)
        welcome.existing.clicked.connect(self.choose_folder)
        welcome.restore.clicked.connect(self._restore)
        self.stack.addWidget(welcome)
        for widget in (self.clinic_name, self.banner, self.stack):
            self.column.addWidget(widget)
        self.add_promise()
        self.show_folder(folder)
        self.who.set_text(last_user)

    # -- the faces of the card

    def _build_sign_in(self) -> None:
        page = Face()
        self.form = Form(stacked=True)
        self.who = UserChoice()
        self.user_name = self.who.line
        self.passphrase = PassphraseField()
        self.form.add("user_name", _("Your name"), self.who)
        self.form.add("passphrase", _("Passphrase"), self.passphrase)
        self.button = theme.primary(QPushButton(_("Sign in")))
        self.button.clicked.connect(lambda: self.sign_in())
        self.who.chosen.connect(self.passphrase.setFocus)
        self.who.changed.connect(self._other_person)
        self.passphrase.line.returnPressed.connect(lambda: self.sign_in())
        page.column.addWidget(self.form)
        page.column.addWidget(self.button)
        self.forgotten = page.lead(
            _("Forgotten passphrase: use the recovery key"), self.show_recovery
        )
        self.other = page.lead(_("Open another clinic folder…"), self.choose_folder)
        self.new = page.lead(_("Create a new clinic…"), self.create_requested.emit)
        self.restore = page.lead(_("Restore from a backup…"), self._restore)
        self.stack.addWidget(page)

    # -- which clinic, and who is in it

    def show_folder(self, folder: Path | None) -> None:
        """Ask for the passphrase of this folder's clinic, or for a folder."""
        self.folder = self._asked_for = folder
        self.banner.say("")
        name = ""
        if folder is not None:
            try:
                name = clinic_info(folder).clinic_name
            except WoundtrackError as error:
                self.banner.say(explain(error), tone="danger")
                self.folder = None
        self.clinic_name.setText(name)
        self.clinic_name.setVisible(bool(name))
        self.stack.setCurrentIndex(SIGN_IN if self.folder else WELCOME)
        self.who.set_text("")
        self.who.offer(())
        self._look_who_there_is()
        self._focus_first()

    def _look_who_there_is(self) -> None:
        folder, key, credentials = self.folder, self._names_key, self._credentials
        if folder is None or (not key and credentials is None):
            return

        def work() -> tuple[tuple[str, ...], str]:
            from woundtrack.store.remembered import known_names

            return known_names(folder, key=key, credentials=credentials)

        def known(found: tuple[tuple[str, ...], str]) -> None:
            names, last = found
            if names and folder == self.folder:
                typing = self.user_name.hasFocus() and self.user_name.isModified()
                self.who.offer(names, first=self.who.text() or last)
                if not typing and self.stack.currentIndex() == SIGN_IN:
                    self._focus_first()

        self._background.run(
            work, done=while_alive(self, known), failed=lambda _error: None, key="names"
        )

    def _restore(self) -> None:
        self.restore_requested.emit(self._asked_for)

    def choose_folder(self) -> None:
        """Let the person point at a clinic folder."""
        start = str(self.folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, _("Clinic folder"), start)
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Go on with this folder; a wrong one is said in the card."""
        self._names_key = b""
        self.show_folder(folder)
        if self.folder is not None:
            self.folder_chosen.emit(self.folder)

    # -- signing in

    def sign_in(self, *, new_passphrase: str = "") -> None:
        """Unlock the clinic in the background."""
        self.form.clear_errors()
        name, passphrase, folder = self.who.text(), self.passphrase.text(), self.folder
        if self.patience.left_s(name):
            return
        if not name:
            self.form.show_error("user_name", _("Type your name as it was set up."))
            return
        if not passphrase or folder is None:
            self.form.show_error("passphrase", _("Type your passphrase."))
            return
        self._set_busy(True)
        free = self._free

        def work() -> Any:
            from woundtrack.store.clinic import open_clinic

            if free is not None:
                free.wait(LONGEST_CLOSE_S)
            return open_clinic(
                folder, user_name=name, passphrase=passphrase, new_passphrase=new_passphrase
            )

        self._background.run(
            work, done=self._opened, failed=self._refused, key="sign in",
            dropped=lambda clinic: clinic.close(),  # it would keep its lock
        )  # fmt: skip

    def show_recovery(self) -> None:
        """Ask for the recovery key."""
        self.banner.say("")
        self.stack.setCurrentIndex(RECOVERY)
        self.recovery.begin(self.folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_first()

    def _focus_first(self) -> None:
        if self.stack.currentIndex() == SIGN_IN:
            known = self.who.text() and not self._ask_who
            (self.passphrase if known else self.who).setFocus()

    def _back(self) -> None:
        self.passphrase.clear()
        self.stack.setCurrentIndex(SIGN_IN)
        self._focus_first()

    def _set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(_("Unlocking…") if busy else _("Sign in"))
        self.form.setEnabled(not busy)
        self.own.set_busy(busy)

    def _opened(self, clinic: object) -> None:
        self._set_busy(False)
        self.passphrase.clear()
        self.own.new.clear()
        self.signed_in.emit(clinic)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        assert isinstance(error, WoundtrackError)
        wait_s = error.data.get("wait_s")
        if error.code == "store.passphrase_provisional":
            self.stack.setCurrentIndex(OWN)
            self.own.begin()
        elif self.stack.currentIndex() == OWN and error.code in OWN_ERRORS:
            self.own.form.show_error("passphrase", explain(error))
        elif error.code in ("store.wrong_passphrase", "store.too_soon"):
            self.stack.setCurrentIndex(SIGN_IN)
            self.form.show_error("passphrase", explain(error))
            self.passphrase.line.selectAll()
            if isinstance(wait_s, float) and wait_s > 0:
                self.patience.begin(self.who.text(), wait_s)
        else:
            self.stack.setCurrentIndex(SIGN_IN)
            self.banner.say(explain(error), tone="danger")

    # -- after several wrong passphrases

    def _other_person(self) -> None:
        if not self.passphrase.isEnabled():
            self.form.clear_errors()
        self._count_down()

    def _count_down(self) -> None:
        """Say how long to wait; the passphrase can be typed when that is over."""
        from woundtrack.store.attempts import in_minutes

        if not self.form.isEnabled():
            return  # unlocking now
        left_s = self.patience.left_s(self.who.text())
        over = not left_s and not self.passphrase.isEnabled()
        if left_s:
            sentence = _("Wrong several times. Wait {wait}, then try again.")
            text = sentence.format(wait=in_minutes(left_s))
            self.form.show_error("passphrase", text, focus=False)
        elif over:
            self.form.clear_errors()
        self.passphrase.setEnabled(not left_s)
        self.button.setEnabled(not left_s)
        if over:
            self.passphrase.setFocus()

    # -- after the recovery key

    def _recovered(self, name: str) -> None:
        self.recovery.begin(self.folder)
        self.stack.setCurrentIndex(SIGN_IN)
        self.who.set_text(name)
        self.banner.say(_("The new passphrase is set. Sign in with it."), tone="ok")
        self._focus_first()
