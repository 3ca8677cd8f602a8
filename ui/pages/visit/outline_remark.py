"""What to beware of in an outline that the program proposed by itself."""

from ui.pages.visit.state import Cell, VisitState
from woundtrack.outline.types import OutlineSource
from woundtrack.outline.warnings import WARNINGS
from woundtrack.words import _


def outline_remark(state: VisitState, cell: Cell) -> str:
    """The sentences for the cell's outline; empty where a person drew it or the visit is shut."""
    outline = state.outline(cell)
    drawn = outline is not None and outline.source is not OutlineSource.MODEL
    if drawn or state.locked or cell not in state.cells():
        return ""
    codes = state.outline_warnings.get(cell[0], ())
    return " ".join(_(WARNINGS[code]) for code in codes if code in WARNINGS)
