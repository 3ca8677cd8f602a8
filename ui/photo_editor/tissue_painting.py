"""How tissues look: one colour and one pattern each, through which the photo is still seen."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from ui import theme
from ui.photo_editor.geometry import View
from ui.photo_editor.painting import outline_path
from ui.photo_editor.scene import Scene
from woundtrack.outline.tissue.types import Tissue, TissueMap

COLOURS: dict[Tissue, str] = {
    Tissue.SLOUGH: theme.OKABE_ITO[6],
    Tissue.GRANULATION: theme.OKABE_ITO[5],
    Tissue.CALLUS: theme.OKABE_ITO[4],
    Tissue.NECROSIS: "#000000",
    Tissue.EPITHELIUM: theme.OKABE_ITO[3],
    Tissue.OTHER: theme.OKABE_ITO[2],
}
GROUND_ALPHA, LINE_ALPHA, BLANK_ALPHA = 80, 215, 110
PERIOD_PX = 12
"""Of the patterns, in view px: they stay as coarse however far the photo is zoomed."""


def paint_tissues(painter: QPainter, scene: Scene) -> None:
    """Paint every map inside its outline; what has no tissue yet is chequered."""
    for mark in scene.tissues:
        place = _seen(mark.tissue_map, scene.view, scene.size)
        if place.isEmpty():
            continue
        painter.save()
        painter.setClipPath(outline_path(scene.view, mark.outline))
        corner_size = (place.x(), place.y(), place.width(), place.height())
        painter.drawImage(place, _image(mark.tissue_map, scene.view, corner_size))
        painter.restore()


def swatch(tissue: Tissue, *, side_px: int, ratio: float) -> QPixmap:
    """A tissue's colour and pattern for a legend, opaque."""
    side = round(side_px * ratio)
    steps = np.arange(side) % PERIOD_PX
    tile = _tiles()[tissue][steps[:, None], steps]
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("#8a8a8a" if tissue is Tissue.NECROSIS else "#ffffff"))
    painter = QPainter(image)
    painter.drawImage(0, 0, _wrapped(tile))
    painter.setPen(QColor(0, 0, 0, 150))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _seen(tissue_map: TissueMap, view: View, size: tuple[float, float]) -> QRect:
    """The part of the view that a map lies under, in whole view px."""
    window = tissue_map.window
    ring = ((-0.5, -0.5), (window.width - 0.5, window.height - 0.5))
    (left, top), (right, bottom) = (view.to_view(point) for point in window.outwards(ring))
    first = max(0, int(left)), max(0, int(top))
    last = min(int(size[0]), int(right) + 1), min(int(size[1]), int(bottom) + 1)
    return QRect(*first, last[0] - first[0], last[1] - first[1])


@lru_cache(maxsize=4)
def _image(tissue_map: TissueMap, view: View, place: tuple[int, int, int, int]) -> QImage:
    """The map's cells as they lie under a part of the view (x, y, width, height)."""
    across, down = (
        np.arange(start, start + count) for start, count in zip(place[:2], place[2:], strict=True)
    )
    window, cells = tissue_map.window, tissue_map.cells
    column = ((across - view.x) / view.zoom + 0.5 - window.left_px) * window.factor - 0.5
    row = ((down - view.y) / view.zoom + 0.5 - window.top_px) * window.factor - 0.5
    seen = cells[
        np.clip(np.rint(row), 0, window.height - 1).astype(np.intp)[:, None],
        np.clip(np.rint(column), 0, window.width - 1).astype(np.intp),
    ]
    # Four channels as one number: looked up four times as fast while the photo is dragged.
    tiles = _tiles().view(np.uint32)[..., 0].ravel()
    place_in_tile = (down[:, None] % PERIOD_PX) * PERIOD_PX + across % PERIOD_PX
    shown = tiles.take(seen * np.int32(PERIOD_PX**2) + place_in_tile.astype(np.int32))
    return _wrapped(shown.view(np.uint8).reshape(*shown.shape, 4))


def _wrapped(colours: NDArray[np.uint8]) -> QImage:
    """An image of (height, width, 4) RGBA, its own copy."""
    height, width = colours.shape[:2]
    own = np.ascontiguousarray(colours)
    return QImage(own.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


@lru_cache(maxsize=1)
def _tiles() -> NDArray[np.uint8]:
    """One tile of `PERIOD_PX` a tissue, (7, period, period, 4) RGBA; the first is for none."""
    y, x = np.mgrid[:PERIOD_PX, :PERIOD_PX]
    half = PERIOD_PX // 2
    lines = {
        Tissue.SLOUGH: (x % half < 2) & (y % half < 2),
        Tissue.GRANULATION: (x + y) % PERIOD_PX < 2,
        Tissue.CALLUS: y % half < 1,
        Tissue.NECROSIS: (x - y) % PERIOD_PX < 2,
        Tissue.EPITHELIUM: x % half < 1,
        Tissue.OTHER: (x % PERIOD_PX < 1) | (y % PERIOD_PX < 1),
    }
    tiles = np.zeros((len(Tissue) + 1, PERIOD_PX, PERIOD_PX, 4), np.uint8)
    tiles[0, (x // half + y // half) % 2 == 0] = (255, 255, 255, BLANK_ALPHA)
    for tissue, line in lines.items():
        colour = QColor(COLOURS[tissue])
        ink = QColor("#ffffff") if tissue is Tissue.NECROSIS else colour
        tiles[tissue] = (colour.red(), colour.green(), colour.blue(), GROUND_ALPHA)
        tiles[tissue, line] = (ink.red(), ink.green(), ink.blue(), LINE_ALPHA)
    return tiles
