"""A later photo laid on an earlier one by the skin: found, told how surely, or refused."""

from dataclasses import replace

import numpy as np
import pytest

from tests.align.skins import SIZE, Seen, flat_scale, outline, skin
from woundtrack.align import register
from woundtrack.align.marks import View
from woundtrack.align.register import aligned, checked, margin_of, mm_per_px, widest_gap_deg
from woundtrack.errors import AlignError, OutlineError
from woundtrack.outline.types import Outline


@pytest.fixture(scope="module")
def bent():
    """Skin that bends, its wound a little smaller later, aligned without any scale."""
    seen = Seen(bend_px=18.0)
    now = View(seen.photo(skin(1, wound=60.0)))
    later = seen.outline(outline(60.0))
    return seen, aligned(View(skin(1)), now, wound=outline(), later_wound=later)


def off_px(found, seen) -> np.ndarray:
    ring = np.array(outline().rings[0])
    return np.linalg.norm(found.to_later(ring) - seen.to_later(ring), axis=1)


def test_bent_skin_is_followed_where_a_homography_cannot(bent):
    seen, found = bent
    assert off_px(found, seen).max() < 1.0
    flat = off_px(replace(found, bend=None), seen)
    assert flat.max() < 3.0
    assert found.homography_off_px == pytest.approx(np.percentile(flat, 95), abs=0.5)


def test_what_is_told_of_the_margin_holds(bent):
    seen, found = bent
    assert np.percentile(off_px(found, seen), 95) < found.margin_px < 5.0
    assert found.places > 40
    assert found.widest_gap_deg < 60.0
    assert found.residual_mm is None
    assert found.margin_mm is None


def test_the_way_back_is_the_way_back(bent):
    _seen, found = bent
    points = np.array([[200.0, 250.0], [320.0, 400.0], [600.0, 30.0]])
    assert found.to_earlier(found.to_later(points)) == pytest.approx(points, abs=1e-3)


def test_without_the_later_outline_the_whole_photo_is_searched():
    seen = Seen(turn_deg=-25.0)
    found = aligned(View(skin(2)), View(seen.photo(skin(2))), wound=outline())
    assert off_px(found, seen).max() < 1.5


def test_relief_lit_from_the_other_side_is_no_hindrance():
    seen = Seen(turn_deg=6.0)
    pigment, relief = (skin(each)[..., 1:2] / 150.0 - 1 for each in (4, 5))
    strong = np.array([0.3, 0.3, 0.05])

    def lit(way: float) -> np.ndarray:
        shaded = (120.0, 140.0, 190.0) * (1 + strong * pigment) * (1 + 0.5 * way * relief)
        return np.clip(shaded, 0, 255).astype(np.uint8)

    later = View(seen.photo(lit(-1.0)))
    found = aligned(View(lit(1.0)), later, wound=outline(), later_wound=seen.outline(outline()))
    assert off_px(found, seen).max() < found.margin_px


def test_two_scales_tell_the_mm():
    seen = Seen()
    earlier = View(skin(3), flat_scale(0.2))
    later = View(seen.photo(skin(3)), flat_scale(0.2 / 0.95))
    found = aligned(earlier, later, wound=outline(), later_wound=seen.outline(outline()))
    assert found.mm_per_px == pytest.approx(0.2)
    assert found.residual_mm == pytest.approx(found.residual_px * 0.2)
    assert found.margin_mm == pytest.approx(found.margin_px * 0.2)
    assert off_px(found, seen).max() < 1.5


@pytest.mark.parametrize("which", ["both", "earlier", "later", "neither"])
def test_one_scale_is_enough_to_tell_the_mm(which):
    seen = Seen()
    earlier = flat_scale(0.2) if which in ("both", "earlier") else None
    later = flat_scale(0.2 / 0.95) if which in ("both", "later") else None
    told = mm_per_px(earlier, later, seen.matrix, margin_of(outline()))
    assert told == (None if which == "neither" else pytest.approx(0.2, rel=0.06))


def test_who_watches_can_end_it():
    class EnoughError(Exception):
        pass

    def watch():
        raise EnoughError

    with pytest.raises(EnoughError):
        aligned(View(skin(1)), View(skin(1)), wound=outline(), watch=watch)


def test_other_skin_is_refused():
    seen = Seen()
    with pytest.raises(AlignError) as told:
        aligned(View(skin(1)), View(seen.photo(skin(7))), wound=outline())
    assert told.value.code == "align.not_alike"


def test_plain_skin_is_refused():
    plain = np.full((SIZE, SIZE, 3), (120, 150, 200), np.uint8)
    with pytest.raises(AlignError) as told:
        aligned(View(plain), View(plain), wound=outline())
    assert told.value.code == "align.not_alike"


def test_an_empty_outline_has_no_margin():
    with pytest.raises(OutlineError) as told:
        aligned(View(skin(1)), View(skin(1)), wound=Outline())
    assert told.value.code == "outline.empty"


def test_a_margin_that_may_be_off_is_refused(bent):
    found = bent[1]
    margin = margin_of(outline())
    unsure = replace(found, mm_per_px=2.6 / found.margin_px)
    with pytest.raises(AlignError) as told:
        checked(unsure, margin, SIZE)
    assert told.value.code == "align.margin_unsure"
    assert told.value.data["off_mm"] == 2.6
    with pytest.raises(AlignError) as told:
        checked(replace(found, margin_px=0.013 * SIZE), margin, SIZE)
    assert told.value.code == "align.margin_unsure_px"


def test_skin_on_one_side_alone_is_refused(monkeypatch):
    monkeypatch.setattr(register, "WIDEST_GAP_DEG", 1.0)
    later = View(Seen().photo(skin(1)))
    with pytest.raises(AlignError) as told:
        aligned(View(skin(1)), later, wound=outline(), later_wound=Seen().outline(outline()))
    assert told.value.code == "align.one_side"
    half = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    assert widest_gap_deg(half, np.zeros(2)) == pytest.approx(180.0)
    assert widest_gap_deg(half[:0], np.zeros(2)) == 360.0
