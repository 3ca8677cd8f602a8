"""A map lies where the outline is, its fractions are of the plane, and a brush corrects it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import Window
from woundtrack.outline.tissue.fractions import fractions
from woundtrack.outline.tissue.paint import (
    blank_map,
    repainted,
    rest_painted,
    rest_proposed,
)
from woundtrack.outline.tissue.propose import propose_tissue
from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Correction, Light
from woundtrack.scale.types import Scale, ScaleMethod

FLAT = Scale(ScaleMethod.TWO_POINTS, ((0.1, 0, 0), (0, 0.1, 0), (0, 0, 1)), 0.0)
TILTED = Scale(ScaleMethod.CARD, ((0.1, 0, 0), (0, 0.1, 0), (0.002, 0, 1)), 0.0)


def _halves(left: Tissue, right: Tissue) -> TissueMap:
    """A map over the outline fixture, one tissue in each half."""
    cells = np.zeros((128, 256), np.uint8)
    cells[:, :128], cells[:, 128:] = left, right
    window = Window(100.0, 150.0, 1.28, 256, 128)
    return TissueMap(window, png_of(cells), "test", Light.ASSUMED, ((Tissue.SLOUGH, 0.1),))


def _by(tissue_map: TissueMap, outline: Outline, scale: Scale | None) -> dict[Tissue, float]:
    return {part.tissue: part.fraction for part in fractions(tissue_map, outline, scale)}


def test_proposed_fractions_are_those_of_the_photo(network, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    proposed = propose_tissue(pixels, outline, correction=Correction(), network=network)
    by = _by(proposed, outline, FLAT)
    assert by[Tissue.SLOUGH] == pytest.approx(0.3, abs=0.02)
    assert by[Tissue.GRANULATION] == pytest.approx(0.7, abs=0.02)
    assert sum(by.values()) == pytest.approx(1.0)
    assert dict(proposed.fraction_sd)[Tissue.SLOUGH] >= 0.12


def test_callus_is_looked_for_only_where_the_outline_takes_it_in(network, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    pixels[150:250, 240:300] = 190
    for asked in (False, True):
        proposed = propose_tissue(
            pixels, outline, correction=Correction(), network=network, with_callus=asked
        )
        assert (_by(proposed, outline, None)[Tissue.CALLUS] > 0.2) is asked


def test_black_is_drawn_as_necrosis_without_a_sureness(network, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    pixels[150:200, 160:300] = 15
    proposed = propose_tissue(pixels, outline, correction=Correction(), network=network)
    (black,) = (p for p in fractions(proposed, outline, None) if p.tissue is Tissue.NECROSIS)
    assert black.fraction == pytest.approx(0.35, abs=0.03)
    assert black.fraction_sd is None
    assert not black.evaluated


def test_a_proposal_is_small_enough_to_be_stored(network, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    proposed = propose_tissue(pixels, outline, correction=Correction(), network=network)
    assert len(proposed.png) < 5000
    assert max(proposed.cells.shape) <= 512


def test_nothing_lies_outside_the_outline(network, pixels) -> None:  # type: ignore[no-untyped-def]
    triangle = Outline((((100.0, 150.0), (300.0, 150.0), (100.0, 250.0)),))
    cells = propose_tissue(pixels, triangle, correction=Correction(), network=network).cells
    assert (cells > 0).mean() == pytest.approx(0.5, abs=0.02)
    assert cells[-10:, -10:].max() == 0
    assert cells[0, 0] > 0


def test_without_a_network_file_nothing_is_guessed(monkeypatch, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("WOUNDTRACK_TISSUE_MODEL", "no such file")
    with pytest.raises(OutlineError, match="no_tissue_network"):
        propose_tissue(pixels, outline, correction=Correction())


def test_cells_count_by_their_mm2(outline: Outline) -> None:
    halves = _halves(Tissue.SLOUGH, Tissue.GRANULATION)
    assert _by(halves, outline, FLAT)[Tissue.SLOUGH] == pytest.approx(0.5, abs=0.005)
    corners = [TILTED.to_mm([(x, 149.5), (x, 249.5)]) for x in (99.5, 199.5, 299.5)]
    area = [
        0.5 * (a[1, 1] - a[0, 1] + b[1, 1] - b[0, 1]) * (b[0, 0] - a[0, 0])
        for a, b in pairwise(corners)
    ]
    expected = area[0] / sum(area)
    assert expected > 0.55
    assert _by(halves, outline, TILTED)[Tissue.SLOUGH] == pytest.approx(expected, abs=0.005)


def test_a_hole_does_not_count(outline: Outline) -> None:
    hole = ((100.5, 150.5), (100.5, 248.5), (198.5, 248.5), (198.5, 150.5))
    by = _by(_halves(Tissue.SLOUGH, Tissue.GRANULATION), Outline((*outline.rings, hole)), None)
    assert by[Tissue.GRANULATION] > 0.9


@pytest.mark.parametrize("moved_px", [40.0, 300.0])
def test_a_map_of_another_outline_is_refused(outline: Outline, moved_px: float) -> None:
    elsewhere = Outline((tuple((x + moved_px, y) for x, y in outline.rings[0]),))
    with pytest.raises(OutlineError, match="tissue_elsewhere"):
        fractions(_halves(Tissue.SLOUGH, Tissue.GRANULATION), elsewhere, None)


def test_a_brush_paints_its_circle_and_takes_the_sureness_away(outline: Outline) -> None:
    halves = _halves(Tissue.GRANULATION, Tissue.GRANULATION)
    done = repainted(
        halves, outline, stroke_px=[(200.0, 200.0)], radius_px=25.0, tissue=Tissue.NECROSIS
    )
    parts = {part.tissue: part for part in fractions(done, outline, None)}
    assert parts[Tissue.NECROSIS].fraction == pytest.approx(np.pi * 25**2 / 20000, rel=0.04)
    assert done.repainted
    assert all(part.fraction_sd is None for part in parts.values())
    assert halves.cells.max() == Tissue.GRANULATION


def test_a_brush_never_paints_beyond_the_outline_and_fills_what_has_no_tissue() -> None:
    halves = _halves(Tissue.SLOUGH, Tissue.GRANULATION)
    cells = halves.cells
    cells[:30] = 0
    cut = replace(halves, png=png_of(cells))
    lower = Outline((((99.5, 165.125), (299.5, 165.125), (299.5, 249.5), (99.5, 249.5)),))
    done = repainted(
        cut, lower, stroke_px=[(90.0, 160.0), (320.0, 160.0)], radius_px=60.0, tissue=Tissue.OTHER
    )
    assert (done.cells[:20] == 0).all()
    assert (done.cells[21] == Tissue.OTHER).all()


def test_a_stroke_that_changes_nothing_gives_the_same_map(outline: Outline) -> None:
    halves = _halves(Tissue.SLOUGH, Tissue.SLOUGH)
    same = repainted(
        halves, outline, stroke_px=[(150.0, 200.0)], radius_px=5.0, tissue=Tissue.SLOUGH
    )
    assert same is halves


def test_a_map_by_hand_begins_blank_and_says_so(outline: Outline) -> None:
    blank = blank_map(outline)
    with pytest.raises(OutlineError, match="tissue_incomplete"):
        fractions(blank, outline, None)
    filled = rest_painted(blank, outline, tissue=Tissue.EPITHELIUM)
    assert _by(filled, outline, None)[Tissue.EPITHELIUM] == pytest.approx(1.0)
    assert filled.repainted
    assert filled.method_version == "by hand"


def test_a_proposal_fills_only_what_has_no_tissue(network, outline, pixels) -> None:  # type: ignore[no-untyped-def]
    proposed = propose_tissue(pixels, outline, correction=Correction(), network=network)
    cells = np.zeros((128, 256), np.uint8)
    cells[:, :128] = Tissue.NECROSIS
    half = replace(_halves(Tissue.OTHER, Tissue.OTHER), png=png_of(cells))
    by = _by(rest_proposed(half, outline, proposed=proposed), outline, None)
    assert by[Tissue.NECROSIS] == pytest.approx(0.5, abs=0.01)
    assert by[Tissue.GRANULATION] == pytest.approx(0.5, abs=0.02)
