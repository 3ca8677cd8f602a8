"""Pictures read once: upright colours, masks as 0…255, black padding cut off."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.outline import sight

Colours = NDArray[np.uint8]
"""(height, width, 3), red first."""
Grey = NDArray[np.uint8]

ENDINGS = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}
FINGERPRINT = 16
"""Hexadecimal digits of a file's SHA-256 that name it in lists."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo with its truth (0…255, soft where a teacher drew it), padding cut off."""

    name: str
    colours: Colours
    mask: Grey


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a stored picture that is photo: rows and columns, ends not included."""

    top: int
    bottom: int
    left: int
    right: int

    def of(self, array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """That part of the picture or of its mask."""
        return np.ascontiguousarray(array[self.top : self.bottom, self.left : self.right])


def unpadded(colours: Colours) -> Part:
    """The photo without the black bars at its sides, as the program sees it."""
    left, top, right, bottom = sight.unpadded(colours)
    return Part(top, bottom, left, right)


def read_colours(path: Path) -> Colours:
    """The stored pixels, red first; ValueError where the file is no picture."""
    stored = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if stored is None:
        raise ValueError(f"not a picture: {path.name}")
    return np.asarray(cv2.cvtColor(stored, cv2.COLOR_BGR2RGB), np.uint8)


def read_photo(path: Path) -> Colours:
    """The stored photo, red first, padding cut off; ValueError where the file is no picture."""
    colours = read_colours(path)
    return unpadded(colours).of(colours)


def read_mask(path: Path) -> Grey:
    """A stored mask as 0…255; ValueError where the file is no picture."""
    stored = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if stored is None:
        raise ValueError(f"not a picture: {path.name}")
    return np.asarray(stored, np.uint8)


def fingerprint(path: Path) -> str:
    """What names a file in lists: the start of its SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:FINGERPRINT]


def files(folder: Path) -> list[Path]:
    """The pictures directly in a folder, sorted; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The photos of `images/` that have a mask of the same stem in `masks/`."""
    masks = {path.stem: path for path in files(folder / "masks")}
    for image in files(folder / "images"):
        if image.stem in masks:
            yield image, masks[image.stem]


def labelled(image: Path, mask: Path) -> Picture:
    """A photo and its mask, padding cut off, the mask made hard."""
    colours, truth = read_colours(image), read_mask(mask)
    part = unpadded(colours)
    hard = np.where(truth > 127, 255, 0).astype(np.uint8)
    return Picture(image.stem, part.of(colours), part.of(hard))


def without_wound(image: Path) -> Picture:
    """A photo known to show no wound."""
    colours = read_photo(image)
    return Picture(image.stem, colours, np.zeros(colours.shape[:2], np.uint8))
