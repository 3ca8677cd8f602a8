"""How far the fractions of crops that a network did not learn from are off, through the program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.tissue.crops import LABELS, Crop
from woundtrack.errors import OutlineError
from woundtrack.outline.masks import rings_from_mask
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.network import TissueNetwork
from woundtrack.outline.tissue.propose import propose_tissue
from woundtrack.outline.tissue.types import Tissue, TissuePart
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Correction

LEARNED = tuple(Tissue(number) for number in LABELS)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Of one crop: what is there and what was proposed, for `LEARNED`, and how many px it is of."""

    crop: str
    truth: NDArray[np.float64]
    parts: tuple[TissuePart, ...]
    size_px: int

    @property
    def proposed(self) -> NDArray[np.float64]:
        """The proposed fractions of `LEARNED`."""
        by = {part.tissue: part.fraction for part in self.parts}
        return np.array([by[tissue] for tissue in LEARNED])

    @property
    def error(self) -> NDArray[np.float64]:
        """Proposed less true."""
        return self.proposed - self.truth


def answer(crop: Crop, network: TissueNetwork, *, bed: bool) -> Answer | None:
    """The answer for all that is labelled, callus too, or for the bed; None with too little."""
    region = crop.region(bed=bed)
    outline = Outline(rings_from_mask(region))
    correction = Correction()
    try:
        proposal = propose_tissue(
            crop.pixels, outline, correction=correction, with_callus=not bed, network=network
        )
    except OutlineError:
        return None
    size = int(region.sum())
    truth = np.array([(crop.labels[region] == number).sum() / size for number in LABELS])
    return Answer(crop.name, truth, fractions(proposal, outline, None), size)


def answers(
    crops: Iterable[Crop], folds: Sequence[Sequence[str]], networks: Sequence[Path], *, bed: bool
) -> list[Answer]:
    """Each crop by the network of the fold that it was kept out of."""
    loaded = [TissueNetwork(path) for path in networks]
    fold_of = {name: place for place, fold in enumerate(folds) for name in fold}
    given = (answer(crop, loaded[fold_of[crop.name]], bed=bed) for crop in crops)
    return [each for each in given if each is not None]


def mean_error(found: Sequence[Answer]) -> NDArray[np.float64]:
    """Mean absolute error of each of `LEARNED` over the crops."""
    return np.asarray(np.abs([each.error for each in found]).mean(axis=0), np.float64)


def fraction_sd(found: Sequence[Answer]) -> dict[Tissue, float]:
    """One sd of each fraction: the root mean square of its error."""
    off = np.sqrt(np.square([each.error for each in found]).mean(axis=0))
    # Callus is not looked for in a bed: that it is never wrong there says nothing.
    return {t: float(value) for t, value in zip(LEARNED, off, strict=True) if value > 0}
