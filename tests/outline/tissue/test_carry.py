"""A map stays with its outline through edits, and goes with none of another bed."""

from dataclasses import replace

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import Window
from woundtrack.outline.tissue.carry import carried
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Light


def _box(left: float, top: float, right: float, bottom: float) -> Outline:
    return Outline((((left, top), (right, top), (right, bottom), (left, bottom)),))


WAS = _box(99.5, 149.5, 299.5, 249.5)


@pytest.fixture
def halves() -> TissueMap:
    """Slough left, granulation right, 1.28 cells a px."""
    cells = np.full((128, 256), Tissue.SLOUGH, np.uint8)
    cells[:, 128:] = Tissue.GRANULATION
    return TissueMap(Window(100.0, 150.0, 1.28, 256, 128), png_of(cells), "test", Light.ASSUMED)


def _slough(tissue_map: TissueMap, outline: Outline) -> float:
    return fractions(tissue_map, outline, None)[0].fraction


def test_a_smaller_outline_counts_fewer_cells_of_the_same_map(halves: TissueMap) -> None:
    now = _box(149.5, 149.5, 299.5, 249.5)
    kept = carried(halves, was=WAS, now=now)
    assert kept is halves
    assert _slough(kept, now) == pytest.approx(1 / 3, abs=0.005)
    back = carried(kept, was=now, now=WAS)
    assert back is not None
    assert _slough(back, WAS) == pytest.approx(0.5, abs=0.005)


def test_a_larger_outline_keeps_its_cells_in_their_places_and_gains_blank_ones(
    halves: TissueMap,
) -> None:
    now = _box(59.5, 129.5, 339.5, 249.5)
    kept = carried(halves, was=WAS, now=now)
    assert kept is not None
    with pytest.raises(OutlineError, match="tissue_incomplete"):
        fractions(kept, now, None)
    assert _slough(kept, WAS) == pytest.approx(0.5, abs=0.005)
    assert (kept.cells > 0).sum() == 256 * 128


@pytest.mark.parametrize("now", [_box(260.0, 150.0, 460.0, 250.0), Outline()])
def test_a_map_goes_with_no_other_bed(halves: TissueMap, now: Outline) -> None:
    assert carried(halves, was=WAS, now=now) is None


def test_a_map_goes_with_no_outline_so_large_that_its_cells_would_fill_the_memory(
    halves: TissueMap,
) -> None:
    large = _box(0.0, 0.0, 3999.0, 2999.0)
    assert carried(halves, was=WAS, now=large) is None
    four_times = _box(-0.5, 99.5, 799.5, 499.5)
    kept = carried(halves, was=WAS, now=four_times)
    assert kept is not None
    assert kept.cells.shape == (512, 1024)


def test_nothing_else_of_the_map_changes(halves: TissueMap) -> None:
    kept = carried(halves, was=WAS, now=_box(89.5, 139.5, 309.5, 259.5))
    assert kept is not None
    assert replace(kept, window=halves.window, png=halves.png) == halves
