"""A later photo laid on an earlier one by clicked pairs."""

import numpy as np
import pytest

from tests.align.skins import CENTRE, RADIUS, SIZE, Seen, flat_scale, outline
from woundtrack.align.marks import View
from woundtrack.align.points import aligned_by_points
from woundtrack.align.types import AlignMethod
from woundtrack.errors import AlignError
from woundtrack.outline.types import Outline

PLAIN = np.full((SIZE, SIZE, 3), 128, np.uint8)
PLACES = np.array([[220.0, 250.0], [400.0, 300.0], [290.0, 430.0], [330.0, 230.0]])
SCALED = View(PLAIN, flat_scale(0.1))


def pairs(seen: Seen, count: int, *, slip_px: float = 0.0):
    there = seen.to_later(PLACES)
    there[0] += (slip_px, 0.0)
    return [
        (tuple(map(float, a)), tuple(map(float, b)))
        for a, b in zip(PLACES[:count], there[:count], strict=True)
    ]


@pytest.mark.parametrize(("count", "most_px"), [(2, 8.0), (3, 4.0), (4, 3.0)])
def test_pairs_lay_the_photos_on_each_other(count, most_px):
    seen = Seen()
    found = aligned_by_points(SCALED, SCALED, pairs=pairs(seen, count), wound=outline())
    ring = np.array(outline().rings[0])
    off = np.linalg.norm(found.to_later(ring) - seen.to_later(ring), axis=1)
    assert off.max() < most_px
    assert found.method is AlignMethod.POINTS
    assert found.places == count
    assert np.percentile(off, 95) < found.margin_px


def test_more_pairs_are_surer():
    told = [
        aligned_by_points(SCALED, SCALED, pairs=pairs(Seen(), n), wound=outline()).margin_mm
        for n in (2, 3, 4)
    ]
    assert told[0] > told[1] > told[2]


def test_pairs_that_contradict_each_other_are_less_sure():
    good, bad = (
        aligned_by_points(
            SCALED, SCALED, pairs=pairs(Seen(), 4, slip_px=slip), wound=outline()
        ).margin_mm
        for slip in (0.0, 30.0)
    )
    assert bad > 1.3 * good


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ([((10.0, 10.0), (12.0, 12.0))], "align.too_few_points"),
        ([((10.0, 10.0), (12.0, 12.0)), ((700.0, 10.0), (12.0, 90.0))], "align.point_outside"),
        ([((10.0, 10.0), (12.0, 12.0)), ((12.0, 10.0), (90.0, 90.0))], "align.points_together"),
        ([((10.0, 10.0), (12.0, 12.0)), ((210.0, 10.0), (312.0, 12.0))], "align.points_disagree"),
        ([((10.0, 10.0), (12.0, 12.0)), ((60.0, 10.0), (62.0, 12.0))], "align.margin_unsure"),
    ],
)
def test_what_tells_no_motion_is_refused(wrong, code):
    with pytest.raises(AlignError) as told:
        aligned_by_points(SCALED, SCALED, pairs=wrong, wound=outline())
    assert told.value.code == code


@pytest.mark.parametrize("corners", [3, 4])
def test_an_outline_of_few_corners_is_judged_all_along_its_sides(corners):
    seen, angles = Seen(), np.linspace(0, 2 * np.pi, corners, endpoint=False)
    ring = np.array(CENTRE) + RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    sides = [ring + part * (np.roll(ring, -1, axis=0) - ring) for part in (0.0, 0.25, 0.5, 0.75)]
    few, many = (
        aligned_by_points(
            SCALED, SCALED, pairs=pairs(seen, 4), wound=Outline((tuple(map(tuple, points)),))
        )
        for points in (ring, np.stack(sides, axis=1).reshape(-1, 2))
    )
    assert few.homography_off_px == pytest.approx(many.homography_off_px, rel=0.1)
    assert few.margin_px == pytest.approx(many.margin_px, rel=0.02)
    assert np.array(few.homography) == pytest.approx(np.array(many.homography), rel=0.02)
