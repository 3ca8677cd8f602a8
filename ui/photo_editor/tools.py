"""What every tool is, which tools there are, and the plain one that pans."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from ui.photo_editor.geometry import View
from ui.photo_editor.scene import Fill
from ui.photo_editor.session import Session
from woundtrack.outline.types import PointPx
from woundtrack.words import _

ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0), Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0), Qt.Key.Key_Down: (0.0, 1.0),
}  # fmt: skip
"""Arrow keys as steps in the view."""


class Tool(StrEnum):
    """The tools of the photo editor."""

    PAN = "pan"
    VERTEX = "vertex"
    CLICK = "click"
    BOX = "box"
    POLYGON = "polygon"
    WIRE = "wire"
    TRACE = "trace"
    BRUSH_ADD = "brush_add"
    BRUSH_ERASE = "brush_erase"
    HOLE = "hole"
    TISSUE = "tissue"
    TWO_POINTS = "two_points"
    FOUR_POINTS = "four_points"
    RULER = "ruler"
    DOT = "dot"
    SQUARE = "square"
    HEAD = "head"


SCALE_TOOLS = (Tool.RULER, Tool.TWO_POINTS, Tool.FOUR_POINTS, Tool.DOT, Tool.SQUARE)
"""Those that give the scale by hand."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in px of the photo and of the view, and which keys are held."""

    at_px: PointPx
    at_view: QPointF
    shift: bool = False
    control: bool = False
    alt: bool = False
    held: bool = False
    """Whether the left button is down."""


def pointer_of(event: QMouseEvent, view: View) -> Pointer:
    """The pointer of a mouse event in a view."""
    at, held = event.position(), event.modifiers()
    return Pointer(
        at_px=view.to_photo((at.x(), at.y())),
        at_view=at,
        shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
        control=bool(held & Qt.KeyboardModifier.ControlModifier),
        alt=bool(held & Qt.KeyboardModifier.AltModifier),
        held=bool(event.buttons() & Qt.MouseButton.LeftButton),
    )


class BaseTool:
    """A tool does nothing by default; each overrides what it needs.

    `press`, `move` and `release` are of the left button; `move` is also called while no
    button is down, with `held` false.
    """

    kind = Tool.PAN
    fill = Fill.NONE
    shows_axes = False
    """Length and width are hidden while drawing: they would lie over the edge."""
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pointer: Pointer | None = None

    def hint(self) -> str:
        """What this tool does, for the status line."""
        return ""

    def begin(self) -> None:
        """The tool was taken in hand."""

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved."""

    def release(self, pointer: Pointer) -> None:
        """The left button went up."""

    def secondary(self) -> None:
        """The right button was pressed where the pointer is."""

    def wheel(self, notches: float, *, shift: bool) -> bool:
        """The wheel was turned; whether the tool used it instead of zooming."""
        del notches, shift
        return False

    def is_waiting(self) -> bool:
        """Whether an answer is being worked out."""
        return False

    def leave(self) -> None:
        """The pointer left the photo."""
        self.pointer = None

    def key(self, event: QKeyEvent) -> bool:
        """A key went down; whether the tool used it."""
        del event
        return False

    def cancel(self) -> bool:
        """Give up what is under way; whether there was anything."""
        return False

    def interrupt(self) -> None:
        """Give up what the press just made began: it was the first finger of a pinch."""
        self.cancel()

    def finish(self) -> bool:
        """Complete what is under way (Enter); whether there was anything."""
        return False

    def back(self) -> bool:
        """Take back the last point of what is under way; whether there was one."""
        return False

    def forward(self) -> bool:
        """Give back the last point taken back; whether there was one."""
        return False

    def can_go_back(self) -> bool:
        """Whether `back` would take something back."""
        return False

    def can_go_forward(self) -> bool:
        """Whether `forward` would give something back."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw what is under way; the painter is in view px."""

    def magnified_px(self) -> PointPx | None:
        """The point to be shown under the magnifier, if any."""
        return None


class PanTool(BaseTool):
    """Moves the photo (the canvas does that) and chooses lesions by a click."""

    kind = Tool.PAN
    shows_axes = True
    cursor = Qt.CursorShape.OpenHandCursor

    def hint(self) -> str:
        return _("Drag to move the photo, turn the wheel to zoom; click an outline to choose it.")

    def release(self, pointer: Pointer) -> None:
        key = self.session.lesion_at(pointer.at_px)
        if key is not None:
            self.session.activate(key)


def distance_view(session: Session, a: PointPx, b: PointPx) -> float:
    """The distance of two points of the photo in the view, in view px."""
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5) * session.view.zoom


def nearest_within(
    session: Session, points: Sequence[PointPx], at: PointPx, *, view_px: float
) -> int | None:
    """The index of the nearest of some points, if it is near enough in the view."""
    near = [(distance_view(session, p, at), i) for i, p in enumerate(points)]
    return min(near)[1] if near and min(near)[0] <= view_px else None
