"""Unrolled and rolled again, a place is where it was; on a wide limb it is where the plane is."""

import numpy as np
import pytest

from woundtrack.scale.limb import Limb
from woundtrack.scale.types import Scale, ScaleMethod, Shift
from woundtrack.store.codec import codec_for

PLACES_MM = np.array([[0.0, 0.0], [20.0, 5.0], [-31.0, 40.0], [12.5, -60.0]])
TILTED = ((0.1, 0.01, -20.0), (-0.01, 0.11, -15.0), (1e-5, 2e-5, 1.0))


@pytest.mark.parametrize("across_deg", [0.0, 35.0, 90.0, -120.0])
def test_rolled_and_unrolled_are_each_other_s_way_back(across_deg: float) -> None:
    limb = Limb(50.0, across_deg, (10.0, -20.0, 260.0))
    assert np.allclose(limb.unrolled(limb.rolled(PLACES_MM)), PLACES_MM, atol=1e-9)


def test_a_wide_limb_is_a_plane() -> None:
    limb = Limb(1e7, 20.0, (10.0, -20.0, 260.0))
    assert np.allclose(limb.unrolled(PLACES_MM), PLACES_MM, atol=1e-3)


def test_seen_from_afar_the_skin_is_longer_than_its_view_by_the_arc() -> None:
    limb = Limb(40.0, 0.0, (0.0, 0.0, 1e7))
    skin = limb.unrolled(np.array([[20.0, 7.0]]))[0]
    assert skin == pytest.approx([40 * np.arcsin(0.5), 7.0], abs=1e-3)


def test_beyond_the_edge_a_place_is_the_edge_s() -> None:
    limb = Limb(40.0, 0.0, (0.0, 0.0, 200.0))
    edge_mm = 40 * np.arccos(40 / 240)
    beyond = limb.unrolled(np.array([[80.0, 0.0], [300.0, 0.0]]))
    assert np.all(np.isfinite(beyond))
    assert np.all(beyond[:, 0] <= edge_mm + 1e-6)


def test_a_scale_with_a_limb_goes_both_ways_and_through_its_shifts() -> None:
    limb = Limb(60.0, 15.0, (0.0, 0.0, 250.0))
    wider = Shift(TILTED, None, Limb(66.0, 15.0, (0.0, 0.0, 250.0)))
    scale = Scale(ScaleMethod.RULER, TILTED, 0.01, limb=limb, shifts=(wider,))
    assert np.allclose(scale.to_mm(scale.to_px(PLACES_MM)), PLACES_MM, atol=1e-6)
    assert scale.shifted()[0].limb == wider.limb
    side = scale.to_px([[45.0, 0.0]])[0]
    assert scale.relative_sd_at((side[0], side[1])) > 0.005


def test_it_is_stored_and_older_records_have_none() -> None:
    encode, decode = codec_for(Scale)
    scale = Scale(ScaleMethod.RULER, TILTED, 0.01, limb=Limb(60.0, 15.0, (0.0, 0.0, 250.0)))
    stored = encode(scale)
    assert decode(stored) == scale
    for later in ("limb", "tilt_sd_deg"):
        del stored[later]
    assert decode(stored).limb is None
