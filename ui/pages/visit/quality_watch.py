"""How sharp and well lit the wound is, looked at anew where its outline was drawn by a person."""

from typing import TYPE_CHECKING

from ui.pages.visit.analysis import quality_of
from ui.pages.visit.circumstances import drawn_in
from ui.pages.visit.state import VisitState

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


class QualityWatch:
    """Judges the photo that is shown at its wounds, whenever an outline in it changes."""

    def __init__(self, session: "VisitSession") -> None:
        self._session = session
        self._state: VisitState | None = None
        self._looked: tuple[object, ...] = ()

    def look(self, state: VisitState, photo_id: int) -> None:
        """Have `state.quality` of this photo brought up to date in the background."""
        pixels, outlines = self._session.pixels.get(photo_id), drawn_in(state, photo_id)
        question = (photo_id, outlines)
        same = state is self._state and question == self._looked
        if pixels is None or state.locked or same:
            return
        if not outlines and photo_id in state.quality:
            return  # judged when it came in, at the outline that was proposed
        self._state, self._looked = state, question

        def done(codes: tuple[str, ...]) -> None:
            newest = state is self._state and question == self._looked
            if newest and state.quality.get(photo_id) != codes:
                state.quality[photo_id] = codes
                self._session.tell()

        self._session.background.run(lambda: quality_of(pixels, outlines), done=done, key="quality")
