"""What lies under the outlines, painted once and kept while the view stays."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from ui import theme
from ui.photo_editor import captions, painting, tissue_painting
from ui.photo_editor.geometry import View
from ui.photo_editor.levels import PhotoLevels
from ui.photo_editor.scene import Scene
from woundtrack.words import _


def colour() -> QColor:
    """The calm ground behind the photo: off the page's own, so that the photo stands out."""
    return QColor("#0d1115" if theme.is_dark() else "#dfe4e9")


def paint_under(painter: QPainter, levels: PhotoLevels, scene: Scene) -> None:
    """Paint photo, pixel grid, 1 cm grid and scale marks."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, int(scene.size[0]) + 1, int(scene.size[1]) + 1, colour())
    levels.paint(painter, scene.view, size=scene.size)
    painting.paint_pixel_grid(painter, scene)
    painting.paint_grid(painter, scene)
    painting.paint_scale_marks(painter, scene)


def paint_over(painter: QPainter, scene: Scene) -> None:
    """Paint outlines, axes, labels and what stands in the corners."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tissue_painting.paint_tissues(painter, scene)
    painting.paint_outlines(painter, scene)
    captions.paint_axes(painter, scene)
    captions.paint_labels(painter, scene)
    captions.paint_head_arrow(painter, scene)
    captions.paint_grid_caption(painter, scene)


def paint_empty(painter: QPainter, rect: QRect) -> None:
    """Say that there is no photo."""
    painter.fillRect(rect, colour())
    painter.setPen(QColor(theme.tokens().muted))
    painter.setFont(theme.font(scale=1.1))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _("No photo is open."))


def picture(
    levels: PhotoLevels, scene_of: Callable[[View, tuple[float, float]], Scene], *, width_px: int
) -> QImage:
    """The whole photo with all that is drawn over it, as an image of this width."""
    zoom = width_px / levels.width_px
    image = QImage(width_px, max(1, round(levels.height_px * zoom)), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scene = scene_of(View(zoom, zoom / 2, zoom / 2), (image.width(), image.height()))
    paint_under(painter, levels, scene)
    paint_over(painter, scene)
    painter.end()
    return image


class Ground:
    """A pixmap of `paint_under`, painted anew only where something in it changed."""

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._painted: tuple[object, ...] = ()

    def forget(self) -> None:
        """Paint anew next time: the photo or the scale changed."""
        self._painted = ()

    def pixmap(self, levels: PhotoLevels, scene: Scene, ratio: float) -> QPixmap:
        """The ground of a scene, `ratio` device px for one view px."""
        wanted = (scene.view, scene.size, ratio, theme.is_dark(), scene.show_grid)
        width, height = round(scene.size[0] * ratio), round(scene.size[1] * ratio)
        if self._pixmap is None or (self._pixmap.width(), self._pixmap.height()) != (width, height):
            self._pixmap, self._painted = QPixmap(width, height), ()
            self._pixmap.setDevicePixelRatio(ratio)
        if self._painted != wanted:
            painter = QPainter(self._pixmap)
            paint_under(painter, levels, scene)
            painter.end()
            self._painted = wanted
        return self._pixmap
