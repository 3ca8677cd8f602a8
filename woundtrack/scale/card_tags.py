"""Which tags of the card are in a photo, and which belong to one card. Coarse: see `card_edges`."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.types import fit_homography

Corners = NDArray[np.float64]
"""(4, 2) px: upper left, upper right, lower right, lower left of the printed tag."""

REDUCED_PX = (1350, 2100, 4200)
"""Longest sides looked at in turn, until a whole card is found."""
NEIGHBOUR_MM = 14.0
"""How far from its expected place a tag may lie and still be of the same card."""
_BOXES = {tag.id: tag.box for tag in design.TAGS}


@dataclass(frozen=True, slots=True)
class FoundTag:
    """One tag in a photo: its id and coarse corners."""

    id: int
    corners_px: Corners

    @property
    def side_px(self) -> float:
        """The mean length of its sides."""
        ends = np.roll(self.corners_px, -1, axis=0)
        return float(np.linalg.norm(ends - self.corners_px, axis=1).mean())


FoundCard = tuple[FoundTag, ...]


def find_cards(pixels: Pixels) -> list[FoundCard]:
    """The cards of a photo, best first (most tags, then largest); empty where there is none."""
    longest_px = max(pixels.shape[:2])
    best: list[FoundCard] = []
    tried = set()
    for limit_px in REDUCED_PX:
        factor = max(1, -(-longest_px // limit_px))
        if factor in tried:
            continue
        tried.add(factor)
        cards = _grouped(_detect(pixels, factor=factor))
        if not best or (cards and len(cards[0]) > len(best[0])):
            best = cards
        if best and len(best[0]) == len(design.TAGS):
            break
    return best


@lru_cache
def _detector() -> Any:
    """A detector that knows the card's own four tags and no other."""
    import cv2

    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    first = design.FIRST_TAG_ID
    own = cv2.aruco.Dictionary(family.bytesList[first : first + len(design.TAGS)], 6, 5)
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin = 9
    settings.adaptiveThreshWinSizeMax = 45
    settings.adaptiveThreshWinSizeStep = 18
    settings.minMarkerPerimeterRate = 0.03
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_NONE
    return cv2.aruco.ArucoDetector(own, settings)


def _detect(pixels: Pixels, *, factor: int) -> list[FoundTag]:
    """The tags seen in the photo made smaller by a whole factor, in px of the photo."""
    import cv2

    small: NDArray[Any] = pixels
    if factor > 1:
        height, width = (side // factor for side in pixels.shape[:2])
        whole = pixels[: height * factor, : width * factor]
        small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) if small.ndim == 3 else small
    corners, ids, _rejected = _detector().detectMarkers(grey)
    if ids is None:
        return []
    return [
        FoundTag(
            design.FIRST_TAG_ID + int(place),
            (quad.reshape(4, 2).astype(np.float64) + 0.5) * factor - 0.5,
        )
        for quad, place in zip(corners, ids.ravel(), strict=True)
    ]


def _grouped(tags: list[FoundTag]) -> list[FoundCard]:
    """The tags sorted into cards: each seed takes the tags that lie where its card has them."""
    left, cards = list(tags), []
    while left:
        best = max((_around(seed, left) for seed in left), key=_rank)
        cards.append(best)
        taken = {id(tag) for tag in best}
        left = [tag for tag in left if id(tag) not in taken]
    return sorted(cards, key=_rank, reverse=True)


def _rank(card: FoundCard) -> tuple[int, float]:
    return len(card), sum(tag.side_px for tag in card)


def _around(seed: FoundTag, tags: list[FoundTag]) -> FoundCard:
    to_mm = fit_homography(seed.corners_px, _BOXES[seed.id].corners_mm)
    card = [seed]
    for tag_id, box in _BOXES.items():
        if tag_id == seed.id:
            continue
        same = [tag for tag in tags if tag.id == tag_id]
        gaps = [_gap_mm(to_mm, tag, box.centre_mm) for tag in same]
        if gaps and min(gaps) < NEIGHBOUR_MM:
            card.append(same[int(np.argmin(gaps))])
    return tuple(sorted(card, key=lambda tag: tag.id))


def _gap_mm(to_mm: NDArray[np.float64], tag: FoundTag, centre_mm: tuple[float, float]) -> float:
    x, y = tag.corners_px.mean(axis=0)
    mapped = to_mm @ np.array([x, y, 1.0])
    return float(np.linalg.norm(mapped[:2] / mapped[2] - np.array(centre_mm)))
