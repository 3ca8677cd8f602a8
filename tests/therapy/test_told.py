"""What is told of a therapy, and which questions are asked of a course."""

import dataclasses
import datetime as dt

import pytest

from woundtrack import words
from woundtrack.records import TherapyCourse
from woundtrack.therapy.catalogue import THERAPIES
from woundtrack.therapy.told import course_question, dose_question, published_text, therapy_told
from woundtrack.therapy.types import DoseChange

START = dt.date(2026, 3, 3)
COURSE = TherapyCourse(
    1, "sts_iv", "", START, dose=25.0, unit="g", frequency="each_dialysis"
)  # fmt: skip


def asked(course: TherapyCourse, before: TherapyCourse | None = None, others: tuple = ()) -> str:
    return course_question(course, before=before, others=others)


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("key", THERAPIES)
def test_every_therapy_is_told_with_its_source_and_no_advice(key: str, language: str) -> None:
    words.set_language(language)
    told = therapy_told(THERAPIES[key])
    assert THERAPIES[key].source in told
    assert "{" not in told


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("sts_oral", "1.2 to 2.6 g a day"),
        ("lanthanum", "up to 3,750 mg a day"),
        ("vitamin_k1", "10 mg a dose (from memory, confirmed by no source)"),
    ],
)
def test_a_published_dose_in_words(key: str, text: str) -> None:
    assert published_text(THERAPIES[key].doses[0]) == text


def test_what_no_source_confirms_is_said_where_it_is_told_and_asked() -> None:
    assert "from memory" in therapy_told(THERAPIES["vitamin_k1"])
    assert "from memory" in dose_question("vitamin_k1", 1000.0, "mg")
    assert "put right" in therapy_told(THERAPIES["sts_iv"])


def test_the_question_names_dose_published_range_and_source() -> None:
    question = dose_question("sts_iv", 25.0, "mg")
    for part in ("25 mg", "12.5 to 25 g", "Ureña Torres 2025"):
        assert part in question
    assert dose_question("sts_iv", 25.0, "g") == ""


def test_each_dose_of_a_course_is_asked_about() -> None:
    slip = dataclasses.replace(
        COURSE, dose_changes=(DoseChange(START + dt.timedelta(days=7), 50.0, "mg"),)
    )
    assert asked(COURSE) == ""
    assert asked(slip).startswith("50 mg")
    assert len(asked(dataclasses.replace(slip, unit="mg")).splitlines()) == 2


def test_what_the_record_already_says_is_not_asked_again() -> None:
    slip = dataclasses.replace(COURSE, unit="mg")
    assert asked(slip, before=COURSE)
    assert asked(dataclasses.replace(slip, note="seen"), before=slip) == ""
    assert asked(slip, before=dataclasses.replace(slip, therapy="sts_lesion"))


def test_the_same_therapy_at_once_is_asked_of_a_new_course_alone() -> None:
    assert "already noted" in asked(COURSE, others=(COURSE,))
    assert asked(COURSE, before=COURSE, others=(COURSE,)) == ""
