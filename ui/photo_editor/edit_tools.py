"""The tool that changes the points of an outline."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from ui.photo_editor import painting
from ui.photo_editor.session import Session
from ui.photo_editor.tools import ARROWS, BaseTool, Pointer, Tool
from woundtrack.errors import OutlineError
from woundtrack.outline import edit
from woundtrack.outline.edit import Hit, HitKind
from woundtrack.outline.types import Outline, PointPx
from woundtrack.words import _

GRAB_PX = 8.0
"""A point or an edge this near in the view is taken hold of."""
ERASE_PX = 14.0
"""Radius of the circle that wipes points off, in view px."""
SHOW_HANDLES_PX = 90.0
"""How far round the pointer the handles of a dense outline are shown, in view px."""


class VertexTool(BaseTool):
    """Moves, inserts and deletes points; with Ctrl held, moves a whole ring."""

    kind = Tool.VERTEX
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._start: PointPx | None = None
        self._base: Outline | None = None
        self._grip: Hit = edit.NO_HIT
        self._band = False
        self._moved = False
        self._erasing = False
        self.ring = -1
        self.chosen: frozenset[int] = frozenset()

    def hint(self) -> str:
        if self.chosen:
            return _("Drag or use the arrow keys to move; Delete removes.")
        return _("Drag a point, or an edge to add one; Ctrl moves the ring; Alt wipes points off.")

    def press(self, pointer: Pointer) -> None:
        if self.session.pixels is None:
            return
        self.session.clear_message()
        self._forget_what_is_gone()
        self._start, self._moved, self._band = pointer.at_px, False, False
        self._base, self._grip = self.session.outline(), self._under(pointer.at_px)
        if self.session.read_only:
            self._grip = edit.NO_HIT
        elif pointer.alt:
            self._erasing, self.chosen = True, frozenset()
            self._erase(pointer)
        elif pointer.control and self._grip.kind is not HitKind.NOTHING:
            self.ring, self.chosen = self._grip.ring, frozenset()
        elif self._grip.kind is HitKind.VERTEX:
            self._choose(self._grip, more=pointer.shift)
        elif self._grip.kind is HitKind.EDGE and self._grip.point_px is not None:
            self._insert(self._grip, self._grip.point_px)
        elif not pointer.shift:
            self.chosen = frozenset()
        self.session.changed.emit()

    def move(self, pointer: Pointer) -> None:
        if not pointer.held or self._start is None or self._base is None:
            self.session.changed.emit()
            return
        if self._erasing:
            self._erase(pointer)
            return
        by = (pointer.at_px[0] - self._start[0], pointer.at_px[1] - self._start[1])
        if not self._moved and max(abs(by[0]), abs(by[1])) < self.session.reach_px(2.0):
            return
        self._moved = True
        if pointer.control and self._grip.ring >= 0:
            self._show(edit.translate_ring(self._base, ring=self._grip.ring, by_px=by))
        elif self._grip.kind is HitKind.VERTEX:
            self._show(self._shifted(by))
        elif self._grip.kind in (HitKind.NOTHING, HitKind.HOLE, HitKind.INSIDE):
            self._band = True
            self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        preview, inserted = self.session.preview, self._base != self.session.outline()
        if self._erasing:
            self._erasing = False
            self.session.commit(preview or self._base or self.session.outline(),
                                text=_("Delete points"))  # fmt: skip
        elif self._band:
            self._choose_in_band(pointer.at_px, more=pointer.shift)
        elif preview is not None:
            text = _("Add point") if inserted else _("Move points")
            self.session.commit(self._clamped(preview), text=text)
        elif not self._moved:
            self._activate_other(pointer.at_px)
        self._start, self._base, self._band = None, None, False
        self._grip = edit.NO_HIT
        self.session.changed.emit()

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self._delete()
        self._forget_what_is_gone()
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or not self.chosen or not self.session.may_draw():
            return False
        far = self.session.reach_px(10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                                    else 1.0)  # fmt: skip
        self._base = self.session.outline()
        shifted = self._clamped(self._shifted((step[0] * far, step[1] * far)))
        self._base = None
        self.session.commit(shifted, text=_("Nudge points"), nudged=(self.ring, self.chosen))
        return True

    def secondary(self) -> None:
        if self._hovered().kind is HitKind.VERTEX:
            self.chosen = frozenset()
            self._delete()

    def cancel(self) -> bool:
        there_was = self.session.preview is not None or bool(self.chosen)
        self.chosen, self._start, self._base = frozenset(), None, None
        self._erasing = False
        self.session.set_preview(None)
        return there_was

    def paint(self, painter: QPainter) -> None:
        mark = self.session.active_mark()
        if mark is None:
            return
        view = self.session.view
        near = self.pointer.at_view if self.pointer else None
        painting.paint_handles(painter, view, mark, near=near, reach=SHOW_HANDLES_PX)
        if self.pointer is not None and (self._erasing or self.pointer.alt):
            self._paint_eraser(painter)
        else:
            self._paint_hover(painter, QColor(mark.colour))
        if 0 <= self.ring < len(mark.outline.rings):
            ring = mark.outline.rings[self.ring]
            for index in self.chosen:
                if index < len(ring):
                    at = painting.to_point(view, ring[index])
                    painting.paint_handle(painter, at, QColor(mark.colour))
        if self._band and self._start is not None and self.pointer is not None:
            start = painting.to_point(view, self._start)
            painter.setPen(QPen(QColor("#ffffff"), 1.0, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(start, self.pointer.at_view).normalized())

    def magnified_px(self) -> PointPx | None:
        moving = self._moved and self._grip.kind is HitKind.VERTEX and self.pointer is not None
        return self.pointer.at_px if moving and self.pointer else None

    def _erase(self, pointer: Pointer) -> None:
        """Take off the points under the circle, from what the drag has left so far."""
        outline = self.session.preview or self._base or self.session.outline()
        reach = self.session.reach_px(ERASE_PX)
        self._show(edit.delete_points_near(outline, at_px=pointer.at_px, radius_px=reach))

    def _paint_eraser(self, painter: QPainter) -> None:
        if self.pointer is None:
            return
        for colour, width in ((painting.DARK_HALO, 3.4), (QColor("#ffffff"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(self.pointer.at_view, ERASE_PX, ERASE_PX)

    def _under(self, at_px: PointPx) -> Hit:
        reach = self.session.reach_px(GRAB_PX)
        return edit.hit_test(self.session.outline(), point_px=at_px, tolerance_px=reach)

    def _choose(self, hit: Hit, *, more: bool) -> None:
        same = hit.ring == self.ring
        if more and same:
            self.chosen = self.chosen ^ {hit.index}
        elif not (same and hit.index in self.chosen):
            self.chosen = frozenset({hit.index})
        self.ring = hit.ring

    def _choose_in_band(self, end: PointPx, *, more: bool) -> None:
        """Choose the points in the dragged rectangle, of the ring that has most of them there."""
        if self._start is None:
            return
        (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(self._start, end, strict=True))
        inside = [
            frozenset(i for i, (x, y) in enumerate(ring) if x0 <= x <= x1 and y0 <= y <= y1)
            for ring in self.session.outline().rings
        ]
        if not inside or not max(map(len, inside)):
            return
        best = max(range(len(inside)), key=lambda i: len(inside[i]))
        keep = self.chosen if more and best == self.ring else frozenset()
        self.ring, self.chosen = best, keep | inside[best]

    def _insert(self, hit: Hit, at_px: PointPx) -> None:
        """A new point on the edge, held at once; it is kept on release."""
        outline = edit.insert_point(
            self.session.outline(), ring=hit.ring, edge=hit.index, at_px=at_px
        )
        self._base = outline
        self._grip = Hit(HitKind.VERTEX, ring=hit.ring, index=hit.index + 1, point_px=at_px)
        self.ring, self.chosen = hit.ring, frozenset({hit.index + 1})
        self.session.set_preview(outline)

    def _shifted(self, by: PointPx) -> Outline:
        base = self._base if self._base is not None else self.session.outline()
        chosen = self.chosen or frozenset({self._grip.index})
        return edit.move_points(base, ring=self.ring, indices=chosen, by_px=by)

    def _clamped(self, outline: Outline) -> Outline:
        """The outline with points moved outside the photo brought back to its edge."""
        rings = (tuple(self.session.clamped(p) for p in ring) for ring in outline.rings)
        return outline.redrawn(rings)

    def _show(self, outline: Outline) -> None:
        self.session.set_preview(outline, crossings=edit.crossings(outline))

    def _delete(self) -> bool:
        if not self.session.may_draw():
            return False
        self._forget_what_is_gone()
        outline, hit = self.session.outline(), self._hovered()
        try:
            if self.chosen:
                ring = outline.rings[self.ring]
                every = len(self.chosen) == len(ring)
                outline = (
                    edit.delete_ring(outline, ring=self.ring) if every
                    else edit.delete_points(outline, ring=self.ring, indices=self.chosen)
                )  # fmt: skip
            elif hit.kind is HitKind.VERTEX:
                outline = edit.delete_points(outline, ring=hit.ring, indices=[hit.index])
            elif hit.kind is not HitKind.NOTHING:
                outline = edit.delete_ring(outline, ring=hit.ring)
        except OutlineError as error:
            self.session.refuse(error)
            return True
        self.session.commit(outline, text=_("Delete points"))
        self.chosen = frozenset()
        return True

    def _hovered(self) -> Hit:
        return self._under(self.pointer.at_px) if self.pointer else edit.NO_HIT

    def _forget_what_is_gone(self) -> None:
        """Drop chosen points that undo or another tool has taken away."""
        rings = self.session.outline().rings
        if self.ring >= len(rings):
            self.ring, self.chosen = -1, frozenset()
        else:
            self.chosen = frozenset(i for i in self.chosen if i < len(rings[self.ring]))

    def _activate_other(self, at_px: PointPx) -> None:
        key = self.session.lesion_at(at_px)
        if key is not None and self._grip.kind in (HitKind.NOTHING, HitKind.HOLE):
            self.chosen = frozenset()
            self.session.activate(key)

    def _paint_hover(self, painter: QPainter, colour: QColor) -> None:
        if self._start is not None or self.session.read_only:
            return
        hit = self._hovered()
        if hit.point_px is not None:
            at = painting.to_point(self.session.view, hit.point_px)
            radius = 5.5 if hit.kind is HitKind.VERTEX else 4.0
            painting.paint_handle(painter, at, colour, radius=radius)
