"""The tissue maps of the visit: kept through edits of their outlines, and their fractions."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.pages.visit.state import Cell, VisitState, counting_cell, outline_key
from woundtrack.errors import WoundtrackError
from woundtrack.outline.tissue.carry import carried
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.types import TissueMap, TissuePart
from woundtrack.outline.types import Outline
from woundtrack.records import PhotoOutline
from woundtrack.scale.types import Scale

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession

INCOMPLETE = "outline.tissue_incomplete"


@dataclass(frozen=True, slots=True)
class Bed:
    """What a wound bed is made of, or why that cannot be said."""

    tissue_map: TissueMap
    outline: Outline
    scale: Scale | None
    parts: tuple[TissuePart, ...] = ()
    error: WoundtrackError | None = None

    @property
    def incomplete(self) -> bool:
        """Whether part of it has no tissue yet."""
        return self.error is not None and self.error.code == INCOMPLETE


def worked_out(bed: Bed) -> Bed:
    """The bed with its parts, or with why they cannot be said; for workers."""
    try:
        return replace(bed, parts=fractions(bed.tissue_map, bed.outline, bed.scale))
    except WoundtrackError as error:
        return replace(bed, error=error)


class TissueKeeper:
    """Hangs maps under outlines. What an edit parts from its outline is set aside, not lost."""

    def __init__(self, session: "VisitSession") -> None:
        self._session = session
        self._aside: dict[Cell, tuple[Outline, TissueMap]] = {}
        self._beds: dict[Cell, Bed] = {}
        self._asked: dict[Cell, Bed] = {}
        self.outdated: set[Cell] = set()
        """Cells whose map was proposed for what the outline was before an edit."""

    def forget(self) -> None:
        """Another visit is opened."""
        for kept in (self._aside, self._beds, self._asked, self.outdated):
            kept.clear()

    def outlined(self, state: VisitState, cell: Cell, outline: Outline) -> PhotoOutline:
        """The record of a lesion's new outline, with the map of the one before it."""
        before: PhotoOutline | None = state.values.get(outline_key(cell))
        if before is not None and before.tissue is not None:
            was, known = before.outline, before.tissue
        elif cell in self._aside:
            was, known = self._aside[cell]
        else:
            return PhotoOutline(*cell, outline)
        same = was.rings == outline.rings
        kept = known if same else carried(known, was=was, now=outline)
        if kept is None:
            self._aside[cell] = (was, known)
        elif not same and not kept.repainted:
            self.outdated.add(cell)
        return PhotoOutline(*cell, outline, tissue=kept)

    def put(self, cell: Cell, tissue_map: TissueMap | None) -> None:
        """Keep a lesion's map in a photo, or none."""
        state = self._session.state
        value = state.values.get(outline_key(cell)) if state and not state.locked else None
        if state is None or value is None or not value.outline.rings:
            return
        self._aside.pop(cell, None)
        self.outdated.discard(cell)
        state.values[outline_key(cell)] = replace(value, tissue=tissue_map)
        self._session.saver.touch(outline_key(cell))
        self._session.tell()

    def is_aside(self, cell: Cell) -> bool:
        """Whether a map waits for its outline to come back."""
        return cell in self._aside and map_of(self._session.state, cell) is None

    def bed(self, cell: Cell) -> Bed | None:
        """The fractions of a map. None where there is none, or while they are worked out."""
        state = self._session.state
        tissue_map, outline = map_of(state, cell), state.outline(cell) if state else None
        if state is None or tissue_map is None or outline is None:
            return None
        wanted, known = Bed(tissue_map, outline, state.scale(cell[0])), self._beds.get(cell)
        if known is not None and replace(known, parts=(), error=None) == wanted:
            return known
        if self._asked.get(cell) != wanted:
            self._ask(cell, wanted)
        return None

    def bed_of_lesion(self, lesion_id: int) -> Bed | None:
        """The fractions in the photo that counts, else in the first that has a map."""
        state = self._session.state
        if state is None:
            return None
        mapped = [c for c in state.cells() if c[1] == lesion_id and map_of(state, c)]
        counts = counting_cell(state, lesion_id)
        cell = counts if counts in mapped else next(iter(mapped), None)
        return self.bed(cell) if cell else None

    def _ask(self, cell: Cell, wanted: Bed) -> None:
        self._asked[cell] = wanted

        def done(bed: Bed) -> None:
            if self._asked.get(cell) == wanted:
                del self._asked[cell]
                self._beds[cell] = bed
                self._session.tell()

        self._session.background.run(lambda: worked_out(wanted), done=done)


def map_of(state: VisitState | None, cell: Cell) -> TissueMap | None:
    """A lesion's map in a photo."""
    value: PhotoOutline | None = state.values.get(outline_key(cell)) if state else None
    return value.tissue if value else None
