"""Numbers and dates read as the language writes them."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from woundtrack import words


def test_an_area_shows_its_95_percent_half_width() -> None:
    assert words.area(12.4, 0.3) == "12.4 ± 0.6 cm²"


def test_a_small_area_keeps_two_decimals() -> None:
    assert words.area(0.83, 0.02) == "0.83 ± 0.04 cm²"


def test_a_large_doubt_takes_decimals_away() -> None:
    assert words.area(85.2, 8.0) == "85 ± 16 cm²"


def test_french_writes_a_decimal_comma_and_keeps_the_unit_on_the_line() -> None:
    words.set_language("fr")
    assert words.area(12.4, 0.3) == "12,4 ± 0,6\N{NO-BREAK SPACE}cm²"
    assert words.percent(-0.38) == "−38\N{NO-BREAK SPACE}%"
    assert words.length(3.0) == "3,0\N{NO-BREAK SPACE}cm"


def test_minus_is_a_minus_sign() -> None:
    assert words.percent(-0.38) == "−38 %"
    assert words.percent(0.12, signed=True) == "+12 %"


@pytest.mark.parametrize(("language", "text"), [("en", "3 Mar 2026"), ("fr", "3 mars 2026")])
def test_dates_are_day_first(language: str, text: str) -> None:
    words.set_language(language)
    assert words.date(dt.date(2026, 3, 3)) == text


@pytest.mark.parametrize(
    ("day", "form", "text"),
    [
        (dt.date(2026, 4, 1), "medium", "1er avr. 2026"),
        (dt.date(2026, 4, 1), "full", "mercredi 1er avril 2026"),
        (dt.date(2026, 4, 11), "medium", "11 avr. 2026"),
        (dt.date(2026, 4, 21), "long", "21 avril 2026"),
        (dt.date(2026, 4, 1), "short", "01/04/2026"),
    ],
)
def test_french_writes_a_months_first_day_as_an_ordinal(day: dt.date, form: str, text: str) -> None:
    words.set_language("fr")
    assert words.date(day, form=form) == text
    assert words.day_and_month(dt.date(2026, 9, 1)) == "1er sept."
    words.set_language("en")
    assert words.date(dt.date(2026, 4, 1)) == "1 Apr 2026"


@pytest.mark.parametrize(("language", "text"), [("en", "a; b; c"), ("fr", "a\xa0; b\xa0; c")])
def test_semicolons_stand_as_the_language_spaces_them(language: str, text: str) -> None:
    words.set_language(language)
    assert words.apart(["a", "b", "c"]) == text
    assert words.apart([]) == ""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "0 weeks, 1 week, 1.5 weeks, 2 weeks"),
        ("fr", "0 semaine, 1 semaine, 1,5 semaine, 2 semaines"),
    ],
)
def test_the_plural_is_the_languages_own_also_between_whole_numbers(
    language: str, text: str
) -> None:
    words.set_language(language)
    told = [
        words.ngettext("{weeks} week", "{weeks} weeks", count).format(
            weeks=words.number(count, decimals=int(count != int(count)))
        )
        for count in (0, 1, 1.5, 2)
    ]
    assert ", ".join(told) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "0 photos, 1 photo, 3 photos"), ("fr", "0 photo, 1 photo, 3 photos")],
)
def test_what_is_counted_has_its_number_and_the_languages_plural(language: str, text: str) -> None:
    words.set_language(language)
    told = [words.counted("{count} photo", "{count} photos", count) for count in (0, 1, 3)]
    assert ", ".join(told) == text


def test_an_unknown_language_is_english() -> None:
    words.set_language("xx")
    assert words.language() == "en"


def test_two_threads_speak_two_languages_at_once() -> None:
    both_are_there = threading.Barrier(2)

    def told(language: str) -> list[str]:
        with words.speaking(language):
            both_are_there.wait(5)
            texts = [words.area(12.4, 0.3), words.date(dt.date(2026, 3, 3)), words._("open")]
            both_are_there.wait(5)
        return [*texts, words.language()]

    with ThreadPoolExecutor(2) as pool:
        french, english = pool.map(told, ("fr", "en"))
    assert french == ["12,4 ± 0,6\N{NO-BREAK SPACE}cm²", "3 mars 2026", "ouverte", "en"]
    assert english == ["12.4 ± 0.6 cm²", "3 Mar 2026", "open", "en"]


def test_what_is_spoken_ends_with_its_block_and_touches_no_other_thread() -> None:
    with words.speaking("fr"):
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(words.language).result() == "en"
            assert pool.submit(copy_context().run, words.language).result() == "fr"
        with words.speaking(""):
            assert words.language() == "fr", "no language leaves the one in force"
        words.set_language("fr")
        words.set_language("en")
        assert words.language() == "fr"
    assert words.language() == "en"
