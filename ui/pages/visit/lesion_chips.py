"""Which of the patient's wounds a photo shows, as letters to be switched on and off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.state import VisitState
from ui.widgets.flow import FlowLayout
from ui.widgets.form import card
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.words import _


class LesionChips(QWidget):
    """One button a lesion; `toggled` says which, and whether it is in the photo."""

    toggled = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, column = card(margins=1.5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column.addWidget(theme.label(_("Wounds in this photo")))
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=theme.grid(0.5))
        column.addWidget(holder)
        self.chips: dict[int, QPushButton] = {}

    def show_photo(self, state: VisitState, photo_id: int) -> None:
        """Show the lesions of a photo; tells nobody."""
        if list(self.chips) != [lesion.id for lesion in state.lesions]:
            self._rebuild(state)
        present = {cell[1] for cell in state.cells(photo_id)}
        for lesion_id, chip in self.chips.items():
            blocked = chip.blockSignals(True)
            chip.setChecked(lesion_id in present)
            chip.blockSignals(blocked)
            chip.setEnabled(not state.locked)

    def _rebuild(self, state: VisitState) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for lesion in state.lesions:
            chip = QPushButton(lesion.value.label, checkable=True)
            chip.setProperty("toggle", True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setFixedWidth(theme.grid(5))
            place = place_name(lesion.value.site, lesion.value.side)
            chip.setToolTip(place)
            chip.setAccessibleName(words.labelled(lesion.value.label, place))
            chip.toggled.connect(lambda on, key=lesion.id: self.toggled.emit(key, on))
            self._flow.addWidget(chip)
            self.chips[lesion.id] = chip
