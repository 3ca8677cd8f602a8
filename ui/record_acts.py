"""Whole records out of the clinic in the open format, and in again: each opens its dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.workspace import Workspace


class RecordActs:
    """Opens the dialogs, by key in `table`."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "export_record": self.export_record, "import_record": self.import_record,
        }  # fmt: skip

    def export_record(self) -> None:
        """Everything of the patient in view, or of the whole clinic."""
        from ui.dialogs.record_export_dialog import RecordExportDialog

        space = self._space
        patient = space.view.history.patient if space.view else None
        dialog = RecordExportDialog(
            space.clinic, space.background, patient=patient, parent=self._window
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
