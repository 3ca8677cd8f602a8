"""What leaves the clinic as files, and whole records in again: each opens its dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.workspace import Workspace
from woundtrack.records import Patient, Stored


class RecordActs:
    """Opens the dialogs, by key in `table`."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "export_record": self.export_record, "import_record": self.import_record,
            "export_tables": self.export_tables, "export_pictures": self.export_pictures,
        }  # fmt: skip

    @property
    def _patient(self) -> Stored[Patient] | None:
        view = self._space.view
        return view.history.patient if view else None

    def export_record(self) -> None:
        """Everything of the patient in view, or of the whole clinic."""
        from ui.dialogs.record_export_dialog import RecordExportDialog

        space = self._space
        dialog = RecordExportDialog(
            space.clinic, space.background, patient=self._patient, parent=self._window
        )
        # What is on screen may not be saved yet; and the window may lock meanwhile.
        space.flush(lambda: dialog.deleteLater() if space.left else dialog.open())

    def import_record(self) -> None:
        """What another clinic exported."""
        from ui.dialogs.record_import_dialog import RecordImportDialog

        space = self._space
        dialog = RecordImportDialog(space.clinic, space.background, parent=self._window)
        dialog.imported.connect(space.refresh)
        dialog.open()

    def export_tables(self) -> None:
        """The record as tables: of the patient in view, or of the whole clinic."""
        from ui.dialogs.export_dialog import ExportDialog

        space = self._space
        ExportDialog(
            space.clinic, space.background, patient=self._patient, parent=self._window
        ).open()

    def export_pictures(self) -> None:
        """De-identified pictures: of the patient in view, or of the whole clinic."""
        from ui.dialogs.pictures_dialog import PicturesDialog

        space = self._space
        PicturesDialog(
            space.clinic, space.background, patient=self._patient, parent=self._window
        ).open()
