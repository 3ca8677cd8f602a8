"""The dialog of the photo protocol: seen, saved and printed, in the window's language."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs.print_preview import PrintJob, prepare
from ui.dialogs.protocol_dialog import ProtocolDialog
from woundtrack import words
from woundtrack.report.raster import page_sizes_mm, page_texts


@pytest.fixture
def dialog(qtbot: QtBot, background: Background) -> Any:
    """The dialog, its preview made."""
    made = ProtocolDialog(background)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.print_button.isEnabled)
    return made


def test_it_is_seen_and_saved_on_either_paper(dialog: Any, qtbot: QtBot, tmp_path: Path) -> None:
    assert len(dialog.view.pages()) == 1
    dialog.paper.set_value("letter")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    asked = []
    dialog.desk.ask_path = lambda name: asked.append(name) or str(tmp_path / "page.pdf")
    dialog.save_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    data = (tmp_path / "page.pdf").read_bytes()
    assert asked == ["woundtrack-photos-en-letter.pdf"]
    assert page_sizes_mm(data)[0] == pytest.approx((215.9, 279.4), abs=0.1)
    assert "Square-on" in page_texts(data)[0]


def test_a_place_that_cannot_be_written_is_told(dialog: Any, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.desk.ask_path = lambda _name: str(tmp_path / "gone" / "page.pdf")
    dialog.save_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert "not there any more" in dialog.banner.label.text()
    assert dialog.save_button.isEnabled()


def test_it_is_printed(dialog: Any, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def ask(job: PrintJob) -> QPrinter:
        assert not job.true_size
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(150)
        prepare(printer, job)
        return printer

    dialog.desk.ask_printer = ask
    dialog.print_button.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert len(page_sizes_mm(target.read_bytes())) == 1


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_speaks_the_language_of_the_window(
    qtbot: QtBot, background: Background, language: str
) -> None:
    words.set_language(language)
    made = ProtocolDialog(background)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.print_button.isEnabled)
    assert made.windowTitle() == words._("How to photograph wounds")
    assert words._("Even light, no glare") in page_texts(made._data)[0]
