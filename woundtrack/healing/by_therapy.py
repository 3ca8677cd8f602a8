"""How fast a lesion healed before, during and after each therapy, and by how much that differs.

Sequence is not cause: `REMINDER` stands beside every such figure.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import inf
from typing import TypeAlias

from woundtrack.errors import MeasureError
from woundtrack.healing import loglinear
from woundtrack.healing.loglinear import Array, Fit, Sizes
from woundtrack.healing.series import Series
from woundtrack.raters.statistics import Estimate
from woundtrack.records import TherapyCourse
from woundtrack.therapy.course import therapy_name
from woundtrack.words import N_

REMINDER = N_(
    "Sequence is not cause: a wound that heals faster after a therapy began need not heal because "
    "of it. In the CALCIPHYX trial the placebo arm improved by 6.0 BWAT-CUA points in 12 weeks, "
    "without the drug."
)
VISITS_NEEDED = 3
"""In a phase, for a rate of it; two of one day count once."""
OPEN_NEEDED = 2
"""Of these, visits that measured an area."""


class Phase(StrEnum):
    """Where a phase lies against the therapy it belongs to."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class PhaseRate:
    """One phase of a therapy, or of several at once, in the record of one lesion."""

    therapies: tuple[str, ...]
    """Names in the language in force."""
    phase: Phase
    days: tuple[dt.date, dt.date] | None
    """From the phase's begin to its end, as far as the visits reach; None where none does."""
    n_visits: int
    """Visits with a size or found closed; one on the day that parts two phases is in both."""
    log_slope_per_week: Estimate | None = None
    """Change of ln A a week; negative is healing."""
    delta_vs_before: Estimate | None = None
    """This slope less that of before, from the same fit; None before, or where that is refused."""
    refused: MeasureError | None = None

    @property
    def exposure_days(self) -> int:
        """Days of this phase between the lesion's first visit and its last."""
        return (self.days[1] - self.days[0]).days if self.days else 0


Days: TypeAlias = tuple[float, float]
"""Begin and end as ordinal days; infinite where open."""


@dataclass(frozen=True, slots=True)
class _Run:
    therapy: str
    days: Days


@dataclass(frozen=True, slots=True)
class _Slope:
    fit: Fit
    row: Array

    def estimate(self) -> Estimate:
        return self.fit.estimate(self.row)


@dataclass(frozen=True, slots=True)
class _Period:
    """Therapies at once, and four ordinal days: the change before, begin, end, the change after."""

    therapies: tuple[str, ...]
    edges: tuple[float, float, float, float]

    @property
    def phases(self) -> tuple[Days, ...]:
        """From when to when each phase is, in the order of `Phase`."""
        return tuple(pairwise(self.edges))


def by_therapy(series: Series, *, courses: Iterable[TherapyCourse]) -> tuple[PhaseRate, ...]:
    """Three phases for each course, then three for each combination of courses at once.

    Before reaches back to the last change of therapies before the start, or to the first visit;
    after to the next change, or to the last visit: what else ran is the same on either side. In a
    course others may come and go; a combination is a time in which exactly these ran. Courses of
    one therapy that overlap, or follow each other without a day between, are one. All rates of a
    period and their differences come from one continuous line that bends where the period begins
    and ends: when a therapy starts the area does not jump, its rate changes.
    """
    sizes = loglinear.sizes_of(series)
    if len(sizes.days) == 0:
        return ()
    return tuple(rate for period in _periods(courses) for rate in _rates(period, sizes))


def _rates(period: _Period, sizes: Sizes) -> tuple[PhaseRate, ...]:
    slopes = _slopes(period.phases, sizes)
    return tuple(
        PhaseRate(
            therapies=period.therapies,
            phase=phase,
            days=_days_within(sizes, days),
            n_visits=int(sizes.within(*days).sum()),
            log_slope_per_week=None if isinstance(slope, MeasureError) else slope.estimate(),
            delta_vs_before=None if phase is Phase.BEFORE else _difference(slope, slopes[0]),
            refused=slope if isinstance(slope, MeasureError) else None,
        )
        for phase, days, slope in zip(Phase, period.phases, slopes, strict=True)
    )


