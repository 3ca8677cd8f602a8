"""A patient's analgesics as rows, and the day's total in words; knows nothing of Qt."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.models.names import known_question
from woundtrack import words
from woundtrack.context.analgesics import (
    DRUGS,
    OME_GAPS,
    OTHER,
    TABLE,
    daily_ome,
    drug_name,
    ome_of,
    taken_on,
)
from woundtrack.context.drugs import route_name
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import Stored
from woundtrack.report.content_context import DASH, dose_text
from woundtrack.therapy.session import plain_number
from woundtrack.units import converted, is_convertible
from woundtrack.words import _, labelled, with_unit

MOST_OME_MG = 2000.0
"""A day above this is asked about. Inferred by this project: wide, against a slip of the unit."""
MOST_DOSE_G = 10.0
"""One dose above this is asked about; inferred as above."""

Uses = Sequence[Stored[AnalgesicUse]]


@dataclass(frozen=True, slots=True)
class AnalgesicRow:
    """One analgesic in the list: what is in each column, and whether it is taken now."""

    use: Stored[AnalgesicUse]
    cells: tuple[str, ...]
    """Name, dose and route, first day, last day, oral morphine equivalents a day."""
    running: bool
    tip: str = ""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The total of a day: a sentence, and what is to be known of it."""

    text: str
    why: tuple[str, ...] = ()
    """Of each drug that has no figure: which and why."""


def rows_of(uses: Uses, *, day: dt.date, died_on: dt.date | None) -> tuple[AnalgesicRow, ...]:
    """Those taken on the day first, then the others; in each, what began last comes first.

    After death none goes on.
    """
    alive = died_on is None or day <= died_on
    made = [_row(use, alive and bool(taken_on((use.value,), day))) for use in uses]
    return tuple(
        sorted(made, key=lambda row: (not row.running, -row.use.value.start_on.toordinal()))
    )


def _row(use: Stored[AnalgesicUse], running: bool) -> AnalgesicRow:
    value, ome = use.value, ome_of(use.value)
    drug = DRUGS.get(value.drug)
    figure = _("no opioid")
    if ome.mg is None:
        figure = DASH
    elif drug is not None and drug.opioid:
        figure = with_unit(plain_number(ome.mg), "mg")
    why = _(OME_GAPS[ome.reason]) if ome.reason else ""
    on = _("goes on") if running else DASH
    how = "\n".join(part for part in (dose_text(value), route_name(value.route)) if part)
    cells = (
        drug_name(value), how,
        words.date(value.start_on), words.date(value.stop_on) if value.stop_on else on, figure,
    )  # fmt: skip
    return AnalgesicRow(use, cells, running, "\n".join(part for part in (why, value.note) if part))


def day_total(uses: Iterable[AnalgesicUse], *, day: dt.date) -> DayTotal:
    """What all opioids of a day come to together, or what is missing for that."""
    uses = tuple(uses)
    ome = daily_ome(uses, day)
    if ome.mg == 0:
        return DayTotal(_("No opioid today"))
    if ome.mg is not None:
        total = with_unit(plain_number(ome.mg), "mg")
        return DayTotal(_("Today {total} of oral morphine equivalents").format(total=total))
    if not ome.incomplete:
        return DayTotal(_("Nothing noted up to today"))
    gaps = {
        drug_name(use): _(OME_GAPS[found.reason])
        for use in taken_on(uses, day)
        if (found := ome_of(use)).mg is None
    }
    text = _("Oral morphine equivalents of today: incomplete")
    return DayTotal(text, tuple(labelled(name, why) for name, why in gaps.items()))


def table_told() -> str:
    """With which factors a total is made, and what it is not for."""
    return _("Factors: {source}. {purpose}").format(source=TABLE.source, purpose=_(TABLE.purpose))


def table_tip() -> str:
    """Why other lists may come to another total, and what is said of opioids in renal failure."""
    return f"{_(TABLE.older_note)}\n{_(TABLE.renal_remark)} {TABLE.renal_source}."


def ome_told(use: AnalgesicUse) -> str:
    """What an analgesic comes to a day, in one line, or why that cannot be said."""
    ome = ome_of(use)
    if ome.mg is None:
        return labelled(_("No oral morphine equivalents"), _(OME_GAPS[ome.reason]))
    if not DRUGS[use.drug].opioid:
        return _("No opioid: it adds nothing to the oral morphine equivalents.")
    total = with_unit(plain_number(ome.mg), "mg")
    return " ".join(
        (_("{total} of oral morphine equivalents a day.").format(total=total), table_told())
    )


def dose_question(use: AnalgesicUse, *, before: AnalgesicUse | None) -> str:
    """What to ask of a dose that hardly occurs; nothing of what the record already says."""
    same = before is not None and _dose_of(before) == _dose_of(use)
    if same or use.dose is None:
        return ""
    ome = ome_of(use).mg
    if ome is not None and ome > MOST_OME_MG:
        text = _("{dose} is {total} of oral morphine a day. Are unit and times a day right?")
        return text.format(dose=dose_text(use), total=with_unit(plain_number(ome), "mg"))
    weighed = is_convertible(use.unit, "g")
    if weighed and converted(use.dose, from_unit=use.unit, to_unit="g") > MOST_DOSE_G:
        return _("{dose} at once hardly occurs. Is the unit right?").format(
            dose=with_unit(plain_number(use.dose), use.unit)
        )
    return ""


def same_question(
    use: AnalgesicUse, before: AnalgesicUse | None, others: Iterable[AnalgesicUse]
) -> str:
    """What to ask where the same drug is taken by the same route on the same days already."""
    if before is not None and _what(before) == _what(use):
        return ""
    last = use.stop_on or dt.date.max
    for other in others:
        meets = other.start_on <= last and use.start_on <= (other.stop_on or dt.date.max)
        if _what(other) == _what(use) and meets:
            return _(
                "{drug}, {dose}, is already noted for these days. Keep both, so that they add up?"
            ).format(drug=drug_name(other), dose=dose_text(other))
    return ""


def name_question(use: AnalgesicUse, *, before: AnalgesicUse | None) -> str:
    """What to ask of a free name that is much like one in the list, which has a factor or none."""
    if use.drug != OTHER or (before is not None and before.name == use.name):
        return ""
    return known_question(use.name, [_(d.name) for key, d in DRUGS.items() if key != OTHER])


def _what(use: AnalgesicUse) -> tuple[str, str, str]:
    name = use.name.strip().casefold() if use.drug == OTHER else ""
    return use.drug, name, use.route


def _dose_of(use: AnalgesicUse) -> tuple[object, ...]:
    return use.drug, use.dose, use.unit, use.times_a_day, use.route
