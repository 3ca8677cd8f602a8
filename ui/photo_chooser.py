"""Asks for photo files or a folder of them."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from woundtrack.photo.importing import PHOTO_SUFFIXES
from woundtrack.words import _


class PhotoChooser:
    """Begins where the last photos were found. That is forgotten with the sign-in: a folder may
    carry a patient's name, so it is never written to disk.
    """

    def __init__(self) -> None:
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        self.start = QStandardPaths.writableLocation(pictures) or str(Path.home())

    def files(self, parent: QWidget) -> list[Path]:
        """The photo files chosen, none where the person gave up."""
        names, _kind = QFileDialog.getOpenFileNames(
            parent, _("Import photos"), self.start, photo_filter()
        )
        chosen = [Path(name) for name in names]
        if chosen:
            self.start = str(chosen[0].parent)
        return chosen

    def folder(self, parent: QWidget) -> list[Path]:
        """The folder chosen, in a list; empty where the person gave up."""
        name = QFileDialog.getExistingDirectory(parent, _("Import a folder of photos"), self.start)
        if name:
            self.start = name
        return [Path(name)] if name else []


def photo_filter() -> str:
    """What the file dialog offers: photos first, then everything."""
    kinds = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in PHOTO_SUFFIXES)
    return f"{_('Photos')} ({kinds});;{_('All files')} (*)"
