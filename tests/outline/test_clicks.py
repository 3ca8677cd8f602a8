"""Clicks are shown to the network as discs."""

import numpy as np
import pytest

from woundtrack.outline.clicks import Click, discs


def test_discs_lie_where_the_clicks_are_even_at_the_rim() -> None:
    maps = discs([Click(100.5, 60, positive=True), Click(0, 383, positive=False)], 384)
    assert maps.shape == (2, 384, 384)
    rows, columns = np.nonzero(maps[0] > 0.5)
    assert columns.mean() == pytest.approx(100.5, abs=0.01)
    assert rows.mean() == pytest.approx(60, abs=0.01)
    assert maps[1, 383, 0] == 1
    assert maps[0].sum() == pytest.approx(np.pi * 5.0**2, rel=0.03)
