"""The tool that draws freehand: a whole outline, or a section of one."""

from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.photo_editor import painting
from ui.photo_editor.draw_tools import CLOSE_WITHIN, STEP_PX
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, Pointer, Tool, distance_view
from woundtrack.errors import OutlineError
from woundtrack.outline import edit, strokes
from woundtrack.outline.types import Outline, OutlineSource, PointPx
from woundtrack.words import _

TOLERANCE_PX = 0.5
"""How far a freehand ring may leave the drawn line, in view px."""


class TraceTool(BaseTool):
    """Draws round the wound with the button held; closes by itself on release.

    A stroke that starts and ends on the outline redraws that section of it.
    """

    kind = Tool.TRACE

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.stroke: list[PointPx] = []
        self._refused = False

    def hint(self) -> str:
        if self.session.outline().rings:
            return _("Draw from the outline back to the outline to mend a part of it.")
        return _("Hold the button and draw round the wound; let go to close.")

    def press(self, pointer: Pointer) -> None:
        if not self.session.may_draw():
            return
        self.session.clear_message()
        self.stroke = [self.session.clamped(pointer.at_px)]
        self._refused = False
        self.session.changed.emit()

    def move(self, pointer: Pointer) -> None:
        if not (pointer.held and self.stroke) or self._refused:
            return
        at = self.session.clamped(pointer.at_px)
        if distance_view(self.session, self.stroke[-1], at) >= STEP_PX:
            self.stroke.append(at)
            self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        if not self.stroke or self._refused:
            return
        self.move(Pointer(pointer.at_px, pointer.at_view, held=True))
        self.finish()

    def finish(self) -> bool:
        if not self.stroke:
            return False
        length = sum(map(self._step, self.stroke, self.stroke[1:]))
        if len(self.stroke) < edit.FEWEST_POINTS or length < 2 * CLOSE_WITHIN:
            # A click, or a slip of the hand.
            return self.cancel()
        try:
            mended = self._mended()
            taken = self._draws() if mended is None else self._take(mended)
            if taken:
                self.stroke = []
        except OutlineError as error:
            self.session.refuse(error)
        self._refused = bool(self.stroke)
        self.session.changed.emit()
        return True

    def cancel(self) -> bool:
        there_was = bool(self.stroke)
        self.stroke = []
        self._refused = False
        self.session.clear_message()
        self.session.changed.emit()
        return there_was

    def back(self) -> bool:
        return self._refused and self.cancel()

    def can_go_back(self) -> bool:
        return self._refused

    def paint(self, painter: QPainter) -> None:
        if len(self.stroke) < 2:
            return
        mark = self.session.active_mark()
        colour = QColor(mark.colour if mark else "#ffffff")
        if self._refused:
            colour = painting.DANGER
        path = QPainterPath()
        path.addPolygon(painting.polygon(self.session.view, self.stroke))
        painting.stroke(painter, path, colour, width=2.2)
        if not self._refused and distance_view(self.session, self.stroke[0], self.stroke[-1]) > 9:
            closing = QPainterPath(painting.to_point(self.session.view, self.stroke[-1]))
            closing.lineTo(painting.to_point(self.session.view, self.stroke[0]))
            painting.stroke(painter, closing, colour, width=1.2, dashes=painting.DASHED)
        painting.paint_handle(
            painter, painting.to_point(self.session.view, self.stroke[0]), colour, radius=4.5
        )

    def _step(self, a: PointPx, b: PointPx) -> float:
        return distance_view(self.session, a, b)

    def _mended(self) -> Outline | None:
        """The outline with a section redrawn, where the stroke goes from edge to edge."""
        if distance_view(self.session, self.stroke[0], self.stroke[-1]) <= CLOSE_WITHIN:
            return None
        return strokes.reshape(
            self.session.outline(),
            stroke_px=self.stroke,
            reach_px=self.session.reach_px(CLOSE_WITHIN),
            tolerance_px=self.session.reach_px(TOLERANCE_PX),
        )

    def _take(self, mended: Outline) -> bool:
        return self.session.commit(mended, text=_("Mend outline"))

    def _draws(self) -> bool:
        tolerance = self.session.reach_px(TOLERANCE_PX)
        ring = strokes.close_freehand(self.stroke, tolerance_px=tolerance)
        found = edit.crossings(Outline((ring,)))
        if found:
            self.session.refuse(OutlineError("outline.drawn_across"), crossings=found)
            return False
        drawn = Outline((tuple(self.session.clamped(p) for p in ring),), OutlineSource.HAND)
        outline = strokes.draw_over(self.session.outline(), drawn=drawn)
        return self.session.commit(outline, text=_("Trace outline"))
