"""The outline of one lesion in one photo."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

PointPx: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[PointPx, ...]


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
