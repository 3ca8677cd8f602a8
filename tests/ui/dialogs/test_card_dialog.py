"""The card's dialog: numbered runs, true size, and the check of the 100 mm line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs.card_dialog import CardDialog
from ui.dialogs.print_preview import PrintJob, prepare
from woundtrack import words
from woundtrack.records import CardRun
from woundtrack.report.raster import page_pixels, page_sizes_mm, page_texts
from woundtrack.store.clinic import Clinic

Dialog = Any

TITLES = {"en": "Print card", "fr": "Imprimer la carte"}


@pytest.fixture
def dialog(qtbot: QtBot, clinic: Clinic, background: Background, ward: Any) -> Dialog:
    """The dialog for the ward's patient, its preview made."""
    made = CardDialog(
        clinic, background, patient_code=ward.patient.value.code, lesion_labels=("A", "B")
    )
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.print_button.isEnabled)
    assert made.isVisible()
    assert made.windowTitle() == words._("Print card")
    return made


def runs(clinic: Clinic) -> list[CardRun]:
    return [run.value for run in clinic.read(lambda r: r.find(CardRun))]


def saved(dialog: Dialog, qtbot: QtBot, path: Path) -> str:
    """Save the card and return the text of its pages."""
    dialog.desk.ask_path = lambda _name: str(path)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "is out" in dialog.banner.label.text())
    return " ".join(page_texts(path.read_bytes()))


def test_looking_registers_no_run(dialog: Dialog, clinic: Clinic) -> None:
    assert dialog.view.pages()
    assert runs(clinic) == []


def test_each_save_is_a_run_of_its_own_number(
    dialog: Dialog, qtbot: QtBot, clinic: Clinic, ward: Any, tmp_path: Path
) -> None:
    text = saved(dialog, qtbot, tmp_path / "one.pdf")
    assert ward.patient.value.code in text
    assert runs(clinic) == [CardRun(1, "a4")]
    dialog.with_code.setChecked(False)
    dialog.paper.set_value("letter")
    dialog.sheets.setValue(2)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    text = saved(dialog, qtbot, tmp_path / "two.pdf")
    assert ward.patient.value.code not in text
    assert [run.number for run in runs(clinic)] == [1, 2]
    assert runs(clinic)[1].page_size == "letter"
    assert len(page_sizes_mm((tmp_path / "two.pdf").read_bytes())) == 2


@pytest.mark.parametrize(
    ("length", "accepted"), [("100", True), ("98,6", True), ("96.5", False), ("104", False)]
)
def test_the_measured_line_is_stored_or_the_run_refused(
    dialog: Dialog, qtbot: QtBot, clinic: Clinic, tmp_path: Path, length: str, accepted: bool
) -> None:
    saved(dialog, qtbot, tmp_path / "one.pdf")
    qtbot.waitUntil(lambda: dialog.check.chosen() is not None)
    dialog.check.length.setText(length)
    dialog.check.store_button.click()
    qtbot.waitUntil(lambda: runs(clinic)[0].accepted is accepted)
    assert runs(clinic)[0].measured_mm == pytest.approx(float(length.replace(",", ".")))
    word = "accepted" if accepted else "refused"
    qtbot.waitUntil(lambda: word in dialog.check.run.currentText())
    assert word in dialog.check.banner.label.text()


def test_a_length_in_centimetres_is_asked_again(
    dialog: Dialog, qtbot: QtBot, clinic: Clinic, tmp_path: Path
) -> None:
    saved(dialog, qtbot, tmp_path / "one.pdf")
    qtbot.waitUntil(lambda: dialog.check.chosen() is not None)
    dialog.check.length.setText("10")
    dialog.check.store_button.click()
    assert runs(clinic)[0].accepted is None
    assert "millimetres" in dialog.check._form.error_of("length")


def test_print_is_true_to_size(dialog: Dialog, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def ask(job: PrintJob) -> QPrinter:
        assert job.true_size
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(300)
        prepare(printer, job)
        return printer

    dialog.desk.ask_printer = ask
    dialog.print_button.click()
    qtbot.waitUntil(lambda: "is out" in dialog.banner.label.text(), timeout=20_000)
    printed_mm = longest_row_mm(target.read_bytes())
    # The line's end marks add their own thickness.
    assert printed_mm == pytest.approx(100.2, abs=0.3)
    assert printed_mm == pytest.approx(longest_row_mm(dialog._data), abs=0.1)


def longest_row_mm(data: bytes) -> float:
    """The longest dark horizontal line of the upper part of the first page, in mm."""
    dots = 300
    pixels = page_pixels(data, page=0, dots_per_inch=dots)
    dark = pixels[: pixels.shape[0] // 3].max(axis=2) < 120
    longest = 0
    for row in dark:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(int), [0]))))
        longest = max(longest, int(np.max(edges[1::2] - edges[::2], initial=0)))
    return longest / dots * 25.4


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_opens_without_a_patient_in_every_language(
    qtbot: QtBot, clinic: Clinic, background: Background, language: str
) -> None:
    words.set_language(language)
    made = CardDialog(clinic, background)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.print_button.isEnabled)
    assert made.windowTitle() == {"en": "Print card", "fr": "Imprimer la carte"}[language]
