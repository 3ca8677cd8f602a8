"""Which photo of the visit is shown, the way to the next one, and what to beware of in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import icons, theme
from ui.pages.visit.checks import quality_warnings
from ui.pages.visit.overlaps import overlap_warnings
from ui.pages.visit.state import VisitState
from woundtrack import words
from woundtrack.words import _


class PhotoTitle(QWidget):
    """`stepped` asks for the photo before (−1) or the next one (1)."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = theme.label(role="heading")
        self.beware = theme.label(role="warning")
        self.beware.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        for icon, by, tip in (
            ("chevron-left", -1, _("Photo before (Page up)")),
            ("chevron-right", 1, _("Next photo (Page down)")),
        ):
            button = theme.icon_button(icons.icon(icon), tip)
            button.clicked.connect(lambda _checked=False, by=by: self.stepped.emit(by))
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self.beware)

    def show_photo(self, state: VisitState, photo_id: int) -> None:
        """Show a photo of the visit."""
        number = [photo.id for photo in state.photos].index(photo_id) + 1
        stored = state.photos[number - 1]
        text = _("Photo {number} of {count}").format(number=number, count=len(state.photos))
        if stored.value.photo.taken_at:
            text += "  ·  " + words.time_of_day(stored.value.photo.taken_at)
        self.text.setText(text)
        warnings = [*quality_warnings(state, photo_id), *overlap_warnings(state, photo_id)]
        self.beware.setText("\n".join(warnings))
        self.beware.setVisible(bool(warnings))
