"""A closed wound that is open again is called back into the visit, by its letter."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from ui import icons
from ui.pages.visit.state import VisitState
from ui.widgets.form import link
from woundtrack import words
from woundtrack.records import Lesion, LesionStatus, Stored
from woundtrack.report.labels import LESION_STATES, lesion_name
from woundtrack.words import _


class ReopenMenu(QMenu):
    """The lesions that rest; `called` says which one is wanted here."""

    called = Signal(int)

    _offered: tuple[Stored[Lesion], ...] = ()

    def show_state(self, state: VisitState) -> None:
        """Offer the lesions that rest at this visit; none where nothing may be changed."""
        offered = () if state.locked else state.resting
        if offered == self._offered:
            return  # it may be open
        self._offered = offered
        self.clear()
        for lesion in offered:
            action = self.addAction(resting_text(lesion))
            action.triggered.connect(lambda _on=False, key=lesion.id: self.called.emit(key))


def reopen_button(menu: ReopenMenu) -> QPushButton:
    """The link that opens the menu."""
    button = link(_("Wound open again…"))
    button.setIcon(icons.icon("map-pin", tone="accent"))
    button.setToolTip(_("Take up a closed or lost wound in this visit"))
    button.clicked.connect(lambda: menu.popup(button.mapToGlobal(QPoint(0, button.height()))))
    return button


def resting_text(lesion: Stored[Lesion]) -> str:
    """A lesion, and why it rests: "Lesion B: left calf, closed 3 Mar 2026"."""
    value = lesion.value
    why = _(LESION_STATES[value.status])
    if value.status is LesionStatus.CLOSED and value.closed_on is not None:
        why = _("closed {day}").format(day=words.date(value.closed_on))
    return f"{lesion_name(value)}, {why}"
