"""Photos dropped while no patient is open: their card proposes whose they are."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.pages.visit.card_owner import CardOwner, described, owner_in_photos
from ui.pages.visit.thumbs import pixmap_of
from ui.widgets.banner import Banner
from ui.widgets.form import clear_layout
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.store.clinic import Clinic
from woundtrack.words import _

FACE_PX = 96


class CardFinder(QWidget):
    """Looks for a card and shows its patient; a person says whether it is the right one."""

    patient_accepted = Signal(int, object)
    """The patient's id and the paths dropped."""

    def __init__(
        self, clinic: Clinic, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.grid(4), 0, theme.grid(4), 0)

    def look(self, paths: Iterable[Path]) -> None:
        """Find out whose card these photos show."""
        wanted = tuple(paths)
        self._show(Banner(_("Looking for a card in the photos…"), tone="neutral"))
        self._background.run(
            lambda: owner_in_photos(self._clinic, wanted),
            done=lambda owner: self._tell(owner, wanted),
            failed=lambda error: self._fail(error),
            key="card finder",
        )

    def _tell(self, owner: CardOwner | None, paths: tuple[Path, ...]) -> None:
        if owner is None or owner.patient is None:
            text = _("No card of a patient of this clinic was found. Choose the patient first.")
            self._show(Banner(text, actions=[(_("Understood"), self.clear)]))
            return
        patient_id = owner.patient.id
        text = _("The card says: {who}. Is this right?").format(who=described(owner))
        accept = (_("Yes, open a visit"), lambda: self._accept(patient_id, paths))
        face = pixmap_of(owner.last_thumbnail, side_px=FACE_PX)
        actions = [accept, (_("No"), self.clear)]
        self._show(Banner(text, tone="accent", actions=actions, picture=face))

    def _accept(self, patient_id: int, paths: tuple[Path, ...]) -> None:
        self.clear()
        self.patient_accepted.emit(patient_id, paths)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self._show(Banner(explain(error), tone="danger"))

    def clear(self) -> None:
        """Say nothing."""
        clear_layout(self._column)
        self.banner = None

    def _show(self, banner: Banner) -> None:
        self.clear()
        self.banner = banner
        self._column.addWidget(banner)
