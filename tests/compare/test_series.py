"""The photos of a lesion laid on the first of them, each or with its reason."""

import weakref
from dataclasses import replace

import numpy as np
import pytest

from tests.compare.shots import SHIFT_PX, alignment, laid_series, ring, shot
from woundtrack.compare import series
from woundtrack.compare.field import field_of
from woundtrack.compare.series import laid
from woundtrack.deidentify.crop import crop_between
from woundtrack.errors import AlignError, PhotoError
from woundtrack.outline.types import Outline


@pytest.fixture
def aligns(monkeypatch):
    """The skin is found as `alignment` says; every call's outlines are kept."""
    calls = []

    def aligned(_earlier, later, *, wound, later_wound, watch):
        watch()
        calls.append((wound, later_wound))
        moved = later.pixels[:, :, 0].argmax() % 320  # where the white label begins
        return alignment(round((moved - 184) / SHIFT_PX[0]))

    monkeypatch.setattr(series, "aligned", aligned)
    return calls


def unreadable():
    raise PhotoError("photo.truncated")


def test_each_photo_lies_where_the_firsts_skin_does(aligns):
    photos = laid([shot(number) for number in range(3)])
    assert [photo.refused for photo in photos] == [None, None, None]
    for number, photo in enumerate(photos):
        there = photo.place.to_mm([np.array([150.0, 120.0]) + number * np.array(SHIFT_PX)])
        assert np.allclose(there, 0.0, atol=1e-6)
    assert [wound for wound, _later in aligns] == [ring(30)] * 2
    assert aligns[1][1] == ring(20, 2)


def test_a_later_scale_serves_where_the_first_photo_has_none(aligns):
    photos = laid([shot(0, scale=None), shot(1, scale=None), shot(2)])
    assert all(photo.place.in_mm for photo in photos)
    ends = photos[0].place.to_mm([[100.0, 100.0], [140.0, 100.0]])
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(10.0)


def test_without_any_scale_there_are_no_mm(aligns):
    photos = laid([shot(0, scale=None), shot(1, scale=None)])
    assert not any(photo.place.in_mm for photo in photos)


def test_what_cannot_be_read_or_laid_keeps_its_reason(monkeypatch):
    def refuse(*_args, **_more):
        raise AlignError("align.one_side", gap_deg=200)

    monkeypatch.setattr(series, "aligned", refuse)
    photos = laid([shot(0), shot(1, load=unreadable), shot(2), shot(3, scale=None)])
    assert [photo.refused and photo.refused.code for photo in photos] == [
        None, "photo.truncated", "align.one_side", "align.one_side",
    ]  # fmt: skip
    assert photos[2].place.in_mm  # by its own scale
    assert photos[3].place is None


def test_a_closed_wounds_photo_is_laid_too(aligns):
    photos = laid([shot(0), shot(1, wound=Outline(()))])
    assert photos[1].refused is None
    assert aligns == [(ring(30), Outline(()))]


def test_the_first_that_shows_the_wound_is_the_ground(aligns):
    photos = laid([shot(1, wound=None), shot(0)])
    assert photos[1].alignment is None
    assert photos[0].alignment is not None


def test_where_the_first_cannot_be_read_the_next_is_the_ground(aligns):
    photos = laid([shot(0, load=unreadable), shot(1), shot(2)])
    assert photos[0].refused.code == "photo.truncated"
    assert photos[1].alignment is None
    assert photos[2].alignment is not None
    with pytest.raises(PhotoError):
        laid([shot(0, load=unreadable)])


def test_without_an_outline_nothing_is_laid():
    with pytest.raises(AlignError) as caught:
        laid([shot(0, wound=None), shot(1, wound=None)])
    assert caught.value.code == "align.no_outline"


def test_what_was_read_is_let_go_of_also_where_it_was_refused(monkeypatch):
    read = []

    def refuse(_earlier, later, **_more):
        read.append(weakref.ref(later.pixels))
        raise AlignError("align.one_side", gap_deg=200)

    monkeypatch.setattr(series, "aligned", refuse)
    photos = laid([shot(0), shot(1)])
    assert photos[1].refused is not None
    assert read[0]() is None


def test_progress_is_told_and_the_work_can_be_stopped(aligns):
    told = []
    laid([shot(0), shot(1)], progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        laid([shot(0), shot(1)], watch=stop)


def test_the_field_holds_every_wound_with_skin_around_in_even_px():
    photos = laid_series(3)
    field = field_of(photos, longest_px=401)
    left, top, right, bottom = field.box_mm
    assert left < -7.5 - 2
    assert right > 7.5 + 2
    assert (bottom - top) / (right - left) == pytest.approx(field.size_px[1] / field.size_px[0])
    assert all(side % 2 == 0 for side in field.size_px)
    assert field.to_px(np.array([[left, top]])) == pytest.approx(np.array([[-0.5, -0.5]]))


def test_without_outlines_the_field_is_what_all_photos_show():
    photos = [replace(each, shot=replace(each.shot, wound=None)) for each in laid_series(3)]
    left, top, right, bottom = field_of(photos, longest_px=400).box_mm
    assert right - left == pytest.approx(320 * 0.25, rel=0.1)
    far = [photos[0], _elsewhere(photos[1], 500.0)]
    left, top, right, bottom = field_of(far, longest_px=400).box_mm
    assert (right - left, bottom - top) == pytest.approx((80.0, 60.0), abs=0.5)


def _elsewhere(photo, right_mm):
    moved = replace(photo.place, shift_mm=(photo.place.shift_mm[0] + right_mm, 0.0))
    return replace(photo, place=moved)


def test_the_field_stays_within_what_all_photos_show():
    photos = laid_series(3)
    wide = field_of(photos, longest_px=400).box_mm
    cropped = [replace(photo, shot=replace(photo.shot, crop=_around(photo))) for photo in photos]
    near = field_of(cropped, longest_px=400).box_mm
    assert near[2] - near[0] < wide[2] - wide[0]


def _around(photo):
    points = np.array(photo.shot.wound.rings[0])
    low, high = points.min(axis=0) - 33, points.max(axis=0) + 33
    return crop_between(tuple(low), tuple(high), photo.shot.size_px)
