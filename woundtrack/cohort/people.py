"""What became of the patients of a selection: survival, analgesics, therapies."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from woundtrack.cohort import curves, methods
from woundtrack.cohort.curves import Times
from woundtrack.cohort.data import STOP_CAUSES, CohortData, Days, Which
from woundtrack.cohort.lesions import Closings, Started
from woundtrack.cohort.selection import Selection, chosen_courses
from woundtrack.cohort.summaries import counted, distribution, proportion
from woundtrack.cohort.types import (
    FEW,
    WEEKS_52_DAYS,
    YEAR_DAYS,
    AnalgesicChange,
    Curve,
    Distribution,
    Missing,
    Proportion,
    Reason,
    Sample,
    Survival,
    TherapyCount,
)
from woundtrack.therapy.types import StopCause


def watched(found: Selection) -> tuple[Times, tuple[Missing, ...]]:
    """When each patient came under watch and left it, and how many never were."""
    patients, zero = found.data.patients, found.zero
    undated = found.patients & patients.died_undated & np.isnan(patients.died)
    dead = ~np.isnan(patients.died)
    end = np.where(dead, patients.died, patients.contact)
    unseen = found.patients & ~undated & ~(end >= found.watched_from)
    counts = found.patients & ~undated & ~unseen
    times = Times(
        (found.watched_from - zero)[counts], (end - zero)[counts], dead[counts].astype(np.int64)
    )
    lacking = {Reason.DEATH_WITHOUT_DATE: undated, Reason.NO_FOLLOW_UP: unseen}
    return times, counted(lacking)


def survival(found: Selection) -> Survival:
    """Survival from time zero."""
    times, missing = watched(found)
    count = len(times.exit)
    sample = Sample(count, count, missing)
    early = not sample.few and _early_few(times)
    curve = Curve() if sample.few or early else curves.survival_curve(times)
    return Survival(
        sample,
        deaths=int(times.event.sum()),
        curve=curve,
        at_year=curves.at_year(curve),
        median_days=curves.median_day(curve),
        method=methods.SURVIVAL,
        late=int((times.entry > 0).sum()),
        refused=methods.EARLY_FEW if early else "",
    )


def _early_few(times: Times) -> bool:
    """Whether somebody died while few were under watch and more were still to come.

    One death of one patient would take the curve to 0 for good, whoever comes later.
    """
    deaths = np.unique(times.exit[times.event == 1])
    came = np.searchsorted(np.sort(times.entry), deaths, side="right")
    watched_then = came - np.searchsorted(np.sort(times.exit), deaths, side="left")
    return bool(((watched_then < FEW) & (came < len(times.entry))).any())


def days_to_healing(found: Selection, start: Started, closed: Closings) -> Distribution | None:
    """Days of the therapy from the first dose to confirmed closure, of the lesions that closed."""
    if found.filter.therapy is None:
        return None
    runs = _runs(found)
    patient = found.data.lesions.patient
    shut = start.open & ~np.isnan(closed.confirmed)
    days = [
        sum(max(0.0, min(stop, end) - begin + 1) for begin, stop in runs[owner])
        for owner, end in zip(patient[shut].tolist(), closed.confirmed[shut].tolist(), strict=True)
    ]
    lacking = {**start.not_there, Reason.NOT_CLOSED: start.open & ~shut}
    return distribution(
        np.array(days, np.float64),
        patient[shut],
        missing=counted(lacking),
        method=methods.DAYS_TO_HEALING,
    )


def associated(found: Selection) -> tuple[TherapyCount, ...]:
    """Which other therapies these patients had within a year, the most frequent first."""
    courses, data = found.data.courses, found.data
    last = np.fmin(found.zero + YEAR_DAYS, np.fmin(data.patients.died, data.today.toordinal()))
    owner = courses.patient
    other = ~chosen_courses(data, found.filter) & found.patients[owner]
    during = (courses.start <= last[owner]) & ~(courses.stop < found.zero[owner])
    taken = other & during
    pairs = np.unique(np.stack([courses.therapy[taken], owner[taken]]), axis=1)
    counts = Counter(pairs[0].tolist())
    return tuple(
        TherapyCount(data.therapies[place], count)
        for place, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def stops(found: Selection) -> Proportion | None:
    """Who stopped the chosen therapy for an adverse event."""
    if found.filter.therapy is None:
        return None
    courses = found.data.courses
    stopped = chosen_courses(found.data, found.filter) & found.patients[courses.patient]
    stopped &= courses.cause == STOP_CAUSES.index(StopCause.ADVERSE_EVENT)
    count = len(np.unique(courses.patient[stopped]))
    return proportion(count, patients=int(found.patients.sum()), method=methods.STOPS)


@dataclass(frozen=True, slots=True, eq=False)
class Doses:
    """Oral morphine equivalents on time zero and a year later, of the patients followed so long."""

    mg: Days
    """Shape (2, p); NaN where a day has no figure."""
    noted: Which
    """Who had anything noted by either day, shape (p,)."""
    lacking: dict[Reason, Which]
    """Why the others were not followed so long."""


def doses(found: Selection) -> Doses:
    """What the patients of a selection took on the two days."""
    patients = found.data.patients
    due = found.zero + YEAR_DAYS
    died = found.patients & (patients.died < due)
    early = found.patients & ~died & (due > found.data.today.toordinal())
    heard_of = patients.contact >= found.zero + WEEKS_52_DAYS
    lost = found.patients & ~died & ~early & ~heard_of
    mg, noted = zip(*(_daily(found.data, days) for days in (found.zero, due)), strict=True)
    lacking = {Reason.DIED: died, Reason.NOT_DUE: early, Reason.NOT_FOLLOWED: lost}
    return Doses(np.stack(mg), noted[0] & noted[1], lacking)


def _daily(data: CohortData, days: Days) -> tuple[Days, Which]:
    """Oral morphine equivalents of one day of each patient, and who had anything noted by it.

    As `woundtrack.context.analgesics.daily_ome`, for all at once: a test compares the two. Shape
    (p,) each; NaN where something that was taken has no equivalent, and where nothing is noted.
    """
    from woundtrack.context.analgesics import ome_of

    uses, count = data.analgesics, len(days)
    each = [ome_of(way).mg for way in uses.ways]
    mg = np.array([np.nan if one is None else one for one in each], np.float64)[uses.way]
    day = days[uses.patient]
    begun = uses.start <= day
    taken = begun & ~(uses.stop < day)
    total = np.bincount(uses.patient[taken], weights=mg[taken], minlength=count)
    noted = np.bincount(uses.patient[begun], minlength=count) > 0
    return np.where(noted, total, np.nan), noted


def analgesics(found: Selection, taken: Doses) -> AnalgesicChange:
    """Oral morphine equivalents of a group, patient by patient."""
    away = {reason: which & found.patients for reason, which in taken.lacking.items()}
    followed = found.patients.copy()
    for which in away.values():
        followed &= ~which
    complete = followed & taken.noted & ~np.isnan(taken.mg).any(axis=0)
    missing = counted(
        {
            **away,
            Reason.NOT_RECORDED: followed & ~taken.noted,
            Reason.INCOMPLETE: followed & taken.noted & ~complete,
        }
    )
    before, after = taken.mg[:, complete]
    return AnalgesicChange(
        *(
            distribution(
                values, np.flatnonzero(complete), missing=missing, method=methods.ANALGESICS
            )
            for values in (before, after, after - before)
        )
    )


def _runs(found: Selection) -> dict[int, list[tuple[float, float]]]:
    """First and last day of the chosen therapy in each patient, courses that touch as one."""
    courses = found.data.courses
    chosen = chosen_courses(found.data, found.filter) & found.patients[courses.patient]
    rows: Iterable[tuple[int, float, float]] = zip(
        courses.patient[chosen].tolist(),
        courses.start[chosen].tolist(),
        np.where(np.isnan(courses.stop), np.inf, courses.stop)[chosen].tolist(),
        strict=True,
    )
    runs: dict[int, list[tuple[float, float]]] = {}
    for owner, begin, stop in sorted(rows):
        joined = runs.setdefault(owner, [])
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((begin, stop))
    return runs
