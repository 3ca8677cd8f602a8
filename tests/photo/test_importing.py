"""Where an imported photo goes is decided by its card, its bytes and its date, in that order."""

import datetime as dt
from pathlib import Path

import pytest

from woundtrack.photo.importing import (
    CardSays,
    DateProblem,
    Outcome,
    Place,
    Situation,
    Taken,
    by_day,
    date_source,
    lesion_label,
    may_be_deleted,
    photo_files,
    place,
    proposed_date,
)
from woundtrack.photo.types import Photo
from woundtrack.records import DateSource

TODAY = dt.date(2026, 3, 17)
BORN = dt.date(1958, 5, 3)
HERE = Situation(
    patient_code="7F3K2C",
    born_on=BORN,
    today=TODAY,
    visit_on=TODAY,
    photo_ids=frozenset({1, 2}),
)
UNDATED = Situation(patient_code="7F3K2C", born_on=BORN, today=TODAY)


def photo(taken_at: dt.datetime | None) -> Photo:
    return Photo(
        width_px=40, height_px=30, media_type="image/jpeg", byte_count=9, taken_at=taken_at
    )


def taken(
    at: dt.datetime | None = dt.datetime(2026, 3, 17, 9, 30),  # noqa: DTZ001 (EXIF has no zone)
    *,
    cards: tuple[CardSays, ...] = (),
    already_at: tuple[int, ...] = (),
) -> Taken:
    return Taken(Path("x.jpg"), "v1", photo(at), cards=cards, already_at=already_at)


def test_a_photo_of_the_visits_day_goes_straight_in() -> None:
    assert place(taken(), HERE) is Place.HERE
    assert place(taken(cards=(CardSays("7F3K2C", "A"),)), HERE) is Place.HERE
    assert place(taken(), UNDATED) is Place.HERE


def test_a_card_of_another_patient_stops_it_before_anything_else() -> None:
    other = taken(None, cards=(CardSays("7F3K2C"), CardSays("90QXXM")), already_at=(1,))
    assert place(other, HERE) is Place.OTHER_CARD


def test_the_same_bytes_are_told_from_here_and_from_elsewhere() -> None:
    assert place(taken(already_at=(9, 2)), HERE) is Place.ALREADY_HERE
    assert place(taken(already_at=(9,)), HERE) is Place.ALREADY_ELSEWHERE


def test_another_day_and_no_day_wait() -> None:
    assert place(taken(dt.datetime(2026, 3, 16, 23, 59)), HERE) is Place.OTHER_DAY  # noqa: DTZ001
    assert place(taken(None), HERE) is Place.NO_DATE
    assert place(taken(dt.datetime(2026, 3, 18)), UNDATED) is Place.NO_DATE  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (None, DateProblem.MISSING),
        (dt.datetime(2026, 3, 18, 0, 0), DateProblem.FUTURE),  # noqa: DTZ001
        (dt.datetime(1958, 5, 2, 0, 0), DateProblem.BEFORE_BIRTH),  # noqa: DTZ001
    ],
)
def test_an_implausible_date_is_never_proposed(
    at: dt.datetime | None, problem: DateProblem
) -> None:
    assert proposed_date(photo(at), born_on=BORN, today=TODAY) == (None, problem)


def test_a_plausible_date_is_proposed_from_birth_to_today() -> None:
    for day in (BORN, TODAY):
        at = dt.datetime.combine(day, dt.time(12))
        assert proposed_date(photo(at), born_on=BORN, today=TODAY) == (day, None)


def test_the_source_of_a_date_is_kept_honestly() -> None:
    at = dt.datetime.combine(TODAY, dt.time(12))
    assert date_source(photo(at), TODAY) is DateSource.EXIF
    assert date_source(photo(at), BORN) is DateSource.PERSON
    assert date_source(photo(None), TODAY) is DateSource.PERSON


def test_photos_of_several_days_make_several_groups_oldest_first() -> None:
    late = taken(dt.datetime(2026, 3, 17, 8))  # noqa: DTZ001
    early = taken(dt.datetime(2026, 3, 10, 8))  # noqa: DTZ001
    groups = by_day([late, early, taken(None), late])
    assert list(groups) == [dt.date(2026, 3, 10), dt.date(2026, 3, 17)]
    assert len(groups[dt.date(2026, 3, 17)]) == 2


def test_a_lesion_is_named_only_where_the_cards_agree() -> None:
    a, b, none = CardSays("7F3K2C", "A"), CardSays("7F3K2C", "B"), CardSays("7F3K2C")
    assert lesion_label([a, none], patient_code="7F3K2C") == "A"
    assert lesion_label([a, b], patient_code="7F3K2C") == ""
    assert lesion_label([CardSays("90QXXM", "A")], patient_code="7F3K2C") == ""


def test_only_what_is_safely_kept_may_be_deleted_from_the_card() -> None:
    outcomes = [(Path(outcome.value), outcome) for outcome in Outcome]
    assert may_be_deleted(outcomes) == (Path("added"), Path("kept_once"))


def test_folders_give_their_photos_and_named_files_are_tried_whatever_they_are(
    tmp_path: Path,
) -> None:
    inside = tmp_path / "DCIM" / "100"
    inside.mkdir(parents=True)
    for name in ("b.JPG", "a.heic", "notes.txt", ".hidden.jpg"):
        (inside / name).write_bytes(b"x")
    text = tmp_path / "letter.txt"
    text.write_bytes(b"x")
    missing = tmp_path / "gone.jpg"
    found = photo_files([tmp_path / "DCIM", text, missing, inside / "b.JPG"])
    assert found == (inside / "a.heic", inside / "b.JPG", text, missing)
