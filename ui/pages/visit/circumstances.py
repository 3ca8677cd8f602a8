"""What beside the scale itself makes it less sure in its photo, looked at anew as things change."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.pages.visit.analysis import circumstances_of, read_alone
from ui.pages.visit.state import VisitState
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale, ScaleMethod

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession

UNIT_NAMED = "scale.unit_named"
"""Such a ruler's scale may differ from what the program reads there."""


class CircumstanceWatch(QObject):
    """Looks at the photo that is shown whenever its scale or an outline in it changes.

    Card and ruler are read beside a scale they did not give, once a photo, to be checked against:
    where they disagree the scale is doubted more, as on the command line.
    """

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(session)
        self._session = session
        self._state: VisitState | None = None
        self._looked: tuple[object, ...] = ()
        self._read: dict[int, tuple[Scale, ...]] = {}
        """What the program reads in a photo; empty while it is not known."""

    def look(self, state: VisitState, photo_id: int) -> None:
        """Have `state.circumstances` of this photo brought up to date in the background."""
        scale, pixels = state.scale(photo_id), self._session.pixels.get(photo_id)
        outlines, others = drawn_in(state, photo_id), self._read.get(photo_id, ())
        question = (photo_id, scale, outlines, others)
        if pixels is None or scale is None:
            if scale is None:
                state.circumstances.pop(photo_id, None)
            return
        stored = state.photo(photo_id)
        if stored is not None and self._may_differ(state, scale, photo_id):
            self._read_beside(photo_id, pixels, stored.value.photo)
        if state is self._state and question == self._looked:
            return
        self._state, self._looked = state, question
        if others and self._doubted(state, photo_id, others):
            return  # and looked at anew with that doubt

        def done(codes: tuple[str, ...]) -> None:
            newest = state is self._state and question == self._looked
            if newest and state.circumstances.get(photo_id) != codes:
                state.circumstances[photo_id] = codes
                self._session.tell()

        self._session.background.run(
            lambda: circumstances_of(scale, pixels, outlines, others), done=done,
            key="circumstances",
        )  # fmt: skip

    def _may_differ(self, state: VisitState, scale: Scale, photo_id: int) -> bool:
        """Whether the program might read another scale there, and has the time to."""
        known = photo_id in self._read or photo_id in state.scale_problems
        busy = self._session.album.proposals.count > 0
        own = scale.method is ScaleMethod.RULER and UNIT_NAMED not in scale.warnings
        return not (known or busy or own)

    def _doubted(self, state: VisitState, photo_id: int, others: tuple[Scale, ...]) -> bool:
        """Take a disagreement into a scale that nobody has confirmed; whether there is any."""
        from woundtrack.scale.choose import checked

        decided = state.photo_scale(photo_id)
        if decided is None or decided.scale is None or decided.confirmed or state.locked:
            return False
        doubted = checked(decided.scale, others)
        if doubted is decided.scale:
            return False
        self._session.put_scale(photo_id, replace(decided, scale=doubted))
        return True

    def _read_beside(self, photo_id: int, pixels: Pixels, photo: Photo) -> None:
        self._read[photo_id] = ()

        def done(found: tuple[Scale, ...]) -> None:
            self._read[photo_id] = found
            self._session.tell()

        self._session.background.run(lambda: read_alone(pixels, photo), done=done)


def drawn_in(state: VisitState, photo_id: int) -> tuple[Outline, ...]:
    """The outlines drawn in a photo."""
    found = (state.outline(cell) for cell in state.cells(photo_id))
    return tuple(outline for outline in found if outline is not None)
