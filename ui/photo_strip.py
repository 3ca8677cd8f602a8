"""The patient's photos in the order of their days: thumbnails that come as they are seen."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.models.patient_view import StripPhoto
from woundtrack.words import _, date

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

PHOTO_ROLE = Qt.ItemDataRole.UserRole + 1
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 2
THUMBNAIL_PX = QSize(132, 99)
COMPACT_PX = QSize(88, 66)
KEPT = 400
"""Thumbnails kept decoded in memory; the oldest seen goes first."""


class StripModel(QAbstractListModel):
    """Photos with their thumbnails, read from the store the first time one is painted."""

    def __init__(self, clinic: "Clinic", background: Background) -> None:
        super().__init__()
        self._clinic, self._background = clinic, background
        self._photos: list[StripPhoto] = []
        self._pictures: OrderedDict[str, QPixmap | None] = OrderedDict()

    def set_photos(self, photos: list[StripPhoto]) -> None:
        """Show these photos instead; thumbnails already read are kept."""
        self.beginResetModel()
        self._photos = list(photos)
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
            return self._picture(photo.vault_name)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            texts = [text for _lesion, text in photo.areas if text]
            return " · ".join([date(photo.on), *texts])
        return None

    def _picture(self, name: str) -> QPixmap | None:
        if name in self._pictures:
            self._pictures.move_to_end(name)
            return self._pictures[name]
        self._pictures[name] = None
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)

        def work() -> QImage:
            data = self._clinic.read(lambda r: r.thumbnail(name))
            image = QImage.fromData(data)
            if image.isNull():
                return image
            return image.scaled(
                THUMBNAIL_PX * 2,
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )

        # A thumbnail that cannot be read leaves its place empty; the visit page says why.
        self._background.run(
            work, done=lambda image: self._arrived(name, image), failed=lambda _error: None
        )
        return None

    def _arrived(self, name: str, image: QImage) -> None:
        self._pictures[name] = None if image.isNull() else QPixmap.fromImage(image)
        for row, photo in enumerate(self._photos):
            if photo.vault_name == name:
                self.dataChanged.emit(self.index(row), self.index(row), [PICTURE_ROLE])


class _StripDelegate(QStyledItemDelegate):
    """The thumbnail, the day beneath, and the area of the lesion in view."""

    lesion_id: int | None = None
    picture_px = THUMBNAIL_PX

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line = option.fontMetrics.height()
        return QSize(
            max(self.picture_px.width(), option.fontMetrics.horizontalAdvance("00 MMM 0000"))
            + theme.grid(),
            self.picture_px.height() + 2 * line + theme.grid(1.5),
        )

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        photo: StripPhoto = index.data(PHOTO_ROLE)
        picture: QPixmap | None = index.data(PICTURE_ROLE)
        colours = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = theme.grid(0.5)
        box = QRect(option.rect.topLeft(), self.picture_px).translated(half, half)
        painter.fillRect(box, QColor(colours.hover))
        if picture is not None:
            painter.drawPixmap(box, picture, _centre_crop(picture, box.size()))
        painter.setPen(
            QPen(QColor(colours.accent if chosen else colours.border), 3 if chosen else 1)
        )
        painter.drawRect(box)
        line = option.fontMetrics.height()
        width = option.rect.width() - theme.grid()
        under = QRect(box.x(), box.bottom() + half, width, line)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(QColor(colours.text))
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, date(photo.on))
        painter.setFont(theme.font())
        painter.setPen(QColor(colours.muted))
        painter.drawText(under.translated(0, line), Qt.AlignmentFlag.AlignLeft, self._area(photo))
        painter.restore()

    def _area(self, photo: StripPhoto) -> str:
        texts = [
            text
            for lesion, text in photo.areas
            if text and (self.lesion_id is None or lesion == self.lesion_id)
        ]
        return " · ".join(texts) if texts else _("not measured")


def _centre_crop(picture: QPixmap, size: QSize) -> QRect:
    scaled = size.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (picture.width() - scaled.width()) // 2
    return QRect(left, (picture.height() - scaled.height()) // 2, scaled.width(), scaled.height())


class PhotoStrip(QListView):
    """One row of photos. Arrow keys go through them; Enter or a double click opens the visit."""

    visit_chosen = Signal(int)
    photo_chosen = Signal(int)

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.strip = StripModel(clinic, background)
        self._all: list[StripPhoto] = []
        self._delegate = _StripDelegate(self)
        self.setModel(self.strip)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Photos"))
        self.activated.connect(
            lambda index: self.visit_chosen.emit(index.data(PHOTO_ROLE).visit_id)
        )
        self.selectionModel().currentChanged.connect(self._moved)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Smaller thumbnails where the window is low."""
        self._delegate.picture_px = COMPACT_PX if compact else THUMBNAIL_PX
        line = self.fontMetrics().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        height = self._delegate.picture_px.height() + 2 * line + theme.grid(1.5) + bar
        if height != self.height():
            self.setFixedHeight(height)
            self.scheduleDelayedItemsLayout()

    def set_photos(self, photos: tuple[StripPhoto, ...], *, lesion_id: int | None) -> None:
        """Show the photos of a lesion (or all), the newest in view."""
        self._delegate.lesion_id = lesion_id
        self._all = [photo for photo in photos if photo.shows(lesion_id)]
        self.strip.set_photos(self._all)
        if self._all:
            self.setCurrentIndex(self.strip.index(len(self._all) - 1))
            self.scrollToBottom()

    def show_visit(self, visit_id: int) -> None:
        """Go to the first photo of a visit."""
        for row, photo in enumerate(self._all):
            if photo.visit_id == visit_id:
                self.setCurrentIndex(self.strip.index(row))
                return

    def _opened(self, index: QModelIndex) -> None:
        self.visit_chosen.emit(index.data(PHOTO_ROLE).visit_id)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.photo_chosen.emit(index.data(PHOTO_ROLE).id)
