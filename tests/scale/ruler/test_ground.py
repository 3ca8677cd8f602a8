"""What graduations are printed on lets its ground show through, or does not."""

import numpy as np
import pytest

from tests.scale.drawn_ruler import Drawn, draw
from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.ground import is_clear
from woundtrack.scale.ruler.search import find_edges

RULER = Drawn(1.0, {1: 2.4, 10: 4.8}, 101, every=10)
SKIN = (140.0, 176.0, 216.0)


def through(part: float) -> Pixels:
    """The ruler with so much of the skin showing through."""
    mixed = (1 - part) * draw(RULER).astype(np.float64) + part * np.array(SKIN)
    return np.clip(mixed, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("part", "clear"), [(0.0, False), (0.4, True), (0.65, True)])
def test_skin_shows_through_what_is_clear(part: float, clear: bool) -> None:
    pixels = through(part)
    assert is_clear(pixels, find_edges(pixels)[0]) is clear


def test_cream_paper_is_not_clear() -> None:
    cream = draw(RULER).astype(np.float64) * np.array([0.90, 0.95, 0.985])
    cream[draw(RULER).std(axis=2) > 8] = SKIN
    pixels = np.clip(cream, 0, 255).astype(np.uint8)
    assert not is_clear(pixels, find_edges(pixels)[0])
