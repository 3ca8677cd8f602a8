"""What dialogs of a printable sheet share: choices beside a preview, and save and print below."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.pages_view import PagesView
from ui.dialogs.pdf_desk import PdfDesk
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
        save: Callable[[], None], print_: Callable[[], None], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`save` and `print_` are what the two buttons do; both ask a person where to first."""
        super().__init__(parent)
        self._background = background
        self._data: bytes = b""
        self._sizes: Sizes = ()
        self.desk = PdfDesk(background, self)
        self.setWindowTitle(title)
        self.paper = Choice(list(PAPERS), chosen=page_size)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.print_button = theme.primary(QPushButton(print_text))
        self.save_button = theme.button(_("Save PDF…"), icon=icons.icon("file-down"))
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
        scroll = DownScroll(choices)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        middle = QHBoxLayout()
        middle.setSpacing(theme.grid(2))
        middle.addWidget(scroll)
        middle.addWidget(self.view, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.grid(2)] * 4)
        outer.setSpacing(theme.grid(2))
        outer.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.close_button, self.save_button, self.print_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        outer.addLayout(foot)

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
