"""A first outline to correct: by the network where its file is, else by colours alone.

This is the face for one question about one photo. An editor that goes on from click to click
keeps a `proposer.Proposer` instead, which is what answers here as well.
"""

from collections.abc import Sequence

from woundtrack.outline.classic import propose_from_box
from woundtrack.outline.clicks import Click
from woundtrack.outline.proposer import Proposal, Proposer
from woundtrack.outline.types import Outline, PointPx
from woundtrack.photo.types import Pixels

__all__ = [
    "Proposal",
    "proposal",
    "propose",
    "propose_from_box",
    "propose_from_click",
]


def proposal(pixels: Pixels, *, clicks: Sequence[Click] = ()) -> Proposal:
    """The wounds of a photo, or after clicks the wound they are in; outline.nothing_found."""
    return Proposer(pixels).propose(clicks)


def propose(pixels: Pixels) -> Outline:
    """The photo's wounds without any help; outline.nothing_found when unsure."""
    return proposal(pixels).outline


def propose_from_click(
    pixels: Pixels, point_px: PointPx, *, negative: Sequence[PointPx] = ()
) -> Outline:
    """The wound around a clicked point, avoiding the `negative` ones; outline.nothing_found."""
    clicks = [Click(*point_px), *(Click(*point, positive=False) for point in negative)]
    return proposal(pixels, clicks=clicks).outline
