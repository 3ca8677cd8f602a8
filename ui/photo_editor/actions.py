"""The editor's actions: every tool, undo, and the view, each with icon, shortcut and tip."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import icons
from ui.photo_editor.tools import Tool
from woundtrack.words import N_, _


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action as data: its name, icon and shortcuts."""

    name: str
    text: str
    icon: str
    """Empty where the button shows a short text instead."""
    keys: tuple[str, ...]
    edits: bool = False
    """Whether it changes anything, and so is off for reading only."""


TOOL_GROUPS: tuple[tuple[tuple[Tool, ActionSpec], ...], ...] = (
    (
        (Tool.PAN, ActionSpec("pan", N_("Move the photo"), "hand", ("H",))),
        (Tool.VERTEX, ActionSpec("vertex", N_("Edit points"), "waypoints", ("V",), True)),
    ),
    (
        (Tool.CLICK, ActionSpec("click", N_("Propose from a click"), "wand-sparkles",
                                ("C",), True)),
        (Tool.BOX, ActionSpec("box", N_("Propose from a box"), "square-dashed-mouse-pointer",
                              ("X",), True)),
    ),
    (
        (Tool.WIRE, ActionSpec("wire", N_("Follow the edge"), "spline-pointer", ("W",), True)),
        (Tool.TRACE, ActionSpec("trace", N_("Trace freehand"), "lasso", ("F",), True)),
        (Tool.POLYGON, ActionSpec("polygon", N_("Draw by points"), "pen-tool", ("P",), True)),
        (Tool.BRUSH_ADD, ActionSpec("brush_add", N_("Paint outline"), "brush", ("B",), True)),
        (Tool.BRUSH_ERASE, ActionSpec("brush_erase", N_("Wipe outline"), "eraser", ("E",), True)),
        (Tool.HOLE, ActionSpec("hole", N_("Cut out healed skin"), "torus", ("O",), True)),
    ),
    (
        (Tool.TISSUE, ActionSpec("tissue", N_("Paint tissues"), "paintbrush", ("M",), True)),
    ),
    (
        (Tool.RULER, ActionSpec("ruler", N_("Scale from a ruler’s marks"),
                                "ruler-dimension-line", ("L",), True)),
        (Tool.TWO_POINTS, ActionSpec("two_points", N_("Scale from two points on a ruler"),
                                     "ruler", ("R",), True)),
        (Tool.FOUR_POINTS, ActionSpec("four_points", N_("Scale from four corners"),
                                      "vector-square", ("Q",), True)),
        (Tool.DOT, ActionSpec("dot", N_("Scale from a coin or round dot"), "circle-dot", ("D",),
                              True)),
        (Tool.SQUARE, ActionSpec("square", N_("Scale from a coloured square"), "square", ("S",),
                                 True)),
    ),
    (
        (Tool.HEAD, ActionSpec("head", N_("Direction of the head"), "person-standing", ("A",),
                               True)),
    ),
)  # fmt: skip
UNDO = ActionSpec("undo", N_("Undo"), "undo-2", ("Ctrl+Z",), True)
REDO = ActionSpec("redo", N_("Redo"), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), True)
FIT = ActionSpec("fit", N_("Fit the photo"), "maximize", ("0",))
ACTUAL = ActionSpec("actual", N_("Actual pixels"), "", ("1",))
ZOOM_IN = ActionSpec("zoom_in", N_("Zoom in"), "zoom-in", ("+", "="))
ZOOM_OUT = ActionSpec("zoom_out", N_("Zoom out"), "zoom-out", ("-",))
GRID = ActionSpec("grid", N_("Show scale and grid"), "grid-3x3", ("G",))
OUTLINES = ActionSpec("outlines", N_("Show outlines"), "eye", ("T",))
TISSUES = ActionSpec("tissues", N_("Show tissues"), "layers", ("Y",))
NEXT = ActionSpec("next", N_("Next lesion"), "chevron-right", ("N",))


def make_action(
    parent: QWidget, spec: ActionSpec, done: Callable[[], object], *, checkable: bool = False
) -> QAction:
    """An action of the editor, whose shortcut works while the editor has the focus."""
    action = QAction(icons.icon(spec.icon) if spec.icon else icons.NONE, _(spec.text), parent)
    action.setObjectName(f"editor.{spec.name}")
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(_("{action} ({key})").format(action=_(spec.text), key=shown))
    action.setCheckable(checkable)
    action.setChecked(checkable)
    action.triggered.connect(lambda _checked=False: done())
    parent.addAction(action)
    return action


def make_tool_actions(
    parent: QWidget, choose: Callable[[Tool], object], tools: Collection[Tool]
) -> dict[Tool, QAction]:
    """One exclusive action for each of these tools, and for moving the photo."""
    group = QActionGroup(parent)
    made = {}
    for tool, spec in (pair for group_ in TOOL_GROUPS for pair in group_):
        if tool is not Tool.PAN and tool not in tools:
            continue
        action = make_action(parent, spec, partial(choose, tool), checkable=True)
        action.setChecked(tool is Tool.PAN)
        group.addAction(action)
        made[tool] = action
    return made
