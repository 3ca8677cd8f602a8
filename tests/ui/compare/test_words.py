"""What the comparison says where a scale, an outline or a confirmation is missing."""

from dataclasses import replace

import pytest

from tests.histories import history_of
from tests.ui.compare.clinics import same_place
from ui.compare import words as told
from ui.compare.laying import Entry
from ui.compare.picture import Mode
from ui.compare.points import Clicks
from ui.compare.shown import shown_of
from ui.models.compare import photos_of
from ui.models.timeline import strip_photos
from woundtrack.errors import AlignError

HISTORY = history_of([2.0, 1.5])
FIRST, LATER = photos_of(HISTORY, strip_photos(HISTORY), lesion_id=1)


def line(**changes: object) -> str:
    entry = Entry(replace(LATER, **changes), alignment=same_place())
    return told.told(entry, Entry(FIRST))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"draft": True}, "a draft; confirm the visit"),
        ({"outline": None}, "an outline is missing"),
        ({}, "without a scale gained and lost area are not known"),
        ({"strip": FIRST.strip}, "one visit; what differs is how they were taken and traced"),
    ],
)
def test_where_nothing_changed_can_be_told_the_reason_is(
    changes: dict[str, object], said: str
) -> None:
    assert said in line(**changes)


def test_without_a_scale_it_is_told_in_px() -> None:
    entry = Entry(LATER, alignment=same_place(mm_per_px=None))
    assert "within 1 px at the wound’s edge (95 %), residual 0.3 px" in told.told(
        entry, Entry(FIRST)
    )


def test_a_photo_that_lies_nowhere_has_no_line() -> None:
    assert told.told(Entry(LATER, refused=AlignError("align.not_alike")), Entry(FIRST)) == ""


def test_the_heads_mark_is_that_of_the_first_photo_for_all_that_lie_on_it() -> None:
    def marked(first_deg: float | None, later_deg: float | None, *, laid: bool) -> list[bool]:
        entries = [
            Entry(replace(photo, value=replace(photo.value, head_angle_deg=angle_deg)))
            for photo, angle_deg in ((FIRST, first_deg), (LATER, later_deg))
        ]
        if laid:
            entries[1] = replace(entries[1], alignment=same_place())
        shown = shown_of(entries, texts={}, wanted=Mode.SIDE_BY_SIDE)
        return [picture.head_up for picture in shown.pictures]

    assert marked(0.0, None, laid=True) == [True, True]
    assert marked(None, 0.0, laid=True) == [False, False]
    assert marked(None, 0.0, laid=False) == [False, True]


def test_points_say_how_many_pairs_there_are_and_what_they_make() -> None:
    assert told.points_told("10 Mar", 1, None) == "10 Mar, 1 pair: click one more."
    refused = told.points_told("10 Mar", 2, AlignError("align.points_together"))
    assert refused.startswith("10 Mar, 2 pairs: Two of the points lie too near")
    laid = told.points_told("10 Mar", 3, same_place())
    assert laid == "10 Mar, 3 pairs: lies within 0.5 mm at the wound’s edge (95 %)."


def test_pairs_are_made_in_the_order_of_clicks() -> None:
    clicks = Clicks()
    for photo_id, x in ((1, 1.0), (1, 2.0), (2, 11.0), (3, 21.0), (2, 12.0), (2, 13.0)):
        clicks = clicks.put(photo_id, (x, 0.0))
    assert clicks.pairs(1, 2) == (((1.0, 0.0), (11.0, 0.0)), ((2.0, 0.0), (12.0, 0.0)))
    assert clicks.pairs(1, 3) == (((1.0, 0.0), (21.0, 0.0)),)
    again = Clicks.of_pairs(1, {2: clicks.pairs(1, 2), 3: clicks.pairs(1, 3)})
    assert again.pairs(1, 2) == clicks.pairs(1, 2)
    assert again.pairs(1, 3) == clicks.pairs(1, 3)
    assert clicks.undo().of(2) == ((11.0, 0.0), (12.0, 0.0))
    assert clicks.undo().redo() == clicks
    assert Clicks().undo() == Clicks().redo() == Clicks()
