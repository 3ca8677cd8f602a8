"""Gained and lost areas between two outlines that lie on each other."""

import numpy as np
import pytest

from tests.align.skins import CENTRE, RADIUS, flat_scale, outline
from woundtrack.align.changed import changed_area
from woundtrack.align.types import Alignment, AlignMethod, Bend
from woundtrack.errors import AlignError
from woundtrack.outline.types import Outline

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
MM = 0.1


def alignment(bend: Bend | None = None, mm_per_px: float | None = MM) -> Alignment:
    return Alignment(
        AlignMethod.SKIN, IDENTITY, bend, 50, 80, 20.0, 1.0, 8.0, 0.0, mm_per_px
    )  # fmt: skip


def disc_cm2(radius_px: float) -> float:
    return np.pi * (radius_px * MM) ** 2 / 100


def test_a_wound_that_shrinks_loses_a_ring_and_gains_nothing():
    told = changed_area(
        alignment(), earlier=outline(), later=outline(50.0), later_scale=flat_scale(MM)
    )
    assert told.lost_cm2 == pytest.approx(disc_cm2(RADIUS) - disc_cm2(50.0), rel=0.01)
    assert told.gained_cm2 == pytest.approx(0.0, abs=1e-9)
    assert told.gained.rings == ()
    assert len(told.lost.rings) == 2
    assert 0 < told.lost_cm2_sd < 0.2 * told.lost_cm2


def test_the_earlier_scale_does_where_the_later_photo_has_none():
    by_later, by_earlier = (
        changed_area(alignment(), earlier=outline(), later=outline(90.0), **scale)
        for scale in ({"later_scale": flat_scale(MM)}, {"earlier_scale": flat_scale(MM)})
    )
    assert by_earlier.gained_cm2 == pytest.approx(by_later.gained_cm2, rel=1e-6)
    assert by_later.lost_cm2 == 0.0


def test_what_moved_is_gained_on_one_side_and_lost_on_the_other():
    ring = tuple((x + 20.0, y) for x, y in outline().rings[0])
    told = changed_area(
        alignment(), earlier=outline(), later=Outline((ring,)), later_scale=flat_scale(MM)
    )
    assert told.gained_cm2 == pytest.approx(told.lost_cm2, rel=1e-6)
    # A slide as a whole makes up both, so that neither is sure.
    sd_mm = 8.0 * MM / 2.4477
    assert told.gained_cm2_sd > 0.5 * sd_mm * 2 * RADIUS * MM / 100


def test_a_closed_wound_lost_all():
    told = changed_area(
        alignment(), earlier=outline(), later=Outline(), earlier_scale=flat_scale(MM)
    )
    assert told.lost_cm2 == pytest.approx(disc_cm2(RADIUS), rel=0.01)
    assert told.gained_cm2 == 0.0


def test_the_bend_is_heeded():
    shift = tuple((20.0, 20.0, 20.0) for _ in range(3))
    none = tuple((0.0, 0.0, 0.0) for _ in range(3))
    x, y = CENTRE
    bend = Bend((x - 200, y - 200, x + 200, y + 200), shift, none)
    ring = tuple((px + 20.0, py) for px, py in outline().rings[0])
    told = changed_area(
        alignment(bend), earlier=outline(), later=Outline((ring,)), later_scale=flat_scale(MM)
    )
    assert told.gained_cm2 + told.lost_cm2 < 0.01


def test_what_the_two_scales_differ_by_is_part_of_the_doubt():
    """The wound was 4 % larger by its own scale than where it lies now."""
    agreed, apart = (
        changed_area(
            alignment(), earlier=outline(), later=outline(50.0),
            earlier_scale=flat_scale(own), later_scale=flat_scale(MM),
        )
        for own in (MM, MM * 1.02)
    )  # fmt: skip
    off_cm2 = 0.0404 * disc_cm2(RADIUS)
    assert apart.lost_cm2 == agreed.lost_cm2
    added = np.sqrt(apart.lost_cm2_sd**2 - agreed.lost_cm2_sd**2)
    assert added == pytest.approx(off_cm2, rel=0.02)
    assert apart.gained_cm2_sd == agreed.gained_cm2_sd  # no part of the edge bounds it


def test_without_any_scale_there_are_no_areas():
    with pytest.raises(AlignError) as told:
        changed_area(alignment(mm_per_px=None), earlier=outline(), later=outline(50.0))
    assert told.value.code == "align.no_scale"
