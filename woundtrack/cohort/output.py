"""The endpoints of a cohort as even rows, for the page's table and for a plain table (CSV).

Nothing here names a patient: a row holds counts and figures.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from woundtrack import __version__
from woundtrack.cohort.methods import REASONS
from woundtrack.cohort.types import Cohort, CurvePoint, Distribution, Endpoints, Sample
from woundtrack.raters.statistics import Estimate
from woundtrack.words import _, labelled

GROUPS = ("all", "central", "peripheral")
DIFFERENCE = "central_less_peripheral"
COLUMNS = (
    "endpoint", "group", "statistic", "unit", "value", "ci95_low", "ci95_high", "n", "patients",
    "missing", "events", "at_risk", "few", "missing_reasons", "method", "filter", "made_on",
    "version",
)  # fmt: skip
_TABULAR = ("=", "+", "-", "@")
"""What a spreadsheet takes for a formula at the start of a text."""


class Unit(StrEnum):
    """What a figure is told in."""

    SHARE = "share"
    DAYS = "days"
    CM2 = "cm2"
    MG_PER_DAY = "mg_per_day"


_DECIMALS = {Unit.SHARE: 4, Unit.DAYS: 1, Unit.CM2: 3, Unit.MG_PER_DAY: 1}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one group, with all that stands beside it."""

    sample: Sample
    value: Estimate | None
    events: int | None = None
    """How many of the sample had what is counted."""
    at_risk: int | None = None
    """Of a curve's figure: how many were under watch on the eve of its day."""
    quartiles: tuple[float, float] | None = None
    mean: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint: a cell for each of `GROUPS`, and central less peripheral."""

    key: str
    unit: Unit
    statistic: str
    """What the value is: a share or a median."""
    cells: tuple[Cell, ...]
    method: str
    """An English sentence, shown through `_`."""
    difference: Estimate | None = None
    p: float | None = None
    """Of the log-rank test, where it belongs to the endpoint."""


def rows_of(cohort: Cohort) -> tuple[Row, ...]:
    """Every endpoint that has an answer for this filter, in the order of the page."""
    groups, found = groups_of(cohort), cohort.difference
    first = groups[0]

    def row(key: str, unit: Unit, statistic: str, method: str, cells: Iterator[Cell],
            difference: Estimate | None = None, p: float | None = None) -> Row:  # fmt: skip
        return Row(key, unit, statistic, tuple(cells), method, difference, p)

    survival, closure = first.survival.method, first.closure.method
    rows = [
        row("survival_1_year", Unit.SHARE, "share", survival, map(_survival, groups),
            found.survival_at_year, found.survival_p),
        row("survival_time", Unit.DAYS, "median", survival, map(_survival_time, groups)),
        row("area_reduction_24_weeks", Unit.SHARE, "median", first.area_reduction.method,
            (_spread(each.area_reduction) for each in groups), found.area_reduction),
        row("area_1_year", Unit.CM2, "median", first.area_at_year.method,
            (_spread(each.area_at_year) for each in groups)),
        row("closure_24_weeks", Unit.SHARE, "share", closure,
            (_closure(each, each.closure.at_24_weeks) for each in groups),
            found.closure_at_24_weeks),
        row("closure_1_year", Unit.SHARE, "share", closure,
            (_closure(each, each.closure.at_year) for each in groups), found.closure_at_year),
        row("closure_time", Unit.DAYS, "median", closure, map(_closure_time, groups)),
    ]  # fmt: skip
    if first.days_to_healing is not None:
        cells = (_spread(one.days_to_healing) for one in groups if one.days_to_healing)
        method = first.days_to_healing.method
        rows.append(row("therapy_days_to_healing", Unit.DAYS, "median", method, cells))
    if first.stops is not None:
        shares = (Cell(one.stops.sample, one.stops.share, one.stops.count)
                  for one in groups if one.stops)  # fmt: skip
        rows.append(row("stops_for_adverse_event", Unit.SHARE, "share", first.stops.method, shares))
    for key, which in (
        ("analgesics_start", "before"), ("analgesics_1_year", "after"),
        ("analgesics_change", "change"),
    ):  # fmt: skip
        spreads = [getattr(each.analgesics, which) for each in groups]
        method = spreads[0].method
        rows.append(row(key, Unit.MG_PER_DAY, "median", method, map(_spread, spreads)))
    return tuple(rows)


def groups_of(cohort: Cohort) -> tuple[Endpoints, Endpoints, Endpoints]:
    """The endpoints of each of `GROUPS`."""
    return cohort.everyone, cohort.central, cohort.peripheral


def reasons_text(sample: Sample) -> str:
    """Why some have no figure, in the language in force: "patient died before: 3; …"."""
    return "; ".join(labelled(_(REASONS[one.reason]), str(one.count)) for one in sample.missing)


def _survival(group: Endpoints) -> Cell:
    found = group.survival
    return Cell(found.sample, found.at_year.share, found.deaths, found.at_year.at_risk)


def _survival_time(group: Endpoints) -> Cell:
    return Cell(group.survival.sample, group.survival.median_days, group.survival.deaths)


def _closure(group: Endpoints, point: CurvePoint) -> Cell:
    return Cell(group.closure.sample, point.share, group.closure.closed, point.at_risk)


def _closure_time(group: Endpoints) -> Cell:
    return Cell(group.closure.sample, group.closure.median_days, group.closure.closed)


def _spread(found: Distribution) -> Cell:
    return Cell(found.sample, found.median, quartiles=found.quartiles, mean=found.mean)


# -- a plain table

Fields: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes fields of figures, each with the same filter, day and version beside it."""

    decimal_comma: bool
    shared: Fields = field(default_factory=dict)

    def number(self, value: float | None, unit: Unit | None = None) -> str:
        """A number for programs: no groups of thousands; empty where there is none."""
        if value is None:
            return ""
        text = f"{value:.{_DECIMALS[unit] if unit else 4}f}" if unit != "count" else str(value)
        return text.replace(".", ",") if self.decimal_comma else text

    def line(self, **fields: object) -> Fields:
        """A line with these fields."""
        return {**self.shared, **{key: str(value) for key, value in fields.items()}}

    def interval(self, found: Estimate | None, unit: Unit) -> Fields:
        """A value and its limits."""
        values = (found.value, found.low, found.high) if found else (None, None, None)
        names = ("value", "ci95_low", "ci95_high")
        return {n: self.number(v, unit) for n, v in zip(names, values, strict=True)}
