"""The ruler's graduations as the program sees them, and the line a person lays along them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath

from ui.photo_editor import painting
from ui.photo_editor.ruler_look import Line, RulerLook, is_on_row, look_at, moved
from ui.photo_editor.scale_tools import GRAB_PX, HANDLE, ScaleTool
from ui.photo_editor.session import Session
from ui.photo_editor.ticks import FOUND, paint_ticks
from ui.photo_editor.tools import ARROWS, Pointer, Tool, distance_view, nearest_within
from ui.proposing import proposing
from woundtrack.errors import WoundtrackError
from woundtrack.outline.types import PointPx
from woundtrack.words import _

LEAST_LINE_PX = 24.0
"""A shorter line, in view px, is a click."""
OTHER = QColor("#ffffff")


class RulerTool(ScaleTool):
    """Shows every graduated edge; a line drawn over a ruler has it read along that line."""

    kind = Tool.RULER

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._pixels: object = None
        self._looks: list[RulerLook] = []
        self._at = -1
        self._asked: object | None = None
        self._line: Line | None = None
        self._from: PointPx | None = None
        self._held: int | None = None
        self._end = 1
        """The end that the arrow keys move."""

    @property
    def look(self) -> RulerLook | None:
        """What is shown now."""
        return self._looks[self._at] if self._at >= 0 else None

    def hint(self) -> str:
        if self.is_waiting():
            return _("Reading the ruler…")
        if self.look is None or not self.look.reading.edges:
            return _("Draw a line along the ruler’s marks, from one end to the other.")
        return _("Click the edge that counts, drag its ends, or draw a line along a ruler.")

    def is_waiting(self) -> bool:
        return self._asked is not None

    # -- reading

    def begin(self) -> None:
        """Show what was read in this photo, else read it."""
        if self.session.pixels is None:
            return
        if self._pixels is not self.session.pixels:
            self._pixels = self.session.pixels
            self._looks, self._at = [], -1
        if self.look is not None:
            self.session.ruler_looked.emit(self.look)
        else:
            self._read(None)

    def _read(self, line: Line | None) -> None:
        """Have the photo read in the background, along a line where one is given."""
        pixels, photo = self.session.pixels, self.session.photo
        if pixels is None or photo is None:
            return
        token = self._asked = object()

        def work() -> RulerLook:
            from woundtrack.scale.ruler import read_ruler, read_ruler_along

            if line is None:
                return look_at(read_ruler(pixels, photo))
            reading = read_ruler_along(pixels, photo, start_px=line[0], end_px=line[1])
            return look_at(reading, line)

        def answered(then: Callable[[], None]) -> None:
            if self._asked is token:
                self._asked = None
                if self.session.pixels is pixels:
                    then()
                self.session.changed.emit()

        def failed(error: Exception) -> None:
            assert isinstance(error, WoundtrackError)
            answered(lambda: self.session.refuse(error))

        self.session.background.run(
            proposing(work),
            done=lambda look: answered(lambda: self._show(look)),
            failed=failed,
            key=f"photo_editor.ruler.{id(self)}",
        )
        self.session.changed.emit()

    def _show(self, look: RulerLook) -> None:
        """Show this, undoably."""
        del self._looks[self._at + 1 :]
        self._looks.append(look)
        self._go(1)
        if look.ends_px is not None and not look.reading.edges:
            sentence = _("No marks were found along this line. Draw it where they all begin.")
            self.session.tell(sentence, refusal=True)

    def _go(self, by: int) -> bool:
        if not 0 <= self._at + by < len(self._looks):
            return False
        self._at += by
        self.session.clear_message()
        if self.look is not None:
            self.session.ruler_looked.emit(self.look)
        self.session.changed.emit()
        return True

    def choose(self, place: int) -> None:
        """Take another of the edges found."""
        look = self.look
        if look is not None and look.reading.edges and place != look.place:
            place %= len(look.reading.edges)
            self._show(replace(look, place=place).with_ends(None))

    # -- pointer

    def press(self, pointer: Pointer) -> None:
        if self.session.read_only or self.session.pixels is None:
            return
        at = self.session.clamped(pointer.at_px)
        ends = self.look.ends_px if self.look is not None else None
        self._held = nearest_within(self.session, ends or (), at, view_px=GRAB_PX)
        self._from, self._line = at, ends if self._held is not None else None

    def move(self, pointer: Pointer) -> None:
        if pointer.held and self._from is not None:
            at = self.session.clamped(pointer.at_px)
            if self._held is None:
                self._line = (self._from, at)
            elif self._line is not None:
                self._line = moved(self._line, self._held, at)
        self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        line, held = self._line, self._held
        begun, self._from, self._line, self._held = self._from, None, None, None
        if begun is None:
            return
        at = self.session.clamped(pointer.at_px)
        if held is not None and line is not None and self.look is not None:
            self._end = held
            self._move_end(self.look, held, at)
        elif distance_view(self.session, begun, at) >= LEAST_LINE_PX:
            self._read((begun, at))
        else:
            self._choose_at(at)
        self.session.changed.emit()

    def _move_end(self, look: RulerLook, end: int, at: PointPx) -> None:
        """Put an end elsewhere: on the same row of graduations, or along a new line."""
        if look.ends_px is None:
            return
        line = moved(look.ends_px, end, at)
        if look.reading.edges and is_on_row(look, at):
            self._show(look.with_ends(line))
        else:
            self._read(line)

    def _choose_at(self, at: PointPx) -> None:
        """Take the edge whose graduation is nearest to a click."""
        look = self.look
        if look is None or not look.reading.edges:
            return
        near = [
            (min(distance_view(self.session, point, at) for t in ticks
                 for point in (t.base_px, t.tip_px)), place)
            for place, ticks in enumerate(look.ticks)
        ]  # fmt: skip
        far, place = min(near)
        if far <= 2 * GRAB_PX:
            self.choose(place)

    # -- keys

    def key(self, event: QKeyEvent) -> bool:
        key, look = Qt.Key(event.key()), self.look
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._end = 0 if key == Qt.Key.Key_Home else 1
            self.session.changed.emit()
            return True
        step = ARROWS.get(key)
        if step is None or look is None or self.session.read_only or self.is_waiting():
            return False
        if look.ends_px is None:
            width, height = self.session.photo_px
            self._read(((width * 0.25, height * 0.5), (width * 0.75, height * 0.5)))
        elif look.reading.edges:
            self._step_end(look, step)
        else:
            far = self.session.reach_px(
                20.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 4.0
            )
            x, y = look.ends_px[self._end]
            at = self.session.clamped((x + step[0] * far, y + step[1] * far))
            self._read(moved(look.ends_px, self._end, at))
        return True

    def _step_end(self, look: RulerLook, step: tuple[float, float]) -> None:
        """Move an end by one graduation, the way an arrow points."""
        if look.ends_px is None:
            return
        ticks = look.ticks[look.place]
        bases = [tick.base_px for tick in ticks]
        at = bases.index(look.ends_px[self._end])
        ux, uy = look.reading.edges[look.place].line.axis
        along = step[0] * ux + step[1] * uy
        first, last = bases[0], bases[-1]
        onward = (last[0] - first[0]) * ux + (last[1] - first[1]) * uy > 0
        to = min(max(at + (1 if (along > 0) == onward else -1), 0), len(bases) - 1)
        self._show(look.with_ends(moved(look.ends_px, self._end, bases[to])))

    def cancel(self) -> bool:
        there_was = super().cancel() or self._from is not None or self._asked is not None
        self._from = self._line = self._held = self._asked = None
        self.session.changed.emit()
        return there_was

    def back(self) -> bool:
        return self._go(-1)

    def forward(self) -> bool:
        return self._go(1)

    def can_go_back(self) -> bool:
        return self._at > 0

    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._looks)

    # -- painting

    def magnified_px(self) -> PointPx | None:
        if self.pointer is None or self.session.read_only:
            return None
        ends = self.look.ends_px if self.look is not None else None
        near = nearest_within(self.session, ends or (), self.pointer.at_px, view_px=GRAB_PX)
        return self.pointer.at_px if self._from is not None or near is not None else None

    def paint(self, painter: QPainter) -> None:
        look, view = self.look, self.session.view
        if look is not None and self.session.show_grid:
            for place, ticks in enumerate(look.ticks):
                if place != look.place:
                    paint_ticks(painter, view, ticks, colour=OTHER, width=0.9)
            if look.ticks:
                paint_ticks(painter, view, look.ticks[look.place], colour=FOUND, width=1.4)
        ends = self._line or (look.ends_px if look is not None else None)
        if ends is None:
            return
        path = QPainterPath(painting.to_point(view, ends[0]))
        path.lineTo(painting.to_point(view, ends[1]))
        painting.stroke(
            painter,
            path,
            HANDLE,
            width=1.4,
            dashes=painting.DASHED if self._line is not None else (),
        )
        for number, end in enumerate(ends):
            radius = 8.0 if number == self._end else 6.5
            at = painting.to_point(view, end)
            painting.paint_handle(painter, at, QColor(0, 0, 0, 0), radius=radius)
