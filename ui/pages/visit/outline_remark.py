"""What to beware of in an outline that the program proposed, as long as it stands."""

from collections.abc import Sequence

from ui.pages.visit.state import Cell, VisitState
from woundtrack.outline.types import BY_NETWORK, COLOURS_ALONE, Outline
from woundtrack.outline.warnings import GOES_BY_COLOURS, LEARNED_ON_FEET, WARNINGS, of_network
from woundtrack.words import _


def outline_remark(state: VisitState, cell: Cell) -> str:
    """The sentences for the cell's outline; empty where a person drew it or the visit is shut.

    Where there is no outline yet, why the network did not look for one.
    """
    if state.locked or cell not in state.cells():
        return ""
    outline = state.outline(cell)
    of_photo = set(state.outline_warnings.get(cell[0], ())) - {LEARNED_ON_FEET}
    codes = sorted(of_photo) if outline is None else _of(outline, of_photo)
    return " ".join(_(WARNINGS[code]) for code in codes if code in WARNINGS)


def _of(outline: Outline, of_photo: set[str]) -> Sequence[str]:
    if outline.method.startswith(BY_NETWORK):
        return of_network(outline.relative_area_sd)
    if outline.method == COLOURS_ALONE:
        return sorted(of_photo) or [GOES_BY_COLOURS]
    return []
