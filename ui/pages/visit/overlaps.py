"""Outlines of two lesions that lie over each other in one photo: the same bed counts twice."""

from functools import lru_cache
from itertools import combinations

from ui.pages.visit.state import VisitState
from woundtrack.outline.types import Outline
from woundtrack.words import _

LEAST = 0.05
"""Outlines of neighbours may touch; so much of the smaller one is the same bed."""


def overlap_warnings(state: VisitState, photo_id: int) -> list[str]:
    """A sentence for every two lesions whose outlines share a part of this photo."""
    drawn = [
        (lesion.value.label, outline)
        for lesion in state.lesions
        if (photo_id, lesion.id) in state.cells()
        and (outline := state.outline((photo_id, lesion.id))) is not None
    ]
    return [
        _(
            "The outlines of {lesion} and {other} overlap, so the same wound is measured twice. "
            "Mend one, or untick the lesion that the photo does not show."
        ).format(lesion=lesion, other=other)
        for (lesion, one), (other, two) in combinations(drawn, 2)
        if _shared(one, two) > LEAST
    ]


@lru_cache(maxsize=64)
def _shared(one: Outline, other: Outline) -> float:
    """The area of both, as a part of the smaller."""
    from woundtrack.outline.rings import area_px2
    from woundtrack.outline.strokes import overlap

    areas = area_px2(one), area_px2(other)
    return overlap(one, other) * sum(areas) / 2.0 / min(areas) if min(areas) > 0.0 else 0.0
