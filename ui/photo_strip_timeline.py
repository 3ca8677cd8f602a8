"""The strip of photos with what is chosen beside it: which photos, and changes since when."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QToolTip, QWidget

from ui import icons, theme
from ui.background import Background
from ui.models.compare import FEWEST, MOST
from ui.models.timeline import StripPhoto
from ui.photo_strip import PhotoStrip
from ui.settings import Settings
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Choice
from woundtrack.records import PhotoView
from woundtrack.report.labels import PHOTO_VIEWS
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

SINCE = "timeline_since"
"""Under which name of the settings it is remembered since when changes are told."""
LEAST_BESIDE = 6
"""So many photos wide must the place be, for the choices to stand beside them."""
_ALL, _UNTOLD = "all", "untold"


class Timeline(QWidget):
    """A lesion's photos, or all, or the overviews or close-ups among them."""

    current_changed = Signal(object)
    """The StripPhoto in hand, or None."""
    compare_requested = Signal()
    """The marked photos, or the usual ones, are to be compared."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._photos: tuple[StripPhoto, ...] = ()
        self._lesion_id: int | None = None
        self.strip = PhotoStrip(clinic, background)
        self.strip.photo_chosen.connect(
            lambda _id: self.current_changed.emit(self.strip.current_photo())
        )
        self.shown = Choice([(_ALL, _("All photos"))])
        self.shown.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.shown.setAccessibleName(_("Which photos"))
        self.shown.activated.connect(lambda _index: self._show())
        self.since = Choice(
            [("first", _("Since the first")), ("last", _("Since the one before"))],
            chosen=settings.last(SINCE),
        )
        self.since.setAccessibleName(_("Changes since when"))
        self.since.setToolTip(
            _(
                "Changes of the size. With an arrow: beyond measurement error. In brackets: within "
                "it. Neither: the error is not known."
            )
        )
        self.since.activated.connect(lambda _index: self._since_chosen())
        self.strip.set_since_first(self.since.value() == "first")
        self.compare = self._compare_button()
        self._lay_out()

    def _compare_button(self) -> QPushButton:
        button = theme.button(_("Compare…"), icon=icons.icon("blend"))
        button.setToolTip(
            _(
                "The marked photos beside and over each other; without marks the first and the "
                "latest. Space, or Ctrl and a click, marks a photo: at most four."
            )
        )
        button.clicked.connect(self.compare_requested)
        self.strip.marks.changed.connect(self._marked)
        self.strip.marks.refused.connect(self._too_many)
        return button

    def _lay_out(self) -> None:
        self._key = theme.label(_("▲▼ beyond error\n( ) within error"), role="muted")
        self._key.setToolTip(self.since.toolTip())
        self._head = QWidget()
        flow = FlowLayout(self._head)
        for widget in (self.shown, self.since, self.compare, self._key):
            flow.addWidget(widget)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(theme.grid(1.5))
        self._whole.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        self._whole.addWidget(self.strip, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stands beside the photos, above them where these would be too few."""
        super().resizeEvent(event)
        narrow = self.width() < LEAST_BESIDE * self.strip.item_width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._key.setVisible(not narrow)
        least = self._head.minimumSizeHint().width()  # one below the other
        self._head.setMinimumWidth(least)
        self._head.setMaximumWidth(self.maximumWidth() if narrow else least)
        self._whole.setDirection(down if narrow else across)
        self._whole.setSpacing(theme.grid(0.5) if narrow else theme.grid(1.5))

    def set_photos(self, photos: Sequence[StripPhoto], *, lesion_id: int | None) -> None:
        """Show the photos of a lesion (or all)."""
        same = {photo.id for photo in self._photos} & {photo.id for photo in photos}
        chosen = self.shown.value() if same else _ALL
        self._photos, self._lesion_id = tuple(photos), lesion_id
        mine = [photo for photo in photos if photo.shows(lesion_id)]
        count = Counter(_kind(photo) for photo in mine)
        pairs = [(_ALL, _("All photos"), len(mine))]
        pairs += [(view.value, _(PHOTO_VIEWS[view]), count[view.value]) for view in PhotoView]
        pairs += [(_UNTOLD, _("not told"), count[_UNTOLD])]
        offered = [(kind, _counted(name, n)) for kind, name, n in pairs if n or kind == _ALL]
        self.shown.offer(offered, chosen=chosen)
        self.shown.setEnabled(len(offered) > 2)
        self.compare.setEnabled(len(mine) >= FEWEST)
        self._show()

    def _marked(self) -> None:
        count = len(self.strip.marks.ids())
        text = _("Compare {count}…").format(count=count) if count else _("Compare…")
        self.compare.setText(f" {text}")

    def _too_many(self) -> None:
        at = self.compare.mapToGlobal(self.compare.rect().bottomLeft())
        QToolTip.showText(at, too_many_text(), self.compare)

    def is_empty(self) -> bool:
        """Whether there is no photo to show."""
        return self.strip.strip.rowCount() == 0

    def _show(self) -> None:
        kind = self.shown.value()
        photos = [photo for photo in self._photos if kind in (_ALL, _kind(photo))]
        self.strip.set_photos(photos, lesion_id=self._lesion_id)
        self.current_changed.emit(self.strip.current_photo())

    def _since_chosen(self) -> None:
        self._settings.keep_last(SINCE, self.since.value())
        self.strip.set_since_first(self.since.value() == "first")


def too_many_text() -> str:
    """Why one more photo was not marked."""
    text = _("At most {most} photos can be compared. Take a mark off another one first.")
    return text.format(most=MOST)


def _kind(photo: StripPhoto) -> str:
    """Under which kind a photo is found: proposed ones are among those they are proposed as."""
    return _UNTOLD if photo.view is None else photo.view.value


def _counted(name: str, count: int) -> str:
    text = _("{kind} ({count})").format(kind=name, count=count)
    return text[:1].upper() + text[1:]
