"""Records from a folder of the open format: looked at first, taken in when a person says so."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.leaving_dialog import LeavingDialog
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.interchange.folder import OpenFolder
    from woundtrack.interchange.importing import Imported
    from woundtrack.store.arrivals import Arrivals
    from woundtrack.store.clinic import Clinic

_MOST_CODES = 20
"""Of patients of whom something is to be said: more would push the buttons off the screen."""


class RecordImportDialog(LeavingDialog):
    """Asks for the folder, says what is new in it, and imports that and nothing else."""

    imported = Signal()

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Import records"), background, parent=parent)
        self._clinic = clinic
        self._source: OpenFolder | None = None
        self.text = theme.label(
            _(
                "Choose the folder that another clinic exported. It is read and checked first. "
                "Nothing that was entered in this clinic is changed: what is new comes in, with "
                "its revisions, photos and the names of those who wrote."
            )
        )
        self.found = theme.label()
        for label in (self.text, self.found):
            label.setWordWrap(True)
        # What the folder says of itself is shown as it stands, never as markup.
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.found.setVisible(False)
        self.new_only = QCheckBox(_("Only patients who are not here yet"))
        self.new_only.setVisible(False)
        self.start_button.setText(_("Choose the folder…"))
        self.start_button.clicked.connect(self.start)
        self.import_button = QPushButton(_("Import"))
        self.import_button.clicked.connect(self.take_in)
        self.import_button.setEnabled(False)
        self.buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out(self.text, self.found, self.new_only, self.banner, self.progress)
        self.resize(theme.text_grid(66), theme.grid(34))

    def start(self) -> None:
        """Ask for the folder, and look at all that is in it."""
        from woundtrack.interchange.importing import look_at_folder

        chosen = self.ask_folder()
        if not chosen:
            return
        self._offer(None)
        self._tell("")
        clinic, folder = self._clinic, Path(chosen)
        self._write(
            lambda progress: look_at_folder(clinic, folder, progress=progress),
            done=self._show_found,
        )

    def take_in(self) -> None:
        """Import what is new; patients who are here in another state stay as they are."""
        from woundtrack.interchange.importing import import_record

        clinic, source, new_only = self._clinic, self._source, self.new_only.isChecked()
        if source is not None:
            self._write(
                lambda progress: import_record(
                    clinic, source, new_only=new_only, progress=progress
                ),
                done=self._show_imported,
            )

    def _show_found(self, looked: "tuple[OpenFolder, Arrivals] | None") -> None:
        from woundtrack.interchange.importing import arrivals_text, origin_text

        if looked is None:
            return
        source, found = looked
        self._tell(f"{origin_text(source)}\n\n{arrivals_text(found, most_codes=_MOST_CODES)}")
        self.new_only.setVisible(bool(found.more))
        self._fit()
        if found.new:
            self._offer(source)
            self.import_button.setFocus()

    def _show_imported(self, done: "Imported | None") -> None:
        from woundtrack.interchange.importing import imported_text

        if done is None:
            return
        self._offer(None)
        self._tell("")
        self._say(imported_text(done, most_codes=_MOST_CODES), tone="ok")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Close"))
        if done.arrivals.new:
            self.imported.emit()

    def _offer(self, source: "OpenFolder | None") -> None:
        """Import is the way on where something new was found, else choosing a folder."""
        self._source = source
        if source is None:
            self.new_only.setVisible(False)
            self.new_only.setChecked(False)
        self.import_button.setEnabled(source is not None)
        theme.retone(self.import_button, "primary", source is not None)
        theme.retone(self.start_button, "primary", source is None)

    def _tell(self, text: str) -> None:
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self._fit()

    def _set_working(self, working: bool) -> None:
        super()._set_working(working)
        self.import_button.setEnabled(not working and self._source is not None)
