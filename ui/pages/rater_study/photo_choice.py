"""Choosing photos by their pictures, by hand or spread over small and large wounds."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.pages.visit.thumbs import Thumbnails
from woundtrack.raters.types import ADOPTION_PHOTOS
from woundtrack.store.clinic import Clinic
from woundtrack.store.retracing import TraceablePhoto
from woundtrack.words import _, ngettext

SIDE_PX = 112


class PhotoChoice(QWidget):
    """Pictures that can be ticked. No name, date or area beside them: raters may sit here too."""

    def __init__(
        self, clinic: Clinic, background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos: tuple[TraceablePhoto, ...] = ()
        self._thumbs = Thumbnails(clinic, background, self)
        self._thumbs.ready.connect(self._show_picture)
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(SIDE_PX, SIDE_PX))
        self.list.setSpacing(theme.grid(0.5))
        self.list.setMinimumHeight(theme.grid(34))
        self.list.setAccessibleName(_("Photos"))
        self.list.itemChanged.connect(lambda _item: self._count())
        self.counted = theme.label(role="muted")
        self.number = QSpinBox()
        self.number.setRange(1, 999)
        self.number.setValue(ADOPTION_PHOTOS)
        self.number.setAccessibleName(_("How many photos"))
        spread = theme.button(_("Choose for me"))
        spread.setToolTip(_("Spread over small and large wounds, and over patients"))
        spread.clicked.connect(self.choose_spread)
        row = QHBoxLayout()
        row.addWidget(self.counted, 1)
        row.addWidget(self.number)
        row.addWidget(spread)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    def set_photos(self, photos: Sequence[TraceablePhoto]) -> None:
        """Offer these photos, the newest first; none is ticked."""
        self._photos = tuple(reversed(photos))
        blocked = QSignalBlocker(self.list)  # counted once, when all are there
        self.list.clear()
        for number, one in enumerate(self._photos, 1):
            item = QListWidgetItem(str(number))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(SIDE_PX + theme.grid(2), SIDE_PX + theme.grid(4)))
            self.list.addItem(item)
            self._show_picture(one.photo.value.vault_name)
        blocked.unblock()
        self._count()

    def chosen(self) -> tuple[TraceablePhoto, ...]:
        """The ticked ones."""
        return tuple(one for place, one in enumerate(self._photos) if self._is_ticked(place))

    def choose_spread(self) -> None:
        """Tick as many as the number says, evenly over the areas, each patient's in turn."""
        wanted = set(spread_over(self._photos, count=self.number.value()))
        for place, one in enumerate(self._photos):
            state = Qt.CheckState.Checked if one.photo.id in wanted else Qt.CheckState.Unchecked
            self.list.item(place).setCheckState(state)

    def _is_ticked(self, place: int) -> bool:
        return self.list.item(place).checkState() == Qt.CheckState.Checked

    def _count(self) -> None:
        count = len(self.chosen())
        text = ngettext("{count} photo chosen", "{count} photos chosen", count)
        self.counted.setText(text.format(count=count))

    def _show_picture(self, vault_name: str) -> None:
        picture = self._thumbs.get(vault_name)
        if picture is None:
            return
        for place, one in enumerate(self._photos):
            item = self.list.item(place)
            if item is not None and one.photo.value.vault_name == vault_name:
                item.setIcon(QIcon(picture))


def spread_over(photos: Sequence[TraceablePhoto], *, count: int) -> list[int]:
    """Ids of photos evenly over the range of areas; patients who have none yet come first."""
    ordered = sorted(photos, key=lambda one: (one.area_cm2, one.photo.id))
    count = min(count, len(ordered))
    taken: list[int] = []
    patients: dict[int, int] = {}
    for number in range(count):
        low, high = (len(ordered) * edge // count for edge in (number, number + 1))
        best = min(
            ordered[low:high], key=lambda one: (patients.get(one.patient_id, 0), one.photo.id)
        )
        patients[best.patient_id] = patients.get(best.patient_id, 0) + 1
        taken.append(best.photo.id)
    return taken
