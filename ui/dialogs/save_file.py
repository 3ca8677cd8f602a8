"""Where to save a file: with its ending, and never over another one unasked."""

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from woundtrack.words import _

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_ENDING = re.compile(r"\*(\.\w+)")


def asked_file(parent: QWidget | None, title: str, *, name: str, kinds: str) -> str:
    """The file that a person names, with an ending of `kinds`; empty where they think better.

    `kinds` is a file dialog's: "PDF documents (*.pdf);;Pictures (*.png)". The system asks before
    the file that was named is written over, and this before the one that it becomes by its ending.
    A `name` without a folder is proposed among the person's documents: the program was started in
    a folder of its own, where nobody looks for files.
    """
    documents = QStandardPaths.writableLocation(_DOCUMENTS)
    proposed = str(Path(documents, name)) if Path(documents).is_dir() else name
    chosen, kind = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
    endings = _ENDING.findall(kinds)
    if not chosen or Path(chosen).suffix.lower() in endings:
        return chosen
    whole = Path(chosen + next(iter(_ENDING.findall(kind) or endings)))
    return "" if whole.exists() and not _may_replace(parent, title, whole) else str(whole)


def _may_replace(parent: QWidget | None, title: str, path: Path) -> bool:
    text = _("{file} is there already. Replace it?").format(file=path.name)
    return QMessageBox.question(parent, title, text) is QMessageBox.StandardButton.Yes
