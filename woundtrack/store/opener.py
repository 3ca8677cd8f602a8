"""The file in a clinic's folder that opens the clinic by a double click, from any account.

It only marks its folder: nothing reads it, so it can lead nowhere else.
"""

from contextlib import suppress
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.store.files import remove_parts, write_whole

OPENER_NAME = "clinic.woundtrack"
_TEXT = (
    "A double click on this file opens the woundtrack clinic in this folder.\n"
    "Un double clic sur ce fichier ouvre le centre woundtrack de ce dossier.\n"
)


def leave_opener(folder: Path) -> None:
    """Write the file where it is missing. A clinic that cannot have it opens all the same."""
    if not (folder / OPENER_NAME).exists():
        remove_parts(folder, of=OPENER_NAME)
        with suppress(StoreError):
            write_whole(folder / OPENER_NAME, _TEXT.encode())
