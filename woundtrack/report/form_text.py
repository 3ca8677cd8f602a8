"""An instrument's answers in print: every item with its score and what that means."""

from dataclasses import dataclass

from woundtrack.instruments import scoring
from woundtrack.instruments.forms import (
    INSTRUMENTS,
    PARTS,
    is_begun,
    missing_of,
    scores_of,
    total_of,
)
from woundtrack.instruments.types import Instrument
from woundtrack.records import Assessment
from woundtrack.words import _, ngettext, number

DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class FormText:
    """One instrument: its total in words, and a line for each item."""

    total: str
    rows: tuple[tuple[str, str, str], ...]
    """Item, score, what was answered."""


def form_texts(assessment: Assessment) -> tuple[FormText, ...]:
    """Every instrument that anything was answered of, in the order of the form."""
    return tuple(
        FormText(_total(assessment, each), tuple(_rows(assessment, each)))
        for each in INSTRUMENTS
        if is_begun(assessment, each)
    )


def _total(assessment: Assessment, instrument: Instrument) -> str:
    total = total_of(assessment, instrument)
    if total is None:
        count = missing_of(assessment, instrument)
        text = ngettext(
            "{short}: {count} item not answered, no total",
            "{short}: {count} items not answered, no total",
            count,
        )
        parts = [text.format(short=instrument.short, count=number(count, decimals=0))]
    else:
        text = _("{short} {total} of {most}")
        parts = [text.format(short=instrument.short, total=total, most=instrument.maximum)]
        band = scoring.band(instrument, total)
        parts += [_(band.label)] if band is not None else []
    for part in PARTS:
        of_part = total_of(assessment, part)
        if part.part_of == instrument.key and of_part is not None:
            text = _("{short} {total} of {most}")
            parts.append(text.format(short=part.short, total=of_part, most=part.maximum))
    return "  ·  ".join(parts)


def _rows(assessment: Assessment, instrument: Instrument) -> list[tuple[str, str, str]]:
    rows = []
    for item, score in zip(instrument.items, scores_of(assessment, instrument), strict=True):
        option = item.option(score)
        shown = DASH if score is None else number(score, decimals=0)
        rows.append((_(item.label), shown, _(option.label) if option else _("not answered")))
    return rows
