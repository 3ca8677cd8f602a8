"""The arrow towards the head: as at the last visit of the same lesion, until somebody says so."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.pages.visit.recall import earlier_days
from ui.pages.visit.state import VisitState
from woundtrack import words
from woundtrack.records import PatientHistory
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class HeadProposal:
    """The arrow of an earlier photo, and that photo's day."""

    angle_deg: float
    on: dt.date


def proposed_head(
    history: PatientHistory | None, state: VisitState, photo_id: int
) -> HeadProposal | None:
    """The arrow of the latest earlier photo of a lesion that this photo shows.

    None where the photo has an arrow of its own. It stays a proposal: a camera held the other
    way round turns the head, and nobody but the person who looks can tell.
    """
    photo = state.photo(photo_id)
    if history is None or photo is None or photo.value.head_angle_deg is not None:
        return None
    shown = {cell[1] for cell in state.cells(photo_id)}
    with_lesion = {o.value.photo_id for o in history.outlines if o.value.lesion_id in shown}
    days = earlier_days(history, state)
    found = [
        HeadProposal(earlier.value.head_angle_deg, on)
        for earlier in history.photos
        if earlier.id in with_lesion
        and earlier.value.head_angle_deg is not None
        and (on := days.get(earlier.value.visit_id)) is not None
    ]
    return max(found, key=lambda each: each.on, default=None)


class HeadRow(QWidget):
    """Says that the arrow is only proposed, and keeps it on a click."""

    kept = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposal: HeadProposal | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.label = theme.label(role="muted")
        self.label.setWordWrap(True)
        self.button = QPushButton(_("Keep"))
        self.button.setToolTip(_("Keep this arrow; the tool “Direction of the head” draws another"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._keep)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_photo(
        self, history: PatientHistory | None, state: VisitState, photo_id: int
    ) -> tuple[float | None, bool]:
        """Show the row where an arrow is proposed; the arrow, and whether it is a proposal."""
        photo = state.photo(photo_id)
        own = photo.value.head_angle_deg if photo else None
        self.proposal = None if state.locked else proposed_head(history, state, photo_id)
        self.setVisible(self.proposal is not None)
        if self.proposal is None:
            return own, False
        text = _("Is the head there, as on {date}?")
        self.label.setText(text.format(date=words.date(self.proposal.on)))
        return self.proposal.angle_deg, True

    def _keep(self) -> None:
        if self.proposal is not None:
            self.kept.emit(self.proposal.angle_deg)
