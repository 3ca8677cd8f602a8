"""The loss on a round limb is that of a cylinder counted out; radii are those of body sites."""

import math

import numpy as np
import pytest

from woundtrack.anatomy.sites import SITES
from woundtrack.scale.limb.curvature import LIMB_RADII_MM, expected_area_loss, limb_radius_mm


def counted_loss(width: float, radius: float, off: float, distance: float) -> float:
    """A narrow band round a cylinder, point by point through a camera over its top line."""
    angle = np.linspace(off - width / 2 / radius, off + width / 2 / radius, 20001)
    depth = radius * (1 - np.cos(angle))
    across = radius * np.sin(angle) * distance / (distance + depth)
    tall = distance / (distance + depth)
    seen = np.sum(np.diff(across) * 0.5 * (tall[1:] + tall[:-1]))
    return float(1 - seen / width)


@pytest.mark.parametrize("radius", [30.0, 58.0, 100.0])
@pytest.mark.parametrize("width", [10.0, 30.0, 45.0])
@pytest.mark.parametrize("off_deg", [0.0, 15.0, -15.0])
def test_the_loss_is_that_of_a_cylinder(radius: float, width: float, off_deg: float) -> None:
    for distance in (250.0, 1e9):
        truth = counted_loss(width, radius, math.radians(off_deg), distance)
        found = expected_area_loss(width, radius, off_deg=off_deg, distance_mm=distance)
        assert found == pytest.approx(truth, abs=2e-5)


def test_seen_from_above_and_afar_it_is_the_sine_over_the_angle() -> None:
    half = 30 / 2 / 58
    assert expected_area_loss(30, 58) == pytest.approx(1 - math.sin(half) / half, abs=1e-6)
    assert expected_area_loss(30, 58) == pytest.approx(0.011, abs=0.0005)


def test_it_grows_with_width_with_the_angle_and_near_the_camera() -> None:
    middle = expected_area_loss(30, 58)
    assert expected_area_loss(45, 58) > 2 * middle
    assert expected_area_loss(30, 58, off_deg=20) > 4 * middle
    assert expected_area_loss(30, 58, distance_mm=250) > 1.5 * middle
    assert expected_area_loss(30, 1e6) < 1e-6


def test_what_lies_round_the_edge_is_lost() -> None:
    assert expected_area_loss(math.pi * 40, 40) == pytest.approx(1 - 2 / math.pi, abs=1e-4)
    assert expected_area_loss(1.5 * math.pi * 40, 40) == pytest.approx(
        1 - 4 / math.pi / 3, abs=1e-3
    )


@pytest.mark.parametrize(("width", "radius"), [(0.0, 50.0), (30.0, 0.0), (-1.0, 50.0)])
def test_no_length_is_no_loss(width: float, radius: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        expected_area_loss(width, radius)


def test_radii_are_of_known_sites_and_trunks_are_flat() -> None:
    assert set(LIMB_RADII_MM) <= set(SITES)
    assert limb_radius_mm("calf") == 58.0
    assert limb_radius_mm("abdomen") is None
    assert limb_radius_mm("nowhere") is None
    order = ["toe", "wrist", "ankle", "forearm", "calf", "thigh"]
    radii = [LIMB_RADII_MM[site] for site in order]
    assert radii == sorted(radii)
