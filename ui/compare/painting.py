"""Plain paint functions of the comparison: a painter in view px, a frozen `Scene`, nothing kept."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui import theme
from ui.compare import painting_marks as marks
from ui.compare.canvas_geometry import Box
from ui.compare.canvas_scene import Layer, Pane, Scene, layers, rect_of, shows_change
from ui.compare.painting_corners import paint_corners
from ui.compare.painting_strips import paint_strip
from ui.compare.picture import PlaneImage
from ui.photo_editor import ground
from ui.photo_editor.geometry import View
from ui.photo_editor.loupe import paint_loupe
from woundtrack.words import _


def paint(painter: QPainter, scene: Scene, *, size: tuple[float, float]) -> None:
    """Paint the whole canvas of this width and height."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(0, 0, *size)
    painter.fillRect(whole, QColor(theme.tokens().window))
    if not scene.panes:
        _say(painter, whole, _("Choose two to four photos to compare."))
    for number, pane in enumerate(scene.panes):
        painter.save()
        painter.setClipRect(rect_of(pane.box))
        painter.fillRect(rect_of(pane.box), ground.colour())
        _paint_pane(painter, scene, pane)
        _paint_pick(painter, scene, number)
        painter.restore()
        paint_strip(painter, scene, pane)


def view_of(image: PlaneImage, scene: Scene, pane: Pane, *, within: Box) -> View:
    """Where an image's px lie, from the upper left corner of a part of the pane."""
    half = image.mm_per_px / 2  # a photo's (0, 0) is the middle of its first pixel
    x, y = scene.view.to_view((image.left_mm + half, image.top_mm + half), pane.box)
    return View(scene.view.px_per_mm * image.mm_per_px, x - within.left, y - within.top)


def _paint_pane(painter: QPainter, scene: Scene, pane: Pane) -> None:
    painted = layers(scene, pane)
    for layer in painted:
        _paint_image(painter, scene, pane, layer)
    if scene.change is not None and shows_change(scene, pane):
        marks.paint_change(painter, scene, pane)
    if scene.outlines_shown:
        marks.paint_outlines(painter, scene, pane, painted)
    marks.paint_points(painter, scene, pane)
    marks.paint_line(painter, scene, pane)
    shown = [scene.pictures[layer.picture] for layer in painted]
    paint_corners(painter, scene, pane, shown)
    for picture in shown:
        if picture.image is None:
            _say(painter, rect_of(pane.box), picture.note or _("Loading…"))


def _paint_image(painter: QPainter, scene: Scene, pane: Pane, layer: Layer) -> None:
    image, box = scene.pictures[layer.picture].image, layer.box
    if image is None or layer.opacity <= 0 or box.width < 1:
        return
    painter.save()
    painter.setClipRect(rect_of(box), Qt.ClipOperation.IntersectClip)
    painter.setOpacity(layer.opacity)
    painter.translate(box.left, box.top)
    view = view_of(image, scene, pane, within=box)
    image.levels.paint(painter, view, size=(box.width, box.height))
    painter.restore()


def _paint_pick(painter: QPainter, scene: Scene, number: int) -> None:
    """A cross where the point would be put, and a magnifier beside it."""
    pick, pane = scene.pick, scene.panes[number]
    image = scene.pictures[pane.told[0]].image
    if pick is None or pick.pane != number or image is None:
        return
    box = pane.box
    marks.paint_cross(painter, scene.view.to_view(pick.at_mm, box), box)
    view = view_of(image, scene, pane, within=box)
    at = scene.view.to_view(pick.at_mm, box)
    painter.translate(box.left, box.top)
    paint_loupe(
        painter,
        image.levels,
        view=view,
        size=(box.width, box.height),
        at=view.to_photo((at[0] - box.left, at[1] - box.top)),
    )


def _say(painter: QPainter, rect: QRectF, text: str) -> None:
    painter.setPen(QColor(theme.tokens().muted))
    painter.setFont(theme.font(scale=1.1))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect.adjusted(8, 8, -8, -8), flags, text)
