"""The labelled crops, and the folds they are measured in: alike ones never on both sides."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.outline.pictures import files, fingerprint

FOLDS = 5
COSINE = 0.55
"""Crops whose features agree more than this are alike: stricter than for whole photos, since
patients recur from one crop to the next and the unlabelled ones join what lies between."""
LABELS = (1, 2, 3)
"""Fibrin, granulation, callus; 0 is the rest, necrosis too."""
LIST = Path(__file__).with_name("folds.json")


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One crop, blue first, and its labels; named by its file's fingerprint."""

    name: str
    pixels: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def region(self, *, bed: bool) -> NDArray[np.bool_]:
        """What is labelled, or of it the bed alone: fibrin and granulation."""
        return np.isin(self.labels, LABELS[:2] if bed else LABELS)


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """An unlabelled crop, blue first, and how likely its teachers hold each class in a square."""

    pixels: NDArray[np.uint8]
    centre: tuple[float, float]
    side: float
    likely: NDArray[np.float32]
    """(classes, s, s) over the square."""


def read(data: Path) -> list[Crop]:
    """The crops of `tissue/` in which anything is labelled."""
    crops = []
    for path in files(data / "tissue" / "images"):
        pixels = np.asarray(cv2.imread(str(path)), np.uint8)
        stored = cv2.imread(str(data / "tissue" / "labels" / path.name), cv2.IMREAD_GRAYSCALE)
        crop = Crop(fingerprint(path), pixels, np.asarray(stored, np.uint8))
        if crop.region(bed=False).any():
            crops.append(crop)
    return crops


def dealt(names: Sequence[str], group: NDArray[np.int64], *, seed: int) -> list[list[str]]:
    """Folds of names: whole groups, the largest first, each into the lightest fold."""
    numbers, sizes = np.unique(group, return_counts=True)
    random = np.random.default_rng(seed)
    order = sorted(zip(numbers, sizes, strict=True), key=lambda each: (-each[1], random.random()))
    folds: list[list[str]] = [[] for _ in range(FOLDS)]
    for number, _ in order:
        inside = [name for name, one in zip(names, group, strict=True) if one == number]
        min(folds, key=len).extend(inside)
    return folds


def stored_folds(path: Path = LIST) -> list[list[str]]:
    """The folds that were measured, as fingerprints."""
    folds: list[list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return folds
