"""The report of a patient: what goes in, how it will look, and where it goes."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.dialogs.pages_view import PagesView
from ui.dialogs.pdf_desk import PdfDesk
from ui.dialogs.print_preview import PrintJob
from ui.dialogs.report_choices import column_of, part_boxes, photo_choice
from ui.dialogs.sheet_dialog import PAPERS
from ui.widgets.banner import Banner
from ui.widgets.chart_choice import ChartChooser
from ui.widgets.date_field import DateField
from ui.widgets.form import Choice, Form
from woundtrack.errors import ReportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory
from woundtrack.report.build import build_report, file_name
from woundtrack.report.chart_choice import ChartChoice
from woundtrack.report.chart_data import chart_data
from woundtrack.report.content_types import ReportOptions
from woundtrack.report.labels import lesion_name
from woundtrack.report.raster import page_sizes_mm
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_WAIT_MS = 350


class ReportDialog(QDialog):
    """Makes the PDF anew in the background whenever a choice changes."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        history: PatientHistory,
        lesion_id: int | None = None,
        page_size: str = "a4",
        chart: ChartChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._background, self._history = clinic, background, history
        self._queue_name = f"woundtrack {history.patient.value.code}"
        self._job: Job | None = None
        self._data = b""
        self.chart = ChartChooser(choice=chart)
        self.chart.set_offers(chart_data(history).offers)
        self.chart.choice_changed.connect(self._changed)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self.desk = PdfDesk(background, self)
        self.setWindowTitle(_("Report"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._make)
        self.view = PagesView(background, key="report-pages")
        self.view.setAccessibleName(_("Preview of the report"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.grid(2)] * 4)
        outer.setSpacing(theme.grid(2))
        middle = QHBoxLayout()
        middle.setSpacing(theme.grid(2))
        middle.addLayout(self._build_choices(lesion_id, page_size))
        middle.addWidget(self.view, 1)
        outer.addLayout(middle, 1)
        outer.addLayout(self._build_buttons())
        self.resize(theme.grid(125), theme.grid(95))
        self._make()

    def _build_choices(self, lesion_id: int | None, page_size: str) -> QVBoxLayout:
        self.form = Form(stacked=True)
        self.form.add("lesions", _("Lesions"), self._build_lesions(lesion_id))
        self.from_on, self.to_on = DateField(), DateField()
        self.photos = photo_choice()
        self.parts = part_boxes()
        for part_box in self.parts.values():
            part_box.toggled.connect(self._changed)
        self.paper = Choice(list(PAPERS), chosen=page_size)
        self.form.add("from_on", _("Visits from"), self.from_on)
        self.form.add("to_on", _("Visits until"), self.to_on, hint=_("Empty: all visits."))
        self.form.add("photos", _("Photos"), self.photos)
        self.form.add("chart", _("Chart"), self.chart)
        self.form.add("parts", _("With"), column_of(self.parts.values()))
        self.form.add("paper", _("Paper"), self.paper)
        for field in (self.from_on, self.to_on):
            field.date_changed.connect(self._changed)
        for choice in (self.photos, self.paper):
            choice.currentIndexChanged.connect(self._changed)
        self.form.setFixedWidth(theme.grid(38))
        self.banner = Banner(tone="danger")
        self.banner.setFixedWidth(theme.grid(38))
        self.banner.setVisible(False)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.grid(0.75))
        side = QVBoxLayout()
        side.setSpacing(theme.grid(2))
        side.addWidget(self.form)
        side.addWidget(self.banner)
        side.addStretch(1)
        side.addWidget(self.progress)
        return side

    def _build_lesions(self, lesion_id: int | None) -> QWidget:
        self.lesions = {
            lesion.id: QCheckBox(lesion_name(lesion.value)) for lesion in self._history.lesions
        }
        for key, box in self.lesions.items():
            box.setToolTip(box.text())
            box.setChecked(lesion_id in (None, key))
            box.toggled.connect(self._changed)
        return column_of(self.lesions.values())

    def _build_buttons(self) -> QHBoxLayout:
        self.save_button = theme.primary(QPushButton(_("Save PDF…")))
        self.print_button = theme.button(_("Print…"), icon=icons.icon("printer"))
        self.close_button = QPushButton(_("Close"))
        self.save_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.close_button, self.print_button, self.save_button):
            row.addWidget(button)
        return row

    def options(self) -> ReportOptions | None:
        """What was chosen; None after a sentence was put at the choice that is wrong."""
        self.form.clear_errors()
        self.banner.say("")
        chosen = tuple(key for key, box in self.lesions.items() if box.isChecked())
        if self.lesions and not chosen:
            self.form.show_error("lesions", _("Choose at least one lesion."), focus=False)
            return None
        for key, field in (("from_on", self.from_on), ("to_on", self.to_on)):
            if not field.is_valid():
                sentence = _("This is not a day. Write it like 31/12/2026.")
                self.form.show_error(key, sentence, focus=False)
                return None
        return ReportOptions(
            lesion_ids=chosen,
            from_on=self.from_on.date(),
            to_on=self.to_on.date(),
            page_size=self.paper.value(),
            photos=self.photos.value(),
            chart=self.chart.choice(),
            parts=frozenset(part for part, box in self.parts.items() if box.isChecked()),
        )

    def pdf(self) -> bytes:
        """The report as it is shown, or nothing while it is being made."""
        return self._data

    def _changed(self) -> None:
        self._set_ready(b"", ())
        self._wait.start()

    def _make(self) -> None:
        self._stop()
        self._set_ready(b"", ())
        options = self.options()
        if options is None:
            self.view.say("")
            return
        clinic, history = self._clinic, self._history
        user_name = clinic.user.value.name

        def work(job: Job) -> tuple[bytes, tuple[tuple[float, float], ...]]:
            data = build_report(
                history,
                photo_bytes=lambda name: clinic.read(lambda r: r.photo_bytes(name)),
                clinic_name=clinic.clinic_name,
                user_name=user_name,
                now=dt.datetime.now().astimezone(),
                options=options,
                progress=job.report,
                cancelled=lambda: job.cancelled,
            )
            return data, page_sizes_mm(data)

        self.progress.setRange(0, 0)
        self.progress.setVisible(True)
        self._job = self._background.run(
            work,
            done=while_alive(self, lambda made: self._show(*made)),
            failed=while_alive(self, self._refused),
            progress=while_alive(self, self._advance),
            key="report",
            with_job=True,
        )

    def _show(self, data: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self._set_ready(data, sizes)
        self.view.set_pdf(data, sizes_mm=sizes)

    def _set_ready(self, data: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self._data, self._sizes = data, sizes
        self.progress.setVisible(not data and self.progress.isVisible())
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(data))

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _refused(self, error: Exception) -> None:
        self.progress.setVisible(False)
        if not isinstance(error, WoundtrackError) or error.code == "report.cancelled":
            return
        if error.code == "report.period":
            self.form.show_error("to_on", explain(error), focus=False)
        else:
            self.banner.say(explain(error), tone="danger")

    def save(self) -> None:
        """Ask where to, and write the PDF there."""
        name = file_name(self._history, today=dt.datetime.now().astimezone().date())
        path = self.desk.ask_path(name)
        if path:
            self.desk.save(
                self._data,
                path=path,
                note=self._noting("exported"),
                done=self._saved,
                failed=self._refused,
            )

    def _saved(self) -> None:
        sentence = _("Saved. The PDF is not encrypted: keep it as you keep the patient's papers.")
        self.banner.say(sentence, tone="ok")

    def print(self) -> None:
        """Ask for a printer, and print."""
        job = PrintJob(self._data, self._sizes, name=self._queue_name)
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
                done=self._printed,
                failed=self._refused,
            )

    def _printed(self) -> None:
        self.banner.say(_("Sent to the printer."), tone="ok")

    def _noting(self, action: str) -> Callable[[], None]:
        """Journals what left the store; runs with the work, whether this dialog is open or not."""
        clinic, patient_id = self._clinic, self._history.patient.id

        def note() -> None:
            if not clinic.read_only:
                clinic.write(lambda w: w.note(action, "patient", patient_id))

        return note

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def done(self, result: int) -> None:
        """Stop what is being made, and close."""
        self._wait.stop()
        self._stop()
        super().done(result)
