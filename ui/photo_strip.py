"""The patient's photos in the order of their days: pictures that come as they are seen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from ui.background import Background
from ui.models.timeline import StripPhoto
from ui.photo_strip_marks import Marks
from ui.photo_strip_painting import (
    COMPACT_PX,
    MARK_ROLE,
    PHOTO_ROLE,
    PICTURE_ROLE,
    THUMBNAIL_PX,
    StripDelegate,
)
from ui.photo_strip_pictures import Pictures
from ui.photo_view import KEYS, add_views
from woundtrack.records import PhotoView
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

BESIDE = 4
"""Pictures made ready on either side of those in sight."""


class StripModel(QAbstractListModel):
    """Photos with their pictures, as far as they have come."""

    def __init__(self, pictures: Pictures, marks: Marks) -> None:
        super().__init__()
        self.lesion_id: int | None = None
        self._pictures, self._marks = pictures, marks
        self._photos: list[StripPhoto] = []
        pictures.ready.connect(self._arrived)
        marks.changed.connect(self._marked)

    def set_photos(self, photos: Sequence[StripPhoto], *, lesion_id: int | None) -> None:
        """Show these photos instead, with what is said of a lesion; pictures are kept."""
        self.beginResetModel()
        self._photos, self.lesion_id = list(photos), lesion_id
        self.endResetModel()

    def photos(self) -> list[StripPhoto]:
        """The photos shown."""
        return list(self._photos)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._photos)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._photos):
            return None
        photo = self._photos[index.row()]
        if role == PHOTO_ROLE:
            return photo
        if role == PICTURE_ROLE:
            return self._pictures.get(photo.vault_name)
        if role == MARK_ROLE:
            return photo.id in self._marks.ids()
        if role == Qt.ItemDataRole.ToolTipRole:
            return photo.told(self.lesion_id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = photo.told(self.lesion_id).replace("\n", ". ")
            return f"{_('Marked')}. {text}" if photo.id in self._marks.ids() else text
        return None

    def _marked(self) -> None:
        if self._photos:
            last = self.index(len(self._photos) - 1)
            roles = [MARK_ROLE, Qt.ItemDataRole.AccessibleTextRole]
            self.dataChanged.emit(self.index(0), last, roles)

    def _arrived(self, name: str) -> None:
        for row, photo in enumerate(self._photos):
            if photo.vault_name == name:
                self.dataChanged.emit(self.index(row), self.index(row), [PICTURE_ROLE])


class PhotoStrip(QListView):
    """One row of photos. ← → Home End go through them; Enter or a double click opens the visit.

    1 and 2 say that a photo is an overview or a close-up, 0 that nobody knows. Space or Ctrl and
    a click mark a photo to be compared, Shift and a click the one in hand and the one clicked.
    """

    visit_chosen = Signal(int)
    photo_chosen = Signal(int)
    view_told = Signal(int, object)
    """A photo's id and what it takes in: a PhotoView, or None."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pictures = Pictures(clinic, background)
        self.marks = Marks(self)
        self.marking = False
        """Whether a plain click and Enter mark a photo too."""
        self.strip = StripModel(self.pictures, self.marks)
        self._read_only = False
        self._delegate = StripDelegate(self)
        self.setModel(self.strip)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Photos"))
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._want())
        self.set_compact(False)

    # -- showing

    def set_compact(self, compact: bool) -> None:
        """Smaller pictures where the window is low."""
        self._delegate.picture_px = COMPACT_PX if compact else THUMBNAIL_PX
        self._fit()

    def item_width(self) -> int:
        """The px that one photo takes across."""
        return self._delegate.item_size(self.font()).width()

    def set_since_first(self, since_first: bool) -> None:
        """Tell changes since the first comparable visit, else since the one before."""
        self._delegate.since_first = since_first
        self.viewport().update()

    def set_photos(self, photos: Sequence[StripPhoto], *, lesion_id: int | None) -> None:
        """Show the photos of a lesion (or all): the same one as before, else the newest."""
        self._delegate.lesion_id = lesion_id
        shown = [photo for photo in photos if photo.shows(lesion_id)]
        before, kept = self.current_photo(), self.horizontalScrollBar().value()
        ids, were = [photo.id for photo in shown], [photo.id for photo in self.strip.photos()]
        self.strip.set_photos(shown, lesion_id=lesion_id)
        self.marks.keep(ids)
        if before is not None and before.id in ids:
            self.setCurrentIndex(self.strip.index(ids.index(before.id)))
            if ids == were:  # read anew: nothing moves under the eyes
                self.horizontalScrollBar().setValue(kept)
        elif shown:
            self.setCurrentIndex(self.strip.index(len(shown) - 1))
            self.scrollToBottom()
        self._want()

    def current_photo(self) -> StripPhoto | None:
        """The photo that the keyboard is on."""
        photo: StripPhoto | None = self.currentIndex().data(PHOTO_ROLE)
        return photo

    def show_visit(self, visit_id: int) -> None:
        """Go to the first photo of a visit, unless one of its photos is the current one."""
        current = self.current_photo()
        if current is not None and current.visit_id == visit_id:
            return
        for row, photo in enumerate(self.strip.photos()):
            if photo.visit_id == visit_id:
                self.setCurrentIndex(self.strip.index(row))
                return

    def set_read_only(self, read_only: bool) -> None:
        """Offer nothing that would write."""
        self._read_only = read_only

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        self.pictures.set_size(self._delegate.picture_px * ratio)
        bar = self.horizontalScrollBar().sizeHint().height()
        height = self._delegate.item_size(self.font()).height() + bar
        self.horizontalScrollBar().setSingleStep(self.item_width() // 2)
        if height != self.height():
            self.setFixedHeight(height)
        self.scheduleDelayedItemsLayout()
        self._want()

    def _want(self) -> None:
        """Ask for the pictures in sight, then for those beside."""
        photos, wide = self.strip.photos(), self.item_width()
        if not photos or not self.isVisible():
            return
        left = self.horizontalScrollBar().value()
        first, last = left // wide, (left + self.viewport().width()) // wide
        beside = (*range(last + 1, last + 1 + BESIDE), *range(first - 1, first - 1 - BESIDE, -1))
        rows = [row for row in (*range(first, last + 1), *beside) if 0 <= row < len(photos)]
        self.pictures.want([photos[row].vault_name for row in rows])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())
        self._want()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    # -- acting

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, held = self.indexAt(event.position().toPoint()), event.modifiers()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        marks = held & both or self.marking
        if not index.isValid() or not marks or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        before, photo = self.current_photo(), index.data(PHOTO_ROLE)
        self.setCurrentIndex(index)
        if held & Qt.KeyboardModifier.ShiftModifier and before is not None:
            self.marks.add(before.id, photo.id)
        else:
            self.marks.toggle(photo.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, photo = Qt.Key(event.key()), self.current_photo()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (key == Qt.Key.Key_Space or (enter and self.marking)) and not event.modifiers():
            if photo is not None:
                self.marks.toggle(photo.id)
            return
        if key in KEYS and photo is not None and not event.modifiers():
            self._tell(photo, KEYS[key])
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        corner = self.visualRect(index).center() if keyboard else event.pos()
        self.menu_of(index.data(PHOTO_ROLE)).popup(self.viewport().mapToGlobal(corner))

    def menu_of(self, photo: StripPhoto) -> QMenu:
        """What can be done with a photo."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open the visit")).triggered.connect(
            lambda: self.visit_chosen.emit(photo.visit_id)
        )
        self._add_mark(menu, photo)
        menu.addSection(_("What the photo takes in"))
        add_views(
            menu, photo.view, told=photo.view_told, read_only=self._read_only,
            tell=lambda view: self._tell(photo, view),
        )  # fmt: skip
        return menu

    def _add_mark(self, menu: QMenu, photo: StripPhoto) -> None:
        mark = menu.addAction(_("Mark to compare"))
        mark.setCheckable(True)
        mark.setChecked(photo.id in self.marks.ids())
        mark.setShortcut(Qt.Key.Key_Space)
        mark.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        mark.setShortcutVisibleInContextMenu(True)
        mark.triggered.connect(lambda: self.marks.toggle(photo.id))

    def _tell(self, photo: StripPhoto, view: PhotoView | None) -> None:
        told = photo.view if photo.view_told else None
        if not self._read_only and view is not told:
            self.view_told.emit(photo.id, view)

    def _open(self, index: QModelIndex) -> None:
        if self.marking:
            return
        self.visit_chosen.emit(index.data(PHOTO_ROLE).visit_id)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.photo_chosen.emit(index.data(PHOTO_ROLE).id)
