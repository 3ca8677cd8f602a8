"""Which instruments the form asks for: chosen once, remembered on this account."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui import icons
from ui.pages.visit.instrument_form import full_name
from ui.settings import Settings
from woundtrack.instruments import wound_qol
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import INSTRUMENTS
from woundtrack.words import _

REMEMBERED = "instruments"
PAIN_VAS = "pain_vas"
WOUND_QOL = "wound_qol"


class TickMenu(QMenu):
    """Stays open while one ticks; Esc, Tab or a click beside it shuts it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ticks = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in ticks or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    @staticmethod
    def _tick(action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class InstrumentChoice(QPushButton):
    """A button with a menu of instruments to be ticked."""

    changed = Signal()

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(icons.icon("clipboard-list"), _("Instruments"), parent)
        self._settings = settings
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = TickMenu(self)
        last = settings.last(REMEMBERED) if settings else ""
        chosen = last.split(",") if last else [BWAT.key]
        names = {each.key: full_name(each) for each in INSTRUMENTS}
        names[PAIN_VAS] = _("Pain on a line of 100 mm")
        names[WOUND_QOL] = _("{name}: its result alone").format(name=wound_qol.NAME)
        self.actions_by_key: dict[str, QAction] = {}
        for key, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(key in chosen)
            action.toggled.connect(self._on_toggled)
            self.actions_by_key[key] = action
        self.setMenu(menu)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order of the menu."""
        return tuple(key for key, action in self.actions_by_key.items() if action.isChecked())

    def _on_toggled(self) -> None:
        if self._settings:
            self._settings.keep_last(REMEMBERED, ",".join(self.chosen) or "-")
        self.changed.emit()
