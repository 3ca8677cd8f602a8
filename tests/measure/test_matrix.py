"""A script that has only the matrix and the outline gets the area that was printed."""

from dataclasses import replace

import numpy as np
import pytest

from woundtrack.measure.matrix import bare_homography
from woundtrack.measure.measurement import measure
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Lens, Scale, ScaleMethod, matrix3

BENT = Scale(
    ScaleMethod.CARD,
    matrix3([[0.06, 0.002, -20.0], [-0.003, 0.07, -15.0], [8e-6, 2e-5, 1.0]]),
    relative_sd=0.0,
    lens=Lens(k1=0.02, centre_px=(2000.0, 1500.0), norm_px=2500.0),
)


def circle(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    return tuple((float(x + radius * np.cos(a)), float(y + radius * np.sin(a))) for a in angles)


SHAPES = {
    "a wound": (circle(1200, 900, 300),),
    "the whole frame": (circle(2000, 1500, 1450),),
    "a ring with a hole": (circle(1200, 900, 300), circle(1150, 920, 120)),
    "two apart": (circle(500, 1500, 250), circle(3400, 1400, 300)),
    "a sliver": (((500.0, 500.0), (3000.0, 2520.0), (3000.0, 2526.0)),),
    "three px": (((700.0, 700.0), (703.0, 700.0), (700.0, 702.0)),),
}


def area_cm2(outline: Outline, matrix: object) -> float:
    """Shoelace on points taken through the matrix, the later rings being holes if inside."""
    total = 0.0
    for index, ring in enumerate(outline.rings):
        lifted = np.column_stack([np.array(ring), np.ones(len(ring))]) @ np.array(matrix).T
        x, y = (lifted[:, :2] / lifted[:, 2:]).T
        hole = index > 0 and np.hypot(*(np.array(ring[0]) - outline.rings[0][45])) < 600
        total += (-1 if hole else 1) * abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 200
    return float(total)


@pytest.mark.parametrize("name", SHAPES)
def test_the_matrix_and_the_outline_give_the_area(name: str) -> None:
    outline = Outline(SHAPES[name])
    matrix = bare_homography(outline, BENT)
    # The sides of the polygons are straight in the script, and bent by the lens in the program.
    assert area_cm2(outline, matrix) == pytest.approx(measure(outline, BENT).area_cm2, rel=1e-3)


@pytest.mark.parametrize("name", ["a wound", "a sliver", "three px"])
def test_the_matrix_gives_the_places_too(name: str) -> None:
    outline = Outline(SHAPES[name])
    bare = replace(BENT, homography_px_to_mm=bare_homography(outline, BENT), lens=None)
    ring = np.array(outline.rings[0])
    middle = tuple((ring.min(axis=0) + ring.max(axis=0)) / 2)
    assert bare.mm_per_px_at(middle) == pytest.approx(BENT.mm_per_px_at(middle), rel=1e-2)
    assert np.abs(bare.to_mm(ring) - BENT.to_mm(ring)).max() < 0.5


def test_without_a_lens_the_matrix_is_the_scale_s_own() -> None:
    flat = replace(BENT, lens=None)
    assert bare_homography(Outline(SHAPES["a wound"]), flat) == flat.homography_px_to_mm
