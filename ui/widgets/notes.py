"""Short lines with an icon each: what to beware of, without a wall of text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.form import clear_layout, link
from woundtrack.words import _

ICON_PX = 16


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence; `tone` is "warning", "muted" or "danger"."""

    text: str
    icon: str = "triangle-alert"
    tone: str = "warning"


class NoteList(QWidget):
    """The first sentence of each note, and the rest when asked; hidden where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[Note, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.grid(0.5))
        self.more = link(_("More"))
        self.more.setCheckable(True)
        self.more.toggled.connect(lambda _on: self._lay_out())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._lines)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these instead of the ones before."""
        if tuple(notes) != self._notes:
            self._notes = tuple(notes)
            self.more.setChecked(False)
            self._lay_out()
        self.setVisible(bool(notes))

    def text(self) -> str:
        """Every note in full, a line each."""
        return "\n".join(note.text for note in self._notes)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._lay_out()

    def _lay_out(self) -> None:
        clear_layout(self._lines)
        full = self.more.isChecked()
        for note in self._notes:
            self._lines.addLayout(_line(note, full=full))
        self.more.setText(_("Less") if full else _("More"))
        self.more.setVisible(any(_first(note.text) != note.text for note in self._notes))


def _first(text: str) -> str:
    """The first sentence of a text."""
    first, stop, rest = text.partition(". ")
    return first + "." if stop and rest else text


def _line(note: Note, *, full: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.grid())
    picture = QLabel()
    picture.setPixmap(icons.icon(note.icon, tone=note.tone).pixmap(ICON_PX, ICON_PX))
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    label = theme.label(note.text if full else _first(note.text))
    label.setWordWrap(True)
    label.setToolTip(theme.tip(note.text))
    row.addWidget(label, 1)
    return row
