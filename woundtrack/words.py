"""The one catalogue of words, and the one place numbers and dates become text.

English is the source; other languages are gettext catalogues in `resources/locale/`.
`_` marks and translates; `N_` only marks, for words kept as data and translated when shown.
The language belongs to the process, as the locale of a C program does: it is set once at
start and when the user changes it (docs/adr/0003-one-catalogue.md). What is made in another
language than the window's speaks it inside `speaking`, on its own thread alone.
"""

import datetime as dt
import gettext
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import babel.dates
import babel.lists
import babel.numbers

from woundtrack.paths import resources_dir

LANGUAGES = ("en", "fr")
NORMAL_95 = 1.96
"""Half-width of a 95 % normal interval, in standard deviations."""

_state = {"language": "en"}
_spoken: ContextVar[str] = ContextVar("spoken", default="")


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "woundtrack", str(resources_dir() / "locale"), [language], fallback=True
    )


def set_language(language: str) -> None:
    """Choose the language of every later word: one of `LANGUAGES`, else English."""
    _state["language"] = language if language in LANGUAGES else "en"


def language() -> str:
    """The language now in force, as a two-letter code."""
    return _spoken.get() or _state["language"]


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Words, numbers and dates of this language inside the block; "" leaves the one in force.

    Other threads are not touched, not even those started inside: what they do is run by
    `contextvars.copy_context().run`.
    """
    token = _spoken.set(chosen if chosen in LANGUAGES else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str) -> str:
    """The message in the language in force."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: float) -> str:
    """The singular or plural message in the language in force: "1.5 weeks", "1,5 semaine"."""
    if count != int(count):
        count = int(count) if language() == "fr" else 2
    return _catalogue(language()).ngettext(singular, plural, int(count))


def counted(singular: str, plural: str, count: float) -> str:
    """The singular or plural message with its `{count}` filled in: "3 photos"."""
    return ngettext(singular, plural, count).format(count=count)


def N_(message: str) -> str:
    """Mark a message for the catalogue without translating it yet."""
    return message


def labelled(name: str, text: str) -> str:
    """A name and what is said of it: "Photo 2: too dark". Languages space the colon."""
    return _("{name}: {text}").format(name=name, text=text)


def together(names: Iterable[object]) -> str:
    """Names or whole numbers in one phrase: "1, 2 and 3"."""
    return babel.lists.format_list([str(name) for name in names], locale=_date_locale())


def apart(statements: Iterable[str]) -> str:
    """Statements in one line, parted by semicolons. Languages space them."""
    return _("{first}; {second}").format(first="", second="").join(statements)


def number(value: float, *, decimals: int = 1) -> str:
    """A number with a fixed count of decimals, in the language's own signs."""
    if round(value, decimals) == 0:
        value = 0.0  # no "−0"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text: str = babel.numbers.format_decimal(value, format=pattern, locale=language())
    return text.replace("-", "\N{MINUS SIGN}")


def decimals_for(half_width: float) -> int:
    """How many decimals a value deserves beside this 95 % half-width: 0 to 2."""
    if not half_width > 0:
        return 2
    return min(2, max(0, 1 - math.floor(math.log10(half_width))))


def with_interval(value: float, sd: float, unit: str) -> str:
    """Value ± 95 % half-width and unit: "12.4 ± 0.6 cm²"; without a ± where sd is 0."""
    half_width = NORMAL_95 * sd
    decimals = min(decimals_for(half_width), 2 if value < 10 else 1)
    shown = number(value, decimals=decimals)
    if sd > 0:
        shown = f"{shown} ± {number(half_width, decimals=decimals)}"
    return with_unit(shown, unit)


def with_unit(number_text: str, unit: str) -> str:
    """A number and its unit: "12.4 cm". French keeps them on one line."""
    return _("{number} {unit}").format(number=number_text, unit=unit)


def area(area_cm2: float, area_cm2_sd: float = 0.0) -> str:
    """An area with its 95 % half-width, in cm²."""
    return with_interval(area_cm2, area_cm2_sd, "cm²")


def length(length_cm: float) -> str:
    """A length in cm, to the millimetre."""
    return with_unit(number(length_cm), "cm")


def percent(fraction: float, *, decimals: int = 0, signed: bool = False) -> str:
    """A fraction as a percentage; `signed` shows + as well as −."""
    text = number(100 * fraction, decimals=decimals)
    sign = "+" if signed and fraction > 0 else ""
    return with_unit(sign + text, "%")


def date(day: dt.date, *, form: str = "medium") -> str:
    """A calendar date; `form` is short, medium, long or full."""
    return _first_day(babel.dates.format_date(day, format=form, locale=_date_locale()))


def period(start: dt.date, stop: dt.date | None) -> str:
    """From when to when: "3 Mar 2026 to 9 Mar 2026"; "since 3 Mar 2026" where it goes on."""
    if stop is None:
        return _("since {start}").format(start=date(start))
    return _("{start} to {stop}").format(start=date(start), stop=date(stop))


def day_and_month(day: dt.date) -> str:
    """A day without its year, short: "3 Mar"."""
    return _first_day(babel.dates.format_skeleton("MMMd", day, locale=_date_locale()))


def month_and_year(day: dt.date) -> str:
    """A month with its year, short: "Mar 2026"."""
    return str(babel.dates.format_skeleton("yMMM", day, locale=_date_locale()))


def time_of_day(moment: dt.datetime) -> str:
    """Hours and minutes."""
    return str(babel.dates.format_time(moment, format="short", locale=_date_locale()))


def _first_day(text: str) -> str:
    """French counts a month's first day as an ordinal, "1er avril", which CLDR does not."""
    return re.sub(r"(?<!\d)1(?=\s)", "1er", text) if language() == "fr" else text


def _date_locale() -> str:
    """English dates are day first, as clinics outside the United States write them."""
    return "en_GB" if language() == "en" else language()
