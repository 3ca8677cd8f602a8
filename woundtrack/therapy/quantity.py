"""A number with its unit as a person types it, and doses far from what was published.

What is far is asked about, never refused and never put right by the program.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.errors import RecordError
from woundtrack.therapy.catalogue import THERAPIES
from woundtrack.therapy.types import Per, PublishedDose
from woundtrack.units import converted, is_convertible, unit_of
from woundtrack.words import language

FAR_FACTOR = 2.5
"""Asked about above this many times the highest published dose, or so far below the lowest.

Inferred by this project: wide enough for usual practice, narrow against a slip of mg for g, of
the decimal point, or of a week's total for one session.
"""
_LOWEST_SHARE = 0.01
"""Where only a highest dose was published, less than this part of it is asked about."""
_TIMES_A_DAY = MappingProxyType({"twice_daily": 2.0, "three_times_daily": 3.0})
_TYPED = re.compile(r"([+-]?[\d\s.,]*\d[.,]?)\s*(.*)", re.DOTALL)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\s\d{3})+(?:[.,]\d*)?")
"""A number with blanks in it: they stand before three digits each, else these are two numbers."""
_HOURS = re.compile(r"(\d+)\s*h\s*(\d{1,2})?(?:\s*min)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit; the unit is empty where none was typed."""

    value: float
    unit: str = ""


def read_quantity(text: str) -> Quantity | None:
    """A number with or without a unit: "12,5 g", "25000mg", "1h30"; None where it is neither."""
    text = text.strip().replace("\N{NARROW NO-BREAK SPACE}", " ")
    hours = _HOURS.fullmatch(text)
    if hours:
        return Quantity(60.0 * int(hours[1]) + int(hours[2] or 0), "min")
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    digits = found[1].split()
    if len(digits) > 1 and not _GROUPED.fullmatch(found[1].strip()):
        return None
    number = _number("".join(digits))
    return None if number is None else Quantity(number, unit_of(found[2].strip()))


def read_as(text: str, *, unit: str) -> float | None:
    """A typed quantity in this unit, converted where it names another; None where none is typed.

    Raises RecordError record.not_a_quantity, or record.unit_does_not_fit with both units.
    """
    if not text.strip():
        return None
    typed = read_quantity(text)
    if typed is None or typed.value < 0:
        raise RecordError("record.not_a_quantity")
    if not typed.unit or typed.unit == unit:
        return typed.value
    if not is_convertible(typed.unit, unit):
        raise RecordError("record.unit_does_not_fit", typed=typed.unit, unit=unit)
    return converted(typed.value, from_unit=typed.unit, to_unit=unit)


def far_from_published(
    therapy: str, dose: float, unit: str, *, frequency: str = ""
) -> tuple[PublishedDose, ...]:
    """The published doses that a dose is far from, in its own unit first; empty where it is not.

    Every published dose counts where none is in a unit that `unit` converts to. Nothing is
    known, and nothing asked, of therapies without a published dose.
    """
    known = THERAPIES.get(therapy)
    doses = known.doses if known else ()
    same_kind = tuple(each for each in doses if is_convertible(unit, each.unit))
    if any(_is_near(each, dose, unit, frequency) for each in same_kind):
        return ()
    return same_kind or doses


def _is_near(published: PublishedDose, dose: float, unit: str, frequency: str) -> bool:
    times = _TIMES_A_DAY.get(frequency, 1.0) if published.per is Per.DAY else 1.0
    compared = times * converted(dose, from_unit=unit, to_unit=published.unit)
    lowest = (published.low or 0.0) / FAR_FACTOR or _LOWEST_SHARE * published.high
    return lowest <= compared <= FAR_FACTOR * published.high


def _number(text: str) -> float | None:
    """A number with one decimal sign, a point or a comma; None where it is in doubt.

    In doubt are two signs, three digits after the one that the language in force does not use
    for decimals (1,200 in English is a thousand times 1,200 in French), and a 0 in front, after
    which a sign may be missing (05).
    """
    foreign = "." if language() == "fr" else ","
    if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(foreign)}\d{{3}}|[+-]?0\d.*", text):
        return None
    plain = text.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None
