"""The endpoints of a cohort as even rows: the page's table and the plain table are made of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from woundtrack.cohort.types import Cohort, CurvePoint, Difference, Distribution, Endpoints, Sample
from woundtrack.raters.statistics import Estimate
from woundtrack.words import N_

GROUPS = ("all", "central", "peripheral")
DIED = N_("Died in the whole time")
LATE = N_("First seen here after time zero")
CLOSED = N_("Closure confirmed in the whole time")
REOPENED = N_("Of these, open again later")
DIED_FIRST = N_("Patient died first")


class Unit(StrEnum):
    """What a figure is told in."""

    SHARE = "share"
    DAYS = "days"
    CM2 = "cm2"
    MG_PER_DAY = "mg_per_day"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one group, with all that stands beside it."""

    sample: Sample
    value: Estimate | None
    method: str
    """An English sentence, shown through `_`."""
    events: int | None = None
    """How many of the sample had what is counted."""
    at_risk: int | None = None
    """Of a curve's figure: how many were under watch on the eve of its day."""
    quartiles: tuple[float, float] | None = None
    mean: Estimate | None = None
    refused: str = ""
    """Why a group of 5 or more has no figure: an English sentence, shown through `_`."""
    beside: tuple[tuple[str, int], ...] = ()
    """What else is counted: English words, shown through `_`, and how many."""


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint: a cell for each of `GROUPS`, and central less peripheral."""

    key: str
    unit: Unit
    is_median: bool
    """Whether the value is a median; else it is a share."""
    cells: tuple[Cell, ...]
    difference: Estimate | None = None
    p: float | None = None
    """Of the log-rank test, where it belongs to the endpoint."""


@dataclass(frozen=True, slots=True)
class _Spec:
    key: str
    unit: Unit
    cell: Callable[[Endpoints], Cell | None]
    is_median: bool = True
    difference: Callable[[Difference], Estimate | None] = lambda _found: None
    p: Callable[[Difference], float | None] = lambda _found: None


def rows_of(cohort: Cohort) -> tuple[Row, ...]:
    """Every endpoint that this filter has an answer for, in the order of the page."""
    rows = []
    for spec in _SPECS:
        cells = tuple(cell for group in groups_of(cohort) if (cell := spec.cell(group)))
        if cells:
            found = cohort.difference
            rows.append(
                Row(spec.key, spec.unit, spec.is_median, cells, spec.difference(found),
                    spec.p(found))
            )  # fmt: skip
    return tuple(rows)


def groups_of(cohort: Cohort) -> tuple[Endpoints, Endpoints, Endpoints]:
    """The endpoints of each of `GROUPS`."""
    return cohort.everyone, cohort.central, cohort.peripheral


def _survival(group: Endpoints) -> Cell:
    found = group.survival
    point = found.at_year
    return replace(_survival_time(group), value=point.share, at_risk=point.at_risk)


def _survival_time(group: Endpoints) -> Cell:
    found = group.survival
    beside = ((DIED, found.deaths), (LATE, found.late))
    return Cell(found.sample, found.median_days, found.method, found.deaths,
                refused=found.refused, beside=beside)  # fmt: skip


def _closure(group: Endpoints, point: CurvePoint) -> Cell:
    return replace(_closure_time(group), value=point.share, at_risk=point.at_risk)


def _closure_time(group: Endpoints) -> Cell:
    found = group.closure
    beside = ((CLOSED, found.closed), (REOPENED, found.reopened), (DIED_FIRST, found.died))
    return Cell(found.sample, found.median_days, found.method, found.closed, beside=beside)


def _spread(found: Distribution | None) -> Cell | None:
    if found is None:
        return None
    return Cell(
        found.sample, found.median, found.method, quartiles=found.quartiles, mean=found.mean
    )


def _stops(group: Endpoints) -> Cell | None:
    found = group.stops
    return Cell(found.sample, found.share, found.method, found.count) if found else None


_SPECS = (
    _Spec("survival_1_year", Unit.SHARE, _survival, is_median=False,
          difference=lambda d: d.survival_at_year, p=lambda d: d.survival_p),
    _Spec("survival_time", Unit.DAYS, _survival_time),
    _Spec("area_reduction_24_weeks", Unit.SHARE, lambda g: _spread(g.area_reduction),
          difference=lambda d: d.area_reduction),
    _Spec("area_1_year", Unit.CM2, lambda g: _spread(g.area_at_year)),
    _Spec("closure_24_weeks", Unit.SHARE, lambda g: _closure(g, g.closure.at_24_weeks),
          is_median=False, difference=lambda d: d.closure_at_24_weeks),
    _Spec("closure_1_year", Unit.SHARE, lambda g: _closure(g, g.closure.at_year),
          is_median=False, difference=lambda d: d.closure_at_year),
    _Spec("closure_time", Unit.DAYS, _closure_time),
    _Spec("therapy_days_to_healing", Unit.DAYS, lambda g: _spread(g.days_to_healing)),
    _Spec("stops_for_adverse_event", Unit.SHARE, _stops, is_median=False),
    _Spec("analgesics_start", Unit.MG_PER_DAY, lambda g: _spread(g.analgesics.before)),
    _Spec("analgesics_1_year", Unit.MG_PER_DAY, lambda g: _spread(g.analgesics.after)),
    _Spec("analgesics_change", Unit.MG_PER_DAY, lambda g: _spread(g.analgesics.change)),
)  # fmt: skip
