"""The steps of bringing a backup back, one page each."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton, QWidget

from ui import theme
from ui.background import Background
from ui.backup.table import BackupTable
from ui.backup.target_field import TargetField
from ui.dialogs.alive import while_alive
from ui.pages.gate_faces import Face
from ui.widgets.form import Form
from ui.widgets.passphrase_field import PassphraseField
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.backup.opening import Opener
    from woundtrack.backup.types import Backup


class WhichFace(Face):
    """Where the backups are, and which one."""

    chosen = Signal()
    """Another one, or none."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._first: Backup | None = None
        self.target = TargetField(background)
        self.target.chosen.connect(self.load)
        self.target.line.returnPressed.connect(self._again)
        self.form = Form(stacked=True)
        self.form.add("target", _("Folder that backups go to"), self.target)
        self.table = BackupTable(last_column=_("Clinic"))
        self.table.setMinimumHeight(theme.text_grid(30))
        self.table.itemSelectionChanged.connect(self.chosen)
        self.column.addWidget(self.form)
        self.column.addWidget(self.table, 1)

    def begin(self, target: Path | None, backup: "Backup | None") -> None:
        """Look in this place, and choose this one there, else the newest."""
        self._first = backup
        self.target.set_folder(target)

    def _again(self) -> None:
        """The disk may be there by now."""
        if not self.table.backups:
            self.load()

    def load(self) -> None:
        """List what is in the place."""
        target = self.target.folder()
        self.form.clear_errors()
        self.table.show_backups((), {}, icons_of={})
        self.chosen.emit()
        if target is None:
            return

        def work() -> "tuple[Backup, ...]":
            from woundtrack.backup.folder import backups_in
            from woundtrack.backup.place import answers
            from woundtrack.errors import BackupError

            if not answers(target):
                raise BackupError("backup.gone")
            if found := backups_in(target):
                return found
            # Someone may have pointed at the folder inside.
            if not (target.parent != target and (found := backups_in(target.parent))):
                raise BackupError("backup.none")
            return tuple(one for one in found if target in one.path.parents)

        self._background.run(
            work,
            done=while_alive(self, self._list),
            failed=while_alive(self, self._refused),
            key="backups to restore",
        )

    def _list(self, backups: "tuple[Backup, ...]") -> None:
        from woundtrack.errors import BackupError

        if not backups:
            self._refused(BackupError("backup.none"))
            return
        names = {one.id: one.clinic_name for one in backups}
        self.table.show_backups(backups, names, icons_of={})
        self.table.selectRow(backups.index(self._first) if self._first in backups else 0)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self.form.show_error("target", explain(error), focus=False)


class WhoFace(Face):
    """Who opens it: a name and passphrase, or the recovery key, as they were then."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.say(
            _(
                "The backup opens with a name and passphrase, or with the recovery key, as they "
                "were when it was made."
            )
        )
        self.form = Form(stacked=True)
        self.user_name = QLineEdit()
        self.passphrase = PassphraseField()
        self.key = QLineEdit()
        self.key.setPlaceholderText("-".join(["•" * 5] * 6))
        self.place = QLineEdit()
        self.form.add("user_name", _("Your name"), self.user_name)
        self.form.add("passphrase", _("Passphrase"), self.passphrase)
        self.form.add("recovery_key", _("Recovery key, as printed at set-up"), self.key)
        self.form.add(
            "place", _("The clinic’s folder"), self.place,
            hint=_("On this computer's own disk, empty or new."),
        )  # fmt: skip
        self.column.addWidget(self.form)
        self.turn = self.lead("", lambda: self.use_key(not self.by_key))
        self.column.addStretch(1)
        for line in (self.user_name, self.passphrase.line, self.key, self.place):
            line.returnPressed.connect(self.entered)
        self.by_key = False
        self.use_key(False)

    def use_key(self, by_key: bool) -> None:
        """Ask for the recovery key, or for name and passphrase."""
        self.by_key = by_key
        self.form.clear_errors()
        self.form.set_shown("user_name", not by_key)
        self.form.set_shown("passphrase", not by_key)
        self.form.set_shown("recovery_key", by_key)
        self.turn.setText(
            _("Use name and passphrase") if by_key else _("Use the recovery key instead")
        )
        (self.key if by_key else self.user_name).setFocus()

    def opener(self, backup: "Backup") -> "Callable[[], Opener] | None":
        """How this backup is opened, for a worker; None where something is missing, and said."""
        self.form.clear_errors()
        name, passphrase = self.user_name.text().strip(), self.passphrase.text()
        key, by_key = self.key.text(), self.by_key
        if by_key and not key.strip():
            self.form.show_error("recovery_key", _("Type the recovery key."))
            return None
        if not by_key and not (name and passphrase):
            missing = "passphrase" if name else "user_name"
            self.form.show_error(missing, _("Type your name and your passphrase."))
            return None

        def opened() -> "Opener":
            from woundtrack.backup.opening import opened_by_passphrase, opened_by_recovery_key

            if by_key:
                return opened_by_recovery_key(backup, key)
            return opened_by_passphrase(backup, user_name=name, passphrase=passphrase)

        return opened

    def show_refusal(self, error: WoundtrackError) -> bool:
        """Say it at its field; False where it is none of these fields'."""
        field = {
            "store.wrong_passphrase": "passphrase",
            "store.recovery_key_mistyped": "recovery_key",
            "store.wrong_recovery_key": "recovery_key",
            "store.folder_not_empty": "place",
            "store.network_share": "place",
            "store.synced_folder": "place",
            "backup.no_room": "place",
        }.get(error.code, "")
        if field == "place" and self.place.isHidden():
            return False
        return self.form.show_error(field, explain(error))

    def forget(self) -> None:
        """Let nobody read what was typed."""
        self.passphrase.clear()
        self.key.clear()


class WorkFace(Face):
    """How far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.text = theme.label()
        self.text.setWordWrap(True)
        self.progress = QProgressBar()
        self.column.addWidget(self.text)
        self.column.addWidget(self.progress)
        self.column.addStretch(1)

    def begin(self, text: str) -> None:
        """Show that this is under way."""
        self.text.setText(text)
        self.progress.setRange(0, 0)

    def advance(self, done: int, total: int) -> None:
        """So far of so much."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)


class SummaryFace(Face):
    """What was brought back, how it differs from the clinic in place, and the two ways on."""

    put_requested = Signal()
    kept_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = theme.label()
        self.text.setWordWrap(True)
        self.differs = theme.label()
        self.differs.setWordWrap(True)
        self.put = theme.primary(QPushButton())
        self.put.clicked.connect(self.put_requested)
        self.keep = QPushButton(_("Keep it beside, as a second clinic"))
        self.keep.clicked.connect(self.kept_requested)
        self.after = theme.label(role="muted")
        self.after.setWordWrap(True)
        parts: tuple[QWidget, ...] = (self.text, self.differs, self.put, self.keep, self.after)
        for widget in parts:
            self.column.addWidget(widget)
        self.column.addStretch(1)
        for button in (self.put, self.keep):
            button.setAutoDefault(False)
