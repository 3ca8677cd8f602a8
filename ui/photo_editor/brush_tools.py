"""Tools that paint onto an outline and wipe off it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from ui.photo_editor import painting
from ui.photo_editor.scene import Fill
from ui.photo_editor.session import Session
from ui.photo_editor.tools import BaseTool, Pointer, Tool
from woundtrack.outline import strokes
from woundtrack.outline.types import Outline, PointPx
from woundtrack.words import _

SMALLEST_BRUSH_PX = 3.0
LARGEST_BRUSH_PX = 120.0


class BrushTool(BaseTool):
    """Paints onto the outline; with Shift held, wipes off it."""

    kind = Tool.BRUSH_ADD
    fill = Fill.STRONG
    cursor = Qt.CursorShape.BlankCursor

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._base: Outline | None = None
        self._stroke: list[PointPx] = []
        self._erasing = False

    def hint(self) -> str:
        return _("Paint what is missing; Shift wipes; [ and ] set the size.")

    def press(self, pointer: Pointer) -> None:
        if not self.session.may_draw():
            return
        self.session.clear_message()
        self._base = self.session.outline()
        self._erasing = pointer.shift != (self.kind is Tool.BRUSH_ERASE)
        self._stroke = []
        self._paint_to(pointer.at_px)

    def move(self, pointer: Pointer) -> None:
        if self._base is not None and pointer.held:
            self._paint_to(pointer.at_px)
        else:
            self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        preview, self._base = self.session.preview, None
        if preview is None or not self._stroke:
            return
        self._stroke = []
        width, height = self.session.photo_px
        preview = strokes.clipped(preview, width_px=width, height_px=height)
        self.session.commit(
            preview, text=_("Wipe outline") if self._erasing else _("Paint outline")
        )

    def cancel(self) -> bool:
        there_was = self._base is not None
        self._base, self._stroke = None, []
        self.session.set_preview(None)
        return there_was

    def resize(self, factor: float) -> None:
        """Make the brush larger or smaller, within its limits."""
        wanted = self.session.brush_px * factor
        self.session.brush_px = min(max(wanted, SMALLEST_BRUSH_PX), LARGEST_BRUSH_PX)
        self.session.changed.emit()

    def key(self, event: QKeyEvent) -> bool:
        factor = {Qt.Key.Key_BracketLeft: 1 / 1.25, Qt.Key.Key_BracketRight: 1.25}.get(
            Qt.Key(event.key())
        )
        if factor is None:
            return False
        self.resize(factor)
        return True

    def wheel(self, notches: float, *, shift: bool) -> bool:
        if shift:
            self.resize(1.15**notches)
        return shift

    def paint(self, painter: QPainter) -> None:
        if self.pointer is None:
            return
        radius = self.session.brush_px
        wiping = self.pointer.shift != (self.kind is Tool.BRUSH_ERASE)
        at = QPointF(self.pointer.at_view)
        painter.setPen(QPen(painting.DARK_HALO, 3.4))
        painter.drawEllipse(at, radius, radius)
        style = Qt.PenStyle.DashLine if wiping else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor("#ffffff"), 1.5, style))
        painter.drawEllipse(at, radius, radius)

    def _paint_to(self, at_px: PointPx) -> None:
        """Join or cut only what is new since the last point, so that long strokes stay quick."""
        since = [*self._stroke[-1:], at_px]
        self._stroke.append(at_px)
        outline = self.session.preview if len(self._stroke) > 1 else self._base
        if outline is None:
            outline = self._base or Outline()
        work = strokes.erase_stroke if self._erasing else strokes.add_stroke
        radius = self.session.reach_px(self.session.brush_px)
        self.session.set_preview(work(outline, stroke_px=since, radius_px=radius))


class EraserTool(BrushTool):
    """Wipes off the outline; with Shift held, paints onto it."""

    kind = Tool.BRUSH_ERASE

    def hint(self) -> str:
        return _("Wipe off what is not wound; Shift paints; [ and ] set the size.")
