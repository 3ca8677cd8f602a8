"""A laboratory value as a person types it, and values far from those that occur.

What is far is asked about, never refused and never put right by the program.
"""

import re
from dataclasses import dataclass, replace

from woundtrack.context.analytes import ANALYTES, OTHER, Analyte, Usual
from woundtrack.context.types import Comparator
from woundtrack.errors import RecordError
from woundtrack.therapy.quantity import read_quantity

_NO_UNIT = re.compile(r"[^\w%°×*]|[\d_]|[²³¹⁰-₟]|[eE][\d+-]|[×*xX](?!\s*10)(?=[\s\d²³¹⁰-₟]|$)")
"""How no unit begins: what follows is the rest of a number, such as of 250 10^9/L or 5-6."""


@dataclass(frozen=True, slots=True)
class LabReading:
    """A value as typed; the unit is empty where none was."""

    value: float
    unit: str = ""
    comparator: Comparator = Comparator.EXACT


def read_lab(text: str, analyte: str) -> LabReading | None:
    """A typed value: "8.9", "< 0.1", "1,23 mmol/L"; None where nothing is typed.

    A unit is kept as typed, spelt as the analyte's own; one of "other" may be any. Raises
    RecordError record.not_a_quantity, of a number in doubt or below 0 too, and
    record.unit_does_not_fit with the typed unit and the analyte's own.
    """
    text = text.strip()
    if not text:
        return None
    comparator = next((c for c in (Comparator.BELOW, Comparator.ABOVE) if text.startswith(c)), None)
    typed = read_quantity(text[1:] if comparator else text)
    if typed is None or typed.value < 0:
        raise RecordError("record.not_a_quantity")
    unit = unit_typed(typed.unit, analyte) if typed.unit else ""
    return LabReading(typed.value, unit, comparator or Comparator.EXACT)


def unit_typed(text: str, analyte: str) -> str:
    """A typed unit as the analyte spells it; any text of "other" or an analyte that is not known.

    Raises RecordError record.unit_does_not_fit, and record.not_a_quantity where the text is
    rather a part of a number.
    """
    text = " ".join(text.split())
    if _NO_UNIT.match(text):
        raise RecordError("record.not_a_quantity")
    known = ANALYTES.get(analyte)
    if known is None or known.key == OTHER:
        return text
    units = {_folded(unit): unit for unit in known.units}
    unit = units.get(_folded(text))
    if unit is None:
        raise RecordError("record.unit_does_not_fit", typed=text, unit=known.unit)
    return unit


def far_from_usual(analyte: str, value: float, unit: str) -> Usual | None:
    """The values that occur, in this unit, where this one is outside them; None where it is not.

    None too where nothing is known of the analyte or the unit is none of its own.
    """
    known = ANALYTES.get(analyte)
    if known is None or known.usual is None or unit not in known.units:
        return None
    usual = _in(known, unit)
    return None if usual.low <= value <= usual.high else usual


def units_that_fit(analyte: str, value: float) -> tuple[str, ...]:
    """The analyte's units in which this value does occur: what to name when asking of a slip."""
    known = ANALYTES.get(analyte)
    if known is None or known.usual is None:
        return ()
    return tuple(unit for unit in known.units if far_from_usual(analyte, value, unit) is None)


def _in(known: Analyte, unit: str) -> Usual:
    assert known.usual is not None
    factor = known.units[known.usual.unit] / known.units[unit]
    low, high = (float(f"{each * factor:.6g}") for each in (known.usual.low, known.usual.high))
    return replace(known.usual, low=low, high=high, unit=unit)


def _folded(unit: str) -> str:
    """A unit as it is compared: without case and blanks, with one spelling of micro and of U."""
    plain = re.sub(r"^(?:mcg|ug)", "µg", unit.casefold().replace(" ", ""))
    plain = re.sub(r"^u(?=mol|kat)", "µ", plain)
    return re.sub(r"^(?:iu|ui)/", "u/", plain).casefold()
