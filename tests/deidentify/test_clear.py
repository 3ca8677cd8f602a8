"""No proposed mask lies on a wound, whatever it is."""

import numpy as np
import pytest

from tests.deidentify.made import OUTLINE
from woundtrack.deidentify.clear import clear_of, overlap_px2
from woundtrack.deidentify.types import Mask, box_mask


def _area(masks: tuple[Mask, ...]) -> float:
    import shapely

    return float(sum(shapely.Polygon(mask.polygon_px).area for mask in masks))


@pytest.mark.parametrize(
    ("box", "left"),
    [
        ((300, 300, 340, 320), 800.0),  # beside it
        ((180, 100, 340, 300), None),  # over its edge
        ((100, 100, 300, 300), None),  # around it
        ((170, 190, 190, 210), 0.0),  # within it
    ],
)
def test_what_would_lie_on_the_wound_is_cut_off(
    box: tuple[float, float, float, float], left: float | None
) -> None:
    mask = box_mask(*box)
    cut = clear_of([mask], [OUTLINE])
    assert sum(overlap_px2(each, [OUTLINE]) for each in cut) == pytest.approx(0, abs=1e-6)
    wanted = _area((mask,)) - overlap_px2(mask, [OUTLINE]) if left is None else left
    assert _area(cut) == pytest.approx(wanted, abs=1)


def test_without_outlines_masks_stay_as_they_are() -> None:
    masks = (box_mask(0, 0, 10, 10),)
    assert clear_of(masks, ()) == masks
    assert np.isclose(_area(masks), 100)
