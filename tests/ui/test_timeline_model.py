"""What the strip says under each photo."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, circle_px, history_of, second_lesion, stored
from ui.models.timeline import StripPhoto, strip_photos
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    PhotoView,
    TherapyCourse,
    VisitPhoto,
)


def with_photo(
    history: PatientHistory, photo_id: int, visit_id: int, **facts: object
) -> PatientHistory:
    """The same with one more photo of a visit."""
    photo = Photo(4000, 3000, "image/jpeg", 1)
    value = VisitPhoto(visit_id, f"more-{photo_id}", photo, **facts)  # type: ignore[arg-type]
    return replace(history, photos=(*history.photos, stored(value, photo_id)))


def with_outline(history: PatientHistory, photo_id: int, outline: Outline) -> PatientHistory:
    value = PhotoOutline(photo_id, 1, outline, True)
    return replace(history, outlines=(*history.outlines, stored(value, 700 + photo_id)))


def sizes(history: PatientHistory) -> list[str]:
    return [" | ".join(u.size for u in photo.under(1)) for photo in strip_photos(history)]


def shown(history: PatientHistory, photo_id: int) -> StripPhoto:
    return next(photo for photo in strip_photos(history) if photo.id == photo_id)


def test_every_photo_says_its_size_or_why_there_is_none() -> None:
    history = history_of([2.0, 1.5, "bedside", "none", "closed"])
    # Those without an outline are given one without a ring: the lesion was named.
    for photo_id in (3, 4, 5):
        history = with_outline(history, photo_id, Outline())
    assert sizes(history) == [
        "12.6 ± 0.5 cm²", "7.07 ± 0.28 cm²", "3.0 × 2.0 cm, by ruler", "no outline", "closed",
    ]  # fmt: skip


def test_an_outline_without_a_scale_has_no_size() -> None:
    history = history_of([2.0, "none"])
    history = with_outline(history, 2, circle_px(1.0))
    assert sizes(history)[1] == "no scale"
    bare = replace(history, scales=history.scales[:1])
    assert sizes(bare)[1] == "no scale"
    scaled = PhotoScale(2, history.scales[0].value.scale, True)
    known = replace(history, scales=(history.scales[0], stored(scaled, 2)))
    assert sizes(known)[1] == "not measured"


def test_of_two_photos_of_a_visit_the_one_that_counts_has_the_size() -> None:
    history = with_outline(with_photo(history_of([2.0, 1.5]), 9, 2), 9, circle_px(1.5))
    assert sizes(history) == ["12.6 ± 0.5 cm²", "7.07 ± 0.28 cm²", "on another photo"]
    first, second = shown(history, 2), shown(history, 9)
    assert (first.of_day, second.of_day) == ("photo 1 of 2", "photo 2 of 2")
    assert second.under(1)[0].first is None
    other = replace(history.measurements[1].value, photo_id=9)
    twice = replace(history, measurements=(*history.measurements, stored(other, 99)))
    assert sizes(twice)[2] == "7.07 ± 0.28 cm², does not count"
    assert shown(twice, 9).under(1)[0].first is None


def test_changes_are_told_since_the_first_and_since_the_one_before() -> None:
    _one, two, three = (photo.under(1)[0] for photo in strip_photos(history_of([2.0, 1.5, 1.49])))
    assert _one.first is None
    assert two.first is not None
    assert (two.first.text, two.first.change.beyond_error) == ("−44 %", True)
    assert two.first == two.last
    assert three.first is not None
    assert three.last is not None
    assert three.first.text == "−44 %"
    # Within measurement error: in brackets, and said in full in the tip.
    assert (three.last.text, three.last.change.beyond_error) == ("(−1 %)", False)
    assert three.last.whole.endswith("within error")


def test_sizes_of_two_methods_have_no_change_between_them() -> None:
    history = with_outline(history_of([2.0, "bedside"]), 2, Outline())
    assert strip_photos(history)[1].under(1)[0].first is None


def test_a_bedside_change_has_no_verdict() -> None:
    history = history_of(["bedside", "bedside"])
    for photo_id in (1, 2):
        history = with_outline(history, photo_id, Outline())
    change = strip_photos(history)[1].under(1)[0].first
    assert change is not None
    assert (change.text, change.change.beyond_error) == ("0 %", None)


def test_photos_of_one_visit_keep_their_order_and_visits_that_of_their_days() -> None:
    history = with_photo(history_of([2.0, 1.5]), 9, 1)
    later = replace(
        history.visits[0], value=replace(history.visits[0].value, on=dt.date(2030, 1, 1))
    )
    assert [photo.id for photo in strip_photos(history)] == [1, 9, 2]
    moved = replace(history, visits=(later, history.visits[1]))
    assert [photo.id for photo in strip_photos(moved)] == [2, 1, 9]


def test_therapies_of_a_day_have_the_colours_of_the_chart() -> None:
    ended = FIRST_ON + dt.timedelta(days=6)
    courses = (
        TherapyCourse(1, "rheopheresis", "", FIRST_ON + dt.timedelta(days=1)),
        TherapyCourse(1, "sts_iv", "", FIRST_ON, stop_on=ended, dose=25.0, unit="g"),
        TherapyCourse(1, "sts_iv", "", FIRST_ON, stop_on=ended, dose=12.5, unit="g"),
    )
    history = history_of([2.0, 1.5])
    stored_ones = tuple(stored(course, n) for n, course in enumerate(courses, 1))
    first, second = strip_photos(replace(history, courses=stored_ones))
    assert [key.place for key in first.therapies] == [0]
    assert first.therapies[0].text(FIRST_ON) == "Sodium thiosulfate, intravenous: 25 g; 12.5 g"
    # The day after its last day the first has stopped; the second runs since the day after.
    assert [key.place for key in second.therapies] == [1]


def test_a_patient_who_died_has_no_therapy_after() -> None:
    history = history_of([2.0, 1.5])
    patient = replace(history.patient.value, died_on=FIRST_ON)
    course = stored(TherapyCourse(1, "sts_iv", "", FIRST_ON), 1)
    died = replace(history, patient=replace(history.patient, value=patient), courses=(course,))
    assert [len(photo.therapies) for photo in strip_photos(died)] == [1, 0]


def test_a_photo_without_a_date_of_its_own_says_so() -> None:
    at = dt.datetime.combine(FIRST_ON, dt.time(9, 5))
    history = history_of([2.0])
    value = history.photos[0].value
    assert "no date in the photo itself" in shown(history, 1).told(1)

    def dated(taken_at: dt.datetime) -> str:
        photo = replace(value, photo=replace(value.photo, taken_at=taken_at))
        return shown(replace(history, photos=(stored(photo, 1),)), 1).taken

    assert dated(at) == "09:05"
    assert dated(at + dt.timedelta(days=1)).startswith("the camera says ")


def test_a_told_view_is_kept_apart_from_a_proposed_one() -> None:
    history = history_of([2.0])
    photo = shown(history, 1)
    assert photo.view is not None
    assert not photo.view_told
    assert photo.view_text.endswith(", proposed")
    told = replace(history.photos[0].value, view=PhotoView.OVERVIEW)
    photo = shown(replace(history, photos=(stored(told, 1),)), 1)
    assert (photo.view, photo.view_told) == (PhotoView.OVERVIEW, True)
    assert photo.view_text == "Overview"
    bare = shown(with_photo(history, 9, 1), 9)
    assert (bare.view, bare.view_told) == (None, False)


def test_a_photo_without_a_lesion_belongs_to_every_strip_and_says_so() -> None:
    history = with_photo(second_lesion(history_of([2.0]), [1.0]), 9, 1)
    photo = shown(history, 9)
    assert photo.shows(1)
    assert photo.shows(2)
    assert photo.under(1) == ()
    assert "Nobody has said which lesion" in photo.told(1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_photo_of_several_lesions_says_each(count: int) -> None:
    history = second_lesion(history_of([2.0] * count), [1.0] * count)
    drawn = PhotoOutline(1, 2, circle_px(1.0), True)
    measured = replace(history.measurements[-count].value, photo_id=1)
    history = replace(
        history,
        outlines=(*history.outlines, stored(drawn, 800)),
        measurements=(*history.measurements[:-count], stored(measured, 901),
                      *history.measurements[len(history.measurements) - count + 1 :]),
    )  # fmt: skip
    photo = shown(history, 1)
    assert [under.label for under in photo.under(None)] == ["A", "B"]
    assert [under.label for under in photo.under(2)] == ["B"]
    assert photo.told(None).count("Lesion ") == 2
