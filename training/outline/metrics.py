"""How much of an outline is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scored:
    """One photo's overlap in numbers, enough for means and for pooling."""

    name: str
    shared: int
    shown: int
    truth: int

    @property
    def dice(self) -> float:
        """Twice the overlap over the sum of the areas; both empty 1, one of them empty 0."""
        total = self.shown + self.truth
        return 1.0 if total == 0 else 2 * self.shared / total


def scored(name: str, shown: Bits, truth: Bits) -> Scored:
    """The numbers of one photo."""
    return Scored(name, int((shown & truth).sum()), int(shown.sum()), int(truth.sum()))


def mean(found: Sequence[Scored]) -> float:
    """Mean Dice a photo."""
    return float(np.mean([one.dice for one in found])) if found else float("nan")


def mean_wounded(found: Sequence[Scored]) -> float:
    """Mean Dice over the photos that show a wound."""
    return mean([one for one in found if one.truth])


def pooled(found: Sequence[Scored]) -> float:
    """Dice over the pixels of all photos together."""
    total = sum(one.shown + one.truth for one in found)
    return 2 * sum(one.shared for one in found) / total if total else 1.0


def quiet(found: Sequence[Scored]) -> float:
    """The part of the photos without a wound in which nothing is shown."""
    without = [one for one in found if not one.truth]
    return sum(not one.shown for one in without) / len(without) if without else float("nan")


def missed(found: Sequence[Scored]) -> int:
    """How many wounded photos' outlines touch nothing of the truth."""
    return sum(1 for one in found if one.truth and not one.shared)
