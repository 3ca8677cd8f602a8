"""Between a lesion's tissue map, the photo editor and the panel beside it."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from ui.background import Job
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import Cell, VisitState
from ui.pages.visit.tissue_keeper import Bed, map_of, worked_out
from ui.pages.visit.tissue_panel import TissuePanel
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.proposing import proposing
from ui.settings import Settings
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.tissue.network import tissue_file
from woundtrack.outline.tissue.paint import blank_map, rest_painted, rest_proposed
from woundtrack.outline.tissue.types import Tissue, TissueMap
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale
from woundtrack.words import _

REMEMBERED, ALWAYS = "tissue_proposals", "always"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the network: an answer counts while the question is still the same."""

    cell: Cell
    outline: Outline
    before: TissueMap | None
    scale: Scale | None = field(compare=False)


class TissueDesk(QObject):
    """Proposes in the background, takes what is painted, and shows what the store has."""

    def __init__(
        self,
        session: VisitSession,
        editor: PhotoEditor,
        panel: TissuePanel,
        *,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(panel)
        self._session, self._editor, self._panel = session, editor, panel
        self._settings = settings
        self._photo_id: int | None = None
        self._cell: Cell | None = None
        self._job: Job | None = None
        self._failed: tuple[Cell, Outline, WoundtrackError] | None = None
        self._offered: set[tuple[Cell, Outline]] = set()
        panel.always.setChecked(settings is not None and settings.last(REMEMBERED) == ALWAYS)
        panel.propose_wanted.connect(self.propose)
        panel.cancel_wanted.connect(self.cancel)
        panel.rest_wanted.connect(self._fill_rest)
        panel.removal_wanted.connect(self._remove)
        panel.tissue_chosen.connect(self._choose)
        panel.always_turned.connect(self._keep_always)
        editor.tissue.changed.connect(self._take)
        editor.tissue.brush_changed.connect(lambda _tissue: self.refresh())
        editor.tool_changed.connect(lambda _tool: self.refresh())

    # -- showing

    def show_photo(self, state: VisitState, photo_id: int, lesion_id: int | None) -> None:
        """Show the maps of a photo, and one lesion's in the panel; None hides the panel."""
        self._photo_id = photo_id
        cell = None if lesion_id is None else (photo_id, lesion_id)
        if cell != self._cell:
            self.cancel()
            self._cell, self._failed = cell, None
            known = map_of(state, cell) if cell else None
            self._panel.callus.setChecked(
                known is not None and Tissue.CALLUS in dict(known.fraction_sd)
            )
        cells = state.cells(photo_id) if cell else []
        maps = {each[1]: map_of(state, each) for each in cells}
        self._editor.tissue.set_maps({key: known for key, known in maps.items() if known})
        self.refresh()

    def refresh(self) -> None:
        """Show the panel as things stand."""
        state, cell = self._session.state, self._cell
        outline = state.outline(cell) if state and cell else None
        tissue_map = map_of(state, cell) if cell else None
        shown = outline is not None and not (state and state.locked and tissue_map is None)
        self._panel.setVisible(shown)
        if state is None or cell is None or outline is None or not shown:
            return
        bed = self._session.tissue.bed(cell) if tissue_map else None
        brush = self._editor.tissue.brush if self._editor.tool() is Tool.TISSUE else None
        gaps = tissue_map is None or (bed is not None and bed.incomplete)
        self._panel.show_map(tissue_map, read_only=state.locked)
        self._panel.show_brush(brush)
        self._panel.show_rest(
            brush or Tissue.GRANULATION, wanted=gaps and brush is not None and not state.locked
        )
        self._panel.propose.setEnabled(tissue_file() is not None)
        if bed is not None or tissue_map is None:
            self._panel.show_parts(bed.parts if bed else ())
        self._panel.tell(self._sentence(cell, outline, bed.error if bed else None))
        if asked := self._question():
            self._propose_unasked(asked)

    def _sentence(self, cell: Cell, outline: Outline, error: WoundtrackError | None) -> str:
        if self._failed is not None and self._failed[:2] == (cell, outline):
            return explain(self._failed[2])
        if error is not None:
            return explain(error)
        if self._session.tissue.is_aside(cell):
            return _("The tissue map was of another outline. Undo brings it back.")
        if tissue_file() is None and map_of(self._session.state, cell) is None:
            return explain(OutlineError("outline.no_tissue_network"))
        return ""

    # -- proposing

    def propose(self) -> None:
        """Propose what has no tissue yet of a map painted by hand, else the whole map anew."""
        self._look(unasked=False)

    def _propose_unasked(self, asked: Question) -> None:
        """After an edit of the outline, or where the person wants it with every outline."""
        place = (asked.cell, asked.outline)
        outdated = asked.cell in self._session.tissue.outdated
        outdated = outdated and (self._failed is None or self._failed[:2] != place)
        first = asked.before is None and self._panel.always.isChecked()
        if (outdated or (first and place not in self._offered)) and tissue_file() is not None:
            self._look(unasked=True)

    def _question(self) -> Question | None:
        state, cell = self._session.state, self._cell
        outline = state.outline(cell) if state and cell else None
        if state is None or cell is None or outline is None or state.locked:
            return None
        return Question(cell, outline, map_of(state, cell), state.scale(cell[0]))

    def _look(self, *, unasked: bool) -> None:
        asked = self._question()
        pixels = self._session.pixels.get(asked.cell[0]) if asked else None
        if asked is None or pixels is None or self._job is not None:
            return
        self._offered.add((asked.cell, asked.outline))
        self._failed = None

        def ours() -> bool:
            current = self._job is job
            if current:
                self.cancel()
            return current and self._question() == asked

        def done(proposed: TissueMap) -> None:
            if not ours():
                self.refresh()
            elif unasked:  # like the outline's own first proposal: no step of undo
                self._session.tissue.put(asked.cell, proposed)
                if self._session.state is not None:
                    self.show_photo(self._session.state, *asked.cell)
            else:
                self._editor.tissue.replace(asked.cell[1], proposed, text=_("Proposed tissues"))

        def failed(error: Exception) -> None:
            if ours():
                assert isinstance(error, WoundtrackError)
                self._failed = (asked.cell, asked.outline, error)
            self.refresh()

        callus = self._panel.callus.isChecked()
        work = proposing(lambda: proposed_map(pixels, asked, with_callus=callus))
        job = self._job = self._session.background.run(work, done=done, failed=failed)
        self._panel.show_work(True)

    def cancel(self) -> None:
        """Give up a proposal under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._panel.show_work(False)

    # -- what the person does

    def _take(self, lesion_id: int, tissue_map: TissueMap | None) -> None:
        if self._photo_id is not None:
            self._session.tissue.put((self._photo_id, lesion_id), tissue_map)
            self.refresh()

    def _choose(self, tissue: Tissue) -> None:
        self._editor.set_tool(Tool.TISSUE)
        self._editor.tissue.choose(tissue)
        self._editor.setFocus()

    def _fill_rest(self) -> None:
        state, cell = self._session.state, self._cell
        outline = state.outline(cell) if state and cell else None
        if state is None or cell is None or outline is None or state.locked:
            return
        known = map_of(state, cell) or blank_map(outline)
        filled = rest_painted(known, outline, tissue=self._editor.tissue.brush)
        self._editor.tissue.replace(cell[1], filled, text=_("Paint tissue"))
        self._editor.setFocus()

    def _remove(self) -> None:
        if self._cell is not None:
            self._editor.tissue.replace(self._cell[1], None, text=_("Take the map off"))
            self._editor.setFocus()

    def _keep_always(self, always: bool) -> None:
        if self._settings is not None:
            self._settings.keep_last(REMEMBERED, ALWAYS if always else "")
        self.refresh()


def proposed_map(pixels: Pixels, asked: Question, *, with_callus: bool) -> TissueMap:
    """A whole map; of one that a person painted only the gaps are filled, if it has any.

    For workers. Raises as `propose_tissue` does.
    """
    from woundtrack.outline.tissue.light import light_of
    from woundtrack.outline.tissue.propose import propose_tissue

    before, outline, scale = asked.before, asked.outline, asked.scale
    proposed = propose_tissue(
        pixels,
        outline,
        correction=light_of(pixels, scale),
        scale=scale,
        with_callus=with_callus,
    )
    if before is None or not before.repainted:
        return proposed
    has_gaps = worked_out(Bed(before, outline, scale)).incomplete
    return rest_proposed(before, outline, proposed=proposed) if has_gaps else proposed