def _slopes(phases: tuple[Days, ...], sizes: Sizes) -> list[_Slope | MeasureError]:
    """The slope of each phase, all from one fit, or why there is none.

    A phase that is refused beside others is left out; between two others it only joins them.
    """
    refused = [_refusal(sizes.only(sizes.within(*days))) for days in phases]
    good = [number for number, why in enumerate(refused) if why is None]
    if not good:
        return [why for why in refused if why is not None]
    used = sizes.only(sizes.within(phases[good[0]][0], phases[good[-1]][1]))
    first, last = float(used.days[0]), float(used.days[-1])
    stretches = {
        number: (max(phases[number][0], first), min(phases[number][1], last))
        for number in range(good[0], good[-1] + 1)
        if phases[number][0] < phases[number][1]
    }
    try:
        fit = loglinear.fitted(used, loglinear.design(used.days, tuple(stretches.values())))
    except MeasureError as error:
        return [why or error for why in refused]
    columns = {number: column for column, number in enumerate(stretches, 1)}
    return [why or _Slope(fit, fit.rows[columns[number]]) for number, why in enumerate(refused)]


def _refusal(sizes: Sizes) -> MeasureError | None:
    """Why these visits of one phase are too few for a rate; None where they are not."""
    visits, measured = sizes.distinct_days(), sizes.distinct_days(measured=True)
    if visits < VISITS_NEEDED:
        return MeasureError("healing.too_few_visits", count=visits, needed=VISITS_NEEDED)
    if measured < OPEN_NEEDED:
        return MeasureError("healing.too_few_open", count=measured, needed=OPEN_NEEDED)
    return None


def _difference(slope: _Slope | MeasureError, before: _Slope | MeasureError) -> Estimate | None:
    if isinstance(slope, MeasureError) or isinstance(before, MeasureError):
        return None
    return slope.fit.estimate(slope.row - before.row)


def _days_within(sizes: Sizes, days: Days) -> tuple[dt.date, dt.date] | None:
    """What of this time lies between the first visit and the last."""
    begin, end = max(days[0], float(sizes.days[0])), min(days[1], float(sizes.days[-1]))
    if begin > end:
        return None
    return dt.date.fromordinal(round(begin)), dt.date.fromordinal(round(end))


def _periods(courses: Iterable[TherapyCourse]) -> list[_Period]:
    """Each course, then each combination, in the order of their begins."""
    runs = _runs(courses)
    changes = sorted({-inf, inf, *(day for run in runs for day in run.days)})
    together = []
    for begin, end in pairwise(changes):
        names = tuple(run.therapy for run in runs if run.days[0] <= begin and end <= run.days[1])
        if len(names) > 1:
            together.append(((begin, end), names))
    return [
        _Period(names, _edges(days, changes))
        for days, names in [*((run.days, (run.therapy,)) for run in runs), *together]
    ]


def _edges(days: Days, changes: Sequence[float]) -> tuple[float, float, float, float]:
    begin, end = days
    return (
        max((day for day in changes if day < begin), default=-inf),
        begin,
        end,
        min((day for day in changes if day > end), default=inf),
    )


def _runs(courses: Iterable[TherapyCourse]) -> list[_Run]:
    """The courses in ordinal days, those of one therapy joined where no day lies between.

    Where one therapy ends on the eve of another, both change on the other's first day.
    """
    joined: list[_Run] = []
    last: dict[str, int] = {}
    for course in sorted(courses, key=lambda each: (each.start_on, each.stop_on or dt.date.max)):
        name = therapy_name(course)
        begin = float(course.start_on.toordinal())
        end = float(course.stop_on.toordinal()) if course.stop_on else inf
        known = joined[last[name]] if name in last else None
        if known is not None and begin <= known.days[1] + 1:
            joined[last[name]] = _Run(name, (known.days[0], max(known.days[1], end)))
        else:
            last[name] = len(joined)
            joined.append(_Run(name, (begin, end)))
    begins = {run.days[0] for run in joined}
    return [
        _Run(run.therapy, (run.days[0], run.days[1] + (run.days[1] + 1 in begins)))
        for run in joined
    ]
