"""Which photos of a lesion can be compared, and what stands under each."""

from dataclasses import replace

import pytest

from tests.histories import circle_px, history_of, second_lesion, stored
from tests.ui.test_timeline_model import with_outline, with_photo
from ui.models.compare import (
    ComparePhoto,
    choice_with,
    lesions_to_compare,
    photos_of,
    subtitles,
    usual_choice,
)
from ui.models.timeline import strip_photos
from woundtrack.outline.types import Outline
from woundtrack.records import PatientHistory, PhotoView


def photos(history: PatientHistory) -> tuple[ComparePhoto, ...]:
    return photos_of(history, strip_photos(history), lesion_id=1)


def offered(history: PatientHistory) -> list[int]:
    return [lesion.id for lesion in lesions_to_compare(history, strip_photos(history))]


def texts(history: PatientHistory, ids: tuple[int, ...]) -> list[str]:
    chosen = [photo for photo in photos(history) if photo.id in ids]
    return list(subtitles(history, chosen, lesion_id=1).values())


def viewed(history: PatientHistory, photo_id: int, view: PhotoView) -> PatientHistory:
    told = tuple(
        replace(photo, value=replace(photo.value, view=view)) if photo.id == photo_id else photo
        for photo in history.photos
    )
    return replace(history, photos=told)


def unconfirmed(history: PatientHistory, photo_id: int, records: str) -> PatientHistory:
    changed = tuple(
        replace(each, value=replace(each.value, confirmed=False))
        if each.value.photo_id == photo_id
        else each
        for each in getattr(history, records)
    )
    return replace(history, **{records: changed})


def test_a_photo_brings_its_scale_and_outline_and_whether_it_is_a_draft() -> None:
    history = history_of([2.0, 1.5, "none"])
    first, second, bare = photos(history)
    assert first.scale is not None
    assert first.outline == circle_px(2.0)
    assert not first.draft
    assert second.sure_outline == second.outline
    assert bare.outline is None
    assert bare.sure_outline is None
    for records in ("outlines", "scales"):
        draft = photos(unconfirmed(history, 2, records))[1]
        assert draft.draft
        assert draft.sure_outline is None
        assert draft.outline == second.outline


def test_a_closed_wound_has_a_sure_outline_without_a_ring() -> None:
    *_open, closed = photos(history_of([2.0, "closed"]))
    assert closed.closed
    assert closed.counts
    assert closed.sure_outline == Outline(())


def test_the_usual_choice_is_the_first_and_the_latest_close_up_that_count() -> None:
    history = history_of([2.0, 1.8, 1.5, "none"])
    assert usual_choice(photos(history)) == (1, 3)
    overview = viewed(history, 1, PhotoView.OVERVIEW)
    assert usual_choice(photos(overview)) == (2, 3)
    all_over = history
    for photo_id in (1, 2, 3):
        all_over = viewed(all_over, photo_id, PhotoView.OVERVIEW)
    assert usual_choice(photos(all_over)) == (1, 3)


def test_healed_and_reopened_the_usual_choice_goes_from_first_to_last() -> None:
    history = history_of([2.0, "closed", 1.0])
    assert usual_choice(photos(history)) == (1, 3)
    assert usual_choice(photos(history_of([2.0, 1.0, "closed"]))) == (1, 3)


@pytest.mark.parametrize(("entries", "chosen"), [([2.0], (1,)), (["none", "none"], (1, 2))])
def test_the_usual_choice_of_little_is_what_there_is(
    entries: list[float | str], chosen: tuple[int, ...]
) -> None:
    assert usual_choice(photos(history_of(entries))) == chosen


def test_two_hundred_visits_are_offered_in_their_order() -> None:
    history = history_of([2.0 - 0.005 * number for number in range(200)])
    all_of_them = photos(history)
    assert len(all_of_them) == 200
    assert [photo.on for photo in all_of_them] == sorted(photo.on for photo in all_of_them)
    assert usual_choice(all_of_them) == (1, 200)


def test_marks_are_taken_oldest_first_and_one_alone_gets_another() -> None:
    all_of_them = photos(history_of([2.0, 1.8, 1.5, 1.2, 1.0]))
    assert choice_with(all_of_them, (4, 2)) == (2, 4)
    assert choice_with(all_of_them, (2,)) == (2, 5)
    assert choice_with(all_of_them, (4,)) == (1, 4)
    assert choice_with(all_of_them, ()) == (1, 5)
    assert choice_with(all_of_them, (77,)) == (1, 5)
    assert choice_with(all_of_them, (5, 4, 3, 2, 1)) == (1, 2, 3, 4)


def test_under_each_stands_its_size_and_the_change_since_the_first_chosen() -> None:
    history = history_of([2.0, 1.5, 1.0])
    assert texts(history, (1, 3)) == ["12.6 ± 0.5 cm²", "3.14 ± 0.12 cm² · ▼\u00a0−75 %"]
    assert texts(history, (2, 3)) == ["7.07 ± 0.28 cm²", "3.14 ± 0.12 cm² · ▼\u00a0−56 %"]


def test_a_draft_is_marked_and_changes_nothing() -> None:
    history = unconfirmed(history_of([2.0, 1.5]), 2, "outlines")
    assert texts(history, (1, 2))[1] == "7.07 ± 0.28 cm² · draft"
    begun = unconfirmed(history, 2, "measurements")
    assert texts(begun, (1, 2))[1] == "draft"


def test_sizes_of_two_methods_have_no_change() -> None:
    assert texts(history_of([2.0, "bedside"]), (1, 2))[1] == "3.0 × 2.0 cm, by ruler"
    assert texts(history_of([2.0, "none"]), (1, 2))[1] == "no outline"


def test_of_a_closed_wound_it_is_told_that_it_is_closed() -> None:
    assert texts(history_of([2.0, "closed"]), (1, 2))[1] == "closed · ▼\u00a0−100 %"


def test_across_a_closure_only_the_first_size_is_compared_with() -> None:
    history = history_of([2.0, 1.5, "closed", 1.0])
    assert texts(history, (1, 4))[1].endswith("▼\u00a0−75 %")
    assert texts(history, (2, 4))[1] == "3.14 ± 0.12 cm²"


def test_two_photos_of_one_visit_say_which_is_which_and_change_nothing() -> None:
    history = with_outline(with_photo(history_of([2.0, 1.5]), 50, 1), 50, circle_px(2.0))
    first, again, last = photos(history)
    assert first.title == "3 Mar 2026 · photo 1 of 2"
    assert again.title == "3 Mar 2026 · photo 2 of 2"
    assert last.title == "10 Mar 2026"
    assert texts(history, (1, 50)) == ["12.6 ± 0.5 cm²", "on another photo"]


def test_a_photo_of_another_lesion_is_not_offered() -> None:
    history = second_lesion(history_of([2.0, 1.5, 1.0]), [1.0, 0.9])
    only_b = replace(
        history,
        outlines=tuple(each for each in history.outlines if each.value.photo_id != 1),
        measurements=tuple(
            each
            for each in history.measurements
            if (each.value.photo_id, each.value.lesion_id) != (1, 1)
        ),
    )
    assert [photo.id for photo in photos(only_b)] == [2, 3]
    assert offered(only_b) == [1, 2]


def test_lesions_of_fewer_than_two_photos_are_not_offered() -> None:
    assert offered(history_of([2.0])) == []
    assert offered(history_of([2.0, 1.0], with_photos=False)) == []
    bare = history_of([2.0, 1.0])
    another = replace(bare.lesions[0].value, label="B")
    both = replace(bare, lesions=(*bare.lesions, stored(another, 2)))
    assert offered(both) == [1]
