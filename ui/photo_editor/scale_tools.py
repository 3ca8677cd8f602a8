"""Tools that give the scale by points set by hand, and the direction towards the head."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath

from ui.photo_editor import painting
from ui.photo_editor.geometry import head_angle_deg
from ui.photo_editor.session import Session
from ui.photo_editor.tools import (
    ARROWS,
    BaseTool,
    Pointer,
    Tool,
    distance_view,
    nearest_within,
)
from woundtrack.outline.types import PointPx
from woundtrack.scale.types import ScaleMethod
from woundtrack.words import _

GRAB_PX = 12.0
SNAP_PX = 10.0
"""Points snap no farther than this in the view: who zooms in wants a place, not its neighbour."""
HANDLE = QColor("#f0e442")


class ScaleTool(BaseTool):
    """What all tools that give the scale have in common: Enter accepts what is shown, Esc not."""

    def cancel(self) -> bool:
        if self.session.trial is None:
            return False
        self.session.scale_dropped.emit()
        return True

    def finish(self) -> bool:
        if self.session.trial is None:
            return False
        self.session.scale_accepted.emit()
        return True


class PointsTool(ScaleTool):
    """Sets a fixed number of points with the magnifier; each may be dragged or nudged after."""

    wanted = 2
    method: ScaleMethod | None = None
    """Marks of a scale given so are the tool's own points again."""
    snaps = False
    """Whether points jump to the middle of the stroke they are on; Alt or Ctrl prevents it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.points: list[PointPx] = []
        self._held: int | None = None
        self._told = False
        """Whether the page knows of points."""
        self._snapped: tuple[object, PointPx, PointPx] | None = None
        """Photo, place and where it snaps to: the last one asked for."""

    def begin(self) -> None:
        """Take up the marks of a scale given the same way, to be dragged."""
        scale = self.session.scale
        fits = scale is not None and scale.method is self.method
        if scale is not None and fits and len(scale.marks_px) == self.wanted:
            self.points = list(scale.marks_px)

    def press(self, pointer: Pointer) -> None:
        if self.session.read_only or self.session.pixels is None:
            return
        at = self.session.clamped(pointer.at_px)
        self._held = nearest_within(self.session, self.points, at, view_px=GRAB_PX)
        if self._held is None:
            if len(self.points) >= self.wanted:
                self.points.clear()
            self.points.append(self.placed(pointer))
            self._held = len(self.points) - 1
        self.session.changed.emit()

    def move(self, pointer: Pointer) -> None:
        if pointer.held and self._held is not None:
            self.points[self._held] = self.placed(pointer)
        self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._tell()
        self.session.changed.emit()

    def key(self, event: QKeyEvent) -> bool:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or not self.points:
            return False
        x, y = self.points[-1]
        far = self.session.reach_px(1.0)
        self.points[-1] = self.session.clamped((x + step[0] * far, y + step[1] * far))
        self._tell()
        self.session.changed.emit()
        return True

    def cancel(self) -> bool:
        there_was = super().cancel() or bool(self.points)
        self.points.clear()
        self._held = None
        self._tell()
        self.session.changed.emit()
        return there_was

    def interrupt(self) -> None:
        self._held = None
        self.back()

    def back(self) -> bool:
        if not self.points:
            return False
        self.points.pop()
        self._tell()
        self.session.changed.emit()
        return True

    def can_go_back(self) -> bool:
        return bool(self.points)

    def secondary(self) -> None:
        self.back()

    def magnified_px(self) -> PointPx | None:
        if self.pointer is None or self.session.read_only:
            return None
        if self._held is not None:
            return self.points[self._held]
        near = nearest_within(self.session, self.points, self.pointer.at_px, view_px=GRAB_PX)
        if near is not None:
            return self.points[near]
        return None if len(self.points) >= self.wanted else self.placed(self.pointer)

    def placed(self, pointer: Pointer) -> PointPx:
        """Where a point is put: on the stroke under the pointer, or just there."""
        at = self.session.clamped(pointer.at_px)
        pixels = self.session.pixels
        if not self.snaps or pointer.alt or pointer.control or pixels is None:
            return at
        if self._snapped is None or self._snapped[:2] != (id(pixels), at):
            from woundtrack.scale.snap import refine_click

            there = self.session.clamped(refine_click(pixels, at))
            near = distance_view(self.session, at, there) <= SNAP_PX
            self._snapped = (id(pixels), at, there if near else at)
        return self._snapped[2]

    def paint_points(self, painter: QPainter) -> None:
        """The points set so far, and a ring where the next one would snap to."""
        for point in self.points:
            at = painting.to_point(self.session.view, point)
            painting.paint_dots(painter, self.session.view, [point])
            painting.paint_handle(painter, at, QColor(0, 0, 0, 0), radius=7.0)
        if self.snaps and self.pointer is not None and (point := self.magnified_px()):
            painting.paint_snap(painter, self.session.view, point, pulled_from=self.pointer.at_view)

    def _tell(self) -> None:
        """Tell the points once all are set, and none as soon as they no longer are."""
        complete = len(self.points) == self.wanted
        if complete or self._told:
            self.session.points_chosen.emit(self.kind, tuple(self.points) if complete else ())
        self._told = complete


class TwoPointsTool(PointsTool):
    """Two points on a ruler, whose distance in mm the person then enters."""

    kind = Tool.TWO_POINTS
    wanted = 2
    method = ScaleMethod.TWO_POINTS
    snaps = True

    def hint(self) -> str:
        if len(self.points) < 2:
            return _("Click two marks of the ruler, far apart; hold Alt to click beside a mark.")
        return _("Drag the ends or nudge with the arrow keys, then enter the millimetres.")

    def paint(self, painter: QPainter) -> None:
        ends = list(self.points)
        if len(ends) == 1 and self.pointer is not None and self._held is None:
            ends.append(self.session.clamped(self.pointer.at_px))
        if len(ends) == 2:
            painting.paint_measured_line(painter, self.session.view, ends)
        self.paint_points(painter)


class FourPointsTool(PointsTool):
    """The four corners of a rectangle of known size, in order round it."""

    kind = Tool.FOUR_POINTS
    wanted = 4
    method = ScaleMethod.FOUR_POINTS
    snaps = True

    def hint(self) -> str:
        left = self.wanted - len(self.points)
        if left > 0:
            return _("Click the corners of a rectangle of known size, one after the other.")
        return _("Drag the corners or nudge with the arrow keys, then enter width and height.")

    def paint(self, painter: QPainter) -> None:
        path = QPainterPath()
        points = list(self.points)
        if 0 < len(points) < self.wanted and self.pointer is not None and self._held is None:
            points.append(self.session.clamped(self.pointer.at_px))
        path.addPolygon(painting.polygon(self.session.view, points))
        if len(self.points) == self.wanted:
            path.closeSubpath()
        painting.stroke(painter, path, painting.INK, width=1.5)
        self.paint_points(painter)


class DotTool(PointsTool):
    """One point on a coin or a round dot, whose edge the program then finds."""

    kind = Tool.DOT
    wanted = 1

    def hint(self) -> str:
        return _("Click the coin or the round dot, then say how wide it is.")

    def paint(self, painter: QPainter) -> None:
        self.paint_points(painter)


class SquareTool(DotTool):
    """One point on a coloured square, whose edges the program then finds."""

    kind = Tool.SQUARE

    def hint(self) -> str:
        return _("Click the coloured square, then say how long its side is.")


class HeadTool(BaseTool):
    """An arrow drawn towards the patient's head."""

    kind = Tool.HEAD

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._tail: PointPx | None = None

    def hint(self) -> str:
        return _("Drag towards the patient's head; head-to-toe length needs it.")

    def press(self, pointer: Pointer) -> None:
        if not self.session.read_only and self.session.pixels is not None:
            self._tail = pointer.at_px

    def move(self, pointer: Pointer) -> None:
        if pointer.held:
            self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        tail, self._tail = self._tail, None
        if tail is not None and distance_view(self.session, tail, pointer.at_px) > GRAB_PX:
            self.session.turn_head(head_angle_deg(tail, pointer.at_px))
        self.session.changed.emit()

    def cancel(self) -> bool:
        there_was = self._tail is not None
        self._tail = None
        self.session.changed.emit()
        return there_was

    def paint(self, painter: QPainter) -> None:
        if self._tail is None or self.pointer is None:
            return
        tail = painting.to_point(self.session.view, self._tail)
        head = self.pointer.at_view
        along = head - tail
        length = (along.x() ** 2 + along.y() ** 2) ** 0.5
        if length < 1:
            return
        unit = along / length
        side = type(unit)(-unit.y(), unit.x())
        path = QPainterPath(tail)
        path.lineTo(head)
        for sign in (-1, 1):
            path.moveTo(head)
            path.lineTo(head - unit * 14 + side * 8 * sign)
        painting.stroke(painter, path, painting.INK, width=2.4)
