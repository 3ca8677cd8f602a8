"""What may be done with a finished PDF: shown, saved, printed. Shared by report and card."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.dialogs.print_preview import PrintJob, chosen_printer, print_pages
from woundtrack.errors import ReportError
from woundtrack.words import _

_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class PdfDesk:
    """Asks where to, then saves or prints in the background.

    `ask_path` and `ask_printer` are what a person answers; tests put their own there.
    """

    def __init__(self, background: Background, parent: QWidget) -> None:
        self._background = background
        self._parent = parent
        self.ask_path: Callable[[str], str] = self._ask_path
        self.ask_printer: Callable[[PrintJob], QPrinter | None] = self._ask_printer

    def save(
        self,
        data: bytes,
        *,
        path: str,
        after: Callable[[], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Write the PDF whole or not at all; `after` is done with it, on the worker."""
        target, parent = Path(path), self._parent

        def work() -> None:
            write_whole(data, target)
            after()

        self._background.run(
            work, done=while_alive(parent, lambda _none: done()), failed=while_alive(parent, failed)
        )

    def print(
        self,
        job: PrintJob,
        printer: QPrinter,
        *,
        after: Callable[[], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Print the pages; `after` is done with it, on the worker, closed dialog or not."""
        parent = self._parent

        def work(running: Job) -> None:
            print_pages(printer, job, progress=running.report, work=running)
            after()

        self._background.run(
            work,
            done=while_alive(parent, lambda _none: done()),
            failed=while_alive(parent, failed),
            with_job=True,
        )

    def _ask_path(self, name: str) -> str:
        path, _filter = QFileDialog.getSaveFileName(
            self._parent, _("Save PDF"), name, _("PDF documents (*.pdf)")
        )
        return path if not path or path.lower().endswith(".pdf") else f"{path}.pdf"

    def _ask_printer(self, job: PrintJob) -> QPrinter | None:
        return chosen_printer(job, self._parent)


def write_whole(data: bytes, path: Path) -> None:
    """Write a file so that a failure leaves what was there.

    Raises ReportError report.not_allowed, report.disk_full, report.not_written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if error.errno in _REFUSED:  # on Windows a file that is open elsewhere, too
            raise ReportError("report.not_allowed") from error
        if error.errno in _FULL:
            raise ReportError("report.disk_full") from error
        raise ReportError("report.not_written") from error
