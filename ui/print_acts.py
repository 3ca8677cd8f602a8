"""What goes on paper: reports and their letterhead, the card, and how to photograph wounds."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.pages.workspace import Workspace
from woundtrack.records import PatientHistory
from woundtrack.report.content_types import ReportKind
from woundtrack.words import _


class PrintActs:
    """Opens the dialogs of what is printed, by key in `table`."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "report": self.report, "visit_report": self.visit_report,
            "letterhead": self.letterhead, "print_card": self.print_card,
            "protocol": self.protocol,
        }  # fmt: skip
        workspace.patient_page.report_requested.connect(self.report)
        workspace.print_requested.connect(self.visit_report)

    def report(self) -> None:
        """Preview, save or print the patient's report."""
        self._open_report()

    def visit_report(self) -> None:
        """The report of the visit in front, else of the one whose photo is chosen."""
        space = self._space
        if not space.on_visit:
            photo = space.patient_page.strip.current_photo()
            visit_id = photo.visit_id if photo else None
        elif space.visit_page.session.state.confirmed:
            visit_id = space.visit_id
        else:
            space.status.emit(_("This visit is not confirmed yet. Confirm it, then print it."))
            return
        self._open_report(kind=ReportKind.VISIT, visit_id=visit_id)

    def _open_report(self, **chosen: Any) -> None:
        """With the record as it is now: a visit may have been confirmed just before."""
        from ui.dialogs.report_dialog import ReportDialog

        space, patient_id = self._space, self._space.patient_id
        if patient_id is None:
            return

        def opened(history: PatientHistory) -> None:
            if space.patient_id == patient_id and not space.left:
                ReportDialog(
                    space.clinic, space.background, history=history, settings=space.settings,
                    acts=space.acts, chart=space.patient_page.chart.choice(),
                    parent=self._window, **chosen,
                ).open()  # fmt: skip

        space.background.run(
            lambda: space.clinic.read(lambda r: r.history(patient_id)),
            done=opened,
            failed=space.say_error,
            key="report of",
        )

    def letterhead(self) -> None:
        """What stands atop every report."""
        from ui.dialogs.letterhead_dialog import LetterheadDialog

        space = self._space
        LetterheadDialog(
            space.clinic, space.background, acts=space.acts, parent=self._window
        ).open()

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
