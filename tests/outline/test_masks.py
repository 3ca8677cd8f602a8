"""Masks become rings with the area kept, and back."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woundtrack.outline.masks import mask_from_rings, rings_from_mask, simplified, smoothed
from woundtrack.outline.rings import area_px2, check, is_hole, signed_area
from woundtrack.outline.types import Outline, Ring

SIDE = 128


def circle(x: float, y: float, radius: float, count: int = 2000) -> Ring:
    angles = [2 * math.pi * k / count for k in range(count)]
    return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles)


def disc(radius: float, seed: int) -> tuple[np.ndarray, float]:
    """An anti-aliased disc somewhere between pixels, from 16 × 16 samples a pixel; its area."""
    x, y = 60 + np.random.default_rng(seed).random(2)
    samples = (np.arange(SIDE * 16) + 0.5) / 16 - 0.5
    inside = (samples[None, :] - x) ** 2 + (samples[:, None] - y) ** 2 <= radius**2
    mask = inside.reshape(SIDE, 16, SIDE, 16).mean(axis=(1, 3))
    return mask, math.pi * radius**2


def perimeter(ring: Ring) -> float:
    points = np.asarray(ring)
    return float(np.hypot(*(np.roll(points, -1, axis=0) - points).T).sum())


@pytest.mark.parametrize("radius", [10, 20, 40])
@pytest.mark.parametrize("seed", range(3))
def test_an_anti_aliased_disc_keeps_its_area(radius: float, seed: int) -> None:
    mask, area = disc(radius, seed)
    rings = rings_from_mask(mask)
    assert len(rings) == 1
    for kept in (rings, simplified(rings), smoothed(rings), simplified(smoothed(rings))):
        assert signed_area(kept[0]) == pytest.approx(area, rel=0.002)


@pytest.mark.parametrize(("radius", "within"), [(10, 0.025), (20, 0.01), (40, 0.003)])
def test_a_yes_or_no_disc_keeps_its_area_as_well_as_its_pixels_do(
    radius: float, within: float
) -> None:
    """A binary mask has lost where in its pixels the edge ran: its own count is that far off."""
    for seed in range(6):
        mask, area = disc(radius, seed)
        binary = mask > 0.5
        rings = smoothed(rings_from_mask(binary))
        assert signed_area(rings[0]) == pytest.approx(area, rel=within)
        assert signed_area(rings[0]) == pytest.approx(binary.sum(), rel=0.002)


def test_smoothing_takes_the_stairs_off() -> None:
    mask, area = disc(40, 1)
    stairs = rings_from_mask(mask > 0.5)
    true = 2 * math.sqrt(math.pi * area)
    assert perimeter(stairs[0]) > 1.04 * true
    assert perimeter(smoothed(stairs)[0]) == pytest.approx(true, rel=0.005)


def test_simplifying_needs_far_fewer_points() -> None:
    rings = rings_from_mask(disc(40, 1)[0])
    assert len(simplified(rings)[0]) < len(rings[0]) / 4


def test_a_soft_map_is_cut_at_its_level() -> None:
    x = np.arange(60, dtype=float)
    ramp = np.broadcast_to(1 - x / 59, (20, 60))
    for level in (0.3, 0.5, 0.8):
        ring = np.asarray(rings_from_mask(ramp, level=level)[0])
        assert ring[:, 0].max() == pytest.approx(59 * (1 - level), abs=0.01)


def test_coordinates_are_those_of_pixel_centres() -> None:
    mask = np.zeros((20, 30))
    mask[5:15, 8:20] = 1.0
    ring = np.asarray(rings_from_mask(mask)[0])
    assert ring.min(axis=0) == pytest.approx((7.5, 4.5), abs=0.03)
    assert ring.max(axis=0) == pytest.approx((19.5, 14.5), abs=0.03)


def test_a_wound_that_leaves_the_photo_is_closed_at_its_edge() -> None:
    rings = rings_from_mask(np.ones((20, 30)))
    assert signed_area(rings[0]) == pytest.approx(600, abs=0.6)
    check(Outline(rings), width_px=30, height_px=20)
    soft = rings_from_mask(np.full((20, 30), 0.9))
    assert signed_area(soft[0]) == pytest.approx(600, abs=0.6)


def test_holes_and_islands_are_kept_in_order() -> None:
    mask = np.zeros((60, 60), dtype=bool)
    mask[5:55, 5:55] = True
    mask[15:45, 15:45] = False
    mask[25:35, 25:35] = True
    rings = rings_from_mask(mask)
    assert [is_hole(i, rings) for i in range(3)] == [False, True, False]
    assert area_px2(Outline(rings)) == pytest.approx(mask.sum(), rel=1e-3)


def test_specks_below_the_stated_area_are_dropped() -> None:
    mask = np.zeros((40, 40))
    mask[10:30, 10:30] = 1.0
    mask[2:4, 2:4] = 1.0
    assert len(rings_from_mask(mask)) == 1
    assert len(rings_from_mask(mask, min_area_px2=1.0)) == 2
    assert rings_from_mask(np.zeros((9, 9))) == ()
    assert rings_from_mask(np.zeros((0, 0))) == ()


def test_coverage_of_rings_is_exact() -> None:
    triangle = ((1.25, 2.5), (17.75, 4.0), (8.0, 18.1))
    mask = mask_from_rings([triangle], width_px=20, height_px=20)
    assert mask.sum() == pytest.approx(abs(signed_area(triangle)), rel=1e-5)
    assert mask.shape == (20, 20)
    one = mask_from_rings(
        [((2.5, 1.5), (3.5, 1.5), (3.5, 2.5), (2.5, 2.5))], width_px=6, height_px=4
    )
    assert one[2, 3] == pytest.approx(1)
    assert one.sum() == pytest.approx(1)


def test_coverage_leaves_holes_and_what_is_outside_the_photo() -> None:
    outer, inner = circle(10, 10, 15), circle(10, 10, 5)
    mask = mask_from_rings([inner, outer], width_px=40, height_px=40)
    assert mask[10, 10] == 0
    assert mask[10, 17] == 1
    assert mask[:, 30:].sum() == pytest.approx(0)
    whole = mask_from_rings([((-50, -50), (90, -50), (90, 90), (-50, 90))], width_px=7, height_px=5)
    assert (whole == 1).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1.0, 4.0))
def test_any_blot_gives_rings_that_can_be_measured(seed: int, softness: float) -> None:
    from scipy.ndimage import gaussian_filter

    noise = gaussian_filter(np.random.default_rng(seed).random((50, 70)), softness)
    mask = (noise > np.median(noise)).astype(float)
    for rings in (rings_from_mask(mask), simplified(rings_from_mask(mask), tolerance_px=0.1)):
        total = sum(-abs(signed_area(r)) if is_hole(i, rings) else abs(signed_area(r))
                    for i, r in enumerate(rings))  # fmt: skip
        assert total == pytest.approx(mask.sum(), rel=0.06)
