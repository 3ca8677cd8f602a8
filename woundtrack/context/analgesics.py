"""Analgesics as taken, and what their opioids come to in oral morphine: to follow, not to convert.

A total exists only where every opioid of the day has a factor for its route, a dose and how
often it was taken; else it is incomplete and has no number, for a smaller one would be wrong.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from woundtrack.context.drugs import DRUGS, OTHER, TABLE, TABLE_VERSION, Drug
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import PatientHistory
from woundtrack.units import converted, is_convertible
from woundtrack.words import N_, _

__all__ = [
    "DRUGS", "OME_GAPS", "OTHER", "TABLE", "TABLE_VERSION", "DailyOme", "Drug", "OmeOfUse",
    "OmeStep", "daily_ome", "drug_name", "ome_of", "ome_series", "taken_on", "uses_until_death",
]  # fmt: skip

OME_GAPS: Mapping[str, str] = MappingProxyType(
    {
        "not_known": N_("Not in the table: whether it is an opioid is not known."),
        "no_factor": N_("The table has no factor for this opioid."),
        "route": N_("The table’s factor is for another route, or the route is missing."),
        "dose": N_("The dose is missing."),
        "unit": N_("The unit of the dose cannot be converted."),
        "times": N_("How often a day is missing."),
        "patch_times": N_("A patch counts by what it gives in an hour, without times a day."),
    }
)
"""Why an analgesic has no oral morphine equivalent, by reason."""


@dataclass(frozen=True, slots=True)
class OmeOfUse:
    """What one analgesic comes to a day: mg of oral morphine, or None with a key of `OME_GAPS`."""

    mg: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DailyOme:
    """Oral morphine equivalents of a day in mg, or None with the names of what has none.

    None without names: nothing is noted of that day or before it, which is no 0.
    """

    mg: float | None
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OmeStep:
    """A stretch of days, both ends counted, with one and the same daily total."""

    from_on: dt.date
    to_on: dt.date
    ome: DailyOme


def ome_of(use: AnalgesicUse) -> OmeOfUse:
    """One analgesic's oral morphine equivalents a day by the table; 0 where it is no opioid."""
    drug = DRUGS.get(use.drug)
    if drug is None or drug.key == OTHER:
        return OmeOfUse(None, "not_known")
    if not drug.opioid:
        return OmeOfUse(0.0)
    reason = _gap(use, drug)
    if reason or drug.factor is None or use.dose is None:
        return OmeOfUse(None, reason)
    times = 1.0 if drug.by_the_hour else use.times_a_day
    assert times is not None  # else it were a gap
    dose = converted(use.dose, from_unit=use.unit, to_unit=drug.factor_unit)
    return OmeOfUse(_tidy(dose * times * drug.factor))


def daily_ome(uses: Iterable[AnalgesicUse], on: dt.date) -> DailyOme:
    """The total of a day: the sum of all opioids taken on it, first and last days counted.

    Without a number where one of them has none, and where nothing was noted up to that day; 0
    where only other analgesics were taken, or all that was noted has ended.
    """
    uses = tuple(uses)
    if not any(use.start_on <= on for use in uses):
        return DailyOme(None)
    taken = taken_on(uses, on)
    each = [(use, ome_of(use).mg) for use in taken]
    missing = dict.fromkeys(drug_name(use) for use, mg in each if mg is None)
    if missing:
        return DailyOme(None, tuple(missing))
    return DailyOme(_tidy(math.fsum(mg for _use, mg in each if mg is not None)))


def taken_on(uses: Iterable[AnalgesicUse], on: dt.date) -> tuple[AnalgesicUse, ...]:
    """The analgesics taken on a day; their first and last days count."""
    return tuple(
        use for use in uses if use.start_on <= on and (use.stop_on is None or on <= use.stop_on)
    )


def ome_series(
    uses: Iterable[AnalgesicUse], from_on: dt.date, to_on: dt.date
) -> tuple[OmeStep, ...]:
    """The daily total over a period, both ends counted, as steps: a new one at each change."""
    if to_on < from_on:
        return ()
    uses = tuple(uses)
    days = {from_on}
    for use in uses:
        days.add(use.start_on)
        if use.stop_on is not None and use.stop_on < to_on:
            days.add(use.stop_on + dt.timedelta(days=1))
    steps: list[OmeStep] = []
    for day in sorted(day for day in days if from_on <= day <= to_on):
        ome = daily_ome(uses, day)
        if steps and steps[-1].ome == ome:
            continue
        if steps:
            steps[-1] = replace(steps[-1], to_on=day - dt.timedelta(days=1))
        steps.append(OmeStep(day, to_on, ome))
    return tuple(steps)


def uses_until_death(history: PatientHistory) -> tuple[AnalgesicUse, ...]:
    """The patient's analgesics, those without a last day ended by the patient's death."""
    died = history.patient.value.died_on
    uses = tuple(use.value for use in history.analgesics)
    if died is None:
        return uses
    return tuple(replace(use, stop_on=use.stop_on or max(died, use.start_on)) for use in uses)


def drug_name(use: AnalgesicUse) -> str:
    """The drug's name in the language in force; a name the clinic gave stays as written."""
    drug = DRUGS.get(use.drug)
    if drug is None or drug.key == OTHER:
        return use.name.strip() or use.drug
    return _(drug.name)


def _gap(use: AnalgesicUse, drug: Drug) -> str:
    """Why an opioid has no equivalent; empty where it has one."""
    if drug.factor is None:
        return "no_factor"
    if use.route != drug.factor_route:
        return "route"
    if use.dose is None:
        return "dose"
    if not is_convertible(use.unit, drug.factor_unit):
        return "unit"
    if drug.by_the_hour:
        return "" if use.times_a_day is None else "patch_times"
    return "times" if use.times_a_day is None else ""


def _tidy(mg: float) -> float:
    # Doses and factors are decimal: 0.1 three times a day is 0.3, not 0.30000000000000004.
    return float(f"{mg:.12g}")
