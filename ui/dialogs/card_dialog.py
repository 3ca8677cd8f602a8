"""The printable card: choose, look, save or print at 100 %, and check the print run."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.print_preview import PrintJob
from ui.dialogs.run_check import RunCheck
from ui.dialogs.sheet_dialog import SheetDialog, Sizes
from ui.widgets.form import Choice, Form
from woundtrack.errors import ReportError
from woundtrack.photo.code import next_number
from woundtrack.records import CardRun, Stored
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_MOST_SHEETS = 50


class CardDialog(SheetDialog):
    """Each print or save is a run of its own number, whose 100 mm line is measured once."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        patient_code: str = "",
        lesion_labels: tuple[str, ...] = (),
        page_size: str = "a4",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            background, title=_("Print card"), page_size=page_size,
            print_text=_("Print at 100 %…"), save=self.save, print_=self.print,
            clinic_folder=clinic.folder, parent=parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic = clinic
        self._patient_code = patient_code
        self._runs: list[Stored[CardRun]] = []
        self._build_form(lesion_labels)
        self.check = RunCheck(self._clinic, self._background)
        self.check.stored.connect(self._read_runs)
        self._lay_out(
            self.form, self.check, side_px=theme.text_grid(40),
            preview=_("Preview of the card"), key="card-pages",
        )  # fmt: skip
        self.resize(theme.text_grid(125), theme.grid(92))
        self._set_ready(False)
        self._read_runs()

    def _build_form(self, lesion_labels: tuple[str, ...]) -> None:
        self.form = Form(stacked=True)
        self.with_code = QCheckBox(_("With the code {code}").format(code=self._patient_code))
        self.with_code.setChecked(bool(self._patient_code))
        self.lesion = Choice(
            [("", _("No lesion")), *((label, label) for label in lesion_labels)], chosen=""
        )
        self.sheets = QSpinBox()
        self.sheets.setRange(1, _MOST_SHEETS)
        self.form.add("paper", _("Paper"), self.paper)
        if self._patient_code:
            self.form.add("code", _("Patient"), self.with_code)
            self.form.add("lesion", _("Lesion"), self.lesion)
        self.form.add(
            "sheets", _("Sheets"), self.sheets, hint=_("Each card is used once and thrown away.")
        )
        self.paper.currentIndexChanged.connect(self._preview)
        self.with_code.toggled.connect(self._code_toggled)
        self.lesion.currentIndexChanged.connect(self._preview)

    def runs(self) -> list[Stored[CardRun]]:
        """The print runs known, newest first."""
        return list(self._runs)

    def _read_runs(self) -> None:
        self._background.run(
            lambda: self._clinic.read(lambda r: r.find(CardRun)),
            done=while_alive(self, self._show_runs),
            failed=while_alive(self, self._refused),
            key="card-runs",
        )

    def _show_runs(self, runs: list[Stored[CardRun]]) -> None:
        self._runs = sorted(runs, key=lambda run: -run.value.number)
        self.check.set_runs(self._runs)
        self._preview()

    def _code_toggled(self, on: bool) -> None:
        self.lesion.setEnabled(on)
        self._preview()

    def _maker(self, sheets: int) -> Callable[[int], tuple[bytes, Sizes]]:
        """What makes the cards chosen now, given a run's number; may be called on any thread."""
        code = self._patient_code if self.with_code.isChecked() else ""
        label = self.lesion.value() if code else ""
        page_size = self.paper.value()

        def make(run_number: int) -> tuple[bytes, Sizes]:
            from woundtrack.report.card import card_pdf
            from woundtrack.report.raster import page_sizes_mm

            data = card_pdf(
                page_size=page_size,
                run_number=run_number,
                patient_code=code or None,
                lesion_label=label or None,
                page_count=sheets,
            )
            return data, page_sizes_mm(data)

        return make

    def _preview(self) -> None:
        number = next_number(run.value.number for run in self._runs)
        make = self._maker(1)
        self._make(lambda: make(number), key="card")

    def _show(self, made: tuple[bytes, Sizes]) -> None:
        super()._show(made)
        if self._clinic.read_only:
            sentence = _(
                "Another computer is writing in this clinic: a run cannot be numbered now."
            )
            self.banner.say(sentence, tone="warning")

    def _set_ready(self, ready: bool) -> None:
        super()._set_ready(ready and not self._clinic.read_only)

    def _new_run(self, then: Callable[[int, bytes, Sizes], None]) -> None:
        """Register a run, make its cards, and go on with them."""
        self._set_ready(False)
        self.banner.say("")
        page_size, make = self.paper.value(), self._maker(self.sheets.value())

        def work() -> tuple[int, bytes, Sizes]:
            number = self._clinic.write(lambda w: w.next_card_run(page_size))
            return (number, *make(number))

        self._background.run(
            work,
            done=while_alive(self, lambda made: then(*made)),
            failed=while_alive(self, self._refused),
        )

    def save(self) -> None:
        """Ask where to, then write the cards of a new run there."""
        today = dt.datetime.now().astimezone().date().isoformat()
        path = self.desk.ask_path(f"woundtrack-card-{self.paper.value()}-{today}.pdf")
        if path:
            self._new_run(
                lambda number, data, _sizes: self.desk.save(
                    data,
                    path=path,
                    note=self._noting("exported", number),
                    done=lambda: self._out(number),
                    failed=self._refused,
                )
            )

    def print(self) -> None:
        """Ask for a printer, then print the cards of a new run, never scaled."""
        try:
            shown = PrintJob(self._data, self._sizes, name="woundtrack card", true_size=True)
            printer = self.desk.ask_printer(shown)
        except ReportError as error:
            self._refused(error)
            return
        if printer is None:
            return

        def go(number: int, data: bytes, sizes: Sizes) -> None:
            job = PrintJob(data, sizes, name=f"woundtrack card {number}", true_size=True)
            self.desk.print(
                job,
                printer,
                note=self._noting("printed", number),
                done=lambda: self._out(number),
                failed=self._refused,
            )

        self._new_run(go)

    def _noting(self, action: str, number: int) -> Callable[[], None]:
        clinic = self._clinic

        def note() -> None:
            (run,) = clinic.read(lambda r: r.find(CardRun, number=number))
            clinic.write(lambda w: w.note(action, "card_run", run.id))

        return note

    def _out(self, number: int) -> None:
        sentence = _("Run {number} is out. Measure its 100 mm line before the first use.")
        self.banner.say(sentence.format(number=number), tone="ok")
        self.check.want(number)
        self._read_runs()
