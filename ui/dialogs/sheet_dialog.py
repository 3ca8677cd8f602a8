"""What dialogs of a printable sheet share: choices beside a preview, and save and print below."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.pages_view import PagesView
from ui.dialogs.pdf_desk import PdfDesk
from ui.dialogs.zoom_bar import ZoomBar
from ui.widgets.banner import Banner
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

PAPERS = (("a4", "A4"), ("letter", "Letter"))
Sizes: TypeAlias = tuple[tuple[float, float], ...]
"""Width and height of each page, mm."""


class SheetDialog(QDialog):
    """Shows a sheet as it will be; the subclass makes it."""

    def __init__(
        self, background: Background, *, title: str, page_size: str, print_text: str,
        save: Callable[[], None], print_: Callable[[], None], saves_first: bool = False,
        clinic_folder: Path | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`save` and `print_` are what the two buttons do; both ask a person where to first.

        `saves_first` makes saving the main way on, else it is printing; nothing is saved into
        `clinic_folder`.
        """
        super().__init__(parent)
        self._background = background
        self._data: bytes = b""
        self._sizes: Sizes = ()
        self.desk = PdfDesk(background, self, clinic_folder=clinic_folder)
        self.setWindowTitle(title)
        self.paper = Choice(list(PAPERS), chosen=page_size)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        # The main way on has no icon, and stands last.
        printer = icons.icon("printer") if saves_first else None
        file = None if saves_first else icons.icon("file-down")
        self.print_button = theme.button(print_text, icon=printer, main=not saves_first)
        self.save_button = theme.button(_("Save PDF…"), icon=file, main=saves_first)
        self._foot = [self.save_button, self.print_button]
        if saves_first:
            self._foot.reverse()
        for keys, button in (("Ctrl+S", self.save_button), ("Ctrl+P", self.print_button)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self.close_button = QPushButton(_("Close"))
        self.print_button.clicked.connect(print_)
        self.save_button.clicked.connect(save)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self, *side: QWidget, side_px: int, preview: str, key: str) -> None:
        """The choices in a column of this width; `preview` is the sheet's name by ear."""
        self.view = PagesView(self._background, key=key)
        self.view.setAccessibleName(preview)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, theme.grid(), 0)
        column.setSpacing(theme.grid(2))
        for widget in side:
            widget.setFixedWidth(side_px)
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = scroll = DownScroll(choices, width_px=side_px)
        middle = QHBoxLayout()
        middle.setSpacing(theme.grid(2))
        middle.addWidget(scroll)
        shown = QVBoxLayout()
        shown.setSpacing(theme.grid(0.5))
        shown.addWidget(self.view, 1)
        self.zoom_bar = ZoomBar(self.view)
        self.zoom_bar.add_keys(self)
        shown.addWidget(self.zoom_bar)
        middle.addLayout(shown, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.grid(2)] * 4)
        outer.setSpacing(theme.grid(2))
        outer.addLayout(middle, 1)
        outer.addWidget(self.banner)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.close_button, *self._foot):
            button.setAutoDefault(False)
            foot.addWidget(button)
        outer.addLayout(foot)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The Tab key comes to the choices from the buttons, too: what it comes to is in sight."""
        moved = super().focusNextPrevChild(forward)
        self._scroll.show_focus()
        return moved

    def _make(self, make: Callable[[], tuple[bytes, Sizes]], *, key: str) -> None:
        """Make the sheet in the background and show it."""
        self._set_ready(False)
        self._background.run(
            make,
            done=while_alive(self, self._show),
            failed=while_alive(self, self._refused),
            key=key,
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
