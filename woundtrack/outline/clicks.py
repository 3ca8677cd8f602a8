"""A person's clicks, and how the network is shown them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RADIUS = 5.0 / 384
"""A click's disc, as part of the view's side."""


@dataclass(frozen=True, slots=True)
class Click:
    """A point in px of what it was made on; positive ones lie in the wound."""

    x: float
    y: float
    positive: bool = True


def discs(clicks: Sequence[Click], size: int) -> NDArray[np.float32]:
    """(2, size, size): positive and negative clicks as discs of 1 with soft rims."""
    maps = np.zeros((2, size, size), np.float32)
    radius = RADIUS * size
    reach = int(np.ceil(radius)) + 1
    for click in clicks:
        column, row = round(click.x), round(click.y)
        rows = slice(max(0, row - reach), max(0, row + reach + 1))
        columns = slice(max(0, column - reach), max(0, column + reach + 1))
        down, along = np.mgrid[0:size, 0:size][:, rows, columns]
        far = np.hypot(along - click.x, down - click.y)
        layer = maps[0 if click.positive else 1, rows, columns]
        np.maximum(layer, np.clip(radius + 0.5 - far, 0, 1), out=layer)
    return maps
