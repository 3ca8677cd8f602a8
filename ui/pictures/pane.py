"""A photo that is zoomed and panned: what lies under the masks."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.photo_editor import ground
from ui.photo_editor.geometry import View, fitted, kept_in_sight, panned, zoomed_at
from ui.photo_editor.levels import PhotoLevels
from woundtrack.deidentify.types import Crop
from woundtrack.outline.types import PointPx

WHEEL_FACTOR, KEY_FACTOR = 1.2, 1.25
MARGIN = 32.0
"""View px around a crop that is fitted."""


class PhotoPane(QWidget):
    """Paints a photo in its view; the wheel zooms at the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 180)
        self._levels: PhotoLevels | None = None
        self._view, self._fits = View(), True

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    def fit(self) -> None:
        """Show all of the crop, or all of the photo where there is none."""
        if self._levels is None:
            return
        crop = self._fit_to()
        if crop is None:
            self._view = fitted(photo=self._levels.size_px, view=self._room)
        else:
            size = crop.width_px, crop.height_px
            view = fitted(photo=size, view=self._room, margin=MARGIN)
            by = -crop.left_px * view.zoom, -crop.top_px * view.zoom
            self._view = panned(view, by=by)
        self._fits = True
        self.update()

    def zoom(self, *, larger: bool) -> None:
        """One step about the middle."""
        factor = KEY_FACTOR if larger else 1 / KEY_FACTOR
        self._zoom(factor, (self._room[0] / 2, self._room[1] / 2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self._zoom(WHEEL_FACTOR**steps, (event.position().x(), event.position().y()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    @property
    def _room(self) -> tuple[float, float]:
        return float(self.width()), float(self.height())

    def _fit_to(self) -> Crop | None:
        return None

    def _paint_photo(self, painter: QPainter) -> bool:
        """Paint the ground and the photo; False where there is none."""
        painter.fillRect(self.rect(), ground.colour())
        if self._levels is None:
            return False
        self._levels.paint(painter, self._view, size=self._room)
        return True

    def _photo_at(self, position: QPointF) -> PointPx:
        return self._view.to_photo((position.x(), position.y()))

    def _zoom(self, factor: float, anchor: PointPx) -> None:
        if self._levels is None:
            return
        least = fitted(photo=self._levels.size_px, view=self._room).zoom
        self._move_view(zoomed_at(self._view, anchor=anchor, factor=factor, least=least))

    def _move_view(self, view: View) -> None:
        if self._levels is None:
            return
        self._view = kept_in_sight(view, photo=self._levels.size_px, size=self._room)
        self._fits = False
        self.update()
