"""What to do better in the photos of a visit, while the patient is still there. Qt-free.

Of each lesion the photo whose measurement counts, until there is one the photo that shows it
largest, is judged by how it shows the wound. The others locate it, and need be neither near nor
have a scale.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ui.pages.visit.earlier import Earlier, earlier_outline
from ui.pages.visit.state import Cell, VisitState, counting_cell
from woundtrack.outline.rings import bounds
from woundtrack.outline.types import Outline
from woundtrack.records import PatientHistory, VisitPhoto
from woundtrack.scale.types import Scale

_SAID_BY_SCALE = {"scale.tilt_beyond": "framing.tilted", "scale.blurred": "quality.blurred"}
"""Why no scale was read, where a better photo would have one."""
_Seen: TypeAlias = tuple[VisitPhoto, Outline, Scale | None, Earlier | None]


@dataclass(slots=True)
class Retakes:
    """Judges the photos of the state shown; what did not change is not judged again."""

    is_waiting: Callable[[int], bool]
    """Whether a photo is still to be looked through."""
    _earlier: dict[int, Earlier | None] = field(default_factory=dict)
    _earlier_of: tuple[object, ...] = ()
    _history: PatientHistory | None = None
    _judged: dict[Cell, tuple[_Seen, tuple[str, ...]]] = field(default_factory=dict)

    def remarks(self, history: PatientHistory | None, state: VisitState) -> dict[int, list[str]]:
        """The codes of `woundtrack.photo.remarks` by photo id, worst first.

        Nothing is said of a visit that is confirmed or only read: its photos are what they are.
        """
        if state.locked or state.confirmed or not state.photos:
            return {}
        from woundtrack.photo.remarks import worst_first

        of_day = (state.on, tuple(photo.id for photo in state.photos))
        if self._history is not history or self._earlier_of != of_day:
            self._history, self._earlier_of = history, of_day
            self._earlier, self._judged = {}, {}
        found = {photo.id: list(state.quality.get(photo.id, ())) for photo in state.photos}
        cells = state.cells()
        for photo_id, code in self._without_scale(state, cells):
            found[photo_id].append(code)
        for cell in _measured(state, cells):
            found[cell[0]] += self._framing(history, state, cell)
        return {photo_id: list(worst_first(codes)) for photo_id, codes in found.items() if codes}

    def _without_scale(self, state: VisitState, cells: list[Cell]) -> list[tuple[int, str]]:
        """Photos whose scale was looked for and not found, none of whose wounds has one elsewhere.

        A photo of which nobody said yet what it shows needs none where another one has.
        """
        from woundtrack.photo.remarks import NO_SCALE

        with_scale = {photo.id for photo in state.photos if state.scale(photo.id) is not None}
        scaled = {lesion for photo, lesion in cells if photo in with_scale}
        said = []
        for photo in state.photos:
            shown = {lesion for photo_id, lesion in cells if photo_id == photo.id}
            open_still = state.photo_scale(photo.id) is None and not self.is_waiting(photo.id)
            looked = photo.id in state.quality or photo.id in state.scale_problems
            needs = not shown <= scaled if shown else not with_scale
            if open_still and looked and needs:
                problem = state.scale_problems.get(photo.id)
                code = _SAID_BY_SCALE.get(problem.code, NO_SCALE) if problem else NO_SCALE
                said.append((photo.id, code))
        return said

    def _framing(
        self, history: PatientHistory | None, state: VisitState, cell: Cell
    ) -> tuple[str, ...]:
        stored, outline = state.photo(cell[0]), state.outline(cell)
        assert stored is not None  # the cell is of the visit shown
        assert outline is not None  # and drawn
        if cell[1] not in self._earlier:
            self._earlier[cell[1]] = earlier_outline(history, state, cell[1])
        earlier = self._earlier[cell[1]]
        seen = (stored.value, outline, state.scale(cell[0]), earlier)
        kept = self._judged.get(cell)
        # By identity: comparing thousands of points takes as long as judging them.
        if kept is None or any(a is not b for a, b in zip(kept[0], seen, strict=True)):
            kept = self._judged[cell] = (seen, _framing_of(*seen))
        return kept[1]


def _measured(state: VisitState, cells: list[Cell]) -> list[Cell]:
    """Of each lesion the cell that counts, else the one to be measured: it is the largest."""
    largest: dict[int, tuple[float, Cell]] = {}
    for cell in cells:
        outline, stored = state.outline(cell), state.photo(cell[0])
        if outline is None or stored is None:
            continue
        left, top, right, bottom = bounds(outline)
        photo = stored.value.photo
        part = (right - left) * (bottom - top) / (photo.width_px * photo.height_px)
        if cell[1] not in largest or part > largest[cell[1]][0]:
            largest[cell[1]] = (part, cell)
    return [counting_cell(state, lesion) or cell for lesion, (_part, cell) in largest.items()]


def _framing_of(
    photo: VisitPhoto, outline: Outline, scale: Scale | None, earlier: Earlier | None
) -> tuple[str, ...]:
    from woundtrack.photo.framing import Shot, framing

    def shot(photo: VisitPhoto, outline: Outline, scale: Scale | None) -> Shot:
        size = (photo.photo.width_px, photo.photo.height_px)
        return Shot(*size, outline, scale, photo.head_angle_deg)

    before = shot(earlier.photo.value, earlier.outline, earlier.scale) if earlier else None
    return framing(shot(photo, outline, scale), before=before)
