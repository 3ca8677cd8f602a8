"""Where photos lie on the plane of a comparison."""

from dataclasses import replace

import numpy as np
import pytest

from tests.compare.seen import CAMERAS, bent_alignment, outline_of, scale_by
from woundtrack.compare.place import laid_on, place_of, rings_mm
from woundtrack.errors import AlignError, MeasureError, OutlineError
from woundtrack.outline.types import Outline
from woundtrack.scale.limb import Limb
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

WOUND = Outline((((100.0, 100.0), (140.0, 100.0), (140.0, 120.0), (100.0, 120.0)),))
SIZE_PX = (600, 450)


def flat(mm_per_px: float = 0.5, *, mirror: float = 1.0) -> Scale:
    matrix = np.diag([mirror * mm_per_px, mm_per_px, 1.0])
    return Scale(ScaleMethod.FOUR_POINTS, matrix3(matrix), 0.01)


@pytest.mark.parametrize("mirror", [1.0, -1.0])
def test_the_head_is_up_and_nothing_is_mirrored(mirror):
    place = place_of((400, 300), scale=flat(mirror=mirror), wound=WOUND, head_angle_deg=90.0)
    middle, towards_head, down = place.to_mm([[120, 110], [130, 110], [120, 120]])
    assert np.allclose(middle, 0.0)
    assert np.allclose(towards_head, [0, -5])
    assert np.allclose(down, [5, 0])


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_head_is_up_as_seen_at_the_wound_whatever_the_camera(camera):
    scale, ring = scale_by(camera), outline_of(camera)
    middle = np.array(scale.to_px([[125.0, 100.0], [125.0, 99.9]]))
    seen = middle[1] - middle[0]
    angle = float(np.degrees(np.arctan2(seen[0], -seen[1])))
    place = place_of(SIZE_PX, scale=scale, wound=ring, head_angle_deg=angle)
    there = place.to_mm(scale.to_px([[125.0, 80.0], [145.0, 100.0], [125.0, 100.0]]))
    assert np.allclose(there, [[0, -20], [20, 0], [0, 0]], atol=0.02)


def test_without_an_arrow_the_photos_own_up_is_up():
    place = place_of((400, 300), scale=flat(), wound=WOUND, head_angle_deg=None)
    assert np.allclose(place.to_mm([[120, 100]]), [[0, -5]])


def test_without_a_scale_the_wound_is_as_long_as_that_of_any_other_photo():
    for factor in (1.0, 3.0):
        ring = tuple((factor * x, factor * y) for x, y in WOUND.rings[0])
        place = place_of((900, 700), scale=None, wound=Outline((ring,)), head_angle_deg=90.0)
        assert not place.in_mm
        assert np.allclose(np.ptp(rings_mm(Outline((ring,)), place)[0], axis=0), [20, 40])
    assert np.ptp(place_of((301, 201), scale=None, wound=None, head_angle_deg=None).to_mm(
        [[0, 0], [300, 0]]), axis=0)[0] == pytest.approx(150)  # fmt: skip


def test_to_px_is_the_way_back_also_through_a_bent_alignment():
    first = place_of(SIZE_PX, scale=flat(0.2), wound=WOUND, head_angle_deg=30.0)
    later = laid_on(first, bent_alignment(), size_px=SIZE_PX)
    points = np.array([[0.0, 0.0], [12.0, -7.0], [-9.0, 4.0]])
    for place in (first, later):
        assert np.allclose(place.to_mm(place.to_px(points)), points, atol=1e-4)


def test_a_later_photo_lies_where_the_first_ones_skin_does():
    alignment = bent_alignment()
    first = place_of(SIZE_PX, scale=flat(0.2), wound=WOUND, head_angle_deg=30.0)
    later = laid_on(first, alignment, size_px=(500, 400))
    skin = np.array([[100.0, 100.0], [150.0, 130.0]])
    assert np.allclose(later.to_mm(alignment.to_later(skin)), first.to_mm(skin), atol=1e-3)
    assert later.size_px == (500, 400)
    assert later.in_mm


def test_a_later_photos_scale_serves_the_first_through_their_alignment():
    alignment = bent_alignment()
    first = place_of(SIZE_PX, scale=flat(0.2), wound=WOUND, head_angle_deg=0.0, scale_by=alignment)
    later = laid_on(first, alignment, size_px=SIZE_PX)
    assert later.in_mm
    ends = alignment.to_later([[110.0, 110.0], [130.0, 110.0]])
    apart = np.linalg.norm(np.subtract(*later.to_mm(ends)))
    assert apart == pytest.approx(0.2 * np.linalg.norm(np.subtract(*ends)), abs=1e-3)


def test_what_is_straight_in_a_photo_may_bend_on_the_plane():
    first = place_of(SIZE_PX, scale=flat(0.2), wound=WOUND, head_angle_deg=None)
    later = laid_on(first, bent_alignment(), size_px=SIZE_PX)
    assert len(rings_mm(WOUND, first)[0]) == 4
    assert len(rings_mm(WOUND, later)[0]) > 12


def test_a_mirrored_alignment_is_refused():
    first = place_of(SIZE_PX, scale=flat(0.2), wound=WOUND, head_angle_deg=None)
    mirrored = replace(bent_alignment(), homography=matrix3(np.diag([-1.0, 1.0, 1.0])), bend=None)
    with pytest.raises(AlignError) as caught:
        laid_on(first, mirrored, size_px=SIZE_PX)
    assert caught.value.code == "align.not_alike"


def test_a_wound_across_the_horizon_is_refused():
    matrix = matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, -1 / 110, 1]])
    beyond = Scale(ScaleMethod.FOUR_POINTS, matrix, 0.01)
    with pytest.raises(MeasureError) as caught:
        place_of(SIZE_PX, scale=beyond, wound=WOUND, head_angle_deg=None)
    assert caught.value.code == "measure.beyond_horizon"


def test_a_wound_behind_the_edge_of_a_limb_is_refused():
    limb = Limb(radius_mm=10.0, across_deg=0.0, camera_mm=(0.0, 0.0, 200.0))
    behind = replace(flat(0.5), limb=limb)
    with pytest.raises(MeasureError) as caught:
        place_of(SIZE_PX, scale=behind, wound=WOUND, head_angle_deg=None)
    assert caught.value.code == "measure.beyond_horizon"


def test_an_empty_outline_is_refused():
    with pytest.raises(OutlineError) as caught:
        place_of(SIZE_PX, scale=flat(), wound=Outline(()), head_angle_deg=None)
    assert caught.value.code == "outline.empty"
