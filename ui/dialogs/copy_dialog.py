"""A copy of the whole clinic: where to, how far, and that it was read back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.leaving_dialog import LeavingDialog, free_folder
from woundtrack import words
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Copied

BYTES_PER_MB = 1_000_000


class CopyDialog(LeavingDialog):
    """Asks for a place, copies in the background with progress and Cancel, says what is there."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        parent: QWidget | None = None,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        super().__init__(_("Copy the clinic"), background, parent=parent)
        self._clinic, self._now = clinic, now
        self.text = theme.label(
            _(
                "Everything of this clinic is copied, photos and all, encrypted as it is here. The "
                "copy opens with the same names and passphrases. Keep it on another disk or on the "
                "clinic’s share; to use one from a share, copy its folder to a computer first."
            )
        )
        self.text.setWordWrap(True)
        self._lay_out(self.banner, self.text, self.progress)
        self.start_button.clicked.connect(self.start)
        self.resize(theme.text_grid(64), theme.grid(24))

    def start(self) -> None:
        """Ask where to, and copy into a new folder there."""
        chosen = self.ask_folder()
        if not chosen:
            return
        target = free_folder(Path(chosen), f"woundtrack-{self._now():%Y-%m-%d}")
        self._write(
            lambda progress: self._clinic.copy_to(target, progress=progress),
            done=lambda copied: self._show(target, copied),
        )

    def _show(self, target: Path, copied: "Copied | None") -> None:
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
            self._say(lacking.format(count=copied.damaged))
        self.buttons.clear()
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
