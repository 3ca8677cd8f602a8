"""What may be done with a finished PDF: shown, saved, printed. Shared by report and card."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.dialogs.print_preview import PrintJob, chosen_printer, print_pages
from ui.dialogs.save_file import asked_file
from woundtrack.export.placing import write_file
from woundtrack.words import _


class PdfDesk:
    """Asks where to, then saves or prints in the background; `note` journals it just before.

    Nothing is saved into `clinic_folder`. `ask_path` and `ask_printer` are what a person answers;
    tests put their own there.
    """

    def __init__(
        self, background: Background, parent: QWidget, *, clinic_folder: Path | None = None
    ) -> None:
        self._background = background
        self._clinic_folder = clinic_folder
        self._parent = parent
        self.ask_path: Callable[[str], str] = self._ask_path
        self.ask_printer: Callable[[PrintJob], QPrinter | None] = self._ask_printer

    def save(
        self,
        data: bytes,
        *,
        path: str,
        note: Callable[[], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Write the PDF whole or not at all; `note` is called on the worker."""
        target, parent, clinic_folder = Path(path), self._parent, self._clinic_folder

        def work() -> None:
            write_file(data, target, clinic_folder=clinic_folder, note=note)

        self._background.run(
            work, done=while_alive(parent, lambda _none: done()), failed=while_alive(parent, failed)
        )

    def print(
        self,
        job: PrintJob,
        printer: QPrinter,
        *,
        note: Callable[[], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Print the pages; `note` is called on the worker, closed dialog or not."""
        parent = self._parent

        def work(running: Job) -> None:
            note()
            print_pages(printer, job, progress=running.report, work=running)

        self._background.run(
            work,
            done=while_alive(parent, lambda _none: done()),
            failed=while_alive(parent, failed),
            with_job=True,
        )

    def _ask_path(self, name: str) -> str:
        kinds = _("PDF documents (*.pdf)")
        return asked_file(self._parent, _("Save PDF"), name=name, kinds=kinds)

    def _ask_printer(self, job: PrintJob) -> QPrinter | None:
        return chosen_printer(job, self._parent)
