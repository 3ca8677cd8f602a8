"""What is printed to take photos by: the card, and the page on how to photograph wounds."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.workspace import Workspace


class PrintActs:
    """Opens the dialogs of what is printed beforehand, by key in `table`."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "print_card": self.print_card, "protocol": self.protocol,
        }  # fmt: skip

    def print_card(self) -> None:
        """Print the card, and check a print run."""
        from ui.dialogs.card_dialog import CardDialog

        space, view = self._space, self._space.view
        code = view.history.patient.value.code if view else ""
        lesions = [lesion.value for lesion in view.history.lesions] if view else []
        labels = tuple(lesion.label for lesion in lesions if lesion.became_on is None)
        CardDialog(
            space.clinic, space.background, patient_code=code, lesion_labels=labels,
            parent=self._window,
        ).open()  # fmt: skip

    def protocol(self) -> None:
        """Print how to photograph wounds."""
        from ui.dialogs.protocol_dialog import ProtocolDialog

        ProtocolDialog(self._space.background, parent=self._window).open()
