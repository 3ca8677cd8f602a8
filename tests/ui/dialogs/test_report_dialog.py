"""The report's dialog: what is chosen is what is shown, saved and printed."""

import datetime as dt
import errno
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs.print_preview import PrintJob, prepare, target_of, wanted_pages
from ui.dialogs.report_dialog import ReportDialog
from woundtrack import words
from woundtrack.context.types import LabResult
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportPart
from woundtrack.report.raster import page_sizes_mm, page_texts
from woundtrack.store.clinic import Clinic

Dialog = Any


def text_of(data: bytes) -> str:
    return " ".join(page_texts(data))


@pytest.fixture
def dialog(qtbot: QtBot, clinic: Clinic, background: Background, ward: Any) -> Dialog:
    """The dialog of the ward's patient, its report made."""
    history = clinic.read(lambda r: r.history(ward.patient.id))
    made = ReportDialog(clinic, background, history=history)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.pdf()))
    return made


def changed(qtbot: QtBot, dialog: Dialog) -> str:
    """The text of the report after a change."""
    qtbot.waitUntil(lambda: bool(dialog.pdf()))
    return text_of(dialog.pdf())


def test_pages_are_shown(dialog: Dialog, qtbot: QtBot) -> None:
    view = dialog.view
    assert len(view.pages()) == len(page_sizes_mm(dialog.pdf()))
    qtbot.waitUntil(
        lambda: bool(view.seen()) and all(not view.pages()[n].image.isNull() for n in view.seen())
    )
    assert "1" in dialog.zoom_bar.page.text()


def test_choices_change_the_report(dialog: Dialog, qtbot: QtBot) -> None:
    assert "Lesion B" in text_of(dialog.pdf())
    _first, second = dialog.form.lesions.values()
    second.setChecked(False)
    assert dialog.pdf() == b""
    assert not dialog.save_button.isEnabled()
    assert "Lesion B" not in changed(qtbot, dialog)
    dialog.form.from_on.set_date(dt.date(2026, 4, 1))
    assert "No confirmed visit" in changed(qtbot, dialog)
    dialog.form.paper.set_value("letter")
    changed(qtbot, dialog)
    assert page_sizes_mm(dialog.pdf())[0] == pytest.approx((215.9, 279.4), abs=0.1)
    dialog.form.photos.set_value(PhotoChoice.NONE)
    assert dialog.options().photos is PhotoChoice.NONE


def test_the_language_of_the_report_is_not_the_window_s(dialog: Dialog, qtbot: QtBot) -> None:
    assert "10 Mar 2026" in text_of(dialog.pdf())
    dialog.form.language.set_value("fr")
    assert "10 mars 2026" in changed(qtbot, dialog)
    assert words.language() == "en"
    assert dialog.windowTitle() == "Report"


def test_a_single_visit_names_its_day_and_what_was_chosen_there(
    dialog: Dialog, qtbot: QtBot, ward: Any
) -> None:
    dialog.form.kind.set_value(ReportKind.VISIT)
    text = changed(qtbot, dialog)
    assert "Visit of 10 March 2026" in text
    assert "alginate" in text
    assert not dialog.form.from_on.isVisible()
    assert "visit-2026-03-10" in dialog.file_name()
    for box in dialog.form.lesions.values():
        box.setChecked(False)
    qtbot.waitUntil(lambda: bool(dialog.form.error_of("lesions")))
    assert not dialog.save_button.isEnabled()


def test_what_stands_beside_the_wounds_is_chosen(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Any
) -> None:
    result = LabResult(ward.patient.id, dt.date(2026, 3, 3), "crp", 12.0, "mg/L", upper_limit=5.0)
    clinic.write(lambda writer: writer.add(result))
    history = clinic.read(lambda r: r.history(ward.patient.id))
    dialog = ReportDialog(clinic, background, history=history)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "C-reactive protein 12 mg/L" in changed(qtbot, dialog)
    dialog.form.parts[ReportPart.LABORATORY].click()
    assert "C-reactive protein" not in changed(qtbot, dialog)


