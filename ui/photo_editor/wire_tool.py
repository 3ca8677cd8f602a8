"""The tool that follows the wound's edge between clicks.

The part of the photo in sight is made ready on a worker, and so are the ways from each click;
under the pointer a way is only looked up. A click made before its way is known stays, and its
line is put onto the edge as soon as it is.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from ui.photo_editor.draw_tools import RingTool
from ui.photo_editor.geometry import visible_px
from ui.photo_editor.session import Session
from ui.photo_editor.tools import Pointer, Tool
from ui.proposing import proposing
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.outline import edit, strokes
from woundtrack.outline.types import Outline, OutlineSource, PointPx, Ring
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.outline.wire import Anchor, LiveWire

TOLERANCE_PX = 0.35
"""How far the finished ring may leave the line, in view px."""


@dataclass(slots=True)
class Knot:
    """A click, and the line to it from the click before: None while it is worked out."""

    at_px: PointPx
    line: Ring | None
    straight: bool = False


class WireTool(RingTool):
    """Sets points on the edge by clicks; between them the line follows it. Ctrl: straight."""

    kind = Tool.WIRE
    fewest = 2

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.knots: list[Knot] = []
        self._undone: list[Knot] = []
        self._wire: LiveWire | None = None
        self._ready_for: object = None
        self._making: object = None
        self._anchors: dict[PointPx, Anchor] = {}
        self._asked: set[PointPx] = set()
        self._closing = False
        self._hover: tuple[object, Ring] = (None, ())

    def hint(self) -> str:
        if not self.knots:
            return _("Click on the wound’s edge, then along it: the line follows the edge.")
        if len(self.knots) < self.fewest:
            return _("Move along the edge and click; Ctrl draws straight. Backspace takes back.")
        return _("Click the first point or press Enter to close; Ctrl draws straight; Esc ends.")

    def begin(self) -> None:
        self._make_ready()

    def press(self, pointer: Pointer) -> None:
        if not self.session.may_draw() or self._closing:
            return
        self.session.clear_message()
        if self.closes(pointer.at_px):
            self.finish()
            return
        self._make_ready()
        at = self.session.clamped(pointer.at_px)
        wire = self._ready_wire()
        if wire is not None and not pointer.control:
            at = self.session.clamped(wire.snapped(at))
        if self.knots and at == self.knots[-1].at_px:
            return
        self._undone.clear()
        line = self._line(at, straight=pointer.control) if self.knots else (at,)
        self.knots.append(Knot(at, line, straight=pointer.control))
        self._ask_anchors()
        self.session.changed.emit()

    def move(self, _pointer: Pointer) -> None:
        self._make_ready()
        self.session.changed.emit()

    def is_waiting(self) -> bool:
        return self._closing

    def placed(self) -> list[PointPx]:
        return [knot.at_px for knot in self.knots]

    def finish(self) -> bool:
        if not self.knots:
            return False
        first = self.knots[0].at_px
        if len(self.knots) < self.fewest:
            self.session.refuse(OutlineError("outline.ring_needs_three"))
            return True
        self.knots.append(Knot(first, self._line(first, straight=False)))
        self._closing = True
        if any(knot.line is None for knot in self.knots):
            self.session.tell(_("Following the edge…"))
        self._close_when_known()
        return True

    def back(self) -> bool:
        if not self.knots:
            return False
        knot, was_closing = self.knots.pop(), self._closing
        if was_closing:
            self._closing = False
        else:
            self._undone.append(knot)
        self.session.clear_message()
        self._ask_anchors()
        self.session.changed.emit()
        return True

    def forward(self) -> bool:
        if not self._undone:
            return False
        self.knots.append(self._undone.pop())
        self._ask_anchors()
        self.session.changed.emit()
        return True

    def can_go_back(self) -> bool:
        return bool(self.knots)

    def can_go_forward(self) -> bool:
        return bool(self._undone)

    def leave(self) -> None:
        super().leave()
        self._hover = (None, ())

    def paint(self, painter: QPainter) -> None:
        if not self.knots:
            return
        ahead: Ring = ()
        if self.pointer is not None and not self._closing:
            ahead = self._ahead(self.pointer)
        self.paint_ring(painter, line=self._drawn(), ahead=ahead)

    # -- lines

    def _drawn(self) -> list[PointPx]:
        """The line so far; straight where the edge is still being looked for."""
        return [point for knot in self.knots for point in (knot.line or (knot.at_px,))]

    def _line(self, to_px: PointPx, *, straight: bool) -> Ring | None:
        """The line from the last knot to a point, without its start; None while not known."""
        last = self.knots[-1].at_px
        anchor = self._anchors.get(last)
        to_come = self._making is not None or last in self._asked
        if straight or not (anchor or to_come):
            return (to_px,)
        return None if anchor is None else anchor.path(to_px)[1:]

    def _ahead(self, pointer: Pointer) -> Ring:
        """From the last knot to the pointer, looked up once for each place of it."""
        last = self.knots[-1].at_px
        end = self.end_at(pointer)
        asked = (last, end, pointer.control, id(self._anchors.get(last)))
        if self._hover[0] != asked:
            line = self._line(end, straight=pointer.control)
            self._hover = (asked, (last, *(line or (end,))))
        return self._hover[1]

    def _close_when_known(self) -> None:
        if not self._closing or any(knot.line is None for knot in self.knots):
            return
        from woundtrack.outline.wire import closed

        self._closing = False
        line = tuple(self._drawn()[:-1])
        self.knots.pop()  # the way back to the first; it is found again if the ring is refused
        try:
            ring = closed(line, tolerance_px=self.session.reach_px(TOLERANCE_PX))
            ring = tuple(self.session.clamped(point) for point in ring)
            drawn = Outline((ring,), OutlineSource.WIRE)
            outline = strokes.draw_over(self.session.outline(), drawn=drawn)
            taken = self.session.commit(outline, text=_("Follow the edge"))
        except OutlineError as error:
            self.session.refuse(error, crossings=edit.crossings(Outline((line,))))
            taken = False
        if taken:
            self.forget()
            self.session.clear_message()
        self._ask_anchors()
        self.session.changed.emit()

    # -- what the worker makes ready

    def _make_ready(self) -> None:
        """Have the part of the photo in sight made ready, one such job at a time."""
        pixels, view = self.session.pixels, self.session.view
        wanted = (id(pixels), view, self.session.view_size)
        if pixels is None or self._making is not None or wanted == self._ready_for:
            return
        box = visible_px(view, photo=self.session.photo_px, size=self.session.view_size)
        if box is None:
            return
        self._making = wanted
        known = ready.levels if (ready := self._ready_wire()) else ()

        def work() -> "LiveWire":
            from woundtrack.outline.wire import live_wire

            return live_wire(pixels, box, levels=known)

        def done(made: "LiveWire") -> None:
            self._making = None
            if self.session.pixels is not pixels:
                return
            self._wire, self._ready_for = made, wanted
            self._anchors.clear()
            self._asked.clear()
            self._ask_anchors()

        def failed(error: Exception) -> None:
            self._making, self._ready_for = None, wanted  # not tried again on the same part
            if self.session.pixels is pixels:
                self._go_straight(error)

        self.session.background.run(proposing(work), done=done, failed=failed)

    def _ready_wire(self) -> "LiveWire | None":
        """What was made ready of the photo shown; that of the photo before is of no use."""
        wire = self._wire
        return wire if wire is not None and wire.levels[0] is self.session.pixels else None

    def _ask_anchors(self) -> None:
        """Have the ways worked out from the last knot, and from those with a line to come."""
        wire = self._ready_wire()
        starts = {self.knots[-1].at_px} if self.knots else set()
        starts |= {
            one.at_px
            for one, other in zip(self.knots, self.knots[1:], strict=False)
            if other.line is None
        }
        for old in set(self._anchors) - starts:
            del self._anchors[old]
        if wire is None:
            return
        for at in starts - set(self._anchors) - self._asked:
            self._asked.add(at)
            self.session.background.run(
                proposing(partial(wire.anchored, at)),
                done=lambda anchor: self._take_anchor(wire, anchor),
                failed=partial(self._lose_anchor, wire, at),
            )

    def _lose_anchor(self, wire: "LiveWire", at_px: PointPx, error: Exception) -> None:
        if wire is self._wire:
            self._asked.discard(at_px)
            self._go_straight(error)

    def _go_straight(self, error: Exception) -> None:
        """The edge cannot be followed: say so, and let the lines still to come be straight."""
        assert isinstance(error, WoundtrackError)
        for knot in self.knots:
            knot.line = knot.line or (knot.at_px,)
        self.session.refuse(error)
        self._close_when_known()

    def _take_anchor(self, wire: "LiveWire", anchor: "Anchor") -> None:
        if wire is not self._wire:
            return
        self._asked.discard(anchor.at_px)
        self._anchors[anchor.at_px] = anchor
        for one, other in zip(self.knots, self.knots[1:], strict=False):
            if one.at_px == anchor.at_px and other.line is None:
                other.line = anchor.path(other.at_px)[1:]
        self._ask_anchors()
        self._close_when_known()
        self.session.changed.emit()

    def forget(self) -> None:
        self.knots.clear()
        self._undone.clear()
        self._anchors.clear()
        self._asked.clear()
        self._closing = False
        self._hover = (None, ())
