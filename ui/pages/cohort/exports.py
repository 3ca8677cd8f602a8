"""What leaves the cohort's page: the table as CSV or copied, the figure as PDF, PNG or copied.

None of it names a patient. Each is a line of the journal, with the filter as its reason.
"""

import datetime as dt
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.save_file import asked_file
from ui.widgets.date_field import today
from woundtrack.cohort.types import Cohort
from woundtrack.export.placing import write_file
from woundtrack.report.cohort_figure import Drawn, cohort_figure, event_name
from woundtrack.report.cohort_filter import filter_text
from woundtrack.report.cohort_text import COLUMNS, table_of
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

KIND = "cohort"
"""What the journal says was exported."""


class CohortExports(QObject):
    """Asks where to, then makes and writes it in the background, whole or not at all.

    `ask_path` is what a person answers; tests put their own there.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, clinic: "Clinic", background: Background, *, page: QWidget) -> None:
        super().__init__(page)
        self._clinic, self._background, self._page = clinic, background, page
        self.ask_path: Callable[[str, str, str], str] = self._ask_path

    def save_table(self, cohort: Cohort) -> None:
        """The table as CSV."""
        day = today()
        name = self.ask_path(_("Save table"), _name(day, "csv"), _("Tables (*.csv)"))
        if not name:
            return

        def content(_path: Path) -> bytes:
            from woundtrack.cohort.output import csv_text

            return csv_text(cohort, made_on=day).encode("utf-8-sig")

        self._save(Path(name), content, cohort)

    def save_figure(self, cohort: Cohort, drawn: Drawn) -> None:
        """The figure as a PDF of vectors, or as a picture."""
        day = today()
        kinds = ";;".join((_("PDF documents (*.pdf)"), _("Pictures (*.png)")))
        name = self.ask_path(_("Save figure"), _name(day, "pdf"), kinds)
        if name:
            self._save(
                Path(name),
                lambda path: figure_bytes(cohort, drawn, made_on=day, kind=path.suffix),
                cohort,
            )

    def copy_table(self, cohort: Cohort) -> None:
        """The table as it is shown, for a spreadsheet and for a text."""
        mime = QMimeData()
        mime.setText(table_text(cohort))
        mime.setHtml(table_html(cohort))
        QApplication.clipboard().setMimeData(mime)
        said = _("The table is copied.")
        self._run(lambda: self._note(cohort), lambda _none: self.said.emit(said))

    def copy_figure(self, cohort: Cohort, drawn: Drawn) -> None:
        """The figure as a picture."""

        def work() -> QImage:
            data = figure_bytes(cohort, drawn, made_on=today(), kind=".png")
            self._note(cohort)
            return QImage.fromData(data)

        def done(image: QImage) -> None:
            QApplication.clipboard().setImage(image)
            self.said.emit(_("The figure is copied."))

        self._run(work, done)

    def _save(self, path: Path, content: Callable[[Path], bytes], cohort: Cohort) -> None:
        def work() -> None:
            write_file(
                content(path),
                path,
                clinic_folder=self._clinic.folder,
                note=lambda: self._note(cohort),
            )

        said = _("Saved as {file}").format(file=path.name)
        self._run(work, lambda _none: self.said.emit(said))

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(
            work,
            done=while_alive(self._page, done),
            failed=while_alive(self._page, self.failed.emit),
        )

    def _note(self, cohort: Cohort) -> None:
        self._clinic.note("exported", KIND, reason=filter_text(cohort.filter))

    def _ask_path(self, title: str, name: str, kinds: str) -> str:
        return asked_file(self._page, title, name=name, kinds=kinds)


def figure_bytes(cohort: Cohort, drawn: Drawn, *, made_on: dt.date, kind: str) -> bytes:
    """The figure as a file of the kind ".pdf" or ".png"."""
    from woundtrack.report import cohort_pdf

    size, text_size = cohort_pdf.SIZE, cohort_pdf.TEXT_SIZE
    figure = cohort_figure(cohort, drawn, size=size, text_size=text_size, made_on=made_on)
    make = cohort_pdf.figure_png if kind.lower() == ".png" else cohort_pdf.figure_pdf
    return make(figure, title=event_name(drawn.event))


def table_text(cohort: Cohort) -> str:
    """The table with tabs between its columns, its filter above."""
    lines = ["\t".join(_(one) for one in COLUMNS)]
    for row in table_of(cohort):
        lines.append("\t".join([row.name, *(" · ".join(cell.lines) for cell in row.cells)]))
    return "\n".join([filter_text(cohort.filter), *lines, ""])


def table_html(cohort: Cohort) -> str:
    """The table for a text, its filter above."""
    head = "".join(f"<th>{escape(_(one))}</th>" for one in COLUMNS)
    rows = []
    for row in table_of(cohort):
        cells = [row.name, *("\n".join(cell.lines) for cell in row.cells)]
        rows.append("".join(f"<td>{escape(c).replace(chr(10), '<br>')}</td>" for c in cells))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<p>{escape(filter_text(cohort.filter))}</p><table><tr>{head}</tr>{body}</table>"


def _name(day: dt.date, suffix: str) -> str:
    return f"{_('Cohort')} {day.isoformat()}.{suffix}"
