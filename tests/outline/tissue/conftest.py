"""A network whose answer is known: what is red is granulation, what is yellow slough."""

import numpy as np
import pytest

from woundtrack.outline.tissue.network import LEARNED, SIDE_PX, STRIDE
from woundtrack.outline.tissue.types import Tissue
from woundtrack.outline.types import Outline


class Painted:
    """Stands for the network."""

    version = "painted"

    def __init__(self) -> None:
        self.fraction_sd = {
            False: {Tissue.SLOUGH: 0.12, Tissue.GRANULATION: 0.1},
            True: {Tissue.SLOUGH: 0.2, Tissue.GRANULATION: 0.2, Tissue.CALLUS: 0.2},
        }

    def __call__(self, view: np.ndarray) -> np.ndarray:
        """Callus is what is grey; a place is one class for sure."""
        small = view[STRIDE // 2 :: STRIDE, STRIDE // 2 :: STRIDE].astype(int)
        blue, green, red = small[..., 0], small[..., 1], small[..., 2]
        which = np.full(blue.shape, LEARNED.index(Tissue.CALLUS))
        which[red > blue + 60] = LEARNED.index(Tissue.GRANULATION)
        which[(red > blue + 60) & (green > blue + 60)] = LEARNED.index(Tissue.SLOUGH)
        side = SIDE_PX // STRIDE
        assert which.shape == (side, side)
        return np.eye(len(LEARNED), dtype=np.float32)[which].transpose(2, 0, 1)


@pytest.fixture
def network() -> Painted:
    """The stand-in."""
    return Painted()


@pytest.fixture
def outline() -> Outline:
    """A rectangle of 200 × 100 px whose corners lie between pixels."""
    ring = ((99.5, 149.5), (299.5, 149.5), (299.5, 249.5), (99.5, 249.5))
    return Outline((ring,))


@pytest.fixture
def pixels() -> np.ndarray:
    """Within the outline the left 60 px are yellow, the rest red; skin around."""
    photo = np.full((400, 500, 3), (150, 170, 200), np.uint8)
    photo[150:250, 100:160] = (70, 190, 210)
    photo[150:250, 160:300] = (50, 50, 180)
    return photo
