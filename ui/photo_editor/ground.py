"""What lies under the outlines, painted once and kept while the view stays."""

from PySide6.QtGui import QColor, QPainter, QPixmap

from ui import theme
from ui.photo_editor import captions, painting
from ui.photo_editor.levels import PhotoLevels
from ui.photo_editor.scene import Scene


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
    painting.paint_outlines(painter, scene)
    captions.paint_axes(painter, scene)
    captions.paint_labels(painter, scene)
    captions.paint_head_arrow(painter, scene)
    captions.paint_grid_caption(painter, scene)


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
