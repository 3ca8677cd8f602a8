"""The outline of one lesion in one photo."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

PointPx: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[PointPx, ...]


COLOURS_ALONE, BY_NETWORK = "colours", "network"
"""How an outline's `method` begins."""


class OutlineSource(StrEnum):
    """Who or what drew an outline first."""

    HAND = "hand"
    CLICK = "click"
    BOX = "box"
    WIRE = "wire"
    """By a person's points, along the edge between them."""
    MODEL = "model"
    FILE = "file"
    CARRIED = "carried"
    """From the last visit's photo."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Closed rings in px of the upright photo, each outer ring followed by its holes.

    A ring does not repeat its first point. A ring that lies inside an odd number of the
    others is a hole.
    """

    rings: tuple[Ring, ...] = ()
    source: OutlineSource = OutlineSource.HAND
    method: str = ""
    """Of a proposal: "colours", or "network" and the start of the file's SHA-256."""
    relative_area_sd: float | None = None
    """One sd of the area as a part of it, told by the network that drew these very rings."""

    def redrawn(self, rings: Iterable[Ring]) -> "Outline":
        """The outline with other rings: what was told of these ones' area holds no more."""
        return replace(self, rings=tuple(rings), relative_area_sd=None)
