"""What beside the scale itself makes it less sure in its photo, looked at anew as things change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.pages.visit.analysis import circumstances_of
from ui.pages.visit.pixels import PixelStore
from ui.pages.visit.state import VisitState
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


class CircumstanceWatch(QObject):
    """Looks at the photo that is shown whenever its scale or an outline in it changes."""

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(session)
        self._session = session
        self._pixels: PixelStore = session.pixels
        self._looked: tuple[object, ...] = ()

    def look(self, state: VisitState, photo_id: int) -> None:
        """Have `state.circumstances` of this photo brought up to date in the background."""
        scale, pixels = state.scale(photo_id), self._pixels.get(photo_id)
        outlines = drawn_in(state, photo_id)
        question = (id(state), photo_id, scale, outlines)
        if question == self._looked or pixels is None:
            return
        self._looked = question
        if scale is None:
            state.circumstances.pop(photo_id, None)
            return
        given: Scale = scale

        def done(codes: tuple[str, ...]) -> None:
            if self._looked == question and state.circumstances.get(photo_id) != codes:
                state.circumstances[photo_id] = codes
                self._session.tell()

        self._session.background.run(
            lambda: circumstances_of(given, pixels, outlines), done=done, key="circumstances"
        )


def drawn_in(state: VisitState, photo_id: int) -> tuple[Outline, ...]:
    """The outlines drawn in a photo."""
    found = (state.outline(cell) for cell in state.cells(photo_id))
    return tuple(outline for outline in found if outline is not None)
