"""Numbers and dates read as the language writes them."""

import datetime as dt

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


def test_an_unknown_language_is_english() -> None:
    words.set_language("xx")
    assert words.language() == "en"
