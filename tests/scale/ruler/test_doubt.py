"""The doubt that is told is the error that is made, for every kind of ruler and photo."""

from functools import cache

import numpy as np
import pytest

from tests.scale.ruler_simulated import (
    MM,
    SIXTEENTHS,
    Limb,
    area,
    edge,
    photo,
    ring_mm,
    view,
)
from woundtrack.errors import ScaleError
from woundtrack.measure.uncertainty import combined
from woundtrack.scale.ruler.solve import solve_plane
from woundtrack.scale.types import Scale

SCENES = 40


def told(scale: Scale, ring_px: np.ndarray) -> tuple[float, float]:
    """Area, and its relative sd, as `woundtrack.measure` works them out."""
    found = area(scale.to_mm(ring_px))
    moved = (area(each.to_mm(ring_px)) / found - 1 for each in scale.shifted())
    return found, combined(*moved, 2 * scale.common_relative_sd)


@cache
def outcomes(
    *, count: int = 121, design: tuple = MM, pitch_mm: float = 1.0, second: str = "",
    focal: bool = True, radius_mm: float | None = None, scenes: int = SCENES,
) -> np.ndarray:  # fmt: skip
    """(N, 2): error of the area and its sd, of what was not refused."""
    rows = []
    for seed in range(scenes):
        chance = np.random.default_rng([seed, count])
        length = count * pitch_mm
        limb = Limb(radius_mm, length / 2) if radius_mm else None
        camera = view(chance, length_mm=length, limb=limb)
        like = {
            "noise_px": float(chance.uniform(0.1, 0.6)),
            "missing": float(chance.uniform(0, 0.3)),
            "height_mm": float(chance.uniform(0, 0.8)),
            "enlarged": 1 + 0.0005 * float(chance.normal()),
        }
        edges = [edge(chance, camera, count=count, design=design, pitch_mm=pitch_mm, **like)]
        if second == "L":
            arm = {"origin_mm": (-8.0, 8.0), "turn_deg": 90.0, "count": 71}
            edges.append(edge(chance, camera, side=1, **arm, **like))
        if second == "inch":
            row = {"origin_mm": (0.0, -25.0), "count": 75, "pitch_mm": 25.4 / 16}
            edges.append(edge(chance, camera, side=1, design=SIXTEENTHS, **row, **like))
        ring = ring_mm((length * chance.uniform(0.35, 0.65), 26.0), chance.uniform(7, 15))
        try:
            scale = solve_plane(edges, photo(chance, camera, focal=focal))
        except ScaleError:
            continue
        found, sd = told(scale, camera.px(ring))
        rows.append((found / area(ring) - 1, sd))
    return np.array(rows)


KINDS = {
    "ruler": {},
    "short": {"count": 41},
    "inches": {"count": 81, "design": SIXTEENTHS, "pitch_mm": 25.4 / 16},
    "L": {"second": "L"},
    "two units": {"second": "inch"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_lies_within_the_doubt(kind: str) -> None:
    error, sd = outcomes(**KINDS[kind]).T
    size = np.abs(error) / sd
    assert len(error) > 0.85 * SCENES
    # 40 scenes tell a share to ± 15 points.
    assert 0.45 < np.mean(size < 1) < 0.9
    assert np.mean(size < 2) > 0.87
    assert np.abs(error).max() < 0.05


def test_without_a_focal_length_the_doubt_is_wider_and_covers() -> None:
    error, sd = outcomes(focal=False).T
    # An unknown camera is no reason to refuse.
    assert len(error) > 0.85 * SCENES
    assert np.median(sd) > 0.006
    assert np.mean(np.abs(error) < 2 * sd) > 0.92
    assert np.abs(error).max() < 0.05


def test_most_of_an_area_s_error_is_the_ruler_s_height() -> None:
    error, _ = outcomes().T
    assert np.median(np.abs(error)) < 0.005
    assert np.percentile(np.abs(error), 95) < 0.02
    # A ruler that lies nearer the camera than the wound makes the wound look smaller.
    assert -0.006 < np.mean(error) < 0


@pytest.mark.parametrize("radius_mm", [45.0, 80.0])
def test_a_tape_round_a_limb_gives_the_area_of_the_skin(radius_mm: float) -> None:
    error, sd = outcomes(count=61, radius_mm=radius_mm, scenes=12).T
    assert len(error) >= 9
    assert np.abs(error).max() < 0.05
    assert np.mean(np.abs(error) < 2 * sd) > 0.9
