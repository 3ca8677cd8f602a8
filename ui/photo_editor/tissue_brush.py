"""The brush that says by hand which tissue lies where."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from ui.photo_editor import painting
from ui.photo_editor.brush_tools import BrushTool
from ui.photo_editor.scene import Fill
from ui.photo_editor.tissue_painting import COLOURS
from ui.photo_editor.tools import Pointer, Tool
from woundtrack.outline.tissue.paint import blank_map, repainted
from woundtrack.outline.tissue.types import NAMES, Tissue
from woundtrack.outline.types import PointPx
from woundtrack.words import _

KEYS = {str(number): tissue for number, tissue in enumerate(Tissue, start=1)}


class TissueBrush(BrushTool):
    """Paints the tissue in hand inside the outline; 1 to 6 take another one in hand.

    Where nothing was mapped, it begins a map in which all else is not assessed yet.
    """

    kind = Tool.TISSUE
    fill = Fill.NONE

    def hint(self) -> str:
        return _("Paint {tissue}; 1 to 6 change it, [ and ] the size.").format(
            tissue=_(NAMES[self.session.tissue.brush])
        )

    def press(self, pointer: Pointer) -> None:
        outline = self.session.outline()
        if not self.session.may_draw():
            return
        if not outline.rings:
            self.session.tell(_("Outline the wound first: tissues lie inside."), refusal=True)
            return
        self.session.clear_message()
        layer = self.session.tissue
        layer.preview = layer.map_of(self.session.active) or blank_map(outline)
        self._stroke = []
        self._paint_to(pointer.at_px)

    def move(self, pointer: Pointer) -> None:
        if self.session.tissue.preview is not None and pointer.held:
            self._paint_to(pointer.at_px)
        else:
            self.session.changed.emit()

    def release(self, pointer: Pointer) -> None:
        del pointer
        painted, key = self.session.tissue.preview, self.session.active
        if painted is not None and key is not None:
            self.session.tissue.replace(key, painted, text=_("Paint tissue"))

    def cancel(self) -> bool:
        there_was = self.session.tissue.preview is not None
        if there_was:
            self.session.tissue.set_preview(None)
        return there_was

    def key(self, event: QKeyEvent) -> bool:
        tissue = KEYS.get(event.text())
        if tissue is None:
            return super().key(event)
        self.session.tissue.choose(tissue)
        return True

    def paint(self, painter: QPainter) -> None:
        if self.pointer is None:
            return
        radius, at = self.session.brush_px, QPointF(self.pointer.at_view)
        painter.setPen(QPen(painting.LIGHT_HALO, 5.0))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(QColor(COLOURS[self.session.tissue.brush]), 2.4))
        painter.drawEllipse(at, radius, radius)

    def _paint_to(self, at_px: PointPx) -> None:
        layer = self.session.tissue
        if layer.preview is None:
            return
        since = [*self._stroke[-1:], at_px]
        self._stroke.append(at_px)
        painted = repainted(
            layer.preview,
            self.session.outline(),
            stroke_px=since,
            radius_px=self.session.reach_px(self.session.brush_px),
            tissue=layer.brush,
        )
        layer.set_preview(painted)
