"""Bringing a clinic back: which backup, who opens it, into a new folder first, then in place."""

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background, Job
from ui.backup.brought import Brought, parted_from, take_away
from ui.backup.restore_faces import SummaryFace, WhichFace, WhoFace, WorkFace
from ui.dialogs.alive import while_alive
from ui.models import restore_words
from ui.pages.gate_faces import Face
from ui.widgets.banner import Banner
from ui.widgets.form import Faces
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, read_keyring_file
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.backup.types import Backup

WHICH, WHO, WORK, SUMMARY, DONE = range(5)


class RestoreDialog(QDialog):
    """Whatever is given up before the end leaves nothing; the clinic in place is never deleted."""

    settled = Signal(object)
    """The folder to sign in to."""

    def __init__(
        self,
        background: Background,
        *,
        clinic_folder: Path | None,
        target: Path | None = None,
        backup: "Backup | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Restore from a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._background = background
        usual = platformdirs.user_data_path("woundtrack") / "clinic"
        self._clinic_folder = clinic_folder or usual
        self._job: Job | None = None
        self._brought: Brought | None = None
        """What waits for the word where it belongs."""
        self._goal = Path()
        self.heading = theme.label(role="heading")
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.stack = Faces()
        self.which, self.who, self.work = WhichFace(background), WhoFace(), WorkFace()
        self.summary, self.end = SummaryFace(), Face()
        self.told = theme.label()
        self.told.setWordWrap(True)
        self.end.column.addWidget(self.told)
        self.end.column.addStretch(1)
        for face in (self.which, self.who, self.work, self.summary, self.end):
            self.stack.addWidget(face)
        self.which.chosen.connect(self._name_buttons)
        self.who.entered.connect(self.go_on)
        self.summary.put_requested.connect(self.put_in_place)
        self.summary.kept_requested.connect(self.keep_beside)
        self._lay_out()
        self._turn(WHICH)
        self.which.begin(target, backup)
        self.resize(theme.text_grid(80), theme.text_grid(66))

    def _lay_out(self) -> None:
        self.back = QPushButton(_("Back"))
        self.back.clicked.connect(lambda: self._turn(WHICH))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.step_back)
        self.next = theme.primary(QPushButton())
        self.next.clicked.connect(self.go_on)
        self.back.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.next.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.heading)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)

    def _turn(self, face: int) -> None:
        self.banner.say("")
        self.stack.setCurrentIndex(face)
        self.heading.setText(
            (
                _("1. Which backup?"), _("2. Who opens it?"), _("3. Bringing it back"),
                _("4. Where does it belong?"), _("Done"),
            )[face]
        )  # fmt: skip
        self._name_buttons()

    def _name_buttons(self) -> None:
        face = self.stack.currentIndex()
        self.back.setVisible(face == WHO)
        self.next.setVisible(face in (WHICH, WHO, DONE))
        words = {WHICH: _("Continue"), WHO: _("Bring it back"), DONE: _("Go to sign-in")}
        self.next.setText(words.get(face, ""))
        self.next.setEnabled(face != WHICH or self.which.table.chosen() is not None)
        self.cancel.setText(_("Close") if face == DONE else _("Cancel"))

    # -- one step after the other

    def go_on(self) -> None:
        """The next step, once this one is complete."""
        face, backup = self.stack.currentIndex(), self.which.table.chosen()
        if face == DONE:
            self.settled.emit(self._goal)
            self.accept()
        elif face == WHICH and backup is not None:
            self.who.place.setText(str(self._free_place(backup)))
            self.who.form.set_shown("place", not self._replaces(backup))
            self._turn(WHO)
            self.who.use_key(self.who.by_key)
        elif face == WHO and backup is not None:
            self._bring_back(backup)

    def step_back(self) -> None:
        """Stop what is under way, or leave."""
        if self.stack.currentIndex() == WORK and self._job is not None:
            self._job.cancel()
            self._job = None
            self._turn(WHO)
        else:
            self.reject()

    def reject(self) -> None:
        """Leave; what was brought back and belongs nowhere is taken away."""
        if not self.summary.isEnabled():  # it is taking the clinic's place: a moment
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        brought, self._brought = self._brought, None
        if brought is not None:
            self._background.run(lambda: take_away(brought))
        super().reject()

    def _replaces(self, backup: "Backup") -> bool:
        """Whether there is something in the clinic's folder that this backup may replace."""
        folder = self._clinic_folder
        if not (folder / KEYRING_NAME).exists() and not (folder / DATABASE_NAME).exists():
            return False
        try:
            return bool(read_keyring_file(folder)["clinic_uuid"] == backup.clinic_uuid)
        except (WoundtrackError, KeyError):
            return True  # damaged

    def _free_place(self, backup: "Backup") -> Path:
        from woundtrack.backup.restoring import beside

        folder = self._clinic_folder
        empty = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        return folder if empty and not self._replaces(backup) else beside(folder)

    # -- bringing it back

    def _bring_back(self, backup: "Backup") -> None:
        opened = self.who.opener(backup)
        text = self.who.place.text().strip()
        if opened is None:
            return
        if not text:
            self.who.form.show_error("place", _("Choose a folder."))
            return
        place, there = Path(text).expanduser(), None
        if self._replaces(backup):
            there = self._clinic_folder

        def work(job: Job) -> Brought | None:
            from woundtrack.backup.restoring import restore

            opener = opened()
            restored = restore(backup, place, opener=opener, progress=job.goes_on)
            if restored is None:
                return None
            if job.cancelled:
                shutil.rmtree(restored.folder, ignore_errors=True)
                return None
            return Brought(restored, there, parted_from(there, place, opener.data_key))

        self._turn(WORK)
        self.work.begin(
            _("Opening the backup, then bringing it back into a folder of its own, compared…")
        )
        self._job = job = self._background.run(
            work,
            done=while_alive(self, lambda brought: self._came(job, brought)),
            failed=while_alive(self, lambda error: self._refused(job, error)),
            progress=while_alive(self, self.work.advance),
            dropped=take_away,
            with_job=True,
        )

    def _came(self, job: Job, brought: Brought | None) -> None:
        if job is not self._job:
            self._background.run(lambda: take_away(brought))
            return
        self._job = None
        if brought is None:
            self._turn(WHO)
            return
        self.who.forget()
        restored = brought.restored
        said = restore_words.brought_text(restored)
        if brought.there is None:
            self._finish(restored.folder, f"{said}\n\n{restore_words.placed_text(restored.folder)}")
            return
        self._brought = brought
        self.summary.text.setText(said)
        self.summary.differs.setText(restore_words.differs_text(brought.parted))
        self.summary.put.setText(restore_words.put_button(brought.parted))
        self.summary.after.setText(restore_words.kept_hint())
        self._turn(SUMMARY)

    def _refused(self, job: Job, error: Exception) -> None:
        if job is not self._job:
            return
        self._job = None
        assert isinstance(error, WoundtrackError)
        self._turn(WHO)
        if not self.who.show_refusal(error):
            self.banner.say(explain(error), tone="danger")

    # -- where it belongs

    def put_in_place(self) -> None:
        """The clinic's folder is kept under another name; what was brought back takes its own."""
        assert self._brought is not None
        restored, folder = self._brought.restored.folder, self._brought.there
        assert folder is not None
        self._hold(True)

        def work() -> Path | None:
            from woundtrack.backup.restoring import put_in_place

            return put_in_place(restored, folder, today=dt.datetime.now().astimezone().date())

        def done(aside: Path | None) -> None:
            self._finish(folder, restore_words.put_text(aside))
            self.settled.emit(folder)

        self._background.run(
            work, done=while_alive(self, done), failed=while_alive(self, self._not_put)
        )

    def _hold(self, held: bool) -> None:
        """Neither twice, nor left while it takes the clinic's place."""
        self.summary.setEnabled(not held)
        self.cancel.setEnabled(not held)

    def _not_put(self, error: Exception) -> None:
        self._hold(False)
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")

    def keep_beside(self) -> None:
        """Leave it where it is: two clinics from now on."""
        assert self._brought is not None
        folder = self._brought.restored.folder
        self._finish(folder, restore_words.second_text(folder))

    def _finish(self, folder: Path, text: str) -> None:
        self._hold(False)
        self._brought, self._goal = None, folder
        self.told.setText(text)
        self._turn(DONE)
