"""The picture under confirmation, with masks and crop to be changed by mouse and keyboard."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.photo_editor.geometry import panned
from ui.photo_editor.levels import PhotoLevels
from ui.pictures import edited as shapes
from ui.pictures.edited import Edited, crop_corners
from ui.pictures.hits import Hit, crop_dragged, hit_at
from ui.pictures.painting import Look, paint_look
from ui.pictures.pane import PhotoPane
from woundtrack.deidentify.crop import crop_between
from woundtrack.deidentify.types import Crop
from woundtrack.outline.types import Outline, PointPx
from woundtrack.words import _

STEP, LARGE_STEP = 2.0, 20.0
"""View px that an arrow key moves something by, and with Ctrl."""
LEAST_DRAG = 6.0
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0), Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0), Qt.Key.Key_Down: (0.0, 1.0),
}  # fmt: skip


class MaskCanvas(PhotoPane):
    """Shows one photo as it would leave; what a person changes is told by `changed`."""

    changed = Signal(object)
    """The picture as a person changed it, an `Edited`."""
    selection_changed = Signal()
    adding_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The picture as it would be exported"))
        self.edited = Edited()
        self.selected: int | None = None
        self.crop_selected = False
        self.adding = False
        self._outlines: tuple[Outline, ...] = ()
        self._held: Hit | None = None
        self._pressed: PointPx | None = None
        self._before = Edited()
        self._dragged: tuple[PointPx, PointPx] | None = None
        self._panned_from: QPointF | None = None

    # -- what is shown

    def show_photo(
        self, levels: PhotoLevels | None, edited: Edited, outlines: Sequence[Outline]
    ) -> None:
        """Show another photo, or none while it is read, fitted to the crop."""
        self._levels, self._outlines = levels, tuple(outlines)
        self._select(None)
        self.set_adding(False)
        self.show_edited(edited)
        self.fit()

    def show_edited(self, edited: Edited) -> None:
        """Show the same photo with other masks or another crop."""
        self.edited = edited
        if self.selected is not None and self.selected >= len(edited.masks):
            self._select(None)
        self.update()

    def _fit_to(self) -> Crop | None:
        return self.edited.crop

    # -- what is done, by keys, buttons and mouse

    def set_adding(self, adding: bool) -> None:
        """Whether the next drag draws a mask."""
        if adding != self.adding:
            self.adding = adding
            self.adding_changed.emit(adding)
        self.setCursor(Qt.CursorShape.CrossCursor if adding else Qt.CursorShape.ArrowCursor)

    def add_in_middle(self) -> None:
        """A new mask in the middle of what is in view, to be moved by keys."""
        if self._levels is None or self.edited.crop is None:
            return
        x, y = self._view.to_photo((self.width() / 2, self.height() / 2))
        half = 40 / self._view.zoom
        mask = shapes.drawn((x - half, y - half / 2), (x + half, y + half / 2))
        self._apply(self.edited.with_mask(mask))
        self._select(len(self.edited.masks) - 1)

    def select_next(self, step: int = 1) -> None:
        """The next mask, one after the other."""
        count = len(self.edited.masks)
        if count:
            self._select(((self.selected if self.selected is not None else -1) + step) % count)

    def select_crop(self) -> None:
        """Let the keys change the crop."""
        self._select(None)
        self.crop_selected = self.edited.crop is not None
        self.selection_changed.emit()
        self.update()

    def remove_selected(self) -> None:
        """Take the selected mask away."""
        if self.selected is not None:
            place = self.selected
            self._select(None)
            self._apply(self.edited.without(place))

    def _select(self, place: int | None) -> None:
        self.selected, self.crop_selected = place, False
        self.selection_changed.emit()
        self.update()

    def _apply(self, edited: Edited) -> None:
        self.edited = edited
        self.update()
        self.changed.emit(edited)

    def _nudge(self, by: PointPx, *, resize: bool) -> None:
        if self.selected is not None:
            change = shapes.grown if resize else shapes.moved
            mask = change(self.edited.masks[self.selected], by)
            self._apply(self.edited.with_mask(mask, self.selected))
        elif self.crop_selected and self.edited.crop is not None:
            left_top, right_bottom = crop_dragged(crop_corners(self.edited.crop), 8, (0, 0))
            if not resize:
                left_top = left_top[0] + by[0], left_top[1] + by[1]
            right_bottom = right_bottom[0] + by[0], right_bottom[1] + by[1]
            self._apply(self._cropped(left_top, right_bottom))
        elif not resize:
            zoom = self._view.zoom
            self._move_view(panned(self._view, by=(-by[0] * zoom * 10, -by[1] * zoom * 10)))

    def _cropped(self, one: PointPx, other: PointPx) -> Edited:
        assert self._levels is not None
        return replace(self.edited, crop=crop_between(one, other, self._levels.size_px))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS:
            step = LARGE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else STEP
            by = tuple(part * step / self._view.zoom for part in _ARROWS[key])
            self._nudge((by[0], by[1]), resize=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        elif key is Qt.Key.Key_M:
            self.add_in_middle()
        elif key is Qt.Key.Key_N:
            self.select_next(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key is Qt.Key.Key_C:
            self.select_crop()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(larger=key is not Qt.Key.Key_Minus)
        elif key is Qt.Key.Key_0:
            self.fit()
        elif key is Qt.Key.Key_Escape and (self.adding or self.selected is not None):
            self.set_adding(False)
            self._select(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._levels is None:
            return
        at = self._photo_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton:
            self._panned_from = event.position()
            return
        if self.adding or self.edited.crop is None:
            self._dragged = (at, at)
            return
        hit = hit_at(self.edited, at, zoom=self._view.zoom, selected=self.selected)
        self._held, self._pressed, self._before = hit, at, self.edited
        if hit is None:
            self._select(None)
            self._panned_from = event.position()
        elif hit.mask is None:
            self.select_crop()
        else:
            self._select(hit.mask)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._photo_at(event.position())
        if self._dragged is not None:
            self._dragged = (self._dragged[0], at)
            self.update()
        elif self._held is not None and self._pressed is not None:
            self.show_edited(self._held_to(at))
        elif self._panned_from is not None:
            by = event.position() - self._panned_from
            self._panned_from = event.position()
            self._move_view(panned(self._view, by=(by.x(), by.y())))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._panned_from = None
        if self._dragged is not None:
            start, end = self._dragged
            self._dragged = None
            self._finish_drag(start, end)
        elif self._held is not None:
            self._held = None
            if self.edited != self._before:
                self.changed.emit(self.edited)
        self.update()

    def _held_to(self, at: PointPx) -> Edited:
        """What was held when the mouse is here."""
        assert self._held is not None
        assert self._pressed is not None
        place, handle, before = self._held.mask, self._held.handle, self._before
        if place is None:
            assert before.crop is not None
            assert handle is not None
            return self._cropped(*crop_dragged(crop_corners(before.crop), handle, at))
        mask = before.masks[place]
        if handle is not None:
            return before.with_mask(shapes.cornered(mask, handle, at), place)
        by = at[0] - self._pressed[0], at[1] - self._pressed[1]
        return before.with_mask(shapes.moved(mask, by), place)

    def _finish_drag(self, start: PointPx, end: PointPx) -> None:
        least = LEAST_DRAG / self._view.zoom
        if abs(end[0] - start[0]) < least or abs(end[1] - start[1]) < least:
            return
        if self.edited.crop is None:
            self._apply(self._cropped(start, end))
            return
        self._apply(self.edited.with_mask(shapes.drawn(start, end)))
        self._select(len(self.edited.masks) - 1)
        self.set_adding(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._paint_photo(painter):
            return
        look = Look(self.edited, self._outlines, self.selected, self.crop_selected, self._dragged)
        paint_look(painter, look, self._view, self._room)