def test_wrong_choices_are_said_in_place(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.form.from_on.set_date(dt.date(2026, 4, 1))
    dialog.form.to_on.set_date(dt.date(2026, 3, 1))
    qtbot.waitUntil(lambda: bool(dialog.form.error_of("period")))
    assert not dialog.save_button.isEnabled()
    dialog.form.to_on.setText("99/99/2026")
    qtbot.waitUntil(lambda: "not a day" in dialog.form.error_of("period"))
    for box in dialog.form.lesions.values():
        box.setChecked(False)
    qtbot.waitUntil(lambda: bool(dialog.form.error_of("lesions")))


def test_saving_writes_the_pdf_and_journals_it(
    dialog: Dialog, qtbot: QtBot, clinic: Clinic, ward: Any, tmp_path: Path
) -> None:
    names: list[str] = []

    def ask(name: str) -> str:
        names.append(name)
        return str(tmp_path / "out.pdf")

    dialog.desk.ask_path = ask
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "not encrypted" in dialog.banner.label.text())
    assert (tmp_path / "out.pdf").read_bytes() == dialog.pdf()
    assert ward.patient.value.code in names[0]
    assert "Lef" not in names[0]
    qtbot.waitUntil(
        lambda: "exported" in [entry.action for entry in clinic.read(lambda r: r.journal())]
    )


def test_nothing_is_saved_into_the_clinic_itself(
    dialog: Dialog, qtbot: QtBot, clinic: Clinic
) -> None:
    dialog.desk.ask_path = lambda _name: str(clinic.folder / "vault" / "out.pdf")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "clinic's own folder" in dialog.banner.label.text())
    assert not (clinic.folder / "vault" / "out.pdf").exists()
    assert dialog.save_button.isEnabled(), "to choose another folder"


def test_a_pdf_open_in_another_program_stays_as_it_is(
    dialog: Dialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")

    def held(*_paths: object) -> None:
        raise PermissionError(errno.EACCES, "shared")

    monkeypatch.setattr("os.replace", held)
    dialog.desk.ask_path = lambda _name: str(old)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "open in another program" in dialog.banner.label.text())
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert list(tmp_path.glob("*.part")) == []
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "not encrypted" in dialog.banner.label.text())
    assert old.read_bytes() == dialog.pdf()


def test_a_file_that_cannot_be_written_is_said(
    dialog: Dialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.desk.ask_path = lambda _name: str(tmp_path / "missing" / "out.pdf")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "not there any more" in dialog.banner.label.text())
    assert dialog.isVisible()


def test_printing_gives_every_page(dialog: Dialog, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def ask(job: PrintJob) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(150)
        prepare(printer, job)
        return printer

    dialog.desk.ask_printer = ask
    dialog.print_button.click()
    qtbot.waitUntil(lambda: "printer" in dialog.banner.label.text(), timeout=20_000)
    printed, shown = page_sizes_mm(target.read_bytes()), page_sizes_mm(dialog.pdf())
    assert len(printed) == len(shown)
    assert printed[0] == pytest.approx(shown[0], abs=0.4)


def test_without_a_printer_it_is_said(dialog: Dialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ui.dialogs.print_preview.QPrinterInfo.availablePrinters", staticmethod(list)
    )
    dialog.print_button.click()
    assert "No printer" in dialog.banner.label.text()


def test_changing_one_s_mind_writes_nothing(dialog: Dialog, tmp_path: Path) -> None:
    dialog.desk.ask_path = lambda _name: ""
    dialog.save_button.click()
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_page_on_other_paper_shrinks_only_where_it_may() -> None:
    from PySide6.QtCore import QRectF

    letter = QRectF(0, 0, 8.5 * 600, 11 * 600)
    true = target_of((210, 297), paper=letter, dots_per_inch=600, true_size=True)
    fitted = target_of((210, 297), paper=letter, dots_per_inch=600, true_size=False)
    assert true.width() == pytest.approx(210 / 25.4 * 600)
    assert true.center().x() == pytest.approx(letter.center().x())
    assert fitted.height() <= letter.height() + 1e-6
    assert fitted.width() / fitted.height() == pytest.approx(210 / 297)


def test_a_range_of_pages(qapp: object) -> None:
    printer = QPrinter()
    assert wanted_pages(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert wanted_pages(printer, 3) == [1, 2]


def test_a_patient_without_lesions_still_has_a_report(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Any
) -> None:
    history = clinic.read(lambda r: r.history(ward.other.id))
    made = ReportDialog(clinic, background, history=history)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(made.pdf()))
    assert "Moreau" in text_of(made.pdf())


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_opens_in_every_language_and_closes_while_at_work(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Any, language: str
) -> None:
    words.set_language(language)
    history = clinic.read(lambda r: r.history(ward.patient.id))
    made = ReportDialog(clinic, background, history=history)
    made.show()
    assert made.windowTitle() == words._("Report")
    with qtbot.waitSignal(made.destroyed):
        made.reject()
    qtbot.waitUntil(lambda: not background.is_busy())
