"""The tool that lets the program propose an outline from a loose box."""

from collections.abc import Callable

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from ui.photo_editor import painting
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, Pointer, Tool
from ui.proposing import proposing
from woundtrack.errors import WoundtrackError
from woundtrack.outline import strokes
from woundtrack.outline.types import Outline, PointPx
from woundtrack.words import _

SMALLEST_BOX_PX = 8.0
"""A box with a shorter side, in view px, is a slip of the hand."""


class BoxTool(BaseTool):
    """Proposes from a box drawn loosely round the wound."""

    kind = Tool.BOX

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._start: PointPx | None = None
        self._end: PointPx | None = None
        self._asked: object | None = None
        self._job_key = f"photo_editor.box.{id(self)}"

    def is_waiting(self) -> bool:
        return self._asked is not None

    def hint(self) -> str:
        return _("Draw a box loosely round the wound: its outline is proposed.")

    def press(self, pointer: Pointer) -> None:
        if self.session.may_draw():
            self.session.clear_message()
            self._start = self._end = self.session.clamped(pointer.at_px)

    def move(self, pointer: Pointer) -> None:
        if pointer.held and self._start is not None:
            self._end = self.session.clamped(pointer.at_px)
        self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        if start is None:
            return
        end = self.session.clamped(pointer.at_px)
        (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(start, end, strict=True))
        self.session.changed.emit()
        if min(x1 - x0, y1 - y0) < self.session.reach_px(SMALLEST_BOX_PX):
            return
        pixels = self.session.pixels

        def work() -> Outline:
            from woundtrack.outline.propose import propose_from_box

            assert pixels is not None  # may_draw, at the press
            return propose_from_box(pixels, (x0, y0, x1, y1))

        self._ask(work, base=self.session.outline())

    def cancel(self) -> bool:
        there_was = self._start is not None or self._asked is not None
        self._start = self._asked = None
        self.session.clear_message()
        self.session.changed.emit()
        return there_was

    def paint(self, painter: QPainter) -> None:
        view = self.session.view
        if self._start is not None and self._end is not None:
            start, end = (painting.to_point(view, p) for p in (self._start, self._end))
            path = QPainterPath()
            path.addRect(QRectF(start, end).normalized())
            painting.stroke(painter, path, painting.INK, width=1.5, dashes=painting.DASHED)
        elif self.pointer is not None and not self.is_waiting():
            self._paint_cross_hair(painter)

    def _ask(self, work: Callable[[], Outline], *, base: Outline) -> None:
        """Have the proposal made; put it over `base` unless the question is outdated by then."""
        token = self._asked = object()
        key, pixels = self.session.active, self.session.pixels

        def is_current() -> bool:
            same = self.session.active == key and self.session.pixels is pixels
            current = self._asked is token
            if current:
                self._asked = None
            return current and same and not self.session.read_only

        def done(proposal: Outline) -> None:
            if is_current():
                outline = strokes.draw_over(base, drawn=proposal)
                self.session.commit(outline, text=_("Proposed outline"))
                self.session.tell(_("Look at the edge, and mend it where it is wrong."))

        def failed(error: Exception) -> None:
            if is_current():
                assert isinstance(error, WoundtrackError)
                self.session.refuse(error)
                self.session.proposal_failed.emit(error)

        self.session.tell(_("Looking for the wound's edge…"))
        self.session.background.run(proposing(work), done=done, failed=failed, key=self._job_key)
        self.session.changed.emit()

    def _paint_cross_hair(self, painter: QPainter) -> None:
        if self.pointer is None:
            return
        at, view, (width, height) = self.pointer.at_view, self.session.view, self.session.photo_px
        left, top = view.to_view((-0.5, -0.5))
        right, bottom = view.to_view((width - 0.5, height - 0.5))
        painter.setPen(painting.DARK_HALO)
        lines = [QLineF(left, at.y(), right, at.y()), QLineF(at.x(), top, at.x(), bottom)]
        painter.drawLines(lines)
