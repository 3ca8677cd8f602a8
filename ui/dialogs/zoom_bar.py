"""Below a preview: which page is in front, and how large the pages are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import icons, theme
from ui.dialogs.pages_view import ZOOMS, PagesView
from woundtrack import words
from woundtrack.words import _


class ZoomBar(QWidget):
    """Larger and smaller by button, by Ctrl and + or −, and by Ctrl and the wheel."""

    def __init__(self, view: PagesView, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.page = theme.label(role="muted")
        self.zoom = theme.label(role="muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # What stands beside them does not jump.
        for label, widest in ((self.page, _page_text(88, 88)), (self.zoom, words.percent(8.88))):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        self.smaller = theme.icon_button(icons.icon("zoom-out"), _("Smaller pages (Ctrl+−)"))
        self.larger = theme.icon_button(icons.icon("zoom-in"), _("Larger pages (Ctrl++)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.page)
        row.addStretch(1)
        for widget in (self.smaller, self.zoom, self.larger):
            row.addWidget(widget)
        view.looked.connect(self._show)
        for button, steps in ((self.smaller, -1), (self.larger, 1)):
            button.clicked.connect(lambda _checked=False, by=steps: view.zoom_by(by))
        self._show()

    def add_keys(self, window: QWidget) -> None:
        """The keys that zoom, anywhere in this window."""
        for keys, steps in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", -len(ZOOMS))):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.activated.connect(lambda by=steps: self._view.zoom_by(by))

    def _show(self) -> None:
        count, zoom = len(self._view.pages()), self._view.zoom
        self.page.setText(_page_text(self._view.in_front() + 1, count) if count else "")
        self.zoom.setText(words.percent(zoom))
        self.smaller.setEnabled(bool(count) and zoom > ZOOMS[0])
        self.larger.setEnabled(bool(count) and zoom < ZOOMS[-1])


def _page_text(page: int, pages: int) -> str:
    return _("Page {page} of {pages}").format(page=page, pages=pages)
