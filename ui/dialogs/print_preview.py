"""Prints a PDF's pages through PDFium: at 100 %, or fitted where the paper is another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.background import Job
from ui.dialogs.pages_view import page_image
from woundtrack.errors import ReportError

MM_PER_INCH = 25.4
REPORT_DPI, CARD_DPI = 300.0, 600.0
_END_BYTES = 64
"""A whole PDF says there that it ends."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed. `true_size` never scales, whatever the paper is."""

    data: bytes
    sizes_mm: tuple[tuple[float, float], ...]
    name: str
    """Shown in the print queue: holds a code, never a person's name."""
    true_size: bool = False


def chosen_printer(job: PrintJob, parent: QWidget | None) -> QPrinter | None:
    """The printer a person chooses; None where they change their mind.

    Raises ReportError report.no_printer where the computer has none.
    """
    if not QPrinterInfo.availablePrinters():
        raise ReportError("report.no_printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, job)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    # A printer's own settings may have asked for scaling or another paper.
    prepare(printer, job)
    return printer


def prepare(printer: QPrinter, job: PrintJob) -> None:
    """Give a printer the job's paper, the whole of it, and its name."""
    width_mm, height_mm = job.sizes_mm[0]
    size = QPageSize(QSizeF(width_mm, height_mm), QPageSize.Unit.Millimeter, "",
                     QPageSize.SizeMatchPolicy.FuzzyMatch)  # fmt: skip
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setDocName(job.name)
    printer.setCreator("woundtrack")


def print_pages(
    printer: QPrinter, job: PrintJob, *, progress: Callable[[int, int], None], work: Job | None
) -> int:
    """Paint the pages on a prepared printer and return their count; on any thread.

    Raises ReportError report.not_printed, report.cancelled, and report.disk_full where they go
    into a file.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise ReportError("report.not_printed")
    try:
        wanted = wanted_pages(printer, len(job.sizes_mm))
        for done, page in enumerate(wanted):
            if work is not None and work.cancelled:
                printer.abort()
                raise ReportError("report.cancelled")
            if done and not printer.newPage():
                raise ReportError("report.not_printed")
            _paint(painter, printer, job, page)
            progress(done + 1, len(wanted))
    finally:
        painter.end()
    _refuse_cut_off(printer)
    return len(wanted)


def _refuse_cut_off(printer: QPrinter) -> None:
    """Where a full disk cut off a PDF that was printed into a file, Qt does not tell: none stays.

    Raises ReportError report.disk_full.
    """
    path = Path(printer.outputFileName())
    if printer.outputFormat() is not QPrinter.OutputFormat.PdfFormat or not path.is_file():
        return
    if not path.read_bytes()[-_END_BYTES:].rstrip().endswith(b"%%EOF"):
        path.unlink()
        raise ReportError("report.disk_full")


def wanted_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages asked for in the print dialog, counted from 0."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or printer.fromPage() < 1:
        return list(range(count))
    return list(range(printer.fromPage() - 1, min(printer.toPage() or count, count)))


def target_of(
    size_mm: tuple[float, float], *, paper: QRectF, dots_per_inch: float, true_size: bool
) -> QRectF:
    """Where a page lies on the paper, in the printer's dots: centred; shrunk only where allowed."""
    width, height = (length / MM_PER_INCH * dots_per_inch for length in size_mm)
    factor = 1.0 if true_size else min(1.0, paper.width() / width, paper.height() / height)
    width, height = width * factor, height * factor
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)


def _paint(painter: QPainter, printer: QPrinter, job: PrintJob, page: int) -> None:
    dots = CARD_DPI if job.true_size else REPORT_DPI
    image = page_image(job.data, page=page, dots_per_inch=min(dots, printer.resolution()))
    target = target_of(
        job.sizes_mm[page],
        paper=printer.paperRect(QPrinter.Unit.DevicePixel),
        dots_per_inch=printer.resolution(),
        true_size=job.true_size,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image, QRectF(image.rect()))
