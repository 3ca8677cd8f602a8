"""The page on how to photograph wounds: look, save or print."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.pages_view import PagesView
from ui.dialogs.pdf_desk import PdfDesk
from ui.dialogs.print_preview import PrintJob
from ui.widgets.form import Banner, Choice, Form
from woundtrack import words
from woundtrack.errors import ReportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

_PAPERS = (("a4", "A4"), ("letter", "Letter"))
Sizes = tuple[tuple[float, float], ...]


class ProtocolDialog(QDialog):
    """In the window's language. Nothing of any patient is on it, so that nothing is noted."""

    def __init__(
        self, background: Background, *, page_size: str = "a4", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._data: bytes = b""
        self._sizes: Sizes = ()
        self.desk = PdfDesk(background, self)
        self.setWindowTitle(_("How to photograph wounds"))
        self.view = PagesView(background, key="protocol-pages")
        self.view.setAccessibleName(_("Preview of the page"))
        middle = QHBoxLayout()
        middle.setSpacing(theme.grid(2))
        middle.addLayout(self._build_side(page_size))
        middle.addWidget(self.view, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.grid(2)] * 4)
        outer.setSpacing(theme.grid(2))
        outer.addLayout(middle, 1)
        outer.addLayout(self._build_buttons())
        self.resize(theme.grid(115), theme.grid(92))
        self._preview()

    def _build_side(self, page_size: str) -> QVBoxLayout:
        form = Form(stacked=True)
        self.paper = Choice(list(_PAPERS), chosen=page_size)
        form.add(
            "paper", _("Paper"), self.paper, hint=_("To hang up where photos of wounds are taken.")
        )
        self.paper.currentIndexChanged.connect(self._preview)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        # A banner of three lines is as tall as three lines.
        self.banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        side = QVBoxLayout()
        side.setSpacing(theme.grid(2))
        for widget in (form, self.banner):
            widget.setFixedWidth(theme.grid(30))
            side.addWidget(widget)
        side.addStretch(1)
        return side

    def _build_buttons(self) -> QHBoxLayout:
        self.print_button = theme.primary(QPushButton(_("Print…")))
        self.save_button = theme.button(_("Save PDF…"), icon=icons.icon("file-down"))
        self.close_button = QPushButton(_("Close"))
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.close_button, self.save_button, self.print_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _preview(self) -> None:
        self._set_ready(False)
        page_size = self.paper.value()

        def make() -> tuple[bytes, Sizes]:
            from woundtrack.report.protocol import protocol_pdf
            from woundtrack.report.raster import page_sizes_mm

            data = protocol_pdf(page_size=page_size)
            return data, page_sizes_mm(data)

        self._background.run(
            make,
            done=while_alive(self, self._show),
            failed=while_alive(self, self._refused),
            key="protocol",
        )

    def _show(self, made: tuple[bytes, Sizes]) -> None:
        self._data, self._sizes = made
        self.view.set_pdf(self._data, sizes_mm=self._sizes)
        self._set_ready(True)

    def _set_ready(self, ready: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(ready)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self.banner.say(explain(error), tone="danger")
        self._set_ready(bool(self._data))

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
                after=lambda: None,
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
                after=lambda: None,
                done=lambda: self._out(_("The page is with the printer.")),
                failed=self._refused,
            )
