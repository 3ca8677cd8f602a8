"""The photo editor: tools down the left edge, the photo, and a line that says what to do.

Points are px of the upright photo, (0, 0) the centre of the first pixel.
"""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QUndoStack
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.background import Background
from ui.photo_editor import actions, geometry
from ui.photo_editor.brush_tools import BrushTool
from ui.photo_editor.canvas import WHEEL_STEP, Canvas
from ui.photo_editor.keys import KeyMap
from ui.photo_editor.ruler_tool import RulerTool
from ui.photo_editor.session import Session
from ui.photo_editor.status_line import StatusLine
from ui.photo_editor.tool_set import TOOL_CLASSES
from ui.photo_editor.toolbar import ToolColumn
from ui.photo_editor.tools import Tool
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale
from woundtrack.words import _

__all__ = ["PhotoEditor", "Tool"]


class PhotoEditor(QWidget):
    """Shows a photo and lets a person draw, correct and check outlines and the scale."""

    outline_changed = Signal(int, object)
    """A lesion's key and its Outline, after each finished change, undo and redo included."""
    active_lesion_changed = Signal(int)
    points_chosen = Signal(object, object)
    """A scale tool and its points in px: whenever all are set or one is moved; () if taken back."""
    ruler_looked = Signal(object)
    """The RulerLook now shown: what was read, the edge and the two marks that are meant."""
    scale_accepted = Signal()
    """Enter was pressed on the scale shown by `set_trial`."""
    scale_dropped = Signal()
    """Esc was pressed on it."""
    head_angle_changed = Signal(float)
    """Degrees clockwise from up in the photo, 0 ≤ angle < 360."""
    proposal_failed = Signal(object)
    """The WoundtrackError that a proposal ended with; its sentence is shown here already."""
    tool_changed = Signal(object)

    def __init__(
        self,
        background: Background,
        parent: QWidget | None = None,
        *,
        tools: Collection[Tool] = tuple(Tool),
    ) -> None:
        super().__init__(parent)
        self._session = Session(background, self)
        self.tissue = self._session.tissue
        self._keys = KeyMap()
        self.canvas = Canvas(self._session, self._keys, self)
        self._tools = {kind.kind: kind(self._session) for kind in TOOL_CLASSES}
        self._tool_actions = actions.make_tool_actions(self, self.set_tool, tools)
        self._make_actions()
        zooms = [
            self._zoom_out, self._zoom_in, self._fit, self._actual, self._grid, self._shown,
        ]  # fmt: skip
        self.status = StatusLine(zooms, self)
        self._lay_out()
        self._connect()
        self._keys.set_actions(self.actions())
        self.set_tool(Tool.PAN)
        self._update_actions()
        # The first stroke and the first snap should not wait for libraries to load.
        background.run(geometry.load_libraries, failed=lambda _error: None)

    # -- what is shown

    def set_photo(self, pixels: Pixels, photo: Photo) -> None:
        """Show another photo (height, width, 3, BGR); outlines, scale and undo start empty."""
        self._tools[self.tool()].cancel()
        self._forget_tools()
        self._session.set_photo(pixels, photo)
        self._session.clear_message()
        self._update_actions()

    def clear(self) -> None:
        """Show no photo."""
        self._forget_tools()
        self._session.set_photo(None, None)
        self._session.clear_message()
        self._update_actions()

    def set_scale(self, scale: Scale | None) -> None:
        """Draw the 1 cm grid and what the scale was read from, or neither."""
        self._session.set_scale(scale)

    def set_trial(self, scale: Scale | None) -> None:
        """Show another scale in its place until it is accepted or given up (None)."""
        self._session.set_trial(scale)

    def choose_edge(self, place: int) -> None:
        """Take another of the graduated edges found, counted round."""
        ruler = self._tools[Tool.RULER]
        assert isinstance(ruler, RulerTool)
        ruler.choose(place)

    def set_outlines(
        self, outlines: Mapping[int, Outline], *, labels: Mapping[int, str], active: int | None
    ) -> None:
        """Show these outlines by lesion key; `labels` also names lesions without an outline.

        Undo is kept where the outlines are those shown already. No signal is sent.
        """
        if active != self._session.active:
            self._tools[self.tool()].cancel()
        self._session.set_outlines(outlines, labels=labels, active=active)
        self._update_actions()

    def set_measurement(self, key: int, measurement: Measurement | None) -> None:
        """Show a lesion's area, length and width over the photo, or take them off."""
        self._session.set_measurement(key, measurement)

    def set_head_angle(self, angle_deg: float | None, *, proposed: bool = False) -> None:
        """Show where the head is, clockwise degrees from up, or nothing. No signal is sent.

        A `proposed` arrow is shown as a question, and drawing another one needs no undo.
        """
        self._session.head_angle_deg, self._session.head_proposed = angle_deg, proposed
        self._session.changed.emit()

    def replace_outline(self, key: int, outline: Outline) -> None:
        """Put a proposal made elsewhere in place of a lesion's outline, undoably."""
        self._session.replace(key, outline, text=_("Proposed outline"))

    def outlines(self) -> dict[int, Outline]:
        """The outlines as they are now, by lesion key."""
        return dict(self._session.outlines)

    def active_lesion(self) -> int | None:
        """The lesion that drawing changes."""
        return self._session.active

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only, or drawing too."""
        self._session.read_only = read_only
        if read_only:
            self.set_tool(Tool.PAN)
        self._update_actions()

    def set_tool(self, tool: Tool) -> None:
        """Take a tool in hand; what the one before had under way is given up."""
        edits = self._tool_specs[tool].edits
        if tool not in self._tool_actions or (self._session.read_only and edits):
            tool = Tool.PAN
        self._session.clear_message()
        self.canvas.set_tool(self._tools[tool])
        self._tool_actions[tool].setChecked(True)
        if tool is Tool.TISSUE and not self.tissues_shown.isChecked():
            self.tissues_shown.trigger()
        self._show_hint()
        self._update_actions()
        self.tool_changed.emit(tool)

    def tool(self) -> Tool:
        """The tool in hand."""
        return self.canvas.tool.kind

    def is_proposing(self) -> bool:
        """Whether a proposal the person asked for is being made."""
        return self.canvas.tool.is_waiting()

    def undo_stack(self) -> QUndoStack:
        """The changes made to this photo's outlines; `undo()` also takes back single points."""
        return self._session.undo_stack

    def undo(self) -> None:
        """Take back the last point of what is being drawn, else the last change."""
        if not self.canvas.tool.back():
            self._session.undo_stack.undo()
        self._update_actions()

    def redo(self) -> None:
        """Give back what undo took."""
        if not self.canvas.tool.forward():
            self._session.undo_stack.redo()
        self._update_actions()

    def message(self) -> str:
        """The sentence in the status line, empty where it shows the tool's hint."""
        return self.status.said()

    def render_to_image(self, width_px: int) -> QImage:
        """The whole photo with outlines, grid and captions, `width_px` wide."""
        return self.canvas.picture(width_px)

    # -- inside

    def _make_actions(self) -> None:
        make = actions.make_action
        self._tool_specs = dict(pair for group in actions.TOOL_GROUPS for pair in group)
        self._undo = make(self, actions.UNDO, self.undo)
        self._redo = make(self, actions.REDO, self.redo)
        self._fit = make(self, actions.FIT, self.canvas.fit)
        self._actual = make(self, actions.ACTUAL, self.canvas.show_actual_pixels)
        self._actual.setIconText("1:1")
        self._zoom_in = make(self, actions.ZOOM_IN, lambda: self.canvas.zoom_by(WHEEL_STEP))
        self._zoom_out = make(self, actions.ZOOM_OUT, lambda: self.canvas.zoom_by(1 / WHEEL_STEP))
        self._next = make(self, actions.NEXT, self._choose_next)
        self._grid = make(self, actions.GRID, self._show_layers, checkable=True)
        self._shown = make(self, actions.OUTLINES, self._show_layers, checkable=True)
        self.tissues_shown = make(self, actions.TISSUES, self._show_layers, checkable=True)

    def _lay_out(self) -> None:
        tools = [
            [self._tool_actions[tool] for tool, _spec in group if tool in self._tool_actions]
            for group in actions.TOOL_GROUPS
        ]
        bar = ToolColumn([[self._undo, self._redo], *filter(None, tools)], self)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(bar)
        middle.addWidget(self.canvas, 1)
        rule = QFrame()
        rule.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(rule)
        column.addWidget(self.status)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        session = self._session
        session.outline_changed.connect(self.outline_changed)
        session.active_changed.connect(self.active_lesion_changed)
        session.points_chosen.connect(self.points_chosen)
        session.ruler_looked.connect(self.ruler_looked)
        session.scale_accepted.connect(self.scale_accepted)
        session.scale_dropped.connect(self.scale_dropped)
        session.head_changed.connect(self.head_angle_changed)
        session.proposal_failed.connect(self.proposal_failed)
        session.told.connect(self.status.say)
        session.changed.connect(self._show_hint)
        session.undo_stack.indexChanged.connect(self._update_undo)
        self.canvas.view_changed.connect(self._show_zoom)
        self.status.brush_resized.connect(self._resize_brush)

    def _show_hint(self) -> None:
        self.status.set_hint(self.canvas.tool.hint() if self._session.pixels is not None else "")
        brush = isinstance(self.canvas.tool, BrushTool)
        self.status.show_brush(self._session.brush_px if brush else None)
        self._update_undo()

    def _update_undo(self, _index: int = 0) -> None:
        stack, tool = self._session.undo_stack, self.canvas.tool
        if not isValid(stack):  # a dying stack still tells that it was emptied
            return
        may_edit = self._session.pixels is not None and not self._session.read_only
        self._undo.setEnabled(may_edit and (tool.can_go_back() or stack.canUndo()))
        self._redo.setEnabled(may_edit and (tool.can_go_forward() or stack.canRedo()))

    def _show_zoom(self) -> None:
        self.status.show_zoom(self.canvas.view.zoom * self.devicePixelRatioF())

    def _resize_brush(self, radius_view_px: int) -> None:
        self._session.brush_px = float(radius_view_px)
        self.canvas.update()

    def _show_layers(self) -> None:
        self._session.show_grid = self._grid.isChecked()
        self._session.show_outlines = self._shown.isChecked()
        self._session.tissue.shown = self.tissues_shown.isChecked()
        self._session.changed.emit()

    def _choose_next(self) -> None:
        keys = [mark.key for mark in self._session.lesions()]
        if keys:
            active = self._session.active
            place = keys.index(active) + 1 if active in keys else 0
            self._session.activate(keys[place % len(keys)])

    def _forget_tools(self) -> None:
        """What a tool had under way belongs to the photo before."""
        for tool in self._tools.values():
            tool.cancel()

    def _update_actions(self) -> None:
        session = self._session
        there = session.pixels is not None
        for tool, action in self._tool_actions.items():
            action.setEnabled(there and not (session.read_only and self._tool_specs[tool].edits))
        self._update_undo()
        for action in (self._fit, self._actual, self._zoom_in, self._zoom_out, self._grid,
                       self._shown, self.tissues_shown, self._next):  # fmt: skip
            action.setEnabled(there)
