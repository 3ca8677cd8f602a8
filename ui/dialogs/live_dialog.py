"""What the dialogs of reports share: made anew at every choice, saved and printed with a note."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from ui import theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.dialogs.print_preview import PrintJob
from ui.dialogs.sheet_dialog import SheetDialog, Sizes
from woundtrack.errors import ReportError
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

WAIT_MS = 350
"""After the last choice, so that typing a date makes one report."""


class LiveDialog(SheetDialog):
    """The subclass says how the report is made and what its file is called."""

    work: Callable[[], Callable[[Job], bytes] | None]
    """What makes the report as chosen, on a worker; None where a choice is wrong, and said so."""
    file_name: Callable[[], str]
    queue_name: Callable[[], str]
    """Shown in the print queue: never a person's name."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        title: str,
        page_size: str,
        saved_text: str,
        note: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        """`saved_text` is said of a saved file; `note` journals "exported" or "printed", on a
        worker, whether this dialog is open or not.
        """
        super().__init__(
            background, title=title, page_size=page_size, print_text=_("Print…"), save=self.save,
            print_=self.print, saves_first=True, clinic_folder=clinic.folder, parent=parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._saved_text, self._note = clinic, saved_text, note
        self._job: Job | None = None
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(theme.grid(0.75))
        self.progress.setAccessibleName(_("Making the report"))
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.make)

    def pdf(self) -> bytes:
        """The report as it is shown, or nothing while it is being made."""
        return self._data

    def choices_changed(self) -> None:
        """Another choice was made: what is shown, and was said of it, is not it any more."""
        self._forget()
        self.banner.say("")
        self._wait.start()

    def make(self) -> None:
        """Make the report as it is chosen now."""
        self._stop()
        self._forget()
        self.banner.say("")
        work = self.work()
        if work is None:
            self.progress.setVisible(False)
            self.view.say("")
            return

        def made(job: Job) -> tuple[bytes, Sizes]:
            from woundtrack.report.raster import page_sizes_mm

            data = work(job)
            return data, page_sizes_mm(data)

        self.progress.setRange(0, 0)
        self.progress.setVisible(True)
        self._job = self._background.run(
            made,
            done=while_alive(self, self._show),
            failed=while_alive(self, self._refused),
            progress=while_alive(self, self._advance),
            key="report",
            with_job=True,
        )

    def _forget(self) -> None:
        self._data, self._sizes = b"", ()
        self._set_ready(False)

    def _show(self, made: tuple[bytes, Sizes]) -> None:
        self.progress.setVisible(False)
        super()._show(made)

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _refused(self, error: Exception) -> None:
        self.progress.setVisible(False)
        if not (isinstance(error, ReportError) and error.code == "report.cancelled"):
            super()._refused(error)

    def save(self) -> None:
        """Ask where to, and write the PDF there."""
        path = self.desk.ask_path(self.file_name())
        if path:
            self.desk.save(
                self._data,
                path=path,
                note=self._noting("exported"),
                done=lambda: self.banner.say(self._saved_text, tone="ok"),
                failed=self._refused,
            )

    def print(self) -> None:
        """Ask for a printer, and print."""
        job = PrintJob(self._data, self._sizes, name=self.queue_name())
        try:
            printer = self.desk.ask_printer(job)
        except ReportError as error:
            self._refused(error)
            return
        if printer is not None:
            self.desk.print(
                job,
                printer,
                note=self._noting("printed"),
                done=lambda: self.banner.say(_("Sent to the printer."), tone="ok"),
                failed=self._refused,
            )

    def _noting(self, action: str) -> Callable[[], None]:
        note = self._note
        return lambda: note(action)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def done(self, result: int) -> None:
        """Stop what is being made, and close."""
        self._wait.stop()
        self._stop()
        super().done(result)


def local_now() -> dt.datetime:
    """This moment, with the computer's zone."""
    return dt.datetime.now().astimezone()
