"""The recovery key on paper or in a file of the person's choosing."""

from html import escape
from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QMessageBox, QWidget

from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _


def sheet_text(key: str, *, clinic_name: str) -> str:
    """What the sheet says."""
    return "\n\n".join(
        (
            _("Recovery key of the clinic “{name}”").format(name=clinic_name),
            key,
            _(
                "With this key and a user's name a new passphrase can be set. Whoever holds it "
                "can read every record: keep it locked away, apart from the computer."
            ),
        )
    )


def save_key(parent: QWidget, key: str, *, clinic_name: str, clinic_folder: Path) -> None:
    """Write the sheet where the person says, apart from what it opens."""
    from ui.dialogs.save_file import asked_file
    from woundtrack.export.placing import write_file

    name = asked_file(
        parent, _("Save the recovery key"), name="woundtrack-recovery-key.txt",
        kinds=_("Texts (*.txt)"),
    )  # fmt: skip
    if not name:
        return
    text = sheet_text(key, clinic_name=clinic_name) + "\n"
    try:
        write_file(text.encode(), Path(name), clinic_folder=clinic_folder)
    except WoundtrackError as error:
        QMessageBox.warning(parent, _("Not saved"), explain(error))


def print_key(parent: QWidget, key: str, *, clinic_name: str) -> None:
    """Print the sheet through the system's print dialog."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return
    first, shown, last = sheet_text(key, clinic_name=clinic_name).split("\n\n")
    document = QTextDocument()
    document.setHtml(
        f"<h2>{escape(first)}</h2><p><code style='font-size:14pt'>{escape(shown)}</code></p>"
        f"<p>{escape(last)}</p>"
    )
    document.print_(printer)
