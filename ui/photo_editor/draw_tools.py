"""Tools that draw a new ring point by point: outlines and holes."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.photo_editor import painting
from ui.photo_editor.scene import Fill
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, Pointer, Tool, distance_view
from woundtrack.errors import OutlineError
from woundtrack.outline import edit, strokes
from woundtrack.outline.types import Outline, OutlineSource, PointPx
from woundtrack.words import _

CLOSE_WITHIN = 12.0
"""A click this near to the first point, in view px, closes the ring."""
STEP_PX = 1.5
"""Freehand points nearer than this in the view add nothing."""


class RingTool(BaseTool):
    """Places the points of a ring one by one; a click on the first of them closes it."""

    fewest = edit.FEWEST_POINTS
    """So many points are placed before it can be closed."""

    def placed(self) -> Sequence[PointPx]:
        """The points placed so far."""
        return ()

    def forget(self) -> None:
        """Give up what is placed."""

    def secondary(self) -> None:
        self.back()

    def interrupt(self) -> None:
        self.back()

    def cancel(self) -> bool:
        there_was = bool(self.placed())
        self.forget()
        self.session.clear_message()
        self.session.changed.emit()
        return there_was

    def closes(self, at_px: PointPx) -> bool:
        """Whether a click here closes the ring."""
        placed = self.placed()
        return (
            len(placed) >= self.fewest
            and distance_view(self.session, placed[0], at_px) <= CLOSE_WITHIN
        )

    def end_at(self, pointer: Pointer) -> PointPx:
        """Where the line to the pointer ends: on the first point where that closes the ring."""
        closes = self.closes(pointer.at_px)
        return self.placed()[0] if closes else self.session.clamped(pointer.at_px)

    def paint_ring(
        self, painter: QPainter, *, line: Sequence[PointPx], ahead: Sequence[PointPx]
    ) -> None:
        """Draw the line so far, the one to the pointer dashed, and a handle on each point."""
        view, mark = self.session.view, self.session.active_mark()
        colour = QColor(mark.colour if mark else "#ffffff")
        for points, width, dashes in ((line, 2.0, ()), (ahead, 1.4, painting.DASHED)):
            path = QPainterPath()
            path.addPolygon(painting.polygon(view, points))
            painting.stroke(painter, path, colour, width=width, dashes=dashes)
        first, *others = (painting.to_point(view, point) for point in self.placed())
        for point in others:
            painting.paint_handle(painter, point, colour, radius=2.6)
        closing = self.pointer is not None and self.closes(self.pointer.at_px)
        painting.paint_handle(painter, first, colour, radius=8.0 if closing else 5.5)


class PolygonTool(RingTool):
    """Sets the points of a ring by clicks; dragging draws freehand between them."""

    kind = Tool.POLYGON

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.points: list[PointPx] = []
        self._undone: list[list[PointPx]] = []
        self._marks: list[int] = []
        """How many points there were before each step, for taking steps back."""

    def hint(self) -> str:
        if not self.points:
            return _("Click along the wound's edge; hold the button to draw freehand.")
        if len(self.points) < edit.FEWEST_POINTS:
            return _("Go on along the edge. Backspace takes the last point back.")
        return _("Click the first point or press Enter to close; Esc gives up.")

    def press(self, pointer: Pointer) -> None:
        if not self.session.may_draw():
            return
        self.session.clear_message()
        if self.closes(pointer.at_px):
            self.finish()
            return
        self._marks.append(len(self.points))
        self._undone.clear()
        self._add(self.session.clamped(pointer.at_px))
        self.session.changed.emit()

    def move(self, pointer: Pointer) -> None:
        at = self.session.clamped(pointer.at_px)
        drawing = pointer.held and self.points and self._marks
        if drawing and distance_view(self.session, self.points[-1], at) > 4 * STEP_PX:
            self._add(at)
        self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        dragged = self._marks and len(self.points) > self._marks[-1] + edit.FEWEST_POINTS
        if dragged and self.closes(pointer.at_px):
            self.finish()

    def placed(self) -> Sequence[PointPx]:
        return self.points

    def finish(self) -> bool:
        if not self.points:
            return False
        ring = edit.without_repeats(self.points)
        found = edit.crossings(Outline((ring,)))
        if found:
            self.session.refuse(OutlineError("outline.drawn_across"), crossings=found)
            return True
        try:
            drawn = edit.add_ring(Outline(source=OutlineSource.HAND), ring=ring)
            finished = self.take(drawn)
        except OutlineError as error:
            self.session.refuse(error)
            return True
        if finished:
            self.forget()
        self.session.changed.emit()
        return True

    def take(self, drawn: Outline) -> bool:
        """Make the closed ring part of the outline; whether it was taken."""
        outline = strokes.draw_over(self.session.outline(), drawn=drawn)
        return self.session.commit(outline, text=_("Draw outline"))

    def back(self) -> bool:
        if not self._marks:
            return False
        count = self._marks.pop()
        self._undone.append(self.points[count:])
        del self.points[count:]
        self.session.clear_message()
        self.session.changed.emit()
        return True

    def forward(self) -> bool:
        if not self._undone:
            return False
        self._marks.append(len(self.points))
        self.points.extend(self._undone.pop())
        self.session.changed.emit()
        return True

    def can_go_back(self) -> bool:
        return bool(self._marks)

    def can_go_forward(self) -> bool:
        return bool(self._undone)

    def paint(self, painter: QPainter) -> None:
        if not self.points:
            return
        ahead: Sequence[PointPx] = ()
        if self.pointer is not None:
            ahead = (self.points[-1], self.end_at(self.pointer))
        self.paint_ring(painter, line=self.points, ahead=ahead)

    def _add(self, at: PointPx) -> None:
        """Add a point, unless its edge would cross the ones before; then say so."""
        if self.points and at == self.points[-1]:
            self._drop_empty_mark()
            return
        found = edit.path_crossings([*self.points, at], last_only=True)
        if found:
            self._drop_empty_mark()
            self.session.refuse(OutlineError("outline.drawn_across"), crossings=found)
            return
        self.points.append(at)

    def _drop_empty_mark(self) -> None:
        if self._marks and self._marks[-1] == len(self.points):
            self._marks.pop()

    def forget(self) -> None:
        self.points.clear()
        self._undone.clear()
        self._marks.clear()


class HoleTool(PolygonTool):
    """Draws a ring whose inside is taken out of the outline."""

    kind = Tool.HOLE
    fill = Fill.FAINT

    def hint(self) -> str:
        if not self.points:
            return _("Click round an island of healed skin inside the wound; it is left out.")
        return super().hint()

    def take(self, drawn: Outline) -> bool:
        outline = strokes.cut_hole(self.session.outline(), ring=drawn.rings[0])
        return self.session.commit(outline, text=_("Cut hole"))
