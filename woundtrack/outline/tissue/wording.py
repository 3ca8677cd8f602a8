"""Fractions in words, the same on the command line, in the window and in the report."""

from collections.abc import Sequence

from woundtrack import words
from woundtrack.outline.tissue.types import NAMES, TissuePart
from woundtrack.words import _


def amount_text(part: TissuePart, *, named: bool = False) -> str:
    """A fraction, with the 95 % interval where one is known; `named` puts its tissue before it."""
    text = words.percent(part.fraction)
    text = f"{_(NAMES[part.tissue])} {text}" if named else text
    if part.interval is None:
        return text
    low, high = part.interval
    return f"{text} ({words.number(100 * low, decimals=0)}–{words.percent(high)})"


def amounts_text(parts: Sequence[TissuePart], *, by_hand: bool = False) -> str:
    """All tissues that there are, by name; proposals of one that was never measured say so."""
    unmeasured = _("not evaluated")
    texts = [(part, amount_text(part, named=True)) for part in parts if part.fraction > 0]
    return ", ".join(
        text if part.evaluated or by_hand else f"{text} ({unmeasured})" for part, text in texts
    )
