"""Every tool of the photo editor."""

from ui.photo_editor.brush_tools import BrushTool, EraserTool
from ui.photo_editor.click_tool import ClickTool
from ui.photo_editor.draw_tools import HoleTool, PolygonTool
from ui.photo_editor.edit_tools import VertexTool
from ui.photo_editor.propose_tools import BoxTool
from ui.photo_editor.ruler_tool import RulerTool
from ui.photo_editor.scale_tools import (
    DotTool,
    FourPointsTool,
    HeadTool,
    SquareTool,
    TwoPointsTool,
)
from ui.photo_editor.tissue_brush import TissueBrush
from ui.photo_editor.tools import BaseTool, PanTool
from ui.photo_editor.trace_tool import TraceTool
from ui.photo_editor.wire_tool import WireTool

TOOL_CLASSES: tuple[type[BaseTool], ...] = (
    PanTool, VertexTool, ClickTool, BoxTool, PolygonTool, WireTool, TraceTool, BrushTool,
    EraserTool, HoleTool, TissueBrush, RulerTool, TwoPointsTool, FourPointsTool, DotTool,
    SquareTool, HeadTool,
)  # fmt: skip
