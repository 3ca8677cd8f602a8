"""What the bed of one wound in one photo is made of, from pixels to fractions."""

from dataclasses import dataclass

from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.light import light_of
from woundtrack.outline.tissue.propose import propose_tissue
from woundtrack.outline.tissue.types import TissueMap, TissuePart
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale


@dataclass(frozen=True, slots=True)
class Bed:
    """The map that was proposed, and how much there is of what."""

    tissue_map: TissueMap
    parts: tuple[TissuePart, ...]
    in_mm: bool
    """Whether the parts are of the wound's plane; otherwise of the photo, which tilt distorts."""


def proposed_bed(pixels: Pixels, outline: Outline, scale: Scale | None) -> Bed:
    """The bed inside an outline, without callus. Raises as `propose_tissue` and `fractions` do."""
    light = light_of(pixels, scale)
    tissue_map = propose_tissue(pixels, outline, correction=light, scale=scale)
    return Bed(tissue_map, fractions(tissue_map, outline, scale), in_mm=scale is not None)
