"""A map of tissues inside an outline, and what follows from it."""

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import Window
from woundtrack.photo.colour_cast import Light
from woundtrack.words import N_, NORMAL_95

Cells: TypeAlias = NDArray[np.uint8]
"""(height, width): the `Tissue` of each cell, 0 outside the outline."""


class Tissue(IntEnum):
    """The classes of a map; the numbers are stored and never change."""

    SLOUGH = 1
    GRANULATION = 2
    CALLUS = 3
    NECROSIS = 4
    EPITHELIUM = 5
    OTHER = 6


NAMES: dict[Tissue, str] = {
    Tissue.SLOUGH: N_("slough or fibrin"),
    Tissue.GRANULATION: N_("granulation"),
    Tissue.CALLUS: N_("callus"),
    Tissue.NECROSIS: N_("necrosis or eschar"),
    Tissue.EPITHELIUM: N_("epithelium"),
    Tissue.OTHER: N_("other"),
}
"""Translate when shown."""

LIGHTS: dict[Light, str] = {
    Light.CARD: N_("colours by the card's greys"),
    Light.RULER: N_("colours by the ruler's white"),
    Light.ASSUMED: N_("colours as the camera gave them"),
}
"""Translate when shown."""

WARNINGS: dict[str, str] = {
    "tissue.learned_on_foot_ulcers": N_(
        "Learned on foot ulcers, not tested on calciphylaxis. Eschar may be drawn as slough or "
        "granulation: check dark and brown parts."
    ),
}
"""What every proposed map is shown with, by code. Translate when shown."""

EVALUATED = frozenset({Tissue.SLOUGH, Tissue.GRANULATION, Tissue.CALLUS})
"""The classes with labelled photos to measure a proposal by."""


@dataclass(frozen=True, slots=True)
class TissueMap:
    """The tissue of each cell of a window over the outline's box; small enough to be stored."""

    window: Window
    png: bytes
    """The cells as an 8-bit grey PNG of `window.height` × `window.width`."""
    method_version: str
    """Of the weights and rules that proposed it."""
    light: Light
    fraction_sd: tuple[tuple[Tissue, float], ...] = ()
    """One sd of each proposed fraction (of 1), where it was measured."""
    repainted: bool = False
    """A person has changed it: how far the proposal errs no longer says how far it errs."""

    @property
    def cells(self) -> Cells:
        """The classes, decoded."""
        import cv2

        return np.asarray(cv2.imdecode(np.frombuffer(self.png, np.uint8), cv2.IMREAD_GRAYSCALE))


def png_of(cells: Cells) -> bytes:
    """The cells as a map keeps them."""
    import cv2

    return bytes(cv2.imencode(".png", cells)[1])


@dataclass(frozen=True, slots=True)
class TissuePart:
    """How much of what the outline encloses is one tissue."""

    tissue: Tissue
    fraction: float
    fraction_sd: float | None
    """One standard deviation; None where it is not known."""

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the fraction within 0…1; None where its sd is not known."""
        if self.fraction_sd is None:
            return None
        half = NORMAL_95 * self.fraction_sd
        return max(0.0, self.fraction - half), min(1.0, self.fraction + half)

    @property
    def evaluated(self) -> bool:
        """Whether proposals of this tissue were ever measured against labels."""
        return self.tissue in EVALUATED
