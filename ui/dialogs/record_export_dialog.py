"""Records in the open format: of whom, and what it means that nothing in them is encrypted."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.leaving_dialog import LeavingDialog, free_folder
from ui.widgets.banner import Banner
from ui.widgets.form import Form
from ui.widgets.whom_choice import whom_choice
from woundtrack.records import Patient, Stored
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.interchange.export import ExportedRecord
    from woundtrack.store.clinic import Clinic


class RecordExportDialog(LeavingDialog):
    """Asks of whom, writes in the background with progress and Cancel, says what is there."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        patient: Stored[Patient] | None = None,
        parent: QWidget | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(_("Export records"), background, parent=parent)
        self._clinic, self._patient, self._today = clinic, patient, today
        self.whom = whom_choice(patient)
        self.form = Form(stacked=True)
        self.form.add("whom", _("Of whom"), self.whom)
        self.text = theme.label(
            _(
                "A new folder with the whole record as text that any program reads, every "
                "revision with who wrote it, and the photos as they came from the camera. Another "
                "clinic imports it with nothing lost."
            )
        )
        self.text.setWordWrap(True)
        self.warning = Banner(tone="warning")
        self.warning.say(
            _(
                "Names, dates, notes and photos are in it, and nothing is encrypted. Export only "
                "for the patients’ care or their transfer, and keep the folder as you keep their "
                "papers. The export is noted in the journal."
            ),
            tone="warning",
        )
        self.start_button.clicked.connect(self.start)
        self._lay_out(self.form, self.text, self.warning, self.banner, self.progress)
        self.resize(theme.text_grid(66), theme.grid(44))

    def start(self) -> None:
        """Ask where to, and write into a new folder there."""
        from woundtrack.interchange.export import export_record

        chosen = self.ask_folder()
        if not chosen:
            return
        clinic, patient_id = self._clinic, self.whom.value()
        code = self._patient.value.code if self._patient and patient_id is not None else ""
        parts = ("woundtrack-record", code, f"{self._today():%Y-%m-%d}")
        target = free_folder(Path(chosen), "-".join(filter(None, parts)))
        patient_ids = None if patient_id is None else [patient_id]
        self._write(
            lambda progress: export_record(
                clinic, target, patient_ids=patient_ids, progress=progress
            ),
            done=lambda done: self._show(target, done),
        )

    def _show(self, target: Path, done: "ExportedRecord | None") -> None:
        from woundtrack.interchange.export import exported_text

        if done is None:
            return
        said = _("Saved as {file}").format(file=target.name)
        self._say(f"{exported_text(done)} {said}", tone="ok")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Close"))

    def _set_working(self, working: bool) -> None:
        super()._set_working(working)
        self.form.setEnabled(not working)
