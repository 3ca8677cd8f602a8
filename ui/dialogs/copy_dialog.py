"""A copy of the whole clinic: where to, how far, and that it was read back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.widgets.form import Banner
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Copied

BYTES_PER_MB = 1_000_000


class CopyDialog(QDialog):
    """Asks for a place, copies in the background with progress and Cancel, says what is there.

    `ask_folder` is what a person answers; tests put their own there.
    """

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        parent: QWidget | None = None,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Copy the clinic"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._background, self._now = clinic, background, now
        self._job: Job | None = None
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.text = theme.label(
            _(
                "Everything of this clinic is copied, photos and all, encrypted as it is here. The "
                "copy opens with the same names and passphrases. Keep it on another disk or on the "
                "clinic’s share; to use one from a share, copy its folder to a computer first."
            )
        )
        self.text.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = theme.primary(QPushButton(_("Choose where to…")))
        self.buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.start_button.clicked.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        for widget in (self.banner, self.text, self.progress):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.resize(theme.grid(64), theme.grid(24))

    def start(self) -> None:
        """Ask where to, and copy into a new folder there."""
        chosen = self.ask_folder()
        if not chosen:
            return
        target = free_folder(Path(chosen), f"woundtrack-{self._now():%Y-%m-%d}")
        self.banner.setVisible(False)
        self.start_button.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.setVisible(True)
        self._job = self._background.run(
            lambda job: self._clinic.copy_to(target, progress=told(job)),
            done=while_alive(self, lambda copied: self._show(target, copied)),
            failed=while_alive(self, self._show_failure),
            progress=while_alive(self, self._advance),
            with_job=True,
        )

    def reject(self) -> None:
        """Stop what is under way; nothing of it is left behind."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, _("Copy the clinic"))

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show(self, target: Path, copied: "Copied | None") -> None:
        self._job = None
        self.progress.setVisible(False)
        if copied is None:
            return
        size = words.number(copied.byte_count / BYTES_PER_MB, decimals=1)
        photos = ngettext("{count} photo", "{count} photos", copied.photos)
        self.text.setText(
            _("The copy is complete and was read back: {photos}, {size} MB, in {folder}.").format(
                photos=photos.format(count=copied.photos), size=size, folder=target
            )
        )
        if copied.damaged:
            lacking = ngettext(
                "{count} photo is damaged or missing in this clinic, and so it is in the copy.",
                "{count} photos are damaged or missing in this clinic, and so they are in the "
                "copy.",
                copied.damaged,
            )
            self.banner.say(lacking.format(count=copied.damaged))
            self.banner.setVisible(True)
        self.buttons.clear()
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)

    def _show_failure(self, error: Exception) -> None:
        self._job = None
        self.progress.setVisible(False)
        self.start_button.setEnabled(True)
        if isinstance(error, WoundtrackError):
            self.banner.say(explain(error))
            self.banner.setVisible(True)


def told(job: Job) -> Callable[[int, int], bool]:
    """What tells a job's progress, and answers whether to go on."""

    def tell(done: int, total: int) -> bool:
        job.report(done, total)
        return not job.cancelled

    return tell


def free_folder(place: Path, name: str) -> Path:
    """A folder of this name that is not there yet, numbered where it must be."""
    free, number = place / name, 1
    while free.exists():
        number += 1
        free = place / f"{name}-{number}"
    return free
