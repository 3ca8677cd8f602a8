"""The page on how to photograph wounds: look, save or print."""

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.print_preview import PrintJob
from ui.dialogs.sheet_dialog import SheetDialog, Sizes
from ui.widgets.form import Form
from woundtrack import words
from woundtrack.errors import ReportError
from woundtrack.words import _


class ProtocolDialog(SheetDialog):
    """In the window's language. Nothing of any patient is on it, so that nothing is noted."""

    def __init__(
        self, background: Background, *, page_size: str = "a4", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            background, title=_("How to photograph wounds"), page_size=page_size,
            print_text=_("Print…"), save=self.save, print_=self.print, parent=parent,
        )  # fmt: skip
        form = Form(stacked=True)
        form.add(
            "paper", _("Paper"), self.paper, hint=_("To hang up where photos of wounds are taken.")
        )
        self.paper.currentIndexChanged.connect(self._preview)
        self._lay_out(
            form, side_px=theme.text_grid(30), preview=_("Preview of the page"),
            key="protocol-pages",
        )  # fmt: skip
        self.resize(theme.text_grid(115), theme.grid(92))
        self._preview()

    def _preview(self) -> None:
        page_size = self.paper.value()

        def make() -> tuple[bytes, Sizes]:
            from woundtrack.report.protocol import protocol_pdf
            from woundtrack.report.raster import page_sizes_mm

            data = protocol_pdf(page_size=page_size)
            return data, page_sizes_mm(data)

        self._make(make, key="protocol")

    def _out(self, sentence: str) -> None:
        self.banner.say(sentence, tone="ok")
        self._set_ready(True)

    def save(self) -> None:
        """Ask where to, then write the page there."""
        name = f"woundtrack-photos-{words.language()}-{self.paper.value()}.pdf"
        path = self.desk.ask_path(name)
        if path:
            self._set_ready(False)
            self.desk.save(
                self._data,
                path=path,
                note=lambda: None,
                done=lambda: self._out(_("The page is saved.")),
                failed=self._refused,
            )

    def print(self) -> None:
        """Ask for a printer, then print the page."""
        job = PrintJob(self._data, self._sizes, name="woundtrack photos")
        try:
            printer = self.desk.ask_printer(job)
        except ReportError as error:
            self._refused(error)
            return
        if printer is not None:
            self._set_ready(False)
            self.desk.print(
                job,
                printer,
                note=lambda: None,
                done=lambda: self._out(_("The page is with the printer.")),
                failed=self._refused,
            )
