"""The visit's photos in a column, to go from one to the next while scaling and outlining."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from ui import icons, theme
from ui.pages.visit.state import VisitState
from ui.pages.visit.thumbs import Thumbnails
from woundtrack.words import _

ICON = QSize(104, 78)
ID_ROLE = Qt.ItemDataRole.UserRole


class PhotoRail(QListWidget):
    """Small pictures with a tick where scale and outlines are there."""

    photo_chosen = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._state: VisitState | None = None
        self._drawn: dict[int, tuple[int, bool]] = {}
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(ICON)
        self.setSpacing(theme.grid(0.5))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("rail", True)
        self.setFixedWidth(ICON.width() + theme.grid(5))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Photos of this visit"))
        self.currentItemChanged.connect(self._on_current)
        thumbnails.ready.connect(lambda _name: self._refresh_icons())

    def show_state(self, state: VisitState, current: int | None) -> None:
        """Show the photos of a visit; tells nobody."""
        self._state = state
        blocked = self.blockSignals(True)
        if [self.item(i).data(ID_ROLE) for i in range(self.count())] != [
            p.id for p in state.photos
        ]:
            self.clear()
            self._drawn.clear()
            for photo in state.photos:
                item = QListWidgetItem()
                item.setData(ID_ROLE, photo.id)
                item.setSizeHint(ICON + QSize(theme.grid(2), theme.grid(4)))
                self.addItem(item)
        for index, photo in enumerate(state.photos):
            letters = [state.lesion(cell[1]) for cell in state.cells(photo.id)]
            names = " ".join(lesion.value.label for lesion in letters if lesion)
            self.item(index).setText(f"{index + 1}   {names}" if names else str(index + 1))
            if photo.id == current:
                self.setCurrentRow(index)
        self.blockSignals(blocked)
        self._refresh_icons()

    def _refresh_icons(self) -> None:
        state = self._state
        for index, photo in enumerate(state.photos if state else ()):
            pixmap = self._thumbnails.get(photo.value.vault_name)
            done = bool(state and _is_done(state, photo.id))
            key = (pixmap.cacheKey() if pixmap else 0, done)
            if index < self.count() and self._drawn.get(photo.id) != key:
                self._drawn[photo.id] = key
                framed = _framed(pixmap, done, self.devicePixelRatioF())
                icon = QIcon(framed)
                icon.addPixmap(framed, QIcon.Mode.Selected)  # a chosen photo is not tinted
                self.item(index).setIcon(icon)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.photo_chosen.emit(item.data(ID_ROLE))


def _is_done(state: VisitState, photo_id: int) -> bool:
    cells = state.cells(photo_id)
    decided = state.photo_scale(photo_id) is not None
    return decided and bool(cells) and all(state.outline(cell) for cell in cells)


def _framed(pixmap: QPixmap | None, done: bool, ratio: float) -> QPixmap:
    """The picture cropped to the icon's shape, with a tick where it is done."""
    made = QPixmap(ICON * ratio)
    made.fill(QColor(theme.tokens().hover))
    painter = QPainter(made)
    if pixmap is not None and not pixmap.isNull():
        scaled = pixmap.scaled(
            made.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        left, top = (scaled.width() - made.width()) // 2, (scaled.height() - made.height()) // 2
        painter.drawPixmap(0, 0, scaled, left, top, made.width(), made.height())
    if done:
        side = round(20 * ratio)
        tick = icons.pixmap("circle-check", size_px=side, tone="ok")
        corner = made.width() - side - 4
        painter.setBrush(QColor(theme.tokens().surface))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(corner, 4, side, side)
        painter.drawPixmap(corner, 4, tick)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
