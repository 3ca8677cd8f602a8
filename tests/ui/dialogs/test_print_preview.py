"""Pages printed into a file: whole or not at all."""

import io
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from ui.dialogs.print_preview import PrintJob, prepare, print_pages
from woundtrack.errors import ReportError

resource = pytest.importorskip("resource", reason="limits of a file's size are of POSIX")


def printed(target: Path) -> int:
    """How many pages of a short PDF a printer into this file took."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for place in range(200):
        canvas.drawString(20 + 7 * place % 300, 20 + 4 * place, "woundtrack")
    canvas.save()
    job = PrintJob(made.getvalue(), ((210.0, 297.0),), "woundtrack")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    prepare(printer, job)
    return print_pages(printer, job, progress=lambda _done, _total: None, work=None)


def test_a_full_disk_is_told_and_leaves_no_half_file(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        with pytest.raises(ReportError) as caught:
            printed(target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.code == "report.disk_full"
    assert not target.exists()
    assert printed(target) == 1
    assert target.read_bytes().rstrip().endswith(b"%%EOF")
