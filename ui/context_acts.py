"""What is kept beside the wound, opened from menus, lists and the chart."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.pages.workspace import Workspace


class ContextActs:
    """Laboratory results, analgesics and events of the patient in view, by key in `table`."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "labs": self.labs, "new_analgesic": self.new_analgesic, "new_event": self.new_event,
        }  # fmt: skip
        healing = workspace.patient_page.healing
        healing.labs.day_requested.connect(self.labs)
        healing.analgesics.add_requested.connect(self.new_analgesic)
        healing.analgesics.use_requested.connect(self.new_analgesic)
        healing.analgesics.change_requested.connect(self.change_analgesic)
        healing.events.add_requested.connect(self.new_event)
        healing.events.event_requested.connect(self.new_event)

    def labs(self, on: Any = None) -> None:
        """The laboratory results of a day; of the usual one where none is named."""
        from ui.dialogs.labs_dialog import LabsDialog

        view = self._space.view
        if view is not None and not self._space.clinic.read_only:
            LabsDialog(
                acts=self._space.acts, history=view.history, settings=self._space.settings,
                clinic_name=self._space.clinic.clinic_name, on=on or None,
                visit_on=self._space.visit_on, parent=self._window,
            ).open()  # fmt: skip

    def new_analgesic(self, use: Any = None) -> None:
        """Add an analgesic, or open one."""
        self._analgesic(use or None)

    def change_analgesic(self, use: Any) -> None:
        """Give an analgesic another dose."""
        self._analgesic(use, changing=True)

    def _analgesic(self, use: Any, *, changing: bool = False) -> None:
        from ui.dialogs.analgesic_dialog import AnalgesicDialog

        view = self._space.view
        if view is not None and not self._space.clinic.read_only:
            AnalgesicDialog(
                acts=self._space.acts, patient_id=view.history.patient.id, use=use,
                changing=changing, others=view.history.analgesics, parent=self._window,
            ).open()  # fmt: skip

    def new_event(self, event: Any = None) -> None:
        """Add an event, or open one."""
        from ui.dialogs.event_dialog import EventDialog

        view = self._space.view
        if view is not None and not self._space.clinic.read_only:
            EventDialog(
                acts=self._space.acts, history=view.history, event=event or None,
                parent=self._window,
            ).open()  # fmt: skip
