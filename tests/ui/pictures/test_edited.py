"""Masks and crop as a person changes them: arithmetic without a window."""

import pytest

from ui.pictures.edited import (
    Edited,
    State,
    cornered,
    covers_wound,
    crop_corners,
    drawn,
    grown,
    inside,
    moved,
)
from ui.pictures.hits import Hit, crop_dragged, hit_at
from woundtrack.deidentify.types import Crop, MaskReason, box_mask
from woundtrack.outline.types import Outline

BOX = box_mask(10, 20, 50, 40, MaskReason.TEXT)
CROP = Crop(0, 0, 200, 100)


def test_moved_grown_and_cornered_keep_why_it_is_there() -> None:
    assert moved(BOX, (5, -5)).box_px == (15, 15, 55, 35)
    assert grown(BOX, (10, 4)).box_px == (5, 18, 55, 42)
    assert grown(BOX, (-500, 0)).box_px[2] - grown(BOX, (-500, 0)).box_px[0] == pytest.approx(4)
    assert cornered(BOX, 2, (70, 60)).polygon_px[2] == (70, 60)
    for mask in (moved(BOX, (1, 1)), grown(BOX, (1, 1)), cornered(BOX, 0, (0, 0))):
        assert mask.reason is MaskReason.TEXT


def test_a_mask_drawn_in_any_direction_is_a_persons() -> None:
    assert drawn((50, 40), (10, 20)).box_px == (10, 20, 50, 40)
    assert drawn((0, 0), (1, 1)).reason is MaskReason.PERSON
    assert inside(BOX, (30, 30))
    assert not inside(BOX, (60, 30))


def test_what_a_person_took_away_is_not_proposed_again_but_what_is_new_is() -> None:
    first = Edited(crop=CROP).with_proposals([BOX])
    assert first.masks == (BOX,)
    assert first.state is State.UNSEEN
    again = first.without(0).with_proposals([moved(BOX, (1, 1)), moved(BOX, (80, 0))])
    assert again.masks == (moved(BOX, (80, 0)),)


def test_a_line_of_which_more_comes_to_sight_is_proposed_again() -> None:
    first = Edited(crop=CROP).with_proposals([BOX])  # half of a name, cut by the crop
    whole = box_mask(10, 20, 65, 40, MaskReason.TEXT)
    assert first.with_proposals([whole]).masks == (BOX, whole)
    assert first.without(0).with_proposals([whole]).masks == (whole,)
    assert first.with_proposals([box_mask(10, 20, 53, 40, MaskReason.TEXT)]).masks == (BOX,)


def test_a_mask_on_the_wound_is_told() -> None:
    wound = Outline((((0.0, 0.0), (20.0, 0.0), (20.0, 30.0), (0.0, 30.0)),))
    assert covers_wound([BOX], [wound])
    assert not covers_wound([moved(BOX, (30, 0))], [wound])


@pytest.mark.parametrize(
    ("at", "selected", "hit"),
    [
        ((30, 30), None, Hit(0)),
        ((10, 20), None, Hit(0)),
        ((9, 19), 0, Hit(0, 0)),
        ((199, 99), None, Hit(None, 2)),
        ((100, 1), None, Hit(None, 4)),
        ((100, 60), None, None),
    ],
)
def test_what_lies_under_the_mouse(
    at: tuple[float, float], selected: int | None, hit: Hit | None
) -> None:
    edited = Edited(crop=CROP, masks=(BOX,))
    assert hit_at(edited, at, zoom=4.0, selected=selected) == hit


def test_a_crops_corner_or_side_follows_the_mouse() -> None:
    corners = crop_corners(CROP)
    assert crop_dragged(corners, 2, (150, 80)) == ((0, 0), (149.5, 79.5))
    assert crop_dragged(corners, 7, (30, 999)) == ((30.5, 0), (199, 99))
