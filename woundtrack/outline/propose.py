"""A first outline to correct: by the network where its file is, else by colours alone.

This is the face for one question about one photo. An editor that goes on from click to click
keeps a `sight.Sight` and a `interactive.ProbabilityMap` instead, and draws with `drawn`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from woundtrack.errors import OutlineError
from woundtrack.outline import classic
from woundtrack.outline.classic import propose_from_box
from woundtrack.outline.clicks import Click
from woundtrack.outline.drawn import outline_of, relative_area_sd
from woundtrack.outline.interactive import ProbabilityMap, corrected, first, from_outline
from woundtrack.outline.network import Network, NetworkStatus, network, network_status
from woundtrack.outline.sight import Sight
from woundtrack.outline.types import Outline, PointPx
from woundtrack.outline.warnings import LEARNED_ON_FEET, NETWORK_UNREADABLE, NO_NETWORK
from woundtrack.photo.types import Pixels

__all__ = ["Proposal", "proposal", "propose", "propose_from_box", "propose_from_click"]

COLOURS_ALONE = "colours"
_WITHOUT = {
    NetworkStatus.MISSING: NO_NETWORK,
    NetworkStatus.UNREADABLE: NETWORK_UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outline that nobody has looked at yet."""

    outline: Outline
    warnings: tuple[str, ...] = ()
    """Codes of `outline.warnings`."""
    relative_area_sd: float | None = None
    """One sd of the area as a part of it; None where nothing tells it."""
    method: str = COLOURS_ALONE
    """What drew it: "colours", or "network" and the start of the file's SHA-256."""


def proposal(pixels: Pixels, *, clicks: Sequence[Click] = ()) -> Proposal:
    """The wounds of a photo, or after clicks the wound they are in; outline.nothing_found."""
    status = network_status()
    if status is NetworkStatus.READY and (net := network()) is not None:
        found = _by_network(net, pixels, tuple(clicks))
        if found is not None:
            return found
        if not clicks:
            raise OutlineError("outline.nothing_found")
    warnings = (_WITHOUT[status],) if status in _WITHOUT else ()
    return Proposal(_by_colours(pixels, clicks), warnings)


def propose(pixels: Pixels) -> Outline:
    """The photo's wounds without any help; outline.nothing_found when unsure."""
    return proposal(pixels).outline


def propose_from_click(
    pixels: Pixels, point_px: PointPx, *, negative: Sequence[PointPx] = ()
) -> Outline:
    """The wound around a clicked point, avoiding the `negative` ones; outline.nothing_found."""
    clicks = [Click(*point_px), *(Click(*point, positive=False) for point in negative)]
    return proposal(pixels, clicks=clicks).outline


def _by_network(net: Network, pixels: Pixels, clicks: tuple[Click, ...]) -> Proposal | None:
    """None where the network sees no wound, or none under the clicks."""
    sight = Sight.of(pixels)
    found: ProbabilityMap = from_outline(sight, Outline()) if clicks else first(net, sight)
    for click in clicks:
        found = corrected(net, sight, found, click)
    outline = outline_of(sight, found, only_clicked=bool(clicks))
    if not outline.rings:
        return None
    return Proposal(
        outline,
        (LEARNED_ON_FEET,),
        relative_area_sd(sight, found, only_clicked=bool(clicks)),
        f"network {net.version}",
    )


def _by_colours(pixels: Pixels, clicks: Sequence[Click]) -> Outline:
    inside = [(click.x, click.y) for click in clicks if click.positive]
    outside = [(click.x, click.y) for click in clicks if not click.positive]
    if not clicks:
        return classic.propose(pixels)
    if not inside:
        raise OutlineError("outline.nothing_found")
    return classic.propose_from_click(pixels, inside[-1], negative=outside)
